"""Unicode normalisation and the removal of diacritical marks.

Source: https://learn.microsoft.com/dotnet/api/system.string.normalize
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from provlint.dotnet.failure import DotNetError
from provlint.dotnet.strings.unicode_age import require_known_characters

Form = Literal["C", "D", "KC", "KD"]


def normalize(text: str, form: Form = "C") -> str:
    """Return a text in a normalisation form.

    Raises:
        DotNetError: `ArgumentException` for a lone surrogate or U+FFFE.
        UndecidedError: a character is newer than Unicode 14.
    """
    if text.isascii():
        return text
    if any("\ud800" <= unit <= "\udfff" or unit == "\ufffe" for unit in text):
        raise DotNetError(
            "ArgumentException",
            "String contains invalid Unicode code points. (Parameter 'strInput')",
        )
    require_known_characters(text, "normalisation")
    match form:
        case "C":
            return unicodedata.normalize("NFC", text)
        case "D":
            return unicodedata.normalize("NFD", text)
        case "KC":
            return unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFKD", text)


def strip_diacritics(text: str, then: Literal["C", "KC", "none"] = "C") -> str:
    """Return a text without the marks that decomposition splits off its letters.

    Letters whose stroke or ligature is no mark stay: ø, ł, ß, æ. Marks beyond U+FFFF stay too,
    because the usual .NET loop looks at UTF-16 units.

    Args:
        text: the text.
        then: the form into which the rest is brought, or `none`.

    Raises:
        DotNetError: `ArgumentException` for a lone surrogate or U+FFFE.
        UndecidedError: a character is newer than Unicode 14.
    """
    if text.isascii():
        return text
    bare = "".join(
        [
            letter
            for letter in normalize(text, "D")
            if letter > "\uffff" or unicodedata.category(letter) != "Mn"
        ]
    )
    return bare if then == "none" else normalize(bare, then)

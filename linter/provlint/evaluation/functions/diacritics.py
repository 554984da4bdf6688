"""Letters without their marks.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#normalizediacritics
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.evaluation.coercion import as_text, check_length
from provlint.evaluation.readings import DIACRITICS_OUTSIDE_TABLE

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value

_WHOLE: Final = {
    "æ": "ae", "Æ": "AE", "ø": "oe", "Ø": "OE", "œ": "oe", "Œ": "OE", "ß": "ss", "ł": "l", "Ł": "L",
    "\u0131": "i",
}  # fmt: skip
"""Letters that do not decompose."""

# Base letters of the page's table and the marks that stand on them there: grave, acute,
# circumflex, tilde, macron, breve, dot, diaeresis, ring, double acute, caron, comma below,
# cedilla, ogonek, dots below, macron below.
_MARKS: Final = {
    "a": "\u0308\u0300\u0302\u0303\u030a\u0301\u0328\u0306\u0304\u0331\u0307",
    "c": "\u0327\u030c\u0301\u0304\u0331",
    "d": "\u030c\u0304\u0331",
    "e": "\u0308\u0300\u0301\u0302\u0328\u030c\u0307\u0304\u0303\u0331\u030a",
    "g": "\u0306\u0304\u0331",
    "i": "\u0308\u0302\u0300\u0301\u0304\u0303\u0331",
    "l": "\u030c\u0304\u0323\u0331",
    "n": "\u0303\u0301\u030c\u0304\u0331",
    "o": "\u0308\u0300\u030b\u0303\u0302\u0301\u0304\u0328\u0307\u0331",
    "r": "\u030c\u0304\u0323\u0331",
    "s": "\u030c\u0301\u0326\u0327\u0304\u0331",
    "t": "\u030c\u0326\u0304\u0331",
    "u": "\u0308\u0300\u0302\u0301\u030a\u030b\u0304\u0303\u0307\u0324\u0331",
    "y": "\u0308\u0301\u0304\u0300\u0303\u0331",
    "z": "\u0301\u030c\u0307\u0304\u0331",
    "æ": "\u0304",
    "ø": "\u0304",
    "œ": "\u0304",
}


def plain_letters(state: State, source: Value) -> Value:
    """NormalizeDiacritics(source): letters with marks become plain ones."""
    text = as_text(state, source, 0)
    if text.isascii():
        return text
    from unicodedata import category, normalize

    from provlint.dotnet.strings import normalize as dotnet_normalize
    from provlint.dotnet.strings import strip_diacritics

    if not _in_table(dotnet_normalize(text, "D"), category):
        state.note(DIACRITICS_OUTSIDE_TABLE)
    check_length(len(text))
    bare = strip_diacritics(text)
    return normalize("NFC", "".join(_WHOLE.get(letter, letter) for letter in bare))


def _in_table(decomposed: str, category: Category) -> bool:
    base = ""
    for letter in decomposed:
        if category(letter) == "Mn":
            if letter not in _MARKS.get(base, "") and (base, letter) != ("i", "\u0307"):
                return False
        elif letter.isascii() or letter in _WHOLE:
            base = letter.lower()
        else:
            return False
    return True


if TYPE_CHECKING:
    from collections.abc import Callable

    Category = Callable[[str], str]

"""Letter case: lower, upper, title, and comparison without regard to case.

.NET maps every code point to one code point, without context: ß stays, and a capital sigma
becomes the same small one at the end of a word as elsewhere.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.textinfo
"""

from __future__ import annotations

from functools import cache
from typing import Final
from unicodedata import category

from provlint.dotnet.strings.cultures import (
    canonical_culture,
    has_invariant_casing,
    is_dutch,
    is_turkic,
)
from provlint.dotnet.strings.unicode_age import require_known_characters

_DOTTED_CAPITAL: Final = "\u0130"
_DOTLESS_SMALL: Final = "\u0131"
_LONG_S: Final = "\u017f"
_TITLE_DIGRAPHS: Final = {
    "\u01c4": "\u01c5",
    "\u01c5": "\u01c5",
    "\u01c6": "\u01c5",
    "\u01c7": "\u01c8",
    "\u01c8": "\u01c8",
    "\u01c9": "\u01c8",
    "\u01ca": "\u01cb",
    "\u01cb": "\u01cb",
    "\u01cc": "\u01cb",
    "\u01f1": "\u01f2",
    "\u01f2": "\u01f2",
    "\u01f3": "\u01f2",
}
_LETTERS: Final = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo"})
_WORD_SEPARATORS: Final = frozenset(
    ["Zs", "Zl", "Zp", "Cc", "Cf", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So"]
)


@cache
def _mapping(name: str) -> dict[int, int]:
    from provlint.dotnet.strings import case_tables

    rows = case_tables.LOWER if name == "lower" else case_tables.UPPER
    return {
        code_point: code_point + distance
        for first, count, step, distance in rows
        for code_point in range(first, first + count * step, step)
    }


@cache
def _culture_mapping(name: str, kind: str) -> dict[int, int]:
    mapping = dict(_mapping(name))
    if name == "lower":
        mapping[ord(_DOTTED_CAPITAL)] = ord("i")
        if kind == "turkic":
            mapping[ord("I")] = ord(_DOTLESS_SMALL)
    else:
        mapping[ord(_DOTLESS_SMALL)] = ord("I")
        if kind == "turkic":
            mapping[ord("i")] = ord(_DOTTED_CAPITAL)
    return mapping


def lower(text: str, culture: str = "") -> str:
    """Return a text in lower case.

    Args:
        text: the text.
        culture: a culture name, "" for the invariant culture.

    Raises:
        DotNetError: `CultureNotFoundException`.
    """
    return _changed(text, "lower", canonical_culture(culture))


def upper(text: str, culture: str = "") -> str:
    """Return a text in upper case; arguments and errors are those of `lower`."""
    return _changed(text, "upper", canonical_culture(culture))


def _changed(text: str, name: str, culture: str) -> str:
    turkic = bool(culture) and is_turkic(culture)
    if text.isascii() and not turkic:
        return text.lower() if name == "lower" else text.upper()
    if has_invariant_casing(culture):
        return text.translate(_mapping(name))
    return text.translate(_culture_mapping(name, "turkic" if turkic else "named"))


def title_case(text: str, culture: str = "") -> str:
    """Return a text with the first letter of each word in title case, as `ToTitleCase` does.

    Words all in capitals stay as they are, and letters after an apostrophe inside a word become
    small. Lower the text first to capitalise every word.

    Args:
        text: the text.
        culture: a culture name, "" for the invariant culture.

    Raises:
        DotNetError: `CultureNotFoundException`.
        UndecidedError: a character is newer than Unicode 14.
    """
    culture = canonical_culture(culture)
    require_known_characters(text, "title case")
    dutch = is_dutch(culture)
    titled: list[str] = []
    position = 0
    while position < len(text):
        letter = text[position]
        kind = category(letter)
        if kind not in _LETTERS:
            titled.append(letter)
            position += 1
            continue
        if dutch and text[position : position + 2].lower() == "ij":
            titled.append("IJ")
            position += 2
        else:
            titled.append(_TITLE_DIGRAPHS.get(letter) or _changed(letter, "upper", culture))
            position += 1
        position = _title_rest(text, position, kind == "Ll", culture, titled)
    return "".join(titled)


def _title_rest(text: str, position: int, has_small: bool, culture: str, titled: list[str]) -> int:
    """Write the rest of a word and what ends it; return the position after both.

    A word without a small letter is taken for an abbreviation and keeps its capitals.
    """
    start = position
    while position < len(text):
        character = text[position]
        kind = category(character)
        if kind in _LETTERS:
            has_small = has_small or kind == "Ll"
            position += 1
        elif character == "'":
            position += 1
            part = text[start:position]
            titled.append(_changed(part, "lower", culture) if has_small else part)
            start, has_small = position, True
        elif kind in _WORD_SEPARATORS:
            break
        else:
            position += 1
    part = text[start:position]
    titled.append(_changed(part, "lower", culture) if has_small else part)
    if position < len(text):
        titled.append(text[position])
        position += 1
    return position


def fold(text: str) -> str:
    """Return what .NET compares when it ignores case ordinally: upper case, save the long s."""
    if text.isascii():
        return text.upper()
    mapping = _mapping("upper")
    if _LONG_S not in text:
        return text.translate(mapping)
    return "".join(
        [
            letter if letter == _LONG_S else chr(mapping.get(ord(letter), ord(letter)))
            for letter in text
        ]
    )

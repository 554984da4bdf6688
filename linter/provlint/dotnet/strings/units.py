"""Text as .NET counts it: in UTF-16 units, with .NET's classes of characters.

Source: https://learn.microsoft.com/dotnet/standard/base-types/character-encoding-introduction
"""

from __future__ import annotations

from typing import Final
from unicodedata import category

_WHITE_SPACE: Final = frozenset(
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def to_units(text: str) -> str:
    """Return a text in which every character is one UTF-16 unit.

    A character beyond U+FFFF becomes its two surrogates; lone surrogates stay.
    """
    if text.isascii() or max(text) <= "\uffff":
        return text
    encoded = text.encode("utf-16-le", "surrogatepass")
    return "".join([chr(encoded[at] | encoded[at + 1] << 8) for at in range(0, len(encoded), 2)])


def from_units(units: str) -> str:
    """Return the text that UTF-16 units spell; pairs of surrogates become one character."""
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def is_white_space(unit: str) -> bool:
    """Tell whether .NET's `char.IsWhiteSpace` holds for a unit."""
    return unit in _WHITE_SPACE


def is_letter(unit: str) -> bool:
    """Tell whether .NET's `char.IsLetter` holds for a unit: any letter category."""
    return unit.isalpha()


def unit_classes(unit: str) -> tuple[bool, bool, bool, bool, bool, bool]:
    """Return the answers of six questions of .NET's `char` about a unit.

    They are, in order: letter, decimal digit, letter or decimal digit, white space, upper case,
    punctuation.
    """
    kind = category(unit)
    digit = kind == "Nd"
    letter = kind in ("Lu", "Ll", "Lt", "Lm", "Lo")
    return letter, digit, letter or digit, is_white_space(unit), kind == "Lu", kind[0] == "P"

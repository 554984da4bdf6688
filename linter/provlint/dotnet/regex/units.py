"""UTF-16 code units: what .NET counts, against the code points that Python counts.

Inside this package a text is a `str` of UTF-16 code units: one character per unit, so a
character outside the Basic Multilingual Plane stands as two surrogates.
"""

from __future__ import annotations

import sys

# A memory view reads units in the byte order of the machine.
_NATIVE = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def to_units(text: str) -> str:
    """Return the UTF-16 code units of a text, one character per unit."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    data = memoryview(text.encode(_NATIVE, "surrogatepass")).cast("H")
    return "".join(map(chr, data))


def from_units(units: str) -> str:
    """Return the text that these code units spell; lone surrogates stay as they are."""
    if units.isascii() or not any("\ud800" <= unit <= "\udbff" for unit in units):
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def code_point_position(units: str, offset: int) -> int:
    """Return the code point index of a UTF-16 offset.

    An offset between the two halves of a character gives the index of that character.
    """
    if units.isascii():
        return offset
    position = 0
    index = 0
    while index < offset:
        step = 2 if is_pair(units, index) else 1
        if index + step > offset:
            break
        index += step
        position += 1
    return position


def is_pair(units: str, index: int) -> bool:
    """Tell whether a surrogate pair starts at this index."""
    return (
        index + 1 < len(units)
        and "\ud800" <= units[index] <= "\udbff"
        and "\udc00" <= units[index + 1] <= "\udfff"
    )

"""Characters that are newer than the Unicode tables of the oldest supported Python.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.charunicodeinfo
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from provlint.dotnet.failure import UndecidedError


@cache
def _borders() -> list[int]:
    from provlint.dotnet.strings.unassigned_tables import UNASSIGNED

    return [int(border, 16) for border in UNASSIGNED.split()]


def require_known_characters(text: str, operation: str) -> None:
    """Refuse a text with a character that came to Unicode after version 14.

    What such a character is depends on the version of Python, and of .NET.

    Raises:
        UndecidedError: a character is newer.
    """
    if text.isascii() or max(text) < "\u0378":
        return
    borders = _borders()
    for character in text:
        if bisect_right(borders, ord(character)) % 2:
            raise UndecidedError(
                f"{operation} of U+{ord(character):04X}, which Unicode 14 does not assign"
            )

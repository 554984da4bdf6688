"""Ordinal comparison: unit by unit, with or without regard to case.

Source: https://learn.microsoft.com/dotnet/api/system.stringcomparison
"""

from __future__ import annotations

from provlint.dotnet.strings.case import fold
from provlint.dotnet.strings.units import to_units


def equals(first: str, second: str, *, ignore_case: bool = False) -> bool:
    """Tell whether two texts are the same, ordinally."""
    return fold(first) == fold(second) if ignore_case else first == second


def compare(first: str, second: str, *, ignore_case: bool = False) -> int:
    """Return -1, 0 or 1 as the first text comes before, with or after the second, ordinally.

    With regard to case UTF-16 units are compared, without it code points.
    """
    if ignore_case:
        one, other = fold(first), fold(second)
    else:
        one, other = to_units(first), to_units(second)
    return (one > other) - (one < other)


def starts_with(text: str, start: str, *, ignore_case: bool = False) -> bool:
    """Tell whether a text begins with another, ordinally."""
    return _prepared(text, ignore_case).startswith(_prepared(start, ignore_case))


def index_of(text: str, sought: str, *, ignore_case: bool = False) -> int:
    """Return the 0-based place of a text in another in units, -1 when absent, ordinally."""
    return _prepared(text, ignore_case).find(_prepared(sought, ignore_case))


def _prepared(text: str, ignore_case: bool) -> str:
    return to_units(fold(text) if ignore_case else text)

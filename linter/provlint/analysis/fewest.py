"""The fewest of some things that already suffice for a proof."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provlint.analysis.reasoner import Sought

MOST_SUBSETS = 500
"""Selections that are tried for the smallest; then things are left out one by one."""


def fewest(numbers: Sequence[int], seek: Callable[[Sequence[int]], Sought]) -> tuple[int, ...]:
    """The fewest of some numbers for which `seek` finds nobody, as it does for all of them."""
    tried = 0
    for size in range(1, len(numbers)):
        for some in combinations(numbers, size):
            tried += 1
            if tried > MOST_SUBSETS:
                return _fewer(list(numbers), seek)
            if seek(some).verdict is False:
                return some
    return tuple(numbers)


def fewest_of(
    numbers: Sequence[int], seek: Callable[[Sequence[int]], Sought], most: int
) -> tuple[int, ...] | None:
    """The fewest of some numbers for which `seek` finds nobody, `most` at most; None for none."""
    if not numbers or (most > 1 and seek(numbers).verdict is not False):
        return None
    tried = 0
    for size in range(1, min(most, len(numbers)) + 1):
        for some in combinations(numbers, size):
            tried += 1
            if tried > MOST_SUBSETS and size > 1:
                return None
            if seek(some).verdict is False:
                return some
    return None


def _fewer(numbers: list[int], seek: Callable[[Sequence[int]], Sought]) -> tuple[int, ...]:
    for number in list(numbers):
        rest = [each for each in numbers if each != number]
        if rest and seek(rest).verdict is False:
            numbers = rest
    return tuple(numbers)

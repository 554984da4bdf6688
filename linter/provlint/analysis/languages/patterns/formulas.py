"""What is still to be found, as a boolean formula over numbered items.

A formula is a disjunction of conjunctions of items. An item is a term, which stands for a part of a
pattern; an item below 0 is the opposite of another formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Formula = frozenset[frozenset[int]]
FALSE: Formula = frozenset()
TRUE: Formula = frozenset({frozenset()})

ACCEPT = 0
"""The term for "found, whatever follows"."""

MOST_CUBES = 2_000
"""Alternatives of a formula."""


class TooDeep(Exception):  # noqa: N818 - it is an answer, not a failure
    """The pattern is too long or too intricate to be walked."""


def one(item: int) -> Formula:
    """The formula that is a single item."""
    return TRUE if item == ACCEPT else frozenset({frozenset({item})})


def either(left: Formula, right: Formula) -> Formula:
    """The disjunction of two formulas."""
    return TRUE if TRUE in (left, right) else left | right


def any_of(formulas: Iterable[Formula]) -> Formula:
    """The disjunction of formulas."""
    cubes: set[frozenset[int]] = set()
    for formula in formulas:
        if formula == TRUE:
            return TRUE
        cubes.update(formula)
    return frozenset(cubes)


def both(left: Formula, right: Formula) -> Formula:
    """The conjunction of two formulas.

    Raises:
        TooDeep: It has too many alternatives.
    """
    if left == TRUE or right == FALSE:
        return right
    if right == TRUE or left == FALSE:
        return left
    if len(left) * len(right) > MOST_CUBES:
        raise TooDeep
    return frozenset(first | second for first in left for second in right)

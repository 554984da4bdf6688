"""Counts with a few examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.evidence import EXAMPLES, Some
from provlint.simulate.evidence.people import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Examples:
    """A number, and the first few names by the numbers of their users."""

    def __init__(self) -> None:
        self.count = 0
        self._names: list[tuple[int, str]] = []

    def add(self, count: int, names: Iterable[tuple[int, str]]) -> None:
        """Count so many more, and remember their names."""
        self.count += count
        self._names = sorted({*self._names, *names})[:EXAMPLES]

    def some(self) -> Some:
        """What was counted."""
        return Some(self.count, tuple(name for _, name in self._names))


def names(people: Iterable[tuple[int, Mapping[str, object]]]) -> list[tuple[int, str]]:
    """Users with their numbers, by what they are called."""
    return [(at, name_of(values, at)) for at, values in people]

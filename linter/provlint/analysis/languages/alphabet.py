r"""Which UTF-16 units need not be told apart.

A class such as `\w` has seven hundred ranges. To a set of texts all units that are in the same of
its classes are one, so an automaton has a handful of letters instead of 65,536.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from provlint.dotnet.regex.classes import contains

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.dotnet.regex.classes import Ranges

_NICE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,@'/:()&+"
_LOOKED_AT = 64
"""Ends of ranges that are looked at for a unit that reads well."""


class Alphabet:
    """The coarsest partition of all units of which each given set is a union of parts.

    Attributes:
        sets: The sets that were given.
        letters: The parts, each as a set of units.
    """

    __slots__ = ("_letter_at", "_letter_of", "_starts", "letters", "sets")

    def __init__(self, sets: Iterable[Ranges]) -> None:
        self.sets = tuple(dict.fromkeys(sets))
        toggles: dict[int, int] = {0: 0}
        for index, ranges in enumerate(self.sets):
            for low, high in ranges:
                toggles[low] = toggles.get(low, 0) ^ (1 << index)
                toggles[high + 1] = toggles.get(high + 1, 0) ^ (1 << index)
        toggles.pop(0x10000, None)
        self._starts = sorted(toggles)
        self._letter_at: list[int] = []
        known: dict[int, int] = {}
        parts: list[list[tuple[int, int]]] = []
        members = 0
        ends = [*self._starts[1:], 0x10000]
        for start, end in zip(self._starts, ends, strict=True):
            members ^= toggles[start]
            letter = known.setdefault(members, len(parts))
            if letter == len(parts):
                parts.append([])
            parts[letter].append((start, end - 1))
            self._letter_at.append(letter)
        self.letters: tuple[Ranges, ...] = tuple(map(tuple, parts))
        self._letter_of: dict[int, int] = {}

    def letter_of(self, unit: int) -> int:
        """The index of the part that a unit is in."""
        letter = self._letter_of.get(unit)
        if letter is None:
            letter = self._letter_at[bisect_right(self._starts, unit) - 1]
            self._letter_of[unit] = letter
        return letter

    def holders(self, ranges: Ranges) -> frozenset[int]:
        """The letters that make up one of the given sets."""
        return frozenset(
            letter
            for letter, part in enumerate(self.letters)
            if any(low <= part[0][0] <= high for low, high in ranges)
        )


def cost_of(unit: int) -> int:
    """How badly a unit reads in an example: 1 for a letter or digit, 200 for a control."""
    character = chr(unit)
    if character.isascii() and character.isalnum():
        return 1
    if 32 < unit < 127:
        return 2
    if character == " ":
        return 3
    if 0xD800 <= unit <= 0xDFFF:
        return 40
    if character.isprintable():
        return 10 if character.isalpha() else 20
    return 200


def most_readable(letter: Ranges) -> int:
    """The unit of a set that reads best in an example."""
    for character in _NICE:
        unit = ord(character)
        if contains(letter, unit):
            return unit
    ends = (unit for low, high in letter[:_LOOKED_AT] for unit in {low, high})
    return min(ends, key=lambda unit: (cost_of(unit), unit))

"""Integers by their bits: what `&` and `!&` ask, between two bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.analysis.budget import Budget

_WIDTH = 64
_SIGN = 1 << 63
_ALL = (1 << 64) - 1


class Bits(NamedTuple):
    """What is asked of an integer.

    Attributes:
        low: The least that it may be.
        high: The greatest.
        clear: Bits that must be 0.
        shared: Masks of each of which one bit at least must be 1.
    """

    low: int
    high: int
    clear: int
    shared: tuple[int, ...]


def integers_with(asked: Bits, budget: Budget) -> Iterator[int]:
    """The integers that are as asked, those without sign first, ascending.

    Raises:
        OutOfSteps: The budget is used up.
    """
    clear = asked.clear & _ALL
    shared = tuple(dict.fromkeys(mask & _ALL & ~clear for mask in asked.shared))
    if 0 in shared:
        return
    for low, high in (
        (max(asked.low, 0), asked.high),
        (asked.low, min(asked.high, -1)),
    ):
        if low <= high:
            yield from _Walk(low & _ALL, high & _ALL, clear, shared, budget).numbers()


class _Walk:
    """Numbers of one sign, bit by bit from the highest, without the ways that lead nowhere."""

    def __init__(
        self, low: int, high: int, clear: int, shared: tuple[int, ...], budget: Budget
    ) -> None:
        self.low, self.high, self.clear, self.shared = low, high, clear, shared
        self.budget = budget
        self.futile: set[tuple[int, bool, bool, int]] = set()

    def numbers(self) -> Iterator[int]:
        for number in self._from(_WIDTH - 1, True, True, 0, 0):
            yield number - (1 << _WIDTH) if number & _SIGN else number

    def _from(self, bit: int, at_low: bool, at_high: bool, met: int, taken: int) -> Iterator[int]:
        if bit < 0:
            if met == (1 << len(self.shared)) - 1:
                yield taken
            return
        key = (bit, at_low, at_high, met)
        if key in self.futile:
            return
        self.budget.spend()
        mask = 1 << bit
        found = False
        for digit in (0, mask):
            if (
                (at_low and digit < self.low & mask)
                or (at_high and digit > self.high & mask)
                or digit & self.clear
            ):
                continue
            now = met
            if digit:
                for index, wanted in enumerate(self.shared):
                    now |= (1 << index) if wanted & mask else 0
            inner = self._from(
                bit - 1,
                at_low and digit == self.low & mask,
                at_high and digit == self.high & mask,
                now,
                taken | digit,
            )
            for number in inner:
                found = True
                yield number
        if not found:
            self.futile.add(key)

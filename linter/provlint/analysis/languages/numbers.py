"""Integers as they are written: no sign but a minus, no leading zeros, 64 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import whole_number

if TYPE_CHECKING:
    from provlint.analysis.budget import Budget
    from provlint.dotnet.regex.classes import Ranges

LEAST = -(2**63)
GREATEST = 2**63 - 1
_SETS: tuple[Ranges, ...] = tuple(((unit, unit),) for unit in (*range(48, 58), 45))

# Negative or not, digits so far, and how they compare with the digits of both bounds.
_State = tuple[bool, int, int, int]


def written_number(text: str) -> int | None:
    """The integer that a text is the writing of; None for `007`, `+5` and all that is no number."""
    number = whole_number(text)
    return number if number is not None and str(number) == text else None


class Integers:
    """The integers from `low` to `high`, both included."""

    sets = _SETS
    exact = True

    def automaton(self, _: Budget) -> Integers:
        """See `Language`."""
        return self

    def __init__(self, low: int = LEAST, high: int = GREATEST) -> None:
        self.low = max(low, LEAST)
        self.high = min(high, GREATEST)
        # The bounds of both signs by absolute value; None where the sign has no number.
        self._bounds: dict[bool, tuple[str, str] | None] = {
            False: _written(max(self.low, 0), self.high),
            True: _written(max(-self.high, 1), -self.low),
        }
        self._states: list[_State | None] = [None, None]
        self._numbers: dict[_State, int] = {}
        self._steps: dict[tuple[int, int], int] = {}
        start = None if low > high else (False, 0, 0, 0)
        self.start = self._number(start)

    def _number(self, state: _State | None) -> int:
        if state is None:
            return 0
        if state not in self._numbers:
            self._numbers[state] = len(self._states)
            self._states.append(state)
        return self._numbers[state]

    def step(self, state: int, unit: int) -> int:
        """See `Automaton`."""
        key = (state, unit)
        found = self._steps.get(key)
        if found is None:
            found = self._number(self._after(self._states[state], chr(unit)))
            self._steps[key] = found
        return found

    def _after(self, state: _State | None, character: str) -> _State | None:
        if state is None:
            return None
        negative, length, low, high = state
        if character == "-":
            known = self._bounds[True] is not None
            return (True, 0, 0, 0) if known and not negative and length == 0 else None
        bounds = self._bounds[negative]
        if character not in "0123456789" or bounds is None:
            return None
        zero = length == 1 and low == high == 2
        if zero or (character == "0" and length == 0 and negative):
            return None
        if length >= len(bounds[1]):
            return None
        if character == "0" and length == 0:
            # A zero stands alone.
            return (negative, 1, 2, 2) if bounds[0] == "0" else None
        return (
            negative,
            length + 1,
            low or _compared(character, bounds[0], length),
            high or _compared(character, bounds[1], length),
        )

    def accepts(self, state: int) -> bool:
        """See `Automaton`."""
        found = self._states[state]
        if found is None:
            return False
        negative, length, low, high = found
        bounds = self._bounds[negative]
        if length == 0 or bounds is None:
            return False
        if low == high == 2:
            return True
        least, greatest = map(len, bounds)
        return (length > least or (length == least and low >= 0)) and (
            length < greatest or (length == greatest and high <= 0)
        )

    def contains(self, text: str) -> bool:
        """See `Language`."""
        number = written_number(text)
        return number is not None and self.low <= number <= self.high


def _written(low: int, high: int) -> tuple[str, str] | None:
    return (str(low), str(high)) if low <= high else None


def _compared(character: str, bound: str, index: int) -> int:
    """How a digit compares with that of a bound; nothing is settled beyond its last digit."""
    if index >= len(bound):
        return 0
    return (character > bound[index]) - (character < bound[index])

"""Sets of texts that no pattern of the user's describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.languages.patterns.language import PatternLanguage
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Concatenation,
    Empty,
    Literal,
    Node,
)
from provlint.dotnet.regex.units import to_units

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from provlint.analysis.budget import Budget
    from provlint.dotnet.regex.classes import Ranges

_HIGH: Ranges = ((0xD800, 0xDBFF),)
_LOW: Ranges = ((0xDC00, 0xDFFF),)
_CONTROL: Ranges = ((0, 31), (127, 159))


def exactly(values: tuple[str, ...], *, ignore_case: bool = False) -> PatternLanguage:
    """The given texts."""
    branches = tuple(_literal(value, ignore_case) for value in values)
    kept = frozenset(values)
    lowered = frozenset(value.lower() for value in values)

    def contains(text: str) -> bool:
        return text.lower() in lowered if ignore_case else text in kept

    return _language(contains, Anchor("beginning"), Alternation(branches), Anchor("end"))


def including(values: tuple[str, ...]) -> PatternLanguage:
    """The texts in which one of the given texts stands."""
    branches = tuple(map(_literal, values))
    return _language(lambda text: any(value in text for value in values), Alternation(branches))


def ending_with(values: tuple[str, ...]) -> PatternLanguage:
    """The texts that end with one of the given texts."""
    branches = tuple(map(_literal, values))
    return _language(lambda text: text.endswith(values), Alternation(branches), Anchor("end"))


def _literal(value: str, ignore_case: bool = False) -> Node:
    return Literal(to_units(value), ignore_case) if value else Empty()


def _language(contains: Callable[[str], bool], *parts: Node) -> PatternLanguage:
    return PatternLanguage(Concatenation(parts), contains)


class _Simple:
    """A set that is its own automaton."""

    exact = True

    def automaton(self, _: Budget) -> Self:
        """See `Language`."""
        return self


class Texts(_Simple):
    """All texts that an attribute can hold: not empty, and every surrogate in a pair."""

    sets: tuple[Ranges, ...] = (_HIGH, _LOW)
    start = 2

    def step(self, state: int, unit: int) -> int:
        """See `Automaton`; 2 is before the first unit, 3 after a character, 4 inside one."""
        low = 0xDC00 <= unit <= 0xDFFF
        if state == 4:
            return 3 if low else 0
        if state == 0 or low:
            return 0
        return 4 if 0xD800 <= unit <= 0xDBFF else 3

    def accepts(self, state: int) -> bool:
        """See `Automaton`."""
        return state == 3

    def contains(self, text: str) -> bool | None:
        """See `Language`."""
        return text != "" and not any("\ud800" <= each <= "\udfff" for each in text)


class _Nothing(_Simple):
    """No text at all."""

    sets: tuple[Ranges, ...] = ()
    start = 0

    def step(self, state: int, unit: int) -> int:
        """See `Automaton`."""
        return state

    def accepts(self, state: int) -> bool:
        """See `Automaton`."""
        return False

    def contains(self, text: str) -> bool | None:
        """See `Language`."""
        return False


class _Controls(_Simple):
    """The texts that hold a control character, such as a line break."""

    sets: tuple[Ranges, ...] = (_CONTROL,)
    start = 2

    def step(self, state: int, unit: int) -> int:
        """See `Automaton`."""
        return 1 if unit < 32 or 127 <= unit <= 159 else state

    def accepts(self, state: int) -> bool:
        """See `Automaton`."""
        return state == 1

    def contains(self, text: str) -> bool | None:
        """See `Language`."""
        return any(ord(each) < 32 or 127 <= ord(each) <= 159 for each in text)


NOTHING_AT_ALL = _Nothing()
CONTROLS = _Controls()

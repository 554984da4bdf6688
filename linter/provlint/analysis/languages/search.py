"""A text that is in some sets and not in others."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from provlint.analysis.languages.alphabet import Alphabet, cost_of, most_readable
from provlint.analysis.languages.language import EVERYTHING, NOTHING
from provlint.dotnet.regex.units import from_units, to_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.analysis.budget import Budget
    from provlint.analysis.languages.language import Automaton

Side = tuple["Automaton", bool]
"""The automaton of a set, and whether the text shall be in it."""


def accepts(automaton: Automaton, text: str) -> bool:
    """Whether a text is in the set of an automaton.

    Raises:
        OutOfSteps: The budget of the automaton is used up.
        TooDeep: The pattern cannot be walked.
    """
    state = automaton.start
    for unit in to_units(text):
        if state in (NOTHING, EVERYTHING):
            break
        state = automaton.step(state, ord(unit))
    return automaton.accepts(state)


def texts_in(sides: Sequence[Side], budget: Budget) -> Iterator[str]:
    """Texts that are on the given side of every set, those that read best first.

    One text is given for each way the automata can stand at the end of a text, so an end without
    any text proves that there is none.

    Raises:
        OutOfSteps: The budget is used up.
        TooDeep: A pattern cannot be walked.
    """
    automata = [automaton for automaton, _ in sides]
    alphabet = Alphabet(ranges for each in automata for ranges in each.sets)
    letters = sorted(
        ((cost_of(unit), unit) for unit in map(most_readable, alphabet.letters)),
    )
    wanted = [side for _, side in sides]
    lost = [NOTHING if side else EVERYTHING for side in wanted]
    start = tuple(each.start for each in automata)
    if any(map(int.__eq__, start, lost)):
        return
    came: dict[tuple[int, ...], tuple[tuple[int, ...], int] | None] = {}
    waiting: list[tuple[int, int, tuple[int, ...], tuple[tuple[int, ...], int] | None]] = []
    counter = 0
    heappush(waiting, (0, counter, start, None))
    while waiting:
        cost, _, state, origin = heappop(waiting)
        if state in came:
            continue
        came[state] = origin
        if all(
            automaton.accepts(each) is side
            for automaton, each, side in zip(automata, state, wanted, strict=True)
        ):
            yield _text(came, state)
        for price, unit in letters:
            budget.spend()
            after = []
            for automaton, each, dead in zip(automata, state, lost, strict=True):
                reached = automaton.step(each, unit)
                if reached == dead:
                    break
                after.append(reached)
            else:
                following = tuple(after)
                if following not in came:
                    counter += 1
                    heappush(waiting, (cost + price, counter, following, (state, unit)))


def _text(
    came: dict[tuple[int, ...], tuple[tuple[int, ...], int] | None], state: tuple[int, ...]
) -> str:
    units: list[str] = []
    origin = came[state]
    while origin is not None:
        state, unit = origin
        units.append(chr(unit))
        origin = came[state]
    return from_units("".join(reversed(units)))

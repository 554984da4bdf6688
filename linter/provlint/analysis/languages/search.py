"""A text that is in some sets and not in others."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from provlint.analysis.languages.alphabet import Alphabet, cost_of, most_readable
from provlint.analysis.languages.language import EVERYTHING, NOTHING
from provlint.dotnet.regex.units import from_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.analysis.budget import Budget
    from provlint.analysis.languages.language import Language

Side = tuple["Language", bool]
"""A set, and whether the text shall be in it."""


def texts_in(sides: Sequence[Side], budget: Budget) -> Iterator[str]:
    """Texts that are on the given side of every set, those that read best first.

    One text is given for each way the automata can stand at the end of a text, so an end without
    any text proves that there is none.

    Raises:
        OutOfSteps: The budget is used up.
        TooDeep: A pattern cannot be walked.
    """
    languages = [language.automaton for language, _ in sides]
    alphabet = Alphabet(ranges for language in languages for ranges in language.sets)
    letters = sorted(
        ((cost_of(unit), unit) for unit in map(most_readable, alphabet.letters)),
    )
    wanted = [side for _, side in sides]
    lost = [NOTHING if side else EVERYTHING for side in wanted]
    start = tuple(language.start for language in languages)
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
            language.accepts(each) is side
            for language, each, side in zip(languages, state, wanted, strict=True)
        ):
            yield _text(came, state)
        for price, unit in letters:
            budget.spend()
            after = []
            for language, each, dead in zip(languages, state, lost, strict=True):
                reached = language.step(each, unit)
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

"""The lint itself, without start-up: against `json.loads`, and how its time grows."""

from __future__ import annotations

import gc
import json
import os
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.configurations import text
from benchmarks.figures import Figure, from_times, in_turns

from provlint import lint_text
from provlint.cli import ALLOCATIONS
from provlint.linting import Request, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOADS = "json.loads"
ATTRIBUTES_OF_MAPPING = 6
"""Attributes of each side for each mapping, so that 140 mappings make a file of 1 MB."""


class Pair(NamedTuple):
    """The same work of one size and of twice that size."""

    small: Callable[[], object]
    large: Callable[[], object]


def rooms(folder: str, rounds: int, *, small: bool) -> dict[str, Callable[[], list[Figure]]]:
    """What measures in one process that has everything imported, by the title of its table."""
    counts = (10, 100, 1000) if small else (10, 100, 1000, 10_000)
    return {
        "Lint without start-up": _collecting(lambda: _against_json(rounds)),
        "Growth": _collecting(lambda: _growth(folder, rounds)),
        "Lint by the number of mappings": _collecting(lambda: _curve(rounds, counts)),
    }


def _collecting(measure: Callable[[], list[Figure]]) -> Callable[[], list[Figure]]:
    """The same, collecting garbage as seldom as the command does."""

    def measured() -> list[Figure]:
        before = gc.get_threshold()
        gc.set_threshold(ALLOCATIONS)
        try:
            return measure()
        finally:
            gc.set_threshold(*before)

    return measured


def _lint(content: str, expected: int = 0) -> Callable[[], object]:
    found = len(lint_text(content))
    assert found == expected, f"{found} findings instead of {expected}"
    return lambda: lint_text(content)


def _against_json(rounds: int) -> list[Figure]:
    figures = []
    for name, mappings in (("lint, 1 MB", 140), ("lint, 2 MB", 280)):
        content = text(mappings, mappings * ATTRIBUTES_OF_MAPPING)
        times = in_turns(
            {name: _lint(content), LOADS: lambda content=content: json.loads(content)},  # type: ignore[misc]
            rounds,
        )
        figures.append(from_times(name, times[name], times[LOADS], LOADS))
    return figures


def _growth(folder: str, rounds: int) -> list[Figure]:
    pairs = {
        "twice the mappings": Pair(_lint(text(200, 400)), _lint(text(400, 800))),
        "twice the clauses": Pair(_lint(text(5, 400, 200)), _lint(text(5, 800, 400))),
        "twice the filter groups": Pair(_lint(text(5, 200, 4, 50)), _lint(text(5, 400, 4, 100))),
        "twice the findings": Pair(_lint(_with_mistakes(25), 50), _lint(_with_mistakes(50), 100)),
        "twice the files": Pair(_files(folder, 15), _files(folder, 30)),
    }
    figures = []
    for name, pair in pairs.items():
        times = in_turns({"small": pair.small, "large": pair.large}, rounds)
        figures.append(from_times(name, times["large"], times["small"], "half of it"))
    return figures


def _with_mistakes(count: int) -> str:
    """A fifth of the mappings calls a function that does not exist, other than its stored form."""
    content = text(count * 5, count * 5)
    for number in range(2, count * 5, 5):
        content = content.replace(f"Switch([attribute{number}]", f"Swatch([attribute{number}]")
    return content


def _files(folder: str, count: int) -> Callable[[], object]:
    below = os.path.join(folder, f"files{count}")
    os.makedirs(below, exist_ok=True)
    for number in range(count):
        with open(os.path.join(below, f"{number}.json"), "w", encoding="utf-8") as file:
            file.write(text(19, 30 + number))
    request = Request(paths=(below,), use_config=False)
    assert run(request).report.recognised == count
    return lambda: run(request)


def _curve(rounds: int, counts: Sequence[int]) -> list[Figure]:
    """Milliseconds by the number of mappings, as multiples of the first."""
    tasks = {f"{count:,} mappings": _lint(text(count, count)) for count in counts}
    times = in_turns(tasks, max(3, rounds // 2))
    first = times["10 mappings"]
    return [from_times(name, row, first, "10 mappings") for name, row in times.items()]

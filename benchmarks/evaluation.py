"""Evaluations per second of typical expressions, and the Join case against hand-written Python.

`python -m benchmarks.evaluation` prints both and their ratio from one interleaved run, over
distinct inputs on one core. The hand-written function does the same for the Join case only, knows
nothing of types, of readings or of outcomes, and returns a bare text: it is the least that such a
function can do.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, from_times, in_turns

from provlint.evaluation import compile_expression, make_context

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 50_000
ROUNDS = 5
BY_HAND = "Join by hand"
LEAST = 100_000
"""Evaluations a second of the Join case that the evaluator must reach."""

JOIN = 'Join(".", ToLower([givenName]), ToLower([surname]))'
EXPRESSIONS = {
    "join": JOIN,
    "switch": 'Switch([country], "other", "NO", "Oslo", "SE", "Stockholm", "DK", [surname])',
    "iif": 'IIF([country] = "NO", Append([mail], ".no"), IIF(IsPresent([mail]), [mail], "none"))',
    "regex": 'Replace([phone], , "[()\\\\s-]+", , "", , )',
    "date": 'IIF(DateDiff("d", Now(), CDate([hireDate])) > 5, "False", "True")',
}

Row = dict[str, Any]


def make_rows(count: int = ROWS) -> list[Row]:
    """Distinct users."""
    countries = ("NO", "SE", "DK", "FI")
    return [
        {
            "givenName": f"Greta{index}",
            "surname": f"Ohm{index}",
            "country": countries[index % 4],
            "mail": f"greta.ohm{index}@fjord.example",
            "phone": f"+47 ({index % 90 + 10}) {index:06d}-{index % 7}",
            "hireDate": f"20{index % 30:02d}-{index % 12 + 1:02d}-{index % 28 + 1:02d}-07:00",
        }
        for index in range(count)
    ]


def hand_written(row: Row) -> str:
    """The Join case by hand."""
    parts = []
    for name in ("givenName", "surname"):
        value = row.get(name)
        if value:
            parts.append(value.lower())
    return ".".join(parts)


def _tasks(count: int) -> dict[str, Callable[[], object]]:
    rows = make_rows(count)
    context = make_context(now="2026-11-22T12:00:00")
    programs = {name: compile_expression(text) for name, text in EXPRESSIONS.items()}
    assert all(programs["join"].run(row).value == hand_written(row) for row in rows[:100])
    for program in programs.values():
        assert program.run(rows[1], context).problem is None

    def every(work: Callable[[Row], object]) -> Callable[[], object]:
        def task() -> None:
            for row in rows:
                work(row)

        return task

    tasks = {BY_HAND: every(hand_written)}
    for name, program in programs.items():
        tasks[name] = every(lambda row, run=program.run: run(row, context))
    return tasks


def figures(rounds: int) -> list[Figure]:
    """Each expression over distinct users, as a multiple of the Join case by hand."""
    times = in_turns(_tasks(ROWS // 10), rounds)
    return [
        from_times(f"evaluating: {name}", times[name], times[BY_HAND], BY_HAND)
        for name in EXPRESSIONS
    ]


def main() -> int:
    times = in_turns(_tasks(ROWS), ROUNDS)
    rates = {name: round(ROWS / min(taken)) for name, taken in times.items()}
    ratio = from_times("join", times["join"], times[BY_HAND], BY_HAND).value
    sys.stdout.write(json.dumps({**rates, "join against by hand": round(ratio, 2)}) + "\n")
    return 0 if rates["join"] >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())

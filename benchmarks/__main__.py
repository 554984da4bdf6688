"""Every figure of the project in one run: `python -m benchmarks [--small] [--write] [--peers]`.

Exit status 1 when a figure exceeds its budget.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import (
    comparison,
    evaluation,
    evidence,
    highlights,
    linting,
    model_reading,
    parsing,
    peers,
    processes,
    reading,
    reports,
    scope_decision,
    simulation,
    spark,
    user_files,
)
from benchmarks.figures import TOLERANCE, Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from benchmarks.peers import Peers

    Room = tuple[str, Callable[[], list[Figure]]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--few", action="store_true", help="as few rounds as CI, at all sizes")
    parser.add_argument("--small", action="store_true", help="fewer rounds and a tolerance; for CI")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument(
        "--peers", action="store_true", help="install what the project is compared with"
    )
    parser.add_argument(
        "--ten-million", action="store_true", help="simulate ten million users as well"
    )
    parser.add_argument("--spark", action="store_true", help="measure Spark and Sail as well")
    parser.add_argument("--only", metavar="WORD", default="", help="only the tables so titled")
    options = parser.parse_args(arguments)
    tolerance = TOLERANCE if options.small else 1.0
    started = time.perf_counter()
    rooms: dict[str, list[Figure]] = {}
    with tempfile.TemporaryDirectory(prefix="provlint-benchmarks-") as folder:
        found = peers.install(folder) if options.peers else None
        for title, measure in _rooms(folder, options, found):
            if options.only.lower() in title.lower():
                begun = time.perf_counter()
                rooms[title] = measure()
                print(f"{title}: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
                if options.write:
                    versions = found.versions if found is not None else {}
                    _write({title: rooms[title]}, arguments or sys.argv[1:], versions)
    figures = [figure for room in rooms.values() for figure in room]
    print(reports.table(figures, tolerance))
    took = (time.perf_counter() - started) / 60
    print(f"\n{reports.machine()}; {reports.versions()}; {took:.1f} minutes")
    if not options.peers:
        names = ", ".join((*peers.LINTERS, *peers.LIBRARIES))
        print(f"skipped without --peers: {names}")
    exceeded = [figure for figure in figures if not figure.holds(tolerance)]
    for figure in exceeded:
        allowed = figure.limit + (f" x {tolerance:g}" if tolerance != 1 else "")
        print(f"{figure.name}: {figure.value:.2f} is not {allowed}", file=sys.stderr)
    return 1 if exceeded else 0


def _write(
    rooms: Mapping[str, Sequence[Figure]], words: Sequence[str], versions: Mapping[str, str]
) -> None:
    """Put tables into the page, and what the README names of it."""
    command = f"python -m benchmarks {shlex.join(words)}"
    page, readme = Path(reports.PAGE), Path(highlights.README)
    earlier = page.read_text("utf-8") if page.exists() else ""
    page.write_text(reports.page(rooms, command, versions, earlier), encoding="utf-8")
    text = highlights.written(readme.read_text("utf-8"), page.read_text("utf-8"))
    readme.write_text(text, encoding="utf-8")


def _rooms(folder: str, options: argparse.Namespace, found: Peers | None) -> Iterator[Room]:
    """The tables, and what measures each."""
    small = options.small
    brief = small or options.few
    rounds = 15 if brief else 41
    yield "Whole processes", lambda: processes.measure(folder, rounds, found)
    yield "Unchanged files", lambda: processes.unchanged(folder, 5 if brief else 15)
    few = 7 if brief else 15
    yield (
        "Reading and parsing",
        lambda: [*parsing.figures(few), *reading.figures(few), *model_reading.figures(few)],
    )
    yield from linting.rooms(folder, few, small=small).items()
    yield "Evaluating expressions", lambda: evaluation.figures(few)
    turns = 3 if brief else 9
    yield "Evidence from users", lambda: evidence.figures(folder, turns, small=small)
    if found is not None or small:
        count = 1_000_000
        yield "Deciding who is in scope", lambda: _scope(folder, count, 3 if brief else 7, found)
    sizes = [100_000] if small else [1_000_000]
    sizes += [10_000_000] if options.ten_million else []
    for size in sizes:
        turns = 3 if brief or size > 1_000_000 else 7
        yield (
            f"Simulating {size:,} users",
            lambda size=size, turns=turns: simulation.figures(turns, size, found),
        )
    yield (
        f"Simulating {sizes[0]:,} users from other files",
        lambda: user_files.figures(2 if brief else 5, sizes[0], few=small),
    )
    if not small:
        yield "Comparing 1,000,000 users", lambda: comparison.figures(2 if brief else 5, 1_000_000)
        counts = [10_000, 100_000, 1_000_000, *([10_000_000] if options.ten_million else [])]
        yield (
            "Simulation by the number of users",
            lambda: simulation.growth(2 if brief else 3, counts),
        )
    if options.spark:
        further = [100_000, 300_000] if small else [1_000_000, 2_000_000, 4_000_000]
        yield "Spark", lambda: spark.figures(folder, further)


def _scope(folder: str, count: int, rounds: int, found: Peers | None) -> list[Figure]:
    below = Path(folder) / "scope"
    below.mkdir()
    users = str(simulation.prepare(below, count) / "users.parquet")
    return scope_decision.figures(users, count, rounds, found)


if __name__ == "__main__":
    sys.exit(main())

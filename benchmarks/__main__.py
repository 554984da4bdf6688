"""Every figure of the project in one run: `python -m benchmarks [--small] [--write] [--peers]`.

Exit status 1 when a figure exceeds its budget.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from typing import TYPE_CHECKING

from benchmarks import evaluation, linting, model_reading, parsing, processes, reading, reports
from benchmarks.figures import TOLERANCE, Figure

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--small", action="store_true", help="fewer rounds and a tolerance; for CI")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument(
        "--peers", action="store_true", help="install other linters for the comparison"
    )
    options = parser.parse_args(arguments)
    tolerance = TOLERANCE if options.small else 1.0
    with tempfile.TemporaryDirectory() as folder:
        rooms = _rooms(folder, small=options.small, peers=options.peers)
        peers = processes.peer_versions(folder) if options.peers else {}
    figures = [figure for room in rooms.values() for figure in room]
    print(reports.table(figures, tolerance))
    print(f"\n{reports.machine()}; {reports.versions(peers)}")
    if not options.peers:
        print(f"skipped without --peers: {', '.join(processes.PEERS)}")
    if options.write:
        command = " ".join(["python -m benchmarks", *(arguments or sys.argv[1:])])
        with open(reports.PAGE, "w", encoding="utf-8") as file:
            file.write(reports.page(rooms, command, peers))
    exceeded = [figure for figure in figures if not figure.holds(tolerance)]
    for figure in exceeded:
        allowed = f"{figure.budget:g}" + (f" x {tolerance:g}" if tolerance != 1 else "")
        print(f"{figure.name}: {figure.value:.2f} exceeds {allowed}", file=sys.stderr)
    return 1 if exceeded else 0


def _rooms(folder: str, *, small: bool, peers: bool) -> dict[str, list[Figure]]:
    rounds = 15 if small else 41
    rooms = {"Whole processes": processes.measure(folder, rounds, peers=peers)}
    rounds = 7 if small else 15
    rooms["Reading and parsing"] = [
        *parsing.figures(rounds),
        *reading.figures(rounds),
        *model_reading.figures(rounds),
    ]
    rooms |= linting.measure(folder, rounds)
    rooms["Evaluating expressions"] = evaluation.figures(rounds)
    return rooms


if __name__ == "__main__":
    sys.exit(main())

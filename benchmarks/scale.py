"""The figures of docs/scale.md: `python -m benchmarks.scale [--users 1000000 10000000] [--spark]`.

What one machine takes for each number of users, and with `--spark` what Spark and Sail take, with
the extrapolation. Writes the tables between the marks of the page; a table that was not measured
stays as it is.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import reports, spark
from benchmarks.core_seconds import measure
from benchmarks.simulation import OURS, prepare, tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.core_seconds import Cost
    from benchmarks.spark import Costs

PAGE = Path(__file__).parent.parent / "docs" / "scale.md"
FAR = (100_000_000, 1_000_000_000)
CLUSTER = 64
"""Processors of the cluster of the extrapolation."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--users", type=int, nargs="*", default=[1_000_000])
    parser.add_argument("--spark", action="store_true", help="measure Spark and Sail as well")
    parser.add_argument(
        "--spark-users", type=int, nargs="+", default=[1_000_000, 2_000_000, 4_000_000]
    )
    parser.add_argument("--rounds", type=int, default=spark.ROUNDS)
    asked = parser.parse_args()
    found = {}
    with tempfile.TemporaryDirectory(prefix="provlint-benchmarks-") as folder:
        if asked.users:
            found["one machine"] = one_machine(Path(folder), asked.users)
        if asked.spark:
            begun = time.perf_counter()
            costs = spark.measured(folder, asked.spark_users, asked.rounds)
            minutes = (time.perf_counter() - begun) / 60
            found["spark"] = slopes(costs, asked.rounds, minutes)
            found["extrapolation"] = extrapolation(costs)
    PAGE.write_text(written(PAGE.read_text("utf-8"), found), encoding="utf-8")


def written(page: str, tables: Mapping[str, str]) -> str:
    """The page with other tables between its marks."""
    for name, table in tables.items():
        marks = rf"(<!-- figures: {re.escape(name)} -->\n).*?(<!-- end -->)"
        page = re.sub(marks, lambda found, table=table: f"{found[1]}{table}{found[2]}", page,
                      flags=re.DOTALL)  # fmt: skip
    return page


def one_machine(folder: Path, sizes: Sequence[int]) -> str:
    """A table of one run for each number of users."""
    rows = []
    begun = time.perf_counter()
    for size in sizes:
        below = folder / f"one{size}"
        below.mkdir()
        cost = measure(tasks(prepare(below, size))[OURS], {})
        rows.append((f"{size:,}", f"{cost.seconds:,.1f}", f"{cost.cores:,.1f}", _memory(cost)))
        print(", ".join(rows[-1]), flush=True)
        shutil.rmtree(below)
    return _table(("users", "seconds", "core seconds", "MB"), rows) + _origin(
        f"python -m benchmarks.scale --users {' '.join(map(str, sizes))}",
        (time.perf_counter() - begun) / 60,
    )


def slopes(costs: Costs, rounds: int, minutes: float) -> str:
    """What each engine takes for each number of users, and for a further million."""
    rows = []
    sizes = list(next(iter(costs.values())))
    units = ("seconds", "cores")
    base = [_median(spark.slopes(costs[spark.ONE_MACHINE], unit)) for unit in units]
    for name, by_size in costs.items():
        for size, several in by_size.items():
            cost = sorted(several, key=lambda each: each.cores)[len(several) // 2]
            spent = (f"{cost.seconds:,.1f}", f"{cost.cores:,.1f}")
            rows.append((name, f"{size:,}", *spent, _memory(cost), "", ""))
        found = [_median(spark.slopes(by_size, unit)) for unit in units]
        times = [f"{each / one:.1f}" for each, one in zip(found, base, strict=True)]
        rows.append((name, "a further million", *(f"{each:,.1f}" for each in found), "", *times))
    sent = " ".join(map(str, sizes))
    command = f"python -m benchmarks.scale --users --spark --spark-users {sent} --rounds {rounds}"
    head = (
        "engine",
        "users",
        "seconds",
        "core seconds",
        "MB",
        "times the seconds",
        "times the core seconds",
    )
    return _table(head, rows) + _origin(command, minutes)


def extrapolation(costs: Costs) -> str:
    """What the slopes say of numbers that were not measured."""
    rows = []
    for name, by_size in costs.items():
        slope = _median(spark.slopes(by_size))
        first = min(by_size)
        start = _median([each.cores for each in by_size[first]]) - slope * first / 1_000_000
        for size in FAR:
            total = max(start, 0) + slope * size / 1_000_000
            cores = 2 if name == spark.ONE_MACHINE else CLUSTER
            rows.append(
                (
                    name,
                    f"{size:,}",
                    f"{total / 3600:,.1f}",
                    f"{cores}",
                    f"{total / cores / 60:,.1f}",
                )
            )
    return _table(("engine", "users", "core hours", "cores", "minutes"), rows)


def _median(numbers: Sequence[float]) -> float:
    return sorted(numbers)[len(numbers) // 2]


def _memory(cost: Cost) -> str:
    return f"{cost.megabytes:,.0f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _origin(command: str, minutes: float) -> str:
    date = time.strftime("%Y-%m-%d")
    named = "".join(f", {name} {number}" for name, number in spark.versions().items())
    return (
        f"\nMeasured on {date} by `{command}`, {max(1, round(minutes))} min;"
        f" {reports.machine()}; {reports.versions()}{named}.\n"
    )


if __name__ == "__main__":
    main()

"""What a figure is, what it may be, and how it is taken: in turns, medians, ratios pair by pair.

Processes are run by `launch`, a small one of its own: the memory of a child is never counted below
that of the process that started it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TOLERANCE = 1.25
"""What `--small` allows beyond a budget: machines of CI are shared, and few rounds are run."""

USER_FILES = (
    "JSON lines", "CSV of the portal", "CSV of Export-Csv", "CSV with lists as text",
    "Graph pages", "one Graph page with all",
)  # fmt: skip
"""Forms of files with users; see `user_files`."""

BUDGETS = {
    "lint FILE, 40 KB": 6.5,
    "lint FILE, 40 KB: MB": 32.0,
    "--version": 5.5,
    "--help": 5.5,
    "explain PL301": 5.5,
    "parsing": 8.0,
    "model reading": 3.0,
    "lint, 1 MB": 40.0,
    "lint, 2 MB": 40.0,
    "twice the mappings": 2.2,
    "twice the clauses": 2.2,
    "twice the filter groups": 2.2,
    "twice the findings": 2.2,
    "twice the files": 2.2,
    "evaluating: join": 15.0,
    "lint FILE, 40 KB, unchanged": 5.0,
    "a file of 500, unchanged": 1.0,
    "simulation from Parquet, 100,000 users": 4.0,
    "simulation from Parquet, 1,000,000 users": 1.3,
    "simulation from Parquet, 1,000,000 users: MB": 400.0,
    "simulation from Parquet, 10,000,000 users": 1.3,
    "simulation from Parquet, 10,000,000 users: MB": 1500.0,
    **{f"{form} beyond Parquet, 100,000 users": 3.0 for form in USER_FILES},
    "Graph pages beyond Parquet, 100,000 users": 6.0,
    **{f"{form} beyond Parquet, 1,000,000 users": 1.3 for form in USER_FILES},
    **{f"{form} beyond Parquet, 1,000,000 users: MB": 400.0 for form in USER_FILES},
    "comparison from Parquet, 1,000,000 users, with target users": 1.6,
    "comparison from Parquet, 1,000,000 users, with target users: MB": 400.0,
    "comparison from Parquet, 1,000,000 users, without target users": 1.6,
    "comparison from Parquet, 1,000,000 users, without target users: MB": 400.0,
    "lint with 100,000 users, JSON lines": 3.0,
    "lint with 100,000 users, CSV": 3.0,
    "lint with 100,000 users, Parquet": 3.0,
    "Spark on all cores, a further million users": 5.0,
    "Sail, a further million users": 2.4,
}
"""Greatest value of a figure; the unit is that of the figure, a ratio where nothing is said."""

LEAST = {"scope: rule-engine": 100.0, "scope: a DuckDB filter by hand": 0.4}
"""Least value of a figure: how many times the time of provlint others need."""


class Figure(NamedTuple):
    """One figure.

    Attributes:
        name: What was measured; a key of `BUDGETS` where there is a budget.
        value: Median of the ratios pair by pair, or a number of megabytes.
        low: First quartile.
        high: Third quartile.
        against: What a ratio is a multiple of, or "MB".
        milliseconds: Median time of the thing itself; None for memory.
    """

    name: str
    value: float
    low: float
    high: float
    against: str
    milliseconds: float | None = None

    @property
    def budget(self) -> float | None:
        """The greatest value allowed."""
        return BUDGETS.get(self.name)

    @property
    def least(self) -> float | None:
        """The least value allowed."""
        return LEAST.get(self.name)

    @property
    def limit(self) -> str:
        """What is allowed, in few characters; empty where everything is."""
        if self.least is not None:
            return f"≥ {self.least:g}"
        return "" if self.budget is None else f"≤ {self.budget:g}"

    def holds(self, tolerance: float = 1.0) -> bool:
        """Whether the figure stays within its budget."""
        if self.least is not None:
            return self.value * tolerance >= self.least
        return self.budget is None or self.value <= self.budget * tolerance


def from_times(name: str, times: Sequence[float], base: Sequence[float], against: str) -> Figure:
    """The figure of two rows of seconds that were taken in turns."""
    ratios = [ours / theirs for ours, theirs in zip(times, base, strict=True)]
    low = value = high = ratios[0]
    if len(ratios) > 1:
        low, value, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return Figure(name, value, low, high, against, statistics.median(times) * 1000)


def in_turns(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each task in each round; all tasks of a round feel the same noise."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(rounds):
        for name, task in tasks.items():
            gc.collect()
            start = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - start)
    return times


def megabytes(name: str, value: float) -> Figure:
    """The memory of something."""
    return Figure(f"{name}: MB", value, value, value, "MB")


def processes_in_turns(
    commands: Mapping[str, Sequence[str]],
    rounds: int,
    variables: Mapping[str, Mapping[str, str]] | None = None,
    fresh: Mapping[str, str] | None = None,
) -> dict[str, dict[str, Any]]:
    """Of each command, the seconds of each run, and the greatest megabytes.

    Args:
        commands: Programs with their words, by name.
        rounds: Counted runs of each.
        variables: Environment variables of a command beside those of this process.
        fresh: A folder that is removed before each run of a command.

    Raises:
        RuntimeError: A command fails.
    """
    left_out = ("PYTHONDONTWRITEBYTECODE", "PROVLINT_CACHE_DIR")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    task = {
        "commands": commands, "rounds": rounds, "environment": environment,
        "variables": variables or {}, "fresh": fresh or {},
    }  # fmt: skip
    launcher = [sys.executable, "-S", os.path.join(os.path.dirname(__file__), "launch.py")]
    done = subprocess.run(
        launcher, input=json.dumps(task), text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    rows: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return rows


def alone(
    measure: Callable[[int, int], Sequence[Figure]], about: str | None, *, users: int
) -> None:
    """Measure one table from the command line, and print it.

    Args:
        measure: Takes rounds and users.
        about: The description of the command.
        users: How many, where nothing is said.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--users", type=int, default=users)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for figure in measure(asked.rounds, asked.users):
        time_of = f", {figure.milliseconds:,.0f} ms" if figure.milliseconds else ""
        print(f"{figure.name}: {figure.value:.2f} {figure.against}{time_of}")

"""What a figure is, what it may be, and how it is taken: in turns, medians, ratios pair by pair."""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TOLERANCE = 1.25
"""What `--small` allows beyond a budget: machines of CI are shared, and few rounds are run."""

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
}
"""Greatest value of a figure; the unit is that of the figure, a ratio where nothing is said."""


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

    def holds(self, tolerance: float = 1.0) -> bool:
        """Whether the figure stays within its budget."""
        return self.budget is None or self.value <= self.budget * tolerance


def from_times(name: str, times: Sequence[float], base: Sequence[float], against: str) -> Figure:
    """The figure of two rows of seconds that were taken in turns."""
    ratios = [ours / theirs for ours, theirs in zip(times, base, strict=True)]
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

"""Which way a simulation goes: row by row, or in columns."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from provlint.simulate.cycle.rowwise import RowwiseSimulation

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint.simulate.cycle.job import Job, Simulation

    Progress = Callable[[str, int, int | None], None]

COLUMNS_FROM = 2_000
"""Users from which the columnar engine is faster than the reference path."""

BYTES_OF_A_USER = 300
"""Bytes of a user in a file at the least, roughly; Parquet takes a sixth."""

INSTALL = "run `pip install 'provlint[columns]'`"


def is_large(job: Job) -> bool:
    """Whether the users are so many that the columnar engine is faster, by the files' size."""
    size = 0.0
    for export in job.population.exports:
        try:
            factor = 6 if export.container == "parquet" else 1
            size += os.path.getsize(export.path) * factor
        except OSError:
            continue
    return size > COLUMNS_FROM * BYTES_OF_A_USER


def simulate(job: Job, engine: str, progress: Progress | None = None) -> tuple[Simulation, str]:
    """Simulate, and say what the user should know of the way it went; usually nothing.

    Args:
        job: What to simulate.
        engine: `reference`, `columns`, or `auto` for the faster one.
        progress: Told how far the work is.

    Raises:
        InputError: A record is broken, and the population says to stop.
    """
    if engine == "reference" or (engine == "auto" and not is_large(job)):
        return RowwiseSimulation(job, progress), ""
    if find_spec("duckdb") is None:
        remark = f"without DuckDB large inputs are slow and kept in memory; {INSTALL}"
        return RowwiseSimulation(job, progress), remark
    reason = refusal(job, references=True)
    if reason:
        return RowwiseSimulation(job, progress), f"row by row, which is slow: {reason}"
    from provlint.simulate.columnar.engine import simulate_in_columns

    return simulate_in_columns(job, progress), ""


def refusal(job: Job, *, references: bool = False) -> str:
    """Why the columnar engine cannot take the job; empty where it can.

    Args:
        job: What to simulate.
        references: Whether the engine resolves references, such as `manager`.
    """
    from provlint.simulate.columnar.mappings import refusal as of_mappings

    plan = job.flow.plan
    if plan.scope.problem:
        return "the filter is invalid"
    targets = [mapping.target for mapping in plan.matching]
    if len(set(targets)) != len(targets):
        return "two matching attributes have the same name"
    return of_mappings(plan, references=references)

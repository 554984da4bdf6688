"""The last thing a worker does: simulate the users of a bucket with all that came to it."""

from __future__ import annotations

import json
import tempfile
from typing import TYPE_CHECKING, TypeVar

import pyarrow
from pyarrow import parquet

from provlint.simulate.columnar.engine import ColumnarSimulation, simulate_in_columns
from provlint.simulate.cycle.summary import Verdict
from provlint.simulate.distributed.matched import MatchedQuery
from provlint.simulate.distributed.names import (
    BROKEN,
    NAMELESS,
    USERS,
)
from provlint.simulate.distributed.parcels import Arrivals
from provlint.simulate.distributed.worker_errors import refuse_for_driver
from provlint.simulate.inputs.problem import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.query import Told
    from provlint.simulate.cycle.job import Job
    from provlint.simulate.distributed.parcels import Contents
    from provlint.simulate.distributed.recipe import Recipe

    Batches = Iterator[pyarrow.RecordBatch]

AnyQuery = TypeVar("AnyQuery", bound=MatchedQuery)

OUT_ROWS = 50_000
"""Rows of a record batch on the way out."""

COUNTED = {"what": pyarrow.string(), "text": pyarrow.string(), "number": pyarrow.int64()}
TOLD = COUNTED | dict.fromkeys(("user", "object_id", "target_id"), pyarrow.string())
"""Columns of what a bucket gives."""

LEFT_OUT = "left out"
SHARED = "shared"
MISSING = "missing"
VERDICT = "verdict"


def counted(recipe: Recipe, batches: Batches) -> Batches:
    """How many users have which verdict, and what `_beside` tells."""
    for _, found, folder in _buckets(batches):
        rows = _left_out(found)
        if USERS in found:
            simulation, job, query = simulated(recipe, found, folder)
            rows += [
                (VERDICT, verdict_text(verdict), count)
                for verdict, count in simulation.summary.counts.items()
            ]
            rows += _beside(simulation, job, query)
            simulation.close()
        yield _batch(COUNTED, rows)


def told(recipe: Recipe, batches: Batches) -> Batches:
    """Every user with its verdict; in rows without a user, what `_beside` tells."""
    for _, found, folder in _buckets(batches):
        beside = _left_out(found)
        if USERS in found:
            yield from _rows(recipe, found, folder, beside)
        yield _batch(TOLD, [(*each, None, None, None) for each in beside])


def _buckets(batches: Batches) -> Iterator[tuple[int, Contents, str]]:
    """What Spark is told of each bucket, what came to it, and a folder, gone with the next one."""
    with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
        arrivals = Arrivals(folder, batches)
        for label, found in arrivals.buckets.items():
            with tempfile.TemporaryDirectory(dir=folder) as below:
                yield label, found, below
            arrivals.free(label)


def _rows(
    recipe: Recipe, found: Contents, folder: str, beside: list[tuple[str, str, int]]
) -> Batches:
    """The users; what is told beside is added to a list."""
    known: dict[Verdict, str] = {}
    simulation, job, query = simulated(recipe, found, folder)
    rows: list[tuple[object, ...]] = []
    for row in simulation.rows(lambda _: True):
        text = known.get(row.verdict)
        if text is None:
            text = known[row.verdict] = verdict_text(row.verdict)
        # Who has no id is known by a place, which is one of a piece.
        target = "" if (row.target_id or "").startswith(NAMELESS) else row.target_id
        rows.append((VERDICT, text, 1, row.user, row.object_id, target))
        if len(rows) == OUT_ROWS:
            yield _batch(TOLD, rows)
            rows = []
    beside += _beside(simulation, job, query)
    simulation.close()
    yield _batch(TOLD, rows)


def _left_out(found: Contents) -> list[tuple[str, str, int]]:
    """How many records could not be read."""
    if BROKEN not in found:
        return []
    numbers = [parquet.read_table(path).column("n")[0].as_py() for path in found[BROKEN]]
    return [(LEFT_OUT, "", sum(numbers))]


def _beside(
    simulation: ColumnarSimulation, job: Job, query: MatchedQuery
) -> list[tuple[str, str, int]]:
    """What the users do not have, and how many of them share a value.

    Of users who share a value with n - 1 others, the number is told by n, so that all buckets
    together tell the number of values.
    """
    missing = [sorted(job.population.missing), list(simulation.summary.missing)]
    found = [(MISSING, json.dumps(missing), 1)]
    found += [(SHARED, f"{at} {several}", users) for at, several, users in query.shared_by_number()]
    return found


def _batch(
    columns: Mapping[str, pyarrow.DataType], rows: Sequence[tuple[object, ...]]
) -> pyarrow.RecordBatch:
    arrays = [
        pyarrow.array([row[at] for row in rows], kind) for at, kind in enumerate(columns.values())
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, names=list(columns))


def simulated(
    recipe: Recipe, found: Contents, folder: str
) -> tuple[ColumnarSimulation, Job, MatchedQuery]:
    """The users of a bucket with their target users.

    Args:
        recipe: What is simulated.
        found: What came to the bucket, users among it.
        folder: What messages call the users by.
    """
    return asked(recipe, found, folder, MatchedQuery, ColumnarSimulation)


def asked(
    recipe: Recipe,
    found: Contents,
    folder: str,
    make: type[AnyQuery],
    kind: type[ColumnarSimulation],
) -> tuple[ColumnarSimulation, Job, AnyQuery]:
    """The same, with another query over the users, and something else that is asked of it."""
    job = recipe.job([folder], () if recipe.targets is not None else None)
    made: list[AnyQuery] = []

    def query(
        connection: DuckDBPyConnection, job: Job, folder: str, told: Told, factor: int
    ) -> AnyQuery:
        made.append(make(connection, job, folder, told, factor, recipe.sent, found))
        return made[-1]

    try:
        return simulate_in_columns(job, None, query, kind), job, made[-1]
    except InputError as error:
        refuse_for_driver(error, (folder,), "the users")


def verdict_text(verdict: Verdict) -> str:
    """A verdict as JSON."""
    return json.dumps(verdict, ensure_ascii=False)


def verdict_from(text: str) -> Verdict:
    """The verdict of a text."""
    return Verdict._make(
        tuple(each) if isinstance(each, list) else each for each in json.loads(text)
    )

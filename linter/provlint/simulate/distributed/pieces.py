"""What a worker does: pieces of the users or of the target users, as record batches, one by one.

A piece is written into a temporary file of the form that the whole lies in, and read by the same
readers as on one machine.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pyarrow
import pyarrow.ipc
from pyarrow import compute, parquet

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.engine import simulate_in_columns
from provlint.simulate.columnar.staging.targets import stage_targets
from provlint.simulate.cycle.summary import Verdict
from provlint.simulate.distributed.matched import (
    KeyQuery,
    MatchedQuery,
    bucket_of,
    high_of,
    low_of,
)
from provlint.simulate.distributed.names import (
    ASKED,
    COUNTS,
    EXCHANGED,
    LINK,
    OFFERED,
    TARGETS,
    USERS,
)
from provlint.simulate.distributed.recipe import prepared
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.population import Export, Population, _see
from provlint.simulate.inputs.problem import InputError, InputProblem, Ledger
from provlint.simulate.inputs.targets import TargetFiles
from provlint.simulate.scope import ScopeFilter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.engine import ColumnarSimulation
    from provlint.simulate.columnar.query import Told
    from provlint.simulate.cycle.job import Job
    from provlint.simulate.distributed.recipe import Files, Recipe

    Batches = Iterator[pyarrow.RecordBatch]

ROWS = 200_000
BYTES = 128 * 1024 * 1024
"""Greatest size of a piece; Arrow's, in memory."""

MOST_ALIKE = 1000
"""Target users with one spelling of a value that are sent to a bucket; more are as many."""

_BITS = 40

OUT_ROWS = 50_000
"""Rows of a record batch on the way out."""

COUNTED = {"what": pyarrow.string(), "text": pyarrow.string(), "number": pyarrow.int64()}
TOLD = COUNTED | dict.fromkeys(("user", "object_id", "target_id"), pyarrow.string())
"""Columns of what a piece gives."""

LEFT_OUT = "left out"
SHARED = "shared"
MISSING = "missing"
VERDICT = "verdict"

_REFUSED = re.compile(r"provlint refuses: (\[.*?\]) \(end\)", re.DOTALL)
"""How the error of a worker is told from what Spark says around it."""


def gathered(batches: Batches) -> Iterator[pyarrow.Table]:
    """Record batches put together to pieces that are worth a query."""
    waiting: list[pyarrow.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= ROWS or size >= BYTES:
            yield pyarrow.Table.from_batches(waiting)
            waiting, rows, size = [], 0, 0
    if rows:
        yield pyarrow.Table.from_batches(waiting)


def write_piece(table: pyarrow.Table, files: Files, folder: str) -> str:
    """Write the columns that the files have, and say where."""
    if files.form == "lines":
        path = os.path.join(folder, "piece.jsonl")
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            for line in table.column("value").to_pylist():
                text = (line or "").removeprefix("\ufeff")
                file.write(text.replace("\r", " ") + "\n")
        return path
    path = os.path.join(folder, "piece.parquet")
    whole = table.rename_columns(list(files.names))
    parquet.write_table(whole, path, compression="none", write_statistics=False)
    return path


def send_users(recipe: Recipe, batches: Batches) -> Batches:
    """The users, each to the bucket of its first matching value, and what they ask of others."""
    for table in gathered(batches):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            path = write_piece(table, recipe.users, folder)
            try:
                homes, asked = _routes(recipe, path, folder, table.num_rows)
            except InputError as error:
                refuse_for_driver(error, path, "the users")
        yield from _parcels(recipe, USERS, table, homes.column("home"))
        if asked.num_rows:
            yield from _parcels(recipe, ASKED, asked.drop_columns("bucket"), asked.column("bucket"))


def _routes(
    recipe: Recipe, path: str, folder: str, rows: int
) -> tuple[pyarrow.Table, pyarrow.Table]:
    job = recipe.job(path)
    job.population.on_error = "skip"  # what is broken is told when all of it is simulated
    plan = job.flow.plan
    plan = replace(plan, mappings=plan.matching, scope=ScopeFilter(None))
    job = replace(job, flow=replace(job.flow, plan=plan))
    connection = connect("a simulation on Spark")
    try:
        query = KeyQuery(connection, job, folder, _silent)
        return query.routes(rows, len(recipe.buckets), links=bool(recipe.links))
    finally:
        connection.close()


def send_targets(recipe: Recipe, batches: Batches) -> Batches:
    """The target users, each to the buckets of what it is found by."""
    plan, _ = prepared(recipe.choice)
    targets = [mapping.target for mapping in plan.mappings]
    matching = [mapping.target for mapping in plan.matching]
    assert recipe.targets is not None
    for table in gathered(batches):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            path = write_piece(table, recipe.targets, folder)
            connection = connect("a simulation on Spark")
            connection.execute("SET threads = 1")
            try:
                files = TargetFiles([path], on_error=recipe.on_error)
                stage_targets(connection, files, files.paths, targets, matching, folder, _silent)
                found = _found(connection, recipe, len(targets))
            except InputError as error:
                refuse_for_driver(error, path, "the target users")
            finally:
                connection.close()
        first = compute.equal(found.column("m"), 0)
        for kind, rows in ((TARGETS, first), (OFFERED, compute.invert(first))):
            some = found.filter(rows)
            yield from _parcels(recipe, kind, some.drop_columns("bucket"), some.column("bucket"))


def _found(connection: DuckDBPyConnection, recipe: Recipe, mappings: int) -> pyarrow.Table:
    """A table as `names.TARGETS` has it, with the column `bucket`."""
    old = "".join(f", targets.o{at} AS o{at}" for at in range(mappings))
    query = f"SELECT m, k, x, t, id{old} FROM keys JOIN targets USING (t)"
    if recipe.links:
        links = pyarrow.table({"link": pyarrow.array(sorted(recipe.links))})
        connection.register("links", links)
        query += (
            f" UNION ALL SELECT {LINK} AS m, id AS k, id AS x, t, id{old} FROM targets"
            " WHERE id IN (SELECT link FROM links)"
        )
    bucket = bucket_of(high_of(f"{BOTH}(k)"), len(recipe.buckets))
    return connection.sql(f"SELECT *, {bucket} AS bucket FROM ({query})").to_arrow_table()


def _parcels(
    recipe: Recipe, kind: str, table: pyarrow.Table, buckets: pyarrow.ChunkedArray
) -> Batches:
    """A table cut up by the buckets of its rows."""
    order = compute.sort_indices(buckets)
    table, numbers = table.take(order).combine_chunks(), buckets.take(order)
    start = 0
    for each in compute.value_counts(numbers).to_pylist():
        yield parcel(recipe.buckets[each["values"]], kind, table.slice(start, each["counts"]))
        start += each["counts"]


def parcel(label: int, kind: str, table: pyarrow.Table) -> pyarrow.RecordBatch:
    """A row that Spark brings to a bucket."""
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    content = sink.getvalue()
    ends = pyarrow.array([0, content.size], pyarrow.int32()).buffers()[1]
    return pyarrow.RecordBatch.from_arrays(
        [
            pyarrow.array([label], pyarrow.int32()),
            pyarrow.array([kind], pyarrow.string()),
            pyarrow.Array.from_buffers(pyarrow.binary(), 1, [None, ends, content]),
        ],
        names=list(EXCHANGED),
    )


def contents(batches: Batches) -> Iterator[dict[str, pyarrow.Table]]:
    """What came to a worker, bucket by bucket: a table of each kind."""
    buckets: dict[int, dict[str, list[pyarrow.Table]]] = {}
    for batch in batches:
        labels, kinds, parcels = (batch.column(name) for name in EXCHANGED)
        for label, kind, content in zip(
            labels.to_pylist(), kinds.to_pylist(), parcels, strict=True
        ):
            table = pyarrow.ipc.open_stream(content.as_buffer()).read_all()
            several = buckets.setdefault(label, {}).setdefault(kind, [])
            if kind in (TARGETS, OFFERED):
                # Target users of one parcel are told from those of another.
                column = compute.add(table.column("t"), len(several) << _BITS)
                table = table.set_column(table.schema.get_field_index("t"), "t", column)
            several.append(table)
    for label in list(buckets):
        found = buckets.pop(label)
        yield {kind: pyarrow.concat_tables(several) for kind, several in found.items()}


def answer(recipe: Recipe, batches: Batches) -> Batches:
    """What was asked, to the buckets that asked; users and their target users stay."""
    waiting = []
    for batch in batches:
        stays = compute.is_in(batch.column("kind"), pyarrow.array([USERS, TARGETS]))
        yield batch.filter(stays)
        waiting.append(batch.filter(compute.invert(stays)))
    for found in contents(iter(waiting)):
        if ASKED in found:
            yield from _answers(recipe, found[ASKED], found.get(OFFERED))


def _answers(recipe: Recipe, asked: pyarrow.Table, offered: pyarrow.Table | None) -> Batches:
    connection = connect("a simulation on Spark")
    connection.execute("SET threads = 1")
    try:
        connection.register("asked", asked)
        key = "PARTITION BY m, high, low"
        counts = connection.sql(
            "SELECT DISTINCT * FROM (SELECT home, m, high, low,"
            f" CAST(sum(n) OVER ({key}) AS BIGINT) AS n FROM asked) WHERE n > 1"
        ).to_arrow_table()
        yield from _parcels(recipe, COUNTS, counts.drop_columns("home"), counts.column("home"))
        if offered is not None:
            connection.register("offered", offered)
            number = f"{BOTH}(k)"
            targets = connection.sql(
                "SELECT a.home, o.* FROM (SELECT DISTINCT m, high, low, home FROM asked) a JOIN"
                f" (SELECT *, {high_of(number)} AS high, {low_of(number)} AS low FROM offered) o"
                " USING (m, high, low) QUALIFY row_number() OVER"
                f" (PARTITION BY home, m, k, x ORDER BY t) <= {MOST_ALIKE}"
            ).to_arrow_table()
            kept = targets.drop_columns(["home", "high", "low"])
            yield from _parcels(recipe, TARGETS, kept, targets.column("home"))
    finally:
        connection.close()


def counted(recipe: Recipe, batches: Batches) -> Batches:
    """How many users have which verdict, and what `_beside` tells."""
    for found in contents(batches):
        if USERS not in found:
            continue
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            simulation, job, query = _simulated(recipe, found, folder)
            rows = [
                (VERDICT, verdict_text(verdict), count)
                for verdict, count in simulation.summary.counts.items()
            ]
            rows += _beside(simulation, job, query)
            simulation.close()
        yield _batch(COUNTED, rows)


def told(recipe: Recipe, batches: Batches) -> Batches:
    """Every user with its verdict; in rows without a user, what `_beside` tells."""
    for found in contents(batches):
        if USERS in found:
            with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
                yield from _told(recipe, found, folder)


def _told(recipe: Recipe, found: Mapping[str, pyarrow.Table], folder: str) -> Batches:
    known: dict[Verdict, str] = {}
    simulation, job, query = _simulated(recipe, found, folder)
    rows: list[tuple[object, ...]] = []
    for row in simulation.rows(lambda _: True):
        text = known.get(row.verdict)
        if text is None:
            text = known[row.verdict] = verdict_text(row.verdict)
        user = "" if row.user.startswith(folder) else row.user
        rows.append((VERDICT, text, 1, user, row.object_id, row.target_id))
        if len(rows) == OUT_ROWS:
            yield _batch(TOLD, rows)
            rows = []
    rows += [(*each, None, None, None) for each in _beside(simulation, job, query)]
    simulation.close()
    yield _batch(TOLD, rows)


def _beside(
    simulation: ColumnarSimulation, job: Job, query: MatchedQuery
) -> list[tuple[str, str, int]]:
    """What was left out, what the users do not have, and how many of them share a value.

    Of users who share a value with n - 1 others, the number is told by n, so that all buckets
    together tell the number of values.
    """
    missing = [sorted(job.population.missing), list(simulation.summary.missing)]
    found = [(MISSING, json.dumps(missing), 1)]
    if simulation.summary.left_out:
        found.append((LEFT_OUT, "", simulation.summary.left_out))
    found += [(SHARED, f"{at} {several}", users) for at, several, users in query.shared_by_number()]
    return found


def _batch(
    columns: Mapping[str, pyarrow.DataType], rows: Sequence[tuple[object, ...]]
) -> pyarrow.RecordBatch:
    arrays = [
        pyarrow.array([row[at] for row in rows], kind) for at, kind in enumerate(columns.values())
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, names=list(columns))


def _simulated(
    recipe: Recipe, found: Mapping[str, pyarrow.Table], folder: str
) -> tuple[ColumnarSimulation, Job, MatchedQuery]:
    path = write_piece(found[USERS], recipe.users, folder)
    job = recipe.job(path, () if recipe.targets is not None else None)
    made: list[MatchedQuery] = []

    def query(
        connection: DuckDBPyConnection, job: Job, folder: str, told: Told, factor: int
    ) -> MatchedQuery:
        targets, counts = found.get(TARGETS), found.get(COUNTS)
        made.append(MatchedQuery(connection, job, folder, told, factor, targets, counts))
        return made[-1]

    try:
        return simulate_in_columns(job, None, query), job, made[-1]
    except InputError as error:
        refuse_for_driver(error, path, "the users")


def seen(recipe: Recipe, batches: Batches) -> Batches:
    """The attributes that the users of each piece have."""
    for table in gathered(batches):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            path = write_piece(table, recipe.users, folder)
            export = Export(path, "json", recipe.naming)
            population = Population.recognised(
                [export], frozenset(), attributes=recipe.attributes, columns=recipe.columns
            )
            names: set[str] = set()
            for values, _ in population._records(export, Ledger("skip")):
                _see(values, names, True)
        yield pyarrow.RecordBatch.from_arrays(
            [pyarrow.array(sorted(names), pyarrow.string())], names=["name"]
        )


def verdict_text(verdict: Verdict) -> str:
    """A verdict as JSON."""
    return json.dumps(verdict, ensure_ascii=False)


def verdict_from(text: str) -> Verdict:
    """The verdict of a text."""
    return Verdict._make(
        tuple(each) if isinstance(each, list) else each for each in json.loads(text)
    )


def refuse_for_driver(error: InputError, path: str, what: str) -> NoReturn:
    """Raise an error of which `problem_in` finds the problem in the midst of Spark's words."""
    message = error.problem.message.replace(path, what)
    problem = error.problem._replace(place=what, message=message)
    raise RuntimeError(f"provlint refuses: {json.dumps(problem)} (end)") from None


def problem_in(text: str) -> InputProblem | None:
    """The problem that a worker told, in the words of an error of Spark."""
    found = _REFUSED.search(text)
    return None if found is None else InputProblem(*json.loads(found[1]))


def _silent(_: str, __: int, ___: int | None) -> None:
    return None

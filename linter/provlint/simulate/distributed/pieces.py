"""What a worker does: pieces of the users or of the target users, as record batches, one by one.

A piece is written into a temporary file of the form that the whole lies in, and read by the same
readers as on one machine.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pyarrow
from pyarrow import compute, parquet

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.engine import simulate_in_columns
from provlint.simulate.columnar.staging.targets import stage_targets
from provlint.simulate.cycle.summary import Verdict
from provlint.simulate.distributed.matched import KeyQuery, MatchedQuery
from provlint.simulate.distributed.names import LINK, NOBODY, PREFIX, columns_of
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


def own_columns(table: pyarrow.Table) -> pyarrow.Table:
    """The columns that were not in the files."""
    return table.select([name for name in table.column_names if name.startswith(PREFIX)])


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
    whole = table.select([name for name in table.column_names if not name.startswith(PREFIX)])
    whole = whole.rename_columns(list(files.names))
    parquet.write_table(whole, path, compression="none")
    return path


def with_keys(recipe: Recipe, batches: Batches) -> Batches:
    """The users, each with what it is matched by."""
    for table in gathered(batches):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            path = write_piece(table, recipe.users, folder)
            try:
                keys = _keys(recipe, path, folder, table.num_rows)
            except InputError as error:
                refuse_for_driver(error, path, "the users")
            for name in keys.column_names:
                table = table.append_column(name, keys.column(name))
        yield from table.to_batches(OUT_ROWS)


def _keys(recipe: Recipe, path: str, folder: str, rows: int) -> pyarrow.Table:
    job = recipe.job(path)
    job.population.on_error = "skip"  # what is broken is told when all of it is simulated
    plan = job.flow.plan
    plan = replace(plan, mappings=plan.matching, scope=ScopeFilter(None))
    job = replace(job, flow=replace(job.flow, plan=plan))
    connection = connect("a simulation on Spark")
    try:
        query = KeyQuery(connection, job, folder, _silent)
        return query.keys(rows, f"{NOBODY}{uuid.uuid4().hex} ", links=bool(recipe.links))
    finally:
        connection.close()


def target_keys(recipe: Recipe, batches: Batches) -> Batches:
    """Of the target users: what each is found by, its id, and what the mappings compare with."""
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
                found = _found(connection, len(targets), sorted(recipe.links))
            except InputError as error:
                refuse_for_driver(error, path, "the target users")
            finally:
                connection.close()
        yield from found.to_batches(OUT_ROWS)


def _found(connection: DuckDBPyConnection, mappings: int, links: list[str]) -> pyarrow.Table:
    old = "".join(f", targets.o{at} AS o{at}" for at in range(mappings))
    first = "row_number() OVER (PARTITION BY m, k, keys.t ORDER BY x) = 1"
    query = (
        f"SELECT m, to_hex({BOTH}(k)) AS k, x, CAST({first} AS INTEGER) AS users, id{old}"
        " FROM keys JOIN targets USING (t)"
    )
    if links:
        connection.register("links", pyarrow.table({"link": pyarrow.array(links)}))
        query += (
            f" UNION ALL SELECT {LINK}, id, id, 1, id{old} FROM targets"
            " WHERE id IN (SELECT link FROM links)"
        )
    return connection.sql(query).to_arrow_table()


def counted(recipe: Recipe, batches: Batches) -> Batches:
    """How many users have which verdict, and what `_beside` tells."""
    for table in gathered(batches):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            simulation, job = _simulated(recipe, table, folder)
            rows = [
                (VERDICT, verdict_text(verdict), count)
                for verdict, count in simulation.summary.counts.items()
            ]
            rows += _beside(simulation, job, table)
            simulation.close()
        yield _batch(COUNTED, rows)


def told(recipe: Recipe, batches: Batches) -> Batches:
    """Every user with its verdict; in rows without a user, what `_beside` tells."""
    for table in gathered(batches):
        known: dict[Verdict, str] = {}
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            simulation, job = _simulated(recipe, table, folder)
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
            rows += [(*each, None, None, None) for each in _beside(simulation, job, table)]
            simulation.close()
        yield _batch(TOLD, rows)


def _beside(
    simulation: ColumnarSimulation, job: Job, table: pyarrow.Table
) -> list[tuple[str, str, int]]:
    """What was left out, what the piece does not have, and how many users share a value.

    Of users who share a value with n - 1 others, the number is told by n, so that all pieces
    together tell the number of values.
    """
    missing = [sorted(job.population.missing), list(simulation.summary.missing)]
    found = [(MISSING, json.dumps(missing), 1)]
    if simulation.summary.left_out:
        found.append((LEFT_OUT, "", simulation.summary.left_out))
    for at in range(len(job.flow.plan.matching)):
        key, shared, _ = columns_of(at)
        several = table.filter(
            compute.and_(
                compute.greater(table.column(shared), 1),
                compute.invert(compute.starts_with(table.column(key), NOBODY)),
            )
        )
        counts = compute.value_counts(several.column(shared).combine_chunks())
        found += [(SHARED, f"{at} {each['values']}", each["counts"]) for each in counts.to_pylist()]
    return found


def _batch(
    columns: Mapping[str, pyarrow.DataType], rows: Sequence[tuple[object, ...]]
) -> pyarrow.RecordBatch:
    arrays = [
        pyarrow.array([row[at] for row in rows], kind) for at, kind in enumerate(columns.values())
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, names=list(columns))


def _simulated(recipe: Recipe, table: pyarrow.Table, folder: str) -> tuple[ColumnarSimulation, Job]:
    path = write_piece(table, recipe.users, folder)
    job = recipe.job(path, () if recipe.targets is not None else None)
    found = own_columns(table)

    def query(
        connection: DuckDBPyConnection, job: Job, folder: str, told: Told, factor: int
    ) -> MatchedQuery:
        return MatchedQuery(connection, job, folder, told, factor, found)

    try:
        return simulate_in_columns(job, None, query), job
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

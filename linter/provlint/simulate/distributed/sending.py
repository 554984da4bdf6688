"""The first thing a worker does: send users and target users to the bucket of what they match by.

A piece is written into a temporary file of the form that the whole lies in, and read by the same
readers as on one machine.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow
from pyarrow import compute

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.staging.targets import stage_targets
from provlint.simulate.distributed.matched import KeyQuery, bucket_of, high_of
from provlint.simulate.distributed.names import (
    ASKED,
    BROKEN,
    LINK,
    NAMELESS,
    OFFERED,
    TARGETS,
    USERS,
)
from provlint.simulate.distributed.parcels import parcel, parcels
from provlint.simulate.distributed.piece_files import (
    check_broken,
    gathered,
    readable_first,
    write_piece,
)
from provlint.simulate.distributed.recipe import columns_for, prepared
from provlint.simulate.distributed.worker_errors import refuse_for_driver
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.population import Export, Population, _see
from provlint.simulate.inputs.problem import InputError, Ledger
from provlint.simulate.inputs.targets import TargetFiles
from provlint.simulate.scope import ScopeFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from provlint.simulate.distributed.recipe import Files, Recipe
    from provlint.simulate.inputs.problem import OnError

    Batches = Iterator[pyarrow.RecordBatch]

THE_USERS, THE_TARGETS = "the users", "the target users"


def _pieces(batches: Batches, files: Files, what: str) -> Iterator[pyarrow.Table]:
    try:
        yield from gathered(batches, files)
    except InputError as error:
        refuse_for_driver(error, what, what)


def _readable(
    table: pyarrow.Table, files: Files, on_error: OnError, folder: str, what: str
) -> pyarrow.Table | None:
    """A piece as its reader must have it; None where it holds nothing but broken records."""
    if files.form == "parquet":
        return table
    found = readable_first(table)
    if found is None:
        try:
            check_broken(table, on_error, folder)
        except InputError as error:
            refuse_for_driver(error, f"{folder}/broken.jsonl", what)
    return found


def send_users(recipe: Recipe, batches: Batches) -> Batches:
    """The users, each to the bucket of its first matching value, and what they ask of others."""
    for piece in _pieces(batches, recipe.users, THE_USERS):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            table = _readable(piece, recipe.users, recipe.on_error, folder, THE_USERS)
            users = 0
            if table is not None:
                homes, asked = _routes(recipe, table, folder)
                users = homes.num_rows
        if table is not None:
            found = table if users == table.num_rows else table.take(homes.column("number"))
            yield from parcels(recipe, USERS, found, homes.column("home"))
            if asked.num_rows:
                buckets = asked.column("bucket")
                yield from parcels(recipe, ASKED, asked.drop_columns("bucket"), buckets)
        if users < piece.num_rows:
            broken = pyarrow.table({"n": [piece.num_rows - users]})
            yield parcel(recipe.buckets[0], BROKEN, broken)


def _routes(
    recipe: Recipe, table: pyarrow.Table, folder: str
) -> tuple[pyarrow.Table, pyarrow.Table]:
    plan, _ = prepared(recipe.choice)
    plan = replace(plan, mappings=plan.matching, scope=ScopeFilter(None))
    files = recipe.users
    if files.form == "parquet":
        wanted = columns_for(plan.reads, recipe.columns)
        kept = [at for at, name in enumerate(files.names) if name in wanted]
        table, files = (
            table.select(kept),
            replace(files, names=tuple(files.names[at] for at in kept)),
        )
    path = write_piece(table, files, folder)
    job = recipe.job(path)
    job = replace(job, flow=replace(job.flow, plan=plan))
    connection = connect("a simulation on Spark")
    try:
        query = KeyQuery(connection, job, folder, silent)
        return query.routes(table.num_rows, len(recipe.buckets), links=bool(recipe.links))
    except InputError as error:
        refuse_for_driver(error, path, THE_USERS)
    finally:
        connection.close()


def send_targets(recipe: Recipe, batches: Batches) -> Batches:
    """The target users, each to the buckets of what it is found by."""
    plan, _ = prepared(recipe.choice)
    targets = [mapping.target for mapping in plan.mappings]
    matching = [mapping.target for mapping in plan.matching]
    assert recipe.targets is not None
    for piece in _pieces(batches, recipe.targets, THE_TARGETS):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            table = _readable(piece, recipe.targets, recipe.on_error, folder, THE_TARGETS)
            if table is None:
                continue
            path = write_piece(table, recipe.targets, folder)
            connection = connect("a simulation on Spark")
            connection.execute("SET threads = 1")
            try:
                files = TargetFiles([path], on_error=recipe.on_error)
                stage_targets(connection, files, files.paths, targets, matching, folder, silent)
                found = _found(connection, recipe, len(targets), folder)
            except InputError as error:
                refuse_for_driver(error, path, THE_TARGETS)
            finally:
                connection.close()
        kinds = [(TARGETS, found)]
        if len(matching) > 1 or recipe.links:
            first = compute.equal(found.column("m"), 0)
            kinds = [
                (TARGETS, found.filter(first)),
                (OFFERED, found.filter(compute.invert(first))),
            ]
        for kind, some in kinds:
            yield from parcels(recipe, kind, some.drop_columns("bucket"), some.column("bucket"))


def _found(
    connection: DuckDBPyConnection, recipe: Recipe, mappings: int, folder: str
) -> pyarrow.Table:
    """A table as `names.TARGETS` has it, with the column `bucket`."""
    old = "".join(f", targets.o{at} AS o{at}" for at in range(mappings))
    # Who has no id is known by a place, which is one of the piece.
    identity = f"CASE WHEN starts_with(id, '{folder}') THEN '{NAMELESS}' || id ELSE id END AS id"
    query = f"SELECT m, k, x, t, {identity}{old} FROM keys JOIN targets USING (t)"
    if recipe.links:
        links = pyarrow.table({"link": pyarrow.array(sorted(recipe.links))})
        connection.register("links", links)
        query += (
            f" UNION ALL SELECT {LINK} AS m, id AS k, id AS x, t, id{old} FROM targets"
            " WHERE id IN (SELECT link FROM links)"
        )
    bucket = bucket_of(high_of(f"{BOTH}(k)"), len(recipe.buckets))
    return connection.sql(f"SELECT *, {bucket} AS bucket FROM ({query})").to_arrow_table()


def seen(recipe: Recipe, batches: Batches) -> Batches:
    """The attributes that the users of each piece have."""
    for piece in _pieces(batches, recipe.users, THE_USERS):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            table = readable_first(piece)
            if table is None:
                continue
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


def silent(_: str, __: int, ___: int | None) -> None:
    """Tell nobody how far the work is."""

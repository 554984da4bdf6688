"""The first thing a worker does: send users and target users to the bucket of what they match by.

They are read by the same readers as on one machine, and sent as these hand them to the simulation.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.staging.targets import stage_targets
from provlint.simulate.distributed.matching_values import bucket_of, high_of
from provlint.simulate.distributed.names import (
    ASKED,
    BROKEN,
    LINK,
    NAMELESS,
    OFFERED,
    TARGETS,
    USERS,
)
from provlint.simulate.distributed.parcels import parcels
from provlint.simulate.distributed.piece_files import Piece, pieces
from provlint.simulate.distributed.recipe import prepared
from provlint.simulate.distributed.routing import Router, silent
from provlint.simulate.distributed.target_parcels import old_values, packed
from provlint.simulate.distributed.worker_errors import refuse_for_driver
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.population import Export, Population, _see
from provlint.simulate.inputs.problem import InputError, Ledger
from provlint.simulate.inputs.sql import sql_text
from provlint.simulate.inputs.targets import TargetFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from provlint.simulate.distributed.recipe import Files, Recipe

    Batches = Iterator[pyarrow.RecordBatch]

THE_USERS, THE_TARGETS = "the users", "the target users"

MEMORY = 600
"""Megabytes that DuckDB may keep in memory; the rest goes to the folder of the piece."""

WAITING_ROWS = 40_960
"""Rows of a bucket that are kept in memory until they are written."""


def _pieces(batches: Batches, files: Files, recipe: Recipe, what: str) -> Iterator[Piece]:
    """The pieces; what is refused of them, the driver is told."""
    try:
        yield from pieces(batches, files, recipe.on_error)
    except InputError as error:
        refuse_for_driver(error, (), what)


@contextmanager
def _connected(piece: Piece, what: str) -> Iterator[DuckDBPyConnection]:
    """A DuckDB for a piece; what is refused of the piece, the driver is told."""
    connection = connect("a simulation on Spark")
    try:
        for name, value in (
            ("threads", 1),
            ("memory_limit", f"'{MEMORY}MB'"),
            ("temp_directory", sql_text(f"{piece.folder}/spill")),
            ("partitioned_write_flush_threshold", WAITING_ROWS),
        ):
            connection.execute(f"SET {name} = {value}")
        yield connection
    except InputError as error:
        refuse_for_driver(error, piece.paths, what)
    finally:
        connection.close()


def send_users(recipe: Recipe, batches: Batches) -> Batches:
    """The users, each to the bucket of its first matching value, and what they ask of others."""
    for piece in _pieces(batches, recipe.users, recipe, THE_USERS):
        with _connected(piece, THE_USERS) as connection:
            left_out, folder = piece.left_out, piece.folder
            if piece.paths:
                router = Router(connection, recipe, recipe.job(piece.paths), folder)
                left_out += router.left_out
                yield from parcels(connection, recipe, USERS, router.users, folder)
                asked = router.asked()
                if asked is not None:
                    yield from parcels(connection, recipe, ASKED, asked, folder)
            if left_out:
                query = f"SELECT {left_out} AS n, 0 AS bucket"
                yield from parcels(connection, recipe, BROKEN, query, folder)


def send_targets(recipe: Recipe, batches: Batches) -> Batches:
    """The target users, each to the buckets of what it is found by."""
    plan, _ = prepared(recipe.choice)
    targets = [mapping.target for mapping in plan.mappings]
    matching = [mapping.target for mapping in plan.matching]
    assert recipe.targets is not None
    for piece in _pieces(batches, recipe.targets, recipe, THE_TARGETS):
        if not piece.paths:
            continue
        with _connected(piece, THE_TARGETS) as connection:
            files = TargetFiles(piece.paths, on_error=recipe.on_error)
            folder = piece.folder
            stage_targets(connection, files, files.paths, targets, matching, folder, silent)
            found = _found(connection, recipe, folder)
            kinds = {TARGETS: found}
            if recipe.asks:
                kinds = {
                    TARGETS: f"{found} WHERE m = 0",
                    OFFERED: f"{found} WHERE m <> 0",
                }
            for kind, query in kinds.items():
                yield from parcels(connection, recipe, kind, query, folder)


def _found(connection: DuckDBPyConnection, recipe: Recipe, folder: str) -> str:
    """Rows as `names.TARGETS` has them, with the column `bucket`, as SQL."""
    plan, _ = prepared(recipe.choice)
    old = old_values(plan)
    keyed = f"SELECT m, k, x, t, id{old} FROM keyed"
    if recipe.links:
        links = pyarrow.table({"link": pyarrow.array(sorted(recipe.links))})
        connection.register("links", links)
        keyed += (
            f" UNION ALL SELECT {LINK} AS m, id AS k, id AS x, t, id{old} FROM targets"
            " WHERE id IN (SELECT link FROM links)"
        )
    # Who has no id is known by a place, which is one of the piece.
    place = sql_text(folder)
    identity = f"CASE WHEN starts_with(id, {place}) THEN '{NAMELESS}' || id ELSE id END AS id"
    bucket = bucket_of(high_of(f"{BOTH}(k)"), len(recipe.buckets))
    rows = f"(SELECT * REPLACE ({identity}), {bucket} AS bucket FROM ({keyed}))"
    return f"FROM ({packed(rows, plan)})"


def seen(recipe: Recipe, batches: Batches) -> Batches:
    """The attributes that the users of each piece have."""
    for piece in _pieces(batches, recipe.users, recipe, THE_USERS):
        names: set[str] = set()
        for path in piece.paths:
            export = Export(path, "json", recipe.naming)
            population = Population.recognised(
                [export], frozenset(), attributes=recipe.attributes, columns=recipe.columns
            )
            for values, _ in population._records(export, Ledger("skip")):
                _see(values, names, True)
        yield pyarrow.RecordBatch.from_arrays(
            [pyarrow.array(sorted(names), pyarrow.string())], names=["name"]
        )

"""What buckets tell each other: counts and target users by other keys, and what references find."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pyarrow

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.engine import ColumnarSimulation
from provlint.simulate.cycle.summary import Summary
from provlint.simulate.distributed.matched import IdentifiedQuery, high_of, low_of
from provlint.simulate.distributed.names import (
    ASKED,
    COUNTS,
    IDENTITIES,
    OFFERED,
    REFERENCES,
    REFERRED,
    TARGETS,
    USERS,
)
from provlint.simulate.distributed.parcels import contents, only, parcels, without
from provlint.simulate.distributed.simulating import asked as asked_of
from provlint.simulate.distributed.worker_errors import refuse_for_driver
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.problem import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.simulate.distributed.recipe import Recipe

    Batches = Iterator[pyarrow.RecordBatch]

MOST_ALIKE = 1000
"""Target users with one spelling of a value that are sent to a bucket; more are as many."""


def answer_keys(recipe: Recipe, batches: Batches) -> Batches:
    """What was asked of target users, to the buckets that asked; all else stays."""
    waiting = []
    for batch in batches:
        yield without(batch, (ASKED, OFFERED))
        waiting.append(only(batch, (ASKED, OFFERED)))
    for _, found in contents(iter(waiting)):
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
        yield from parcels(recipe, COUNTS, counts.drop_columns("home"), counts.column("home"))
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
            yield from parcels(recipe, TARGETS, kept, targets.column("home"))
    finally:
        connection.close()


class _Identification(ColumnarSimulation):
    """Users who are matched, and no more."""

    def _summary(self) -> Summary:
        return Summary({})


def identify(recipe: Recipe, batches: Batches) -> Batches:
    """What references to the users of a bucket find, and whom they refer to; all stays."""
    count = len(recipe.buckets)
    waiting = []
    for batch in batches:
        yield batch
        waiting.append(batch)
    for label, found in contents(iter(waiting)):
        if USERS not in found:
            continue
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            simulation, _, query = asked_of(recipe, found, folder, IdentifiedQuery, _Identification)
            identities, asked = query.identities(count), query.asked(count)
            simulation.close()
        home = pyarrow.array([recipe.buckets.index(label)] * asked.num_rows, pyarrow.int32())
        for kind, table in (
            (IDENTITIES, identities),
            (REFERENCES, asked.append_column("home", home)),
        ):
            yield from parcels(recipe, kind, table.drop_columns("bucket"), table.column("bucket"))


def answer_references(recipe: Recipe, batches: Batches) -> Batches:
    """What references find, to the buckets that hold them; all else stays."""
    waiting = []
    for batch in batches:
        yield without(batch, (IDENTITIES, REFERENCES))
        waiting.append(only(batch, (IDENTITIES, REFERENCES)))
    for _, found in contents(iter(waiting)):
        if REFERENCES in found and IDENTITIES in found:
            answers = _found(found[IDENTITIES], found[REFERENCES])
            yield from parcels(
                recipe, REFERRED, answers.drop_columns("home"), answers.column("home")
            )


def _found(identities: pyarrow.Table, references: pyarrow.Table) -> pyarrow.Table:
    connection = connect("a simulation on Spark")
    connection.execute("SET threads = 1")
    try:
        connection.register("identities", identities)
        connection.register("asked", references)
        connection.execute(
            "CREATE TABLE answers AS SELECT DISTINCT a.home, k, i.state, i.id"
            " FROM asked a JOIN identities i USING (k)"
        )
        twice = connection.execute(
            "SELECT k FROM answers GROUP BY home, k HAVING count(*) > 1 ORDER BY k LIMIT 1"
        ).fetchone()
        if twice is not None:
            refuse_for_driver(
                refuse(
                    "ambiguous-reference",
                    "",
                    f"references find several users with the id `{twice[0]}`, who differ; which"
                    " of them counts depends on the order of the files, which Spark does not keep",
                    "remove the users that are there twice, or simulate on one machine",
                ),
                "the users",
                "the users",
            )
        return connection.sql("FROM answers").to_arrow_table()
    finally:
        connection.close()

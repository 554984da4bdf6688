"""What buckets tell each other: counts and target users by other keys, and what references find."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.engine import ColumnarSimulation
from provlint.simulate.cycle.summary import Summary
from provlint.simulate.distributed.matched import IdentifiedQuery
from provlint.simulate.distributed.matching_values import high_of, low_of
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
from provlint.simulate.distributed.parcels import Arrivals, only, parcels, relation, without
from provlint.simulate.distributed.recipe import prepared
from provlint.simulate.distributed.simulating import asked as asked_of
from provlint.simulate.distributed.target_parcels import arrived, packed
from provlint.simulate.distributed.worker_errors import refuse_for_driver
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.problem import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from duckdb import DuckDBPyConnection

    from provlint.simulate.distributed.parcels import Batches, Contents
    from provlint.simulate.distributed.recipe import Recipe

MOST_ALIKE = 1000
"""Target users with one spelling of a value that are sent to a bucket; more are as many."""


def answer_keys(recipe: Recipe, batches: Batches) -> Batches:
    """What was asked of target users, to the buckets that asked; all else stays."""
    return _answered(recipe, batches, (ASKED, OFFERED), {ASKED}, _answers)


def _answers(recipe: Recipe, found: Contents, folder: str) -> Batches:
    asked = relation(found[ASKED])
    kinds = {
        COUNTS: "SELECT DISTINCT * FROM (SELECT home AS bucket, m, high, low, CAST(sum(n) OVER"
        f" (PARTITION BY m, high, low) AS BIGINT) AS n FROM {asked}) WHERE n > 1"
    }
    if OFFERED in found:
        plan, _ = prepared(recipe.choice)
        number = f"{BOTH}(k)"
        # Where they arrive, those of several parcels are numbered once more.
        targets = (
            "SELECT o.* EXCLUDE (high, low) REPLACE (dense_rank() OVER (ORDER BY t) AS t),"
            f" a.home AS bucket FROM (SELECT DISTINCT m, high, low, home FROM {asked}) a JOIN"
            f" (SELECT *, {high_of(number)} AS high, {low_of(number)} AS low FROM"
            f" ({arrived(found[OFFERED], plan)})) o USING (m, high, low) QUALIFY row_number() OVER"
            f" (PARTITION BY home, m, k, x ORDER BY o.t) <= {MOST_ALIKE}"
        )
        kinds[TARGETS] = packed(f"({targets})", plan)
    connection = _connected()
    try:
        for kind, query in kinds.items():
            yield from parcels(connection, recipe, kind, query, folder)
    finally:
        connection.close()


def _connected() -> DuckDBPyConnection:
    connection = connect("a simulation on Spark")
    connection.execute("SET threads = 1")
    return connection


class _Identification(ColumnarSimulation):
    """Users who are matched, and no more."""

    def _summary(self) -> Summary:
        return Summary({})


def identify(recipe: Recipe, batches: Batches) -> Batches:
    """What references to the users of a bucket find, and whom they refer to; all stays."""
    with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
        arrivals = Arrivals(folder)
        for batch in batches:
            yield batch
            arrivals.take(batch)
        for label, found in arrivals.buckets.items():
            if USERS in found:
                made = asked_of(recipe, found, folder, IdentifiedQuery, _Identification)
                simulation, _, query = made
                yield from query.parcels(recipe, label, folder)
                simulation.close()


def answer_references(recipe: Recipe, batches: Batches) -> Batches:
    """What references find, to the buckets that hold them; all else stays."""
    kinds = (IDENTITIES, REFERENCES)
    return _answered(recipe, batches, kinds, {*kinds}, _references)


def _answered(
    recipe: Recipe,
    batches: Batches,
    kinds: tuple[str, ...],
    needed: Set[str],
    answer: Callable[[Recipe, Contents, str], Batches],
) -> Batches:
    """The answers of buckets that hold what is needed; all that is of other kinds stays."""
    with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
        arrivals = Arrivals(folder)
        for batch in batches:
            yield without(batch, kinds)
            arrivals.take(only(batch, kinds))
        for found in arrivals.buckets.values():
            if needed <= found.keys():
                yield from answer(recipe, found, folder)


def _references(recipe: Recipe, found: Contents, folder: str) -> Batches:
    connection = _connected()
    try:
        connection.execute(
            "CREATE TABLE answers AS SELECT DISTINCT a.home, k, i.state, i.id FROM"
            f" {relation(found[REFERENCES])} a JOIN {relation(found[IDENTITIES])} i USING (k)"
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
                (),
                "the users",
            )
        query = "SELECT k, state, id, home AS bucket FROM answers"
        yield from parcels(connection, recipe, REFERRED, query, folder)
    finally:
        connection.close()

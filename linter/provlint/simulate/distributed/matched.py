"""The columnar query over some of the users, who were brought together with their target users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.matches import Matches
from provlint.simulate.columnar.query import Query
from provlint.simulate.columnar.references import ReferenceTable, encoded_id
from provlint.simulate.columnar.staging.parquet import NOTHING
from provlint.simulate.columnar.staging.users import Staged, people_view
from provlint.simulate.distributed.matching_values import bucket_of, high_of
from provlint.simulate.distributed.names import (
    COUNTS,
    IDENTITIES,
    LINK,
    REFERENCES,
    REFERRED,
    TARGETS,
    USERS,
)
from provlint.simulate.distributed.parcels import FILE_NUMBER, parcels, relation
from provlint.simulate.distributed.routing import known_of_people
from provlint.simulate.distributed.target_parcels import arrived, old_values
from provlint.simulate.inputs.problem import refuse
from provlint.simulate.preparation import Situations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.decisive import Decisive
    from provlint.simulate.columnar.query import Told
    from provlint.simulate.cycle.job import Job
    from provlint.simulate.distributed.parcels import Batches, Contents
    from provlint.simulate.distributed.recipe import Recipe
    from provlint.simulate.plan import MappingPlan

ROWS_OF_A_PARCEL = 40
"""The row of a user in its parcel is a number of so many bits."""


def _nowhere(_: int) -> str:
    """Who has no name has none."""
    return ""


class MatchedQuery(Query):
    """All that decides about the users of a bucket."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        job: Job,
        folder: str,
        told: Told,
        factor: int,
        sent: Sequence[str],
        found: Contents,
    ) -> None:
        """Prepare.

        Args:
            connection: To DuckDB.
            job: What is simulated; its users are not read, and of its target users only counts
                whether there are any at all.
            folder: For what is written in between.
            told: Told how far the work is.
            factor: How many times as much memory as usual DuckDB may use.
            sent: The attributes that were sent.
            found: What came to the bucket, users among it.
        """
        self._sent, self._found = sent, found
        # The process is one of many on its machine.
        connection.execute("SET threads = 1")
        super().__init__(connection, job, folder, told, factor)

    def _stage_users(self, job: Job, folder: str, told: Told) -> Staged:
        del folder, told
        users = relation(self._found[USERS], ", filename = true, file_row_number = true")
        columns = {name: f"a{at}" for at, name in enumerate(self._sent)}
        listed = ", ".join(f"{columns.get(n, NOTHING)} AS a{at}" for at, n in enumerate(self.names))
        select = (
            f"SELECT ({FILE_NUMBER} << {ROWS_OF_A_PARCEL}) | file_row_number AS rn, {listed},"
            f" 0 AS kind FROM {users}"
        )
        columns = people_view(self._connection, select, self.names)
        row = self._connection.execute(f"SELECT count(*) FROM {users}").fetchone()
        count = int(row[0]) if row is not None else 0
        return Staged("people", columns, count, (job.population.missing,), _nowhere)

    def _known(self, situations: Situations) -> Situations:
        return known_of_people(self._connection, situations, self._staged.columns)

    def _stage_targets(self, job: Job, folder: str, told: Told) -> None:
        del folder, told
        run = self._connection.execute
        plan = job.flow.plan
        old = old_values(plan)
        if TARGETS in self._found:
            run(f"CREATE VIEW sent AS {arrived(self._found[TARGETS], plan)}")
            self._check_links(old)
        else:
            columns = old.replace(", ", ", CAST(NULL AS VARCHAR) AS ")
            run(
                f"CREATE VIEW sent AS SELECT 0 AS m, '' AS k, '' AS x, CAST(0 AS BIGINT) AS t,"
                f" '' AS id{columns} LIMIT 0"
            )
        # Who is found by several keys, or by several spellings of one, was sent as often.
        once = "" if self._is_unique() else "DISTINCT ON (t)"
        run(f"CREATE VIEW targets AS SELECT {once} t, id{old} FROM sent")
        run("CREATE VIEW keys AS SELECT m, k, x, t FROM sent")

    def _check_links(self, old: str) -> None:
        """Refuse links with one of several target users, of whom the first would count.

        Raises:
            InputError: There are such.
        """
        row = self._connection.execute(
            f"SELECT id FROM (SELECT DISTINCT id{old} FROM sent WHERE m = {LINK}) GROUP BY id"
            " HAVING count(*) > 1 ORDER BY id LIMIT 1"
        ).fetchone()
        if row is not None:
            raise refuse(
                "ambiguous-link",
                "--target",
                f"several target users have the id `{row[0]}`, and differ; with which of them a"
                " user is linked depends on the order of the files, which Spark does not keep",
                "remove the target users that are there twice, or simulate on one machine",
            )

    def _is_unique(self) -> bool:
        row = self._connection.execute("SELECT count(*) = count(DISTINCT t) FROM sent").fetchone()
        return row is not None and bool(row[0])

    def _find_matches(self) -> Matches:
        counts = "(SELECT 0 AS m, 0 AS high, 0 AS low, 0 AS n LIMIT 0)"
        if COUNTS in self._found:
            counts = relation(self._found[COUNTS])
        self._connection.execute(f"CREATE VIEW sent_counts AS FROM {counts}")
        return BucketMatches(
            self._connection,
            self._matching,
            self._decisive,
            self._situations,
            has_targets=self._has_targets,
        )

    def _reference_table(
        self,
        connection: DuckDBPyConnection,
        columns: Mapping[str, str],
        decisive: Decisive,
    ) -> ReferenceTable:
        return AnsweredReferences(connection, columns, decisive, self._found.get(REFERRED, ()))

    def shared_by_number(self) -> list[tuple[int, int, int]]:
        """Matching attribute, a number, and how many users share a value with so many in all."""
        found = []
        for at in range(len(self._matching)):
            rows = self._connection.execute(
                f"SELECT s.n, count(*) FROM decisive d JOIN shared{at} s ON s.h = d.h{at}"
                " GROUP BY 1"
            ).fetchall()
            found += [(at, int(several), int(users)) for several, users in rows]
        return found


class IdentifiedQuery(MatchedQuery):
    """What references to the users of a bucket find, and what their own values refer to."""

    def _reference_table(
        self,
        connection: DuckDBPyConnection,
        columns: Mapping[str, str],
        decisive: Decisive,
    ) -> ReferenceTable:
        return IdentityTable(connection, columns, decisive)

    def parcels(self, recipe: Recipe, label: int, folder: str) -> Batches:
        """What references find, and whom they refer to.

        Args:
            recipe: What is simulated.
            label: What Spark is told of the bucket.
            folder: For what is written in between.
        """
        home = recipe.buckets.index(label)
        kinds = {
            IDENTITIES: "SELECT k, state, text AS id FROM referred",
            REFERENCES: f"SELECT DISTINCT k, {home} AS home FROM asked_references",
        }
        bucket = bucket_of(high_of(f"{BOTH}(k)"), len(recipe.buckets))
        for kind, query in kinds.items():
            query = f"SELECT *, {bucket} AS bucket FROM ({query})"
            yield from parcels(self._connection, recipe, kind, query, folder)


class IdentityTable(ReferenceTable):
    """References to any of the users, whoever may ask."""

    def _find_users(self) -> None:
        self._connection.execute(
            f"CREATE TABLE referred_users AS FROM ({self._identities()}) WHERE k <> ''"
        )


class AnsweredReferences(ReferenceTable):
    """References that other buckets have resolved."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        columns: Mapping[str, str],
        decisive: Decisive,
        answers: Sequence[str],
    ) -> None:
        super().__init__(connection, columns, decisive)
        self._answers = answers

    def fill(
        self,
        values: Sequence[tuple[str, MappingPlan]],
        valued: Callable[[str], str],
        matched: Callable[[str], str],
    ) -> None:
        """Take the answers as they are."""
        del values, valued, matched
        run = self._connection.execute
        run("CREATE TABLE referred (k VARCHAR, state INTEGER, id VARCHAR, text VARCHAR)")
        if self._answers:
            answers = relation(self._answers)
            run(f"INSERT INTO referred SELECT k, state, {encoded_id('id')}, id FROM {answers}")


class BucketMatches(Matches):
    """Matches within a bucket: by the first attribute all users and target users are in it."""

    def _count_shared(self) -> None:
        self.shared = []
        for at, mapping in enumerate(self._matching):
            source = (
                "SELECT (CAST(high AS UHUGEINT) << 64) | CAST(low AS UHUGEINT) AS h, n"
                f" FROM sent_counts WHERE m = {at} AND n > 1"
            )
            if at == 0:
                source = (
                    "SELECT h0 AS h, count(*) AS n FROM decisive WHERE h0 IS NOT NULL"
                    " GROUP BY h0 HAVING count(*) > 1"
                )
            self._connection.execute(f"CREATE TABLE shared{at} AS {source}")
            self.shared.append((mapping.target, 0, 0))

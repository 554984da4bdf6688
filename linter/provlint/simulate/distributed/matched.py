"""The columnar query over some of the users, who were brought together with their target users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.encoding import decode
from provlint.simulate.columnar.lookups import BATCH
from provlint.simulate.columnar.matches import Matches
from provlint.simulate.columnar.query import Query
from provlint.simulate.columnar.references import ReferenceTable, encoded_id
from provlint.simulate.distributed.names import LINK
from provlint.simulate.inputs.population import User
from provlint.simulate.inputs.problem import refuse
from provlint.simulate.population import identifier_of
from provlint.simulate.preparation import Situations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow
    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.decisive import Decisive
    from provlint.simulate.columnar.query import Told
    from provlint.simulate.cycle.job import Job
    from provlint.simulate.plan import MappingPlan

LOW = (1 << 64) - 1


def high_of(number: str) -> str:
    """The upper half of a matching value as SQL, which Arrow can hold."""
    return f"CAST({number} >> 64 AS UBIGINT)"


def low_of(number: str) -> str:
    """The lower half."""
    return f"CAST({number} & CAST({LOW} AS UHUGEINT) AS UBIGINT)"


def bucket_of(high: str, count: int) -> str:
    """The bucket of a matching value as SQL."""
    return f"CAST({high} % {count} AS INTEGER)"


class PieceQuery(Query):
    """A query in a process that is one of many on its machine."""

    def __init__(
        self, connection: DuckDBPyConnection, job: Job, folder: str, told: Told, factor: int = 1
    ) -> None:
        connection.execute("SET threads = 1")
        super().__init__(connection, job, folder, told, factor)

    def _known(self, situations: Situations) -> Situations:
        """What is known of these users, which is little of what is known."""
        if not situations.known:
            return situations
        columns = ", ".join(self._staged.columns[name] for name in ("objectId", "id"))
        rows = self._connection.execute(f"SELECT {columns} FROM people u")
        found = {}
        while batch := rows.fetchmany(BATCH):
            for first, second in batch:
                user = User({"objectId": decode(first), "id": decode(second)}, frozenset(), "")
                identity = identifier_of(user).lower()
                if identity in situations.known:
                    found[identity] = situations.known[identity]
        return Situations(found, situations.others)


class KeyQuery(PieceQuery):
    """What the users of a piece are matched by."""

    def routes(
        self, rows: int, buckets: int, *, links: bool
    ) -> tuple[pyarrow.Table, pyarrow.Table]:
        """Where every record of the piece goes, and what it asks of other buckets.

        Args:
            rows: Number of records, broken ones included.
            buckets: Number of buckets.
            links: Whether anybody is linked, in whatever piece.

        Returns:
            The columns `number` (of the record, from 0) and `home`, of the records that are users;
            and a table as `names.ASKED` has it, with the column `bucket`. Users without a value for
            the first key are at home anywhere.
        """
        keys = {at: f"d.h{at}" for at in range(len(self._matching))}
        join = ""
        if links and self._situations.any:
            keys[LINK] = "md5_number(s.link)"
            join = "LEFT JOIN situations s ON s.entry = d.entry"
        number = "d.rn"
        if self._staged.users < rows:
            # Broken records have no number, but their lines count.
            number = "CAST(regexp_extract(p.place, '[0-9]+$') AS BIGINT) - 1"
            join += " JOIN people p ON p.rn = d.rn"
        first = keys.pop(0, None)
        anywhere = f"CAST(d.rn % {buckets} AS INTEGER)"
        home = anywhere
        if first is not None:
            home = f"coalesce({bucket_of(high_of(first), buckets)}, {anywhere})"
        others = "".join(f", {key} AS k{at}" for at, key in enumerate(keys.values()))
        self._connection.execute(
            f"CREATE TABLE routes AS SELECT {number} AS number, {home} AS home{others}"
            f" FROM decisive d {join}"
        )
        homes = self._connection.sql(
            "SELECT number, home FROM routes ORDER BY number"
        ).to_arrow_table()
        selects = [
            f"SELECT {bucket_of(high_of(f'k{number}'), buckets)} AS bucket,"
            f" CAST({key} AS INTEGER) AS m, {high_of(f'k{number}')} AS high,"
            f" {low_of(f'k{number}')} AS low, home, count(*) AS n FROM routes"
            f" WHERE k{number} IS NOT NULL GROUP BY ALL"
            for number, key in enumerate(keys)
        ]
        if not selects:
            return homes, homes.slice(0, 0)
        return homes, self._connection.sql(" UNION ALL ".join(selects)).to_arrow_table()


class MatchedQuery(PieceQuery):
    """All that decides about the users of a bucket."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        job: Job,
        folder: str,
        told: Told,
        factor: int,
        targets: pyarrow.Table | None,
        counts: pyarrow.Table | None,
        referred: pyarrow.Table | None = None,
    ) -> None:
        """Prepare.

        Args:
            connection: To DuckDB.
            job: The users; of its target users only counts whether there are any at all.
            folder: For what is written in between.
            told: Told how far the work is.
            factor: How many times as much memory as usual DuckDB may use.
            targets: As `names.TARGETS`; None where none of them may belong to these users.
            counts: As `names.COUNTS`; None where there is one key.
            referred: As `names.REFERRED`; None where no value refers to anybody.
        """
        self._known_targets, self._known_counts = targets, counts
        self._known_references = referred
        super().__init__(connection, job, folder, told, factor)

    def _stage_targets(self, job: Job, folder: str, told: Told) -> None:
        run = self._connection.execute
        old = "".join(f", o{at}" for at in range(len(self._mappings)))
        if self._known_targets is None:
            columns = "".join(
                f", CAST(NULL AS VARCHAR) AS o{at}" for at in range(len(self._mappings))
            )
            run(
                f"CREATE VIEW sent AS SELECT 0 AS m, '' AS k, '' AS x, CAST(0 AS BIGINT) AS t,"
                f" '' AS id{columns} LIMIT 0"
            )
        else:
            # Cursors of the connection see tables only.
            self._connection.register("arrived", self._known_targets)
            run("CREATE TABLE sent AS FROM arrived")
            self._connection.unregister("arrived")
            self._check_links(old)
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
        if self._known_counts is not None:
            self._connection.register("sent_counts", self._known_counts)
        else:
            self._connection.execute(
                "CREATE VIEW sent_counts AS SELECT 0 AS m, 0 AS high, 0 AS low, 0 AS n LIMIT 0"
            )
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
        return AnsweredReferences(connection, columns, decisive, self._known_references)

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

    def identities(self, buckets: int) -> pyarrow.Table:
        """A table as `names.IDENTITIES` has it, with the column `bucket`."""
        return self._with_buckets("SELECT k, state, text AS id FROM referred", buckets)

    def asked(self, buckets: int) -> pyarrow.Table:
        """The keys that values refer to, with the column `bucket`."""
        return self._with_buckets("SELECT DISTINCT k FROM asked_references", buckets)

    def _with_buckets(self, query: str, buckets: int) -> pyarrow.Table:
        bucket = bucket_of(high_of(f"{BOTH}(k)"), buckets)
        return self._connection.sql(f"SELECT *, {bucket} AS bucket FROM ({query})").to_arrow_table()


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
        answers: pyarrow.Table | None,
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
        if self._answers is not None:
            self._connection.register("answers", self._answers)
            run(f"INSERT INTO referred SELECT k, state, {encoded_id('id')}, id FROM answers")
            self._connection.unregister("answers")


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

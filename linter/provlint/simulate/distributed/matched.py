"""The columnar query over a piece of the users, of which the matches are known already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provlint.simulate.columnar.encoding import decode
from provlint.simulate.columnar.query import Query
from provlint.simulate.distributed.names import LINK, columns_of
from provlint.simulate.inputs.population import User
from provlint.simulate.population import identifier_of
from provlint.simulate.preparation import Situations

if TYPE_CHECKING:
    import pyarrow
    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.query import Told
    from provlint.simulate.cycle.job import Job


class PieceQuery(Query):
    """A query in a process that is one of many on its machine."""

    def __init__(self, connection: DuckDBPyConnection, job: Job, folder: str, told: Told) -> None:
        connection.execute("SET threads = 1")
        super().__init__(connection, job, folder, told)

    def _situate(self) -> None:
        """Only what is known of the users of the piece, which is little of what is known."""
        known = self._job.situations.known
        if known:
            columns = ", ".join(self._columns[name] for name in ("objectId", "id"))
            rows = self._connection.execute(f"SELECT {columns} FROM {self._staged.source} u")
            found = {}
            while batch := rows.fetchmany(4096):
                for first, second in batch:
                    user = User({"objectId": decode(first), "id": decode(second)}, frozenset(), "")
                    identity = identifier_of(user).lower()
                    if identity in known:
                        found[identity] = known[identity]
            situations = Situations(found, self._job.situations.others)
            self._job = replace(self._job, situations=situations)
        super()._situate()


class KeyQuery(PieceQuery):
    """What the users of a piece are matched by."""

    def __init__(self, connection: DuckDBPyConnection, job: Job, folder: str, told: Told) -> None:
        # Asked before what is known is cut down to the piece: all pieces have the same columns.
        self._links = any(each.link is not None for each in job.situations.known.values())
        super().__init__(connection, job, folder, told)

    def keys(self, rows: int, nobody: str) -> pyarrow.Table:
        """The key columns of every record of the piece, in the order of its file.

        Args:
            rows: Number of records, broken ones included.
            nobody: Begins the key of a user who has no value.
        """
        self._scopes(lambda *_: False)
        self._keyed()
        numbers = [LINK, *range(len(self._matching))] if self._links else range(len(self._matching))
        made, kept = [], []
        for number in numbers:
            column = "link" if number == LINK else f"k{number}"
            kept.append(column)
            made.append(f"coalesce({column}, '{nobody}' || r.range) AS {columns_of(number).key}")
        place = "CAST(regexp_extract(place, '[0-9]+$') AS BIGINT) - 1"
        found = self._connection.sql(
            f"SELECT {', '.join(made)} FROM range({rows}) r LEFT JOIN"
            f" (SELECT {place} AS number, {', '.join(kept)} FROM keyed) q ON q.number = r.range"
            " ORDER BY r.range"
        )
        return found.to_arrow_table()


class MatchedQuery(PieceQuery):
    """All that decides about the users of a piece."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        job: Job,
        folder: str,
        told: Told,
        found: pyarrow.Table,
    ) -> None:
        """Prepare.

        Args:
            connection: To DuckDB.
            job: The piece; of its target users only counts whether there are any.
            folder: For what is written in between.
            told: Told how far the work is.
            found: Of each user, the columns of `names.columns_of`.
        """
        self._found = found
        connection.register("found", found)
        super().__init__(connection, job, folder, told)

    def _stage_targets(self, told: Told) -> None:
        """Nothing yet: which target users matter is known when the scopes are."""

    def _count_shared(self) -> None:
        self._shared = []
        for at, mapping in enumerate(self._matching):
            key, shared, _ = columns_of(at)
            self._connection.execute(
                f"CREATE TABLE shared{at} AS SELECT {key} AS k, any_value({shared}) AS n"
                f" FROM found WHERE {shared} > 1 GROUP BY 1"
            )
            self._shared.append((mapping.target, 0, 0))

    def _find_targets(self) -> None:
        """As in the query of one machine; `variants` are the spellings of values of targets."""
        if self._job.targets is None:
            return
        self._stage_variants()
        for at in range(len(self._matching)):
            of_key = f"FROM variants WHERE m = {at}"
            self._connection.execute(
                f"CREATE TABLE several{at} AS SELECT k, sum(users) AS n {of_key} GROUP BY k"
                " HAVING sum(users) > 1"
            )
            self._connection.execute(
                f"CREATE TABLE exact{at} AS SELECT x, n, t {of_key} AND k IN"
                f" (SELECT k FROM several{at})"
            )
            self._connection.execute(
                f"CREATE TABLE found{at} AS SELECT k, sum(users) AS n, min(x) AS x, max(x) AS y,"
                f" min(t) AS t {of_key} AND k IN (SELECT k FROM asked{at}) GROUP BY k"
            )

    def _stage_variants(self) -> None:
        """Tables `variants` and `targets`, without the target users whom nobody asks for."""
        old = "".join(f", h.o{at} AS o{at}" for at in range(len(self._mappings)))
        selects = []
        for number in (LINK, *range(len(self._matching))):
            key, _, hits = columns_of(number)
            if hits not in self._found.column_names:
                continue
            asked = f"{hits} IS NOT NULL"
            if number != LINK:
                self._connection.execute(
                    f"CREATE TABLE asked{number} AS SELECT DISTINCT k{number} AS k FROM keyed"
                    f" WHERE wanted AND k{number} IS NOT NULL"
                )
                several = f"len({hits}) > 1 OR {hits}[1].users > 1"
                asked += f" AND ({key} IN (SELECT k FROM asked{number}) OR {several})"
            selects.append(
                f"SELECT {number} AS m, k, unnest(hits) AS h FROM (SELECT {key} AS k,"
                f" any_value({hits}) AS hits FROM found WHERE {asked} GROUP BY 1)"
            )
        self._connection.execute(
            "CREATE TABLE variants AS SELECT row_number() OVER () AS t, m, k, h.x AS x, h.n AS n,"
            f" h.users AS users, h.id AS id{old} FROM ({' UNION ALL '.join(selects)})"
        )
        self._connection.execute("CREATE VIEW targets AS SELECT * FROM variants")

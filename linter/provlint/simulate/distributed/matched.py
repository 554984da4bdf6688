"""The columnar query over a piece of the users, of which the matches are known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.encoding import decode
from provlint.simulate.columnar.lookups import BATCH
from provlint.simulate.columnar.matches import EXACT, Matches
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

    def __init__(
        self,
        connection: DuckDBPyConnection,
        job: Job,
        folder: str,
        told: Told,
        factor: int = 1,
    ) -> None:
        connection.execute("SET threads = 1")
        super().__init__(connection, job, folder, told, factor)

    def _known(self, situations: Situations) -> Situations:
        """What is known of the users of the piece, which is little of what is known."""
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

    def keys(self, rows: int, nobody: str, *, links: bool) -> pyarrow.Table:
        """The key columns of every record of the piece, in the order of its file.

        Args:
            rows: Number of records, broken ones included.
            nobody: Begins the key of a user who has no value.
            links: Whether anybody is linked, in whatever piece.
        """
        keys = {at: f"to_hex(d.h{at})" for at in range(len(self._matching))}
        join = ""
        if links:
            keys[LINK] = "NULL"
            if self._situations.any:
                keys[LINK] = "s.link"
                join = "LEFT JOIN situations s ON s.entry = d.entry"
        row = "d.rn"
        if self._staged.place_of is None:  # a broken record has no number
            row = "CAST(regexp_extract(p.place, '[0-9]+$') AS BIGINT) - 1"
            join += " JOIN people p ON p.rn = d.rn"
        inner = ", ".join(f"{key} AS {columns_of(at).key}" for at, key in keys.items())
        outer = ", ".join(
            f"coalesce({name}, '{nobody}' || r.range) AS {name}"
            for name in (columns_of(at).key for at in sorted(keys))
        )
        found = self._connection.sql(
            f"SELECT {outer} FROM range({rows}) r LEFT JOIN (SELECT {row} AS number, {inner}"
            f" FROM decisive d {join}) q ON q.number = r.range ORDER BY r.range"
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
        factor: int,
        found: pyarrow.Table,
    ) -> None:
        """Prepare.

        Args:
            connection: To DuckDB.
            job: The piece; of its target users only counts whether there are any.
            folder: For what is written in between.
            told: Told how far the work is.
            factor: How many times as much memory as usual DuckDB may use.
            found: Of each user, the columns of `names.columns_of`.
        """
        self._numbers = [
            number
            for number in (LINK, *range(len(job.flow.plan.matching)))
            if columns_of(number).hits in found.column_names
        ]
        connection.register("found", found)
        super().__init__(connection, job, folder, told, factor)

    def _stage_targets(self, job: Job, folder: str, told: Told) -> None:
        """Nothing yet: which target users matter is known when the scopes are."""

    def _find_matches(self) -> Matches:
        if self._has_targets:
            self._connection.execute(f"CREATE TABLE targets AS {self._variants()}")
        return KnownMatches(
            self._connection,
            self._matching,
            self._decisive,
            self._situations,
            has_targets=self._has_targets,
        )

    def _variants(self) -> str:
        """The spellings of the values that target users have, one target user of each, as SQL.

        Target users whom nobody asks for and who are alone with their value are left out.
        """
        old = "".join(f", h.o{at} AS o{at}" for at in range(len(self._mappings)))
        selects = []
        for number in self._numbers:
            key, _, hits = columns_of(number)
            asked = f"{hits} IS NOT NULL"
            if number != LINK:
                wanted = f"SELECT d.h{number} FROM {self._decisive.scoped}"
                wanted += f" WHERE (c.wanted OR d.special) AND d.h{number} IS NOT NULL"
                several = f"len({hits}) > 1 OR {hits}[1].users > 1"
                asked += f" AND ({_number(key)} IN ({wanted}) OR {several})"
            once = f"SELECT {key} AS k, any_value({hits}) AS hits FROM found"
            selects.append(
                f"SELECT {number} AS m, k, unnest(hits) AS h FROM ({once} WHERE {asked} GROUP BY 1)"
            )
        return (
            "SELECT row_number() OVER () AS t, m, k, h.x AS x, h.n AS n, h.users AS users,"
            f" h.id AS id{old} FROM ({' UNION ALL '.join(selects)})"
        )


class KnownMatches(Matches):
    """Matches that were found among all users and all target users."""

    def _count_shared(self) -> None:
        self.shared = []
        for at, mapping in enumerate(self._matching):
            key, shared, _ = columns_of(at)
            self._connection.execute(
                f"CREATE TABLE shared{at} AS SELECT {_number(key)} AS h,"
                f" any_value({shared}) AS n FROM found WHERE {shared} > 1 GROUP BY 1"
            )
            self.shared.append((mapping.target, 0, 0))

    def _targets(self, at: int) -> None:
        """The same tables as those of one machine."""
        run = self._connection.execute
        run(
            f"CREATE TABLE target_keys{at} AS SELECT {_number('k')} AS h, t,"
            f" {EXACT}(x) AS x, n, users FROM targets WHERE m = {at}"
        )
        run(
            f"CREATE TABLE several{at} AS SELECT h, sum(users) AS n, min(t) AS t, min(x) AS x,"
            f" max(x) AS y FROM target_keys{at} GROUP BY h HAVING sum(users) > 1 OR count(*) > 1"
        )
        run(
            f"CREATE TABLE exact{at} AS SELECT h, x, n, t FROM target_keys{at} WHERE h IN"
            f" (SELECT h FROM several{at})"
        )


def _number(key: str) -> str:
    """A matching value as the columnar engine has it; Spark has it in hexadecimal digits."""
    return f"TRY_CAST('0x' || {key} AS UHUGEINT)"

"""Which target users the users match, by numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.decisive import BOTH

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.decisive import Decisive
    from provlint.simulate.columnar.situations import SituationTable
    from provlint.simulate.plan import MappingPlan

EXACT = "hash"
"""The function of SQL that tells apart matching values that are the same but for letter case."""


class Matches:
    """The table `chosen`: the users of whom more is asked than their scope step.

    These are those who may be in scope, who are linked, whose matching value is special, or who
    would fail as several target users have it. `chosen` has `rn`, `entry`, `scope`, `wanted`,
    `special`, and for each matching attribute `h0`, … (the value), `shared0`, … (whether another
    source user has it), and of the target users with it `n0`, … (their number), `t0`, … (one of
    them), `x0`, `y0`, … (the values as they are; the same where there is one).

    Attributes:
        shared: Matching values that several users have: target attribute, values, users.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        matching: tuple[MappingPlan, ...],
        decisive: Decisive,
        situations: SituationTable,
        *,
        has_targets: bool,
    ) -> None:
        self._connection = connection
        self._matching = matching
        self._decisive = decisive
        self._numbers = range(len(matching))
        self._has_targets = has_targets
        self._count_shared()
        if has_targets:
            for at in self._numbers:
                self._targets(at)
            if situations.any:
                self._connection.execute(
                    "CREATE TABLE linked AS SELECT id, min(t) AS t FROM targets"
                    " WHERE id IN (SELECT link FROM situations) GROUP BY id"
                )
        self._choose()

    def _count_shared(self) -> None:
        self.shared: list[tuple[str, int, int]] = []
        for at, mapping in enumerate(self._matching):
            self._connection.execute(
                f"CREATE TABLE shared{at} AS SELECT h{at} AS h, count(*) AS n FROM decisive"
                f" WHERE h{at} IS NOT NULL GROUP BY h{at} HAVING count(*) > 1"
            )
            row = self._connection.execute(
                f"SELECT count(*), coalesce(sum(n), 0) FROM shared{at}"
            ).fetchone()
            assert row is not None
            self.shared.append((mapping.target, int(row[0]), int(row[1])))

    def source_count(self, target: str, key: str | None) -> int:
        """How many source users have a matching value; 1 for those that are not shared.

        Args:
            target: The target attribute.
            key: The encoded value without letter case.
        """
        for at, mapping in enumerate(self._matching):
            if mapping.target == target:
                row = self._connection.execute(
                    f"SELECT n FROM shared{at} WHERE h = {BOTH}(?)", [key]
                ).fetchone()
                return 1 if row is None else int(row[0])
        return 1

    def _targets(self, at: int) -> None:
        """Tables of the target users with the values of one matching attribute."""
        run = self._connection.execute
        run(
            f"CREATE TABLE target_keys{at} AS SELECT {BOTH}(k) AS h, t, {EXACT}(x) AS x FROM keys"
            f" WHERE m = {at}"
        )
        run(
            f"CREATE TABLE several{at} AS SELECT h, count(DISTINCT t) AS n, min(t) AS t,"
            f" min(x) AS x, max(x) AS y FROM target_keys{at} WHERE h IN (SELECT h FROM"
            f" target_keys{at} GROUP BY h HAVING count(*) > 1) GROUP BY h"
        )
        run(
            f"CREATE TABLE exact{at} AS SELECT h, x, count(DISTINCT t) AS n, min(t) AS t"
            f" FROM target_keys{at} WHERE h IN (SELECT h FROM several{at} WHERE n > 1 OR x <> y)"
            " GROUP BY h, x"
        )

    def _choose(self) -> None:
        listed = ["d.rn", "d.entry", "c.scope", "c.wanted", "d.special"]
        joins, asked = [], ["c.wanted", "d.special"]
        for at in self._numbers:
            joins.append(f"LEFT JOIN shared{at} ON shared{at}.h = d.h{at}")
            listed += [f"d.h{at}", f"shared{at}.n IS NOT NULL AS shared{at}"]
            if self._has_targets:
                joins.append(f"LEFT JOIN several{at} ON several{at}.h = d.h{at}")
                asked.append(f"several{at}.n > 1")
                listed += [f"several{at}.{name} AS {name}{at}" for name in "ntxy"]
        self._connection.execute(
            f"CREATE TABLE chosen_users AS SELECT {', '.join(listed)} FROM {self._decisive.scoped}"
            f" {' '.join(joins)} WHERE {' OR '.join(asked)}"
        )
        if not self._has_targets:
            self._connection.execute("CREATE VIEW chosen AS FROM chosen_users")
            return
        listed, joins = ["q.rn", "q.entry", "q.scope", "q.wanted", "q.special"], []
        for at in self._numbers:
            joins.append(
                f"LEFT JOIN target_keys{at} k{at} ON k{at}.h = CASE WHEN q.n{at} IS NULL"
                f" THEN q.h{at} END"
            )
            listed += [f"q.h{at}", f"q.shared{at}"]
            one = f"CASE WHEN k{at}.t IS NULL THEN 0 ELSE 1 END"
            listed.append(f"coalesce(q.n{at}, {one}) AS n{at}")
            listed += [f"coalesce(q.{name}{at}, k{at}.{name}) AS {name}{at}" for name in "tx"]
            listed.append(f"coalesce(q.y{at}, k{at}.x) AS y{at}")
        self._connection.execute(
            f"CREATE TABLE chosen AS SELECT {', '.join(listed)} FROM chosen_users q"
            f" {' '.join(joins)}"
        )
        self._connection.execute("DROP TABLE chosen_users")

    @property
    def everyone(self) -> str:
        """All users with the columns of `chosen`, as SQL."""
        listed = ["d.rn", "d.entry", "c.scope", "coalesce(o.wanted, FALSE) AS wanted", "d.special"]
        for at in self._numbers:
            listed += [f"d.h{at}", f"coalesce(o.shared{at}, FALSE) AS shared{at}"]
            if self._has_targets:
                listed += [f"coalesce(o.n{at}, 0) AS n{at}", f"o.t{at}", f"o.x{at}", f"o.y{at}"]
        return (
            f"(SELECT {', '.join(listed)} FROM {self._decisive.scoped}"
            " LEFT JOIN chosen o ON o.rn = d.rn)"
        )

"""What decides about the scope step and the match of each user, in few bytes.

Users whose classes are the same have the same scope step. Matching values are kept as their MD5
without letter case: 128 bits, of which no two different values of one tenant will ever share one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from provlint.simulate.columnar.classes.clauses import classes_of
from provlint.simulate.columnar.classes.codes import Number, Part, packed
from provlint.simulate.columnar.classes.states import states_of
from provlint.simulate.columnar.lookups import Lookups, rows_of
from provlint.simulate.columnar.mappings import MatchingColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.situations import SituationTable
    from provlint.simulate.columnar.staging.users import Staged
    from provlint.simulate.flow import Flow

    Person = Mapping[str, Any]

BOTH = "md5_number"
"""The function of SQL that makes a matching value a number."""


def nobody(number: int, person: Person) -> bool:
    """No user at all."""
    del number, person
    return False


class Group(NamedTuple):
    """Users of the same classes, who have values for the same matching attributes.

    Attributes:
        words: Their classes.
        keys: Whether they have a value, by matching attribute.
        person: One of them.
    """

    words: tuple[int, ...]
    keys: tuple[bool, ...]
    person: Person


class Decisive:
    """The table `decisive`, and the table `scopes` with the users who matter for matching.

    `decisive` has `rn`, `w0`, … (classes), `h0`, … (matching values), `special` (whether a matching
    value is no plain text), and `entry`. `scopes` has the classes, `scope` (a number), `wanted` and
    `is_out`.

    Attributes:
        matching: What each matching attribute gives.
        steps: The number of the scope step by classes.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        flow: Flow,
        staged: Staged,
        situations: SituationTable,
        columns: Mapping[str, str],
        deciding: int,
    ) -> None:
        """Read the users once.

        Args:
            connection: To DuckDB.
            flow: What is simulated.
            staged: The users.
            situations: What is known of users beside.
            columns: The column of each attribute as mappings see it, as SQL.
            deciding: The first so many attributes are those of a person.
        """
        plan = flow.plan
        self._connection = connection
        self._deciding = deciding
        self._situations = situations
        lookups = Lookups(connection, "decisive")
        self.matching = [
            MatchingColumn(mapping, columns, flow.context, lookups) for mapping in plan.matching
        ]
        own = staged.columns
        parts: list[Part] = [
            *classes_of(plan.scope, plan.source_types, own, lookups),
            *states_of(plan.connector, own, lookups),
            Number("u.kind", len(staged.missing)),
            Number("u.situation", len(situations.kinds)),
            Number("CAST(u.linked AS INTEGER)", 2 if situations.any else 1),
        ]
        lookups.run("situated u")
        words = packed(parts)
        listed = [f"{word} AS w{at}" for at, word in enumerate(words)]
        listed += [f"{BOTH}({column.key}) AS h{at}" for at, column in enumerate(self.matching)]
        special = " OR ".join(column.special for column in self.matching) or "FALSE"
        connection.execute(
            f"CREATE TABLE decisive AS SELECT u.rn, {', '.join(listed)},"
            f" {special} AS special, u.entry FROM situated u {lookups.joins}"
        )
        self._words = [f"w{at}" for at in range(len(words))]
        self.groups = self._groups()
        self.steps: dict[tuple[int, ...], int] = {}

    def _groups(self) -> list[Group]:
        keys = [f"h{at} IS NOT NULL" for at in range(len(self.matching))]
        listed = ", ".join([*self._words, *keys])
        rows = self._connection.execute(
            f"SELECT {listed}, min(rn) FROM decisive GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        persons = self.persons([row[-1] for row in rows])
        width = len(self._words)
        return [Group(row[:width], row[width:-1], persons[row[-1]]) for row in rows]

    def persons(self, numbers: Sequence[int]) -> dict[int, Person]:
        """Users by number."""
        self._connection.execute(
            f"CREATE OR REPLACE TABLE asked AS {rows_of(['rn'], ['BIGINT'])}", [list(numbers)]
        )
        link, join = "CAST(NULL AS VARCHAR)", ""
        if self._situations.any:
            link, join = "s.link", "LEFT JOIN situations s ON s.entry = d.entry"
        names = [f"a{at}" for at in range(self._deciding)]
        named = ", ".join([*(f"{name} := p.{name}" for name in names), "kind := p.kind"])
        situation = "0"
        if self._situations.any:
            situation = "coalesce(s.situation, 0)"
        rows = self._connection.execute(
            f"SELECT p.rn, struct_pack({named}, situation := {situation}, link := {link},"
            " target_id := CAST(NULL AS VARCHAR)) FROM people p JOIN (SELECT d.rn, d.entry FROM"
            f" decisive d JOIN asked USING (rn)) d ON d.rn = p.rn {join}"
        ).fetchall()
        return dict(rows)

    def choose(
        self,
        wanted: Callable[[int, Person], bool],
        is_out: Callable[[int, Person], bool] = nobody,
    ) -> None:
        """Make the table `scopes`.

        Args:
            wanted: Told the number of a scope step and a user who takes it: whether it matters
                which target user such users match.
            is_out: In the same way: whether such users are out of scope.
        """
        rows: list[tuple[object, ...]] = []
        for group in self.groups:
            if group.words not in self.steps:
                number = self.steps[group.words] = len(self.steps)
                asked = (number, group.person)
                rows.append((*group.words, number, wanted(*asked), is_out(*asked)))
        names = [*self._words, "scope", "wanted", "is_out"]
        kinds = [*["BIGINT"] * len(self._words), "INTEGER", "BOOLEAN", "BOOLEAN"]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
        self._connection.execute(f"CREATE TABLE scopes AS {rows_of(names, kinds)}", columns)

    @property
    def scoped(self) -> str:
        """The users with their scope step, as SQL behind FROM; they are named `d` and `c`."""
        same = " AND ".join(f"c.{word} = d.{word}" for word in self._words)
        return f"decisive d JOIN scopes c ON {same}"

    def unchosen(self) -> list[tuple[Group, int]]:
        """The groups of users who are not chosen, with their numbers."""
        keys = [f"h{at} IS NOT NULL" for at in range(len(self.matching))]
        listed = ", ".join([*self._words, *keys])
        rows = self._connection.execute(
            f"SELECT {listed}, count(*) FROM decisive ANTI JOIN chosen USING (rn) GROUP BY ALL"
        ).fetchall()
        by_key = {(*group.words, *group.keys): group for group in self.groups}
        return [(by_key[row[:-1]], int(row[-1])) for row in rows]

"""What is known of users beside their attributes, as a relation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provlint.simulate.columnar.encoding import PLAIN, decode, encode
from provlint.simulate.columnar.lookups import BATCH, Lookups, rows_of
from provlint.simulate.columnar.sql import is_ascii
from provlint.simulate.inputs.population import User
from provlint.simulate.plan import ROLES
from provlint.simulate.population import identifier_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.plan import Plan
    from provlint.simulate.preparation import Situations
    from provlint.simulate.situation import Situation

NULL_TEXT = "CAST(NULL AS VARCHAR)"


class SituationTable:
    """Situations by number, and the relation `situated`: the users with theirs.

    `situated` has the columns of `people`, and `entry` (a number of what is known of the user; NULL
    for nothing), `situation` (the number of the situation), `linked` (whether the service has
    stored a link), and `roles` (encoded).

    Attributes:
        kinds: The situations by number, without links.
        any: Whether anything is known of anybody.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        situations: Situations,
        plan: Plan,
        columns: Mapping[str, str],
    ) -> None:
        self._connection = connection
        self._columns = columns
        self._reads_roles = ROLES in plan.reads
        self.kinds: list[Situation] = [replace(situations.others, roles=())]
        self.any = bool(situations.known)
        if self.any:
            self._fill(situations.known)
            self._join()
        else:
            connection.execute(
                "CREATE VIEW situated AS SELECT *, CAST(NULL AS INTEGER) AS entry, 0 AS situation,"
                f" FALSE AS linked, {NULL_TEXT} AS roles FROM people"
            )

    def situation(self, number: int, link: str | None) -> Situation:
        """A situation with its link."""
        return replace(self.kinds[number], link=link)

    def _fill(self, known: Mapping[str, Situation]) -> None:
        names = ("entry", "k", "situation", "link", "roles")
        kinds = ("INTEGER", "VARCHAR", "INTEGER", "VARCHAR", "VARCHAR")
        empty = ", ".join(f"{name} {kind}" for name, kind in zip(names, kinds, strict=True))
        self._connection.execute(f"CREATE TABLE situations ({empty})")
        numbers: dict[Situation, int] = {}
        seen: dict[int, tuple[Situation, int, str | None]] = {}
        rows: list[tuple[object, ...]] = []
        insert = f"INSERT INTO situations {rows_of(names, kinds)}"
        for entry, (identity, situation) in enumerate(known.items()):
            # Unlinked users share one of few situations.
            told = seen.get(id(situation))
            if told is None:
                roles = situation.roles if self._reads_roles else ()
                kind = replace(situation, link=None, roles=roles)
                number = numbers.setdefault(kind, len(self.kinds))
                if number == len(self.kinds):
                    self.kinds.append(kind)
                names_of_roles = encode(list(roles)) if roles else None
                told = seen[id(situation)] = situation, number, names_of_roles
            rows.append((entry, encode(identity), told[1], situation.link, told[2]))
            if len(rows) >= BATCH:
                self._connection.execute(insert, [list(each) for each in zip(*rows, strict=True)])
                rows.clear()
        if rows:
            self._connection.execute(insert, [list(each) for each in zip(*rows, strict=True)])

    def _join(self) -> None:
        lookups = Lookups(self._connection, "identity")
        key = IdentityKey(self._columns, lookups)
        lookups.run("people u")
        self._connection.execute(
            "CREATE VIEW situated AS SELECT u.*, s.entry, coalesce(s.situation, 0) AS situation,"
            f" s.link IS NOT NULL AS linked, s.roles FROM people u {lookups.joins}"
            f" LEFT JOIN situations s ON s.k = {key.sql}"
        )


class IdentityKey:
    """The id of users in lower case, encoded; see `identifier_of`."""

    __slots__ = ("_odd", "_plain", "_text")

    def __init__(self, columns: Mapping[str, str], lookups: Lookups) -> None:
        first, second = (columns[name] for name in ("objectId", "id"))
        self._text = text = f"coalesce(nullif({first}, ''), {second})"
        self._plain = f"({text} >= {PLAIN} AND {is_ascii(text)})"
        self._odd = lookups.ask([first, second], f"{text} <> '' AND NOT {self._plain}", _identity)

    @property
    def sql(self) -> str:
        """The key as SQL; known when the lookups have run."""
        return f"CASE WHEN {self._plain} THEN lower({self._text}) ELSE {self._odd.result()} END"


def _identity(key: Sequence[str | None]) -> tuple[str | None]:
    """The id of a user as situations are known by."""
    values = dict(zip(("objectId", "id"), map(decode, key), strict=True))
    return (encode(identifier_of(User(values, frozenset(), "")).lower()),)

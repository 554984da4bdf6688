"""References such as `manager`: which target users the users that values refer to match.

They are looked up among all users when it is known who is in scope, as `references` of
`provlint.simulate.population` does it for one value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.encoding import PLAIN, decode_flow, encode
from provlint.simulate.columnar.lookups import BATCH, Lookups, rows_of
from provlint.simulate.columnar.situations import IdentityKey
from provlint.simulate.columnar.sql import is_ascii
from provlint.simulate.writing import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.decisive import Decisive
    from provlint.simulate.plan import MappingPlan

NONE, FOUND, OUT, NO_ACCOUNT, UNKNOWN, ODD = range(6)
"""There is no value; it refers to a target user; to a user out of scope; to one without an account;
to nobody; only the reference path can tell."""

_STATES = {OUT: "out-of-scope", NO_ACCOUNT: "in-scope", FOUND: "in-scope"}


class ReferenceTable:
    """The table `referred`: keys of users that values refer to, `state`, and `id` in the target.

    Args:
        connection: To DuckDB.
        columns: The column of each attribute, as SQL.
        decisive: The users with their scope steps.
    """

    def __init__(
        self, connection: DuckDBPyConnection, columns: Mapping[str, str], decisive: Decisive
    ) -> None:
        self._connection = connection
        self._columns = columns
        self._decisive = decisive
        self._known: dict[str, Reference] = {}

    def fill(
        self,
        values: Sequence[tuple[str, MappingPlan]],
        valued: Callable[[str], str],
        matched: Callable[[str], str],
    ) -> None:
        """Find the users that values refer to, and what they match.

        Args:
            values: Columns with references, with the mappings that give them.
            valued: Users of a relation with what mappings give, as SQL behind FROM.
            matched: A query of the users of a relation with `rn`, `link`, and `id` of the target
                user that they match.
        """
        self._ask_for(values, valued)
        self._find_users()
        self._resolve(matched)

    def _ask_for(
        self, values: Sequence[tuple[str, MappingPlan]], valued: Callable[[str], str]
    ) -> None:
        """Make the table `asked_references`, of what values refer to."""
        run = self._connection.execute
        run("CREATE TABLE asked_references (k VARCHAR)")
        for value, mapping in values:
            run(
                f"INSERT INTO asked_references SELECT DISTINCT lower({value}) FROM"
                f" {valued('chosen')} WHERE q.wanted AND {value} >= {PLAIN} AND {is_ascii(value)}"
            )
            odd = f"{value} < {PLAIN} OR NOT {is_ascii(value)}"
            self._ask(self._items(f"SELECT DISTINCT {value} FROM {valued('chosen')} WHERE {odd}"))
            if mapping.default:
                self._ask([mapping.default])

    def _find_users(self) -> None:
        """Make the table `referred_users`: of users with the same id the last one counts."""
        self._connection.execute(
            f"CREATE TABLE referred_users AS SELECT k, max(rn) AS rn FROM ({self._identities()})"
            " WHERE k IN (SELECT k FROM asked_references) GROUP BY k"
        )

    def _identities(self) -> str:
        """The users by what references find them by, as a query."""
        lookups = Lookups(self._connection, "referred_key")
        key = IdentityKey(self._columns, lookups)
        lookups.run("people u")
        return f"SELECT {key.sql} AS k, u.rn FROM people u {lookups.joins}"

    def _resolve(self, matched: Callable[[str], str]) -> None:
        """Make the table `referred`."""
        run = self._connection.execute
        relation = "(SELECT * FROM chosen WHERE rn IN (SELECT rn FROM referred_users))"
        run(f"CREATE TABLE referred_matches AS {matched(relation)}")
        identity = "coalesce(m.link, m.id)"
        run(
            f"CREATE TABLE referred AS SELECT r.k, CASE WHEN d.is_out THEN {OUT}"
            f" WHEN {identity} IS NOT NULL THEN {FOUND} ELSE {NO_ACCOUNT} END AS state,"
            f" {encoded_id(identity)} AS id, {identity} AS text FROM referred_users r"
            f" JOIN (SELECT d.rn, c.is_out FROM {self._decisive.scoped}) d ON d.rn = r.rn"
            " LEFT JOIN referred_matches m ON m.rn = r.rn"
        )

    def _items(self, query: str) -> Iterable[str]:
        """The texts in values that are no plain ASCII texts."""
        cursor = self._connection.cursor()
        cursor.execute(query)
        while batch := cursor.fetchmany(BATCH):
            for (text,) in batch:
                value = decode_flow(text).value
                yield from (value,) if isinstance(value, str) else value or ()
        cursor.close()

    def _ask(self, items: Iterable[str]) -> None:
        keys = [encode(item.lower()) for item in items]
        for start in range(0, len(keys), BATCH):
            self._connection.execute(
                f"INSERT INTO asked_references {rows_of(['k'], ['VARCHAR'])}",
                [keys[start : start + BATCH]],
            )

    def find(self, identifier: str) -> Reference:
        """What an id refers to, of those that values of users in scope hold."""
        key = identifier.lower()
        found = self._known.get(key)
        if found is None:
            row = self._connection.execute(
                "SELECT state, text FROM referred WHERE k = ?", [encode(key)]
            ).fetchone()
            state, text = row if row is not None else (UNKNOWN, None)
            found = Reference(
                text if state == FOUND else None,
                _STATES.get(state, "unknown"),
            )
            self._known[key] = found
        return found


def encoded_id(text: str) -> str:
    """The id of a target user as values are encoded, as SQL."""
    return f"CASE WHEN {text} < {PLAIN} THEN chr(1) || to_json({text}) ELSE {text} END"


def reference_state(at: int) -> str:
    """What the value of a mapping refers to, as SQL; `q` is the user."""
    value = f"q.v{at}"
    return (
        f"CASE WHEN {value} IS NULL THEN {NONE} WHEN {value} < {PLAIN} OR NOT {is_ascii(value)}"
        f" THEN {ODD} ELSE coalesce(referred{at}.state, {UNKNOWN}) END"
    )


def reference_join(at: int) -> str:
    """The join that `reference_state` needs."""
    return f"LEFT JOIN referred referred{at} ON referred{at}.k = lower(q.v{at})"

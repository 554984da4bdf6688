"""References, such as `manager`, of users in scope to users whom the change takes out of it.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/known-issues#manager-isnt-provisioned
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.columnar.encoding import PLAIN, decode_flow, encode
from provlint.simulate.columnar.lookups import Lookups
from provlint.simulate.columnar.mappings import MappedColumn
from provlint.simulate.columnar.situations import IdentityKey
from provlint.simulate.columnar.sql import is_ascii
from provlint.simulate.plan import seen_by_mappings
from provlint.simulate.population import identifier_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.compare.users.summary import PairRow
    from provlint.simulate.columnar.decisive import Decisive
    from provlint.simulate.flow import Flow
    from provlint.simulate.inputs.population import User
    from provlint.simulate.plan import MappingPlan
    from provlint.simulate.population import SituationOf


class LostReferences(NamedTuple):
    """Users in scope who refer to users who leave it.

    Attributes:
        attribute: The target attribute.
        users: Number of users in scope under the new configuration.
        referred: Number of users who leave scope to whom they refer.
    """

    attribute: str
    users: int
    referred: int


def lost_references(
    flow: Flow, users: Sequence[User], rows: Sequence[PairRow], situation_of: SituationOf
) -> tuple[LostReferences, ...]:
    """Find them user by user.

    Args:
        flow: The new configuration.
        users: All users.
        rows: What was decided of each.
        situation_of: What is known of a user beside.
    """
    referring = _referring(flow)
    leaving = {
        identifier_of(user).lower(): row.verdict.movement == "leaving"
        for user, row in zip(users, rows, strict=True)
    }
    found = []
    for mapping in referring if any(leaving.values()) else ():
        count, referred = 0, set[str]()
        for user, row in zip(users, rows, strict=True):
            if row.verdict.after is True:
                roles = situation_of(user).roles
                seen = seen_by_mappings(user.values, in_scope=True, roles=roles)
                lost = {each for each in _items(mapping.flow(seen, flow.context).value)
                        if leaving.get(each)}  # fmt: skip
                count += bool(lost)
                referred |= lost
        found.append((mapping.target, count, len(referred)))
    return _ordered(found)


def lost_references_in_columns(
    connection: DuckDBPyConnection,
    flow: Flow,
    decisive: Decisive,
    columns: tuple[Mapping[str, str], Mapping[str, str]],
    scopes: tuple[Collection[int], Collection[int]],
) -> tuple[LostReferences, ...]:
    """Find them in columns.

    Args:
        connection: With the relation `situated` of all users.
        flow: The new configuration.
        decisive: The users with the numbers of their scope steps.
        columns: The column of each attribute of the users, and as mappings see it, as SQL.
        scopes: The numbers of scope steps of users who leave, and of users in scope.
    """
    referring = _referring(flow)
    if not referring or not all(scopes):
        return ()
    lookups = Lookups(connection, "referring")
    key = IdentityKey(columns[0], lookups)
    values = [MappedColumn(each, columns[1], flow.context, lookups) for each in referring]
    lookups.run("situated u")
    leave, stay = (
        f"(SELECT d.rn FROM {decisive.scoped} WHERE c.scope IN ({', '.join(map(str, numbers))}))"
        for numbers in scopes
    )
    identified = f"(SELECT u.rn, {key.sql} AS k FROM situated u {lookups.joins})"
    # Of users with the same id the last one counts.
    connection.execute(
        "CREATE OR REPLACE TABLE leavers AS SELECT k FROM"
        f" (SELECT k, max(rn) AS rn FROM {identified} WHERE k IN"
        f" (SELECT k FROM {identified} JOIN {leave} USING (rn)) GROUP BY k) JOIN {leave} USING (rn)"
    )
    found = []
    for mapping, value in zip(referring, values, strict=True):
        connection.execute(
            "CREATE OR REPLACE TABLE referring AS SELECT v, count(*) AS n FROM (SELECT"
            f" {value.flow} AS v FROM situated u {lookups.joins} JOIN {stay} s ON s.rn = u.rn)"
            " WHERE v IS NOT NULL GROUP BY v"
        )
        found.append((mapping.target, *_counted(connection)))
    return _ordered(found)


def _counted(connection: DuckDBPyConnection) -> tuple[int, int]:
    """How many users refer to leavers, and to how many."""
    plain = f"v >= {PLAIN} AND {is_ascii('v')}"
    rows = connection.execute(
        f"SELECT k, sum(n) FROM referring JOIN leavers ON k = lower(v) WHERE {plain} GROUP BY k"
    ).fetchall()
    count, referred = sum(int(users) for _, users in rows), {key for key, _ in rows}
    odd = connection.execute(f"SELECT v, n FROM referring WHERE NOT ({plain})").fetchall()
    for text, users in odd:
        keys = [encode(item) for item in _items(decode_flow(text).value)]
        lost = connection.execute(
            "SELECT k FROM leavers WHERE k IN (SELECT unnest(?::VARCHAR[]))", [keys]
        ).fetchall()
        count += int(users) if lost else 0
        referred.update(key for (key,) in lost)
    return count, len(referred)


def _referring(flow: Flow) -> list[MappingPlan]:
    return [mapping for mapping in flow.plan.mappings if mapping.reference]


def _items(value: str | Iterable[str] | None) -> set[str]:
    """The ids that a value refers to, in lower case."""
    items = (value,) if isinstance(value, str) else value or ()
    return {item.lower() for item in items if item}


def _ordered(found: Iterable[tuple[str, int, int]]) -> tuple[LostReferences, ...]:
    """Those that there are, of the most users first."""
    kept = [LostReferences(*each) for each in found if each[1]]
    return tuple(sorted(kept, key=lambda each: (-each.users, each.attribute)))

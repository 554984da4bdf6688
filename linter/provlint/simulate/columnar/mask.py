"""Which users are in scope: one Boolean for each, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.conditions.clauses import Column
from provlint.simulate.columnar.conditions.filters import UNDECIDED, FilterCondition
from provlint.simulate.columnar.lookups import Lookups
from provlint.simulate.columnar.sql import whole_table
from provlint.simulate.inputs.parquet_records import connect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection
    from pyarrow import BooleanArray, Table

    from provlint.simulate.columnar.conditions.clauses import ClauseCondition
    from provlint.simulate.scope import ScopeFilter

LEFT = "undecided"
"""The table of the users whom the first pass leaves undecided."""


def scope_mask(
    connection: DuckDBPyConnection,
    scope: ScopeFilter,
    users: str,
    columns: Mapping[str, Column],
    *,
    options: Mapping[str, str],
    types: Mapping[str, str],
) -> BooleanArray:
    """Decide for all users; null where nothing can be decided.

    The first pass decides wherever SQL can tell. Only users whom it leaves undecided are asked of
    the reference path, once for each distinct value.

    Args:
        connection: To the DuckDB that has the users.
        scope: The filter.
        users: The users as SQL behind FROM.
        columns: The columns of the users, named `u`, by attribute.
        options: Option by key of `READINGS`, of empty values and of several values.
        types: Types of attributes by name, as the schema declares them.
    """
    import pyarrow.compute

    asked: dict[ClauseCondition, None] = {}

    def later(clause: ClauseCondition) -> str:
        asked[clause] = None
        return UNDECIDED

    decision = FilterCondition(scope, columns, options, types).in_scope(later)
    mask = _asked(connection, f"SELECT {decision} AS in_scope FROM {users} u")
    if not asked or not mask.null_count:
        return mask
    left = {name: f"c{at}" for at, name in enumerate(columns)}
    listed = ", ".join(f"{columns[name].sql} AS {each}" for name, each in left.items())
    kind = "u.kind" if any(column.absent for column in columns.values()) else "0"
    rows = whole_table(
        connection,
        f"SELECT {listed}, {kind} AS kind FROM {users} u WHERE ({decision}) IS NULL",
    )
    moved = {name: columns[name]._replace(sql=f"u.{each}") for name, each in left.items()}
    told = _told(rows, FilterCondition(scope, moved, options, types))
    return pyarrow.compute.replace_with_mask(mask, pyarrow.compute.is_null(mask), told)


def _told(rows: Table, condition: FilterCondition) -> BooleanArray:
    """The same for the users who are left, with the help of the reference path."""
    connection = connect(LEFT)
    try:
        connection.register("rows", rows)
        connection.execute(f"CREATE TABLE {LEFT} AS FROM rows")
        lookups = Lookups(connection, "told")
        found = {
            clause: lookups.ask([clause.column.key], _route(clause), clause.told, ("BOOLEAN",))
            for clause in condition.clauses
            if clause.known
        }
        lookups.run(f"{LEFT} u")
        decision = condition.in_scope(lambda clause: found[clause].result())
        return _asked(
            connection,
            f"SELECT {decision} AS in_scope FROM {LEFT} u {lookups.joins} ORDER BY u.rowid",
        )
    finally:
        connection.close()


def _route(clause: ClauseCondition) -> str:
    """The users for whom it matters what the reference path tells."""
    passing = clause.sql(lambda _: "TRUE", undecided=False)
    failing = clause.sql(lambda _: "FALSE", undecided=False)
    return "FALSE" if passing == failing else f"({passing}) AND NOT ({failing})"


def _asked(connection: DuckDBPyConnection, query: str) -> BooleanArray:
    return whole_table(connection, query)["in_scope"].combine_chunks()

"""Names of users, and what texts are, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.inputs.sql import home_name as home_name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyarrow import Table

HOME = "u.home"
"""The column of `home_name` of the relation of the users."""


def is_ascii(column: str) -> str:
    """Whether a text is ASCII, as SQL: as many bytes as characters."""
    return f"strlen({column}) = length({column})"


def whole_table(connection: DuckDBPyConnection, query: str) -> Table:
    """The result of a query as an Arrow table."""
    # A result of which not all was fetched is in the way of a relation.
    connection.execute("SELECT 1").fetchall()
    return connection.sql(query).to_arrow_table()

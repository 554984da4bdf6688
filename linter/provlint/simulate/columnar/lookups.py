"""Functions that the reference path evaluates once for each distinct input, joined back."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from provlint.simulate.columnar.staging import read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from duckdb import DuckDBPyConnection

BATCH = 20_000
"""Rows that go to DuckDB at once."""


class Lookups:
    """Tables of inputs and results, and the joins that bring them to the users.

    Attributes:
        joins: The joins of the tables that hold anything, as SQL.
    """

    def __init__(self, connection: DuckDBPyConnection, folder: str, prefix: str = "lookup") -> None:
        self._connection = connection
        self._folder = folder
        self._prefix = prefix
        self._count = 0
        self.joins: list[str] = []

    def add(
        self,
        source: str,
        columns: Sequence[str],
        route: str,
        function: Callable[[Sequence[str | None]], str | int | None],
        kind: str = "VARCHAR",
    ) -> str:
        """Evaluate a function for the inputs of some rows.

        Args:
            source: Relation with the users, named `u` in `columns` and `route`.
            columns: The inputs, as SQL.
            route: Which rows ask for the function, as SQL.
            function: From the inputs to the result.
            kind: The type of the result in SQL.

        Returns:
            The result as SQL; `NULL` where no row asks.
        """
        cursor = self._connection.cursor()
        cursor.execute(f"SELECT DISTINCT {', '.join(columns)} FROM {source} u WHERE {route}")
        self._count += 1
        table = f"{self._prefix}{self._count}"
        path = os.path.join(self._folder, f"{table}.jsonl")
        rows = longest = 0
        has_null = False
        with open(path, "w", encoding="utf-8") as file:
            while batch := cursor.fetchmany(BATCH):
                for row in batch:
                    rows += 1
                    has_null = has_null or None in row
                    values = {f"k{at}": value for at, value in enumerate(row)}
                    line = json.dumps({**values, "r": function(row)}) + "\n"
                    longest = max(longest, len(line))
                    file.write(line)
        cursor.close()
        if not rows:
            os.remove(path)
            return f"CAST(NULL AS {kind})"
        types = ", ".join([*(f"k{at}: 'VARCHAR'" for at in range(len(columns))), f"r: '{kind}'"])
        read_lines(self._connection, table, path, types, longest)
        same = "IS NOT DISTINCT FROM" if has_null else "="
        keys = " AND ".join(f"{table}.k{at} {same} {column}" for at, column in enumerate(columns))
        self.joins.append(f"LEFT JOIN {table} ON {keys}")
        return f"{table}.r"

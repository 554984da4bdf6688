"""Functions that the reference path evaluates once for each distinct input, joined back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    Key = Sequence[str | None]
    Results = Sequence[str | int | None]

BATCH = 20_000
"""Rows that go to or come from DuckDB at once."""

EVERYBODY = "TRUE"
"""The route of functions that all users ask for."""


class Lookup:
    """One function of some columns.

    Attributes:
        name: Of the table with inputs and results.
        columns: The inputs, as SQL.
        route: Which users ask for the function, as SQL.
        kinds: The types of the results in SQL.
        asked: Whether any user asks; known after `Lookups.run`.
    """

    __slots__ = ("asked", "columns", "function", "has_null", "kinds", "name", "route")

    def __init__(
        self,
        name: str,
        columns: Sequence[str],
        route: str,
        function: Callable[[Key], Results],
        kinds: Sequence[str],
    ) -> None:
        self.name = name
        self.columns = tuple(columns)
        self.route = route
        self.function = function
        self.kinds = tuple(kinds)
        self.asked = False
        self.has_null = False

    def result(self, at: int = 0) -> str:
        """A result as SQL; NULL for a user who does not ask."""
        return f"{self.name}.r{at}" if self.asked else f"CAST(NULL AS {self.kinds[at]})"

    @property
    def join(self) -> str:
        """The join that brings the results to the users; empty where nobody asks."""
        if not self.asked:
            return ""
        same = "IS NOT DISTINCT FROM" if self.has_null else "="
        keys = " AND ".join(
            f"{self.name}.k{at} {same} {column}" for at, column in enumerate(self.columns)
        )
        return f"LEFT JOIN {self.name} ON {keys}"


class Lookups:
    """Functions that are asked for before the columns with their results can be written down."""

    def __init__(self, connection: DuckDBPyConnection, prefix: str) -> None:
        self._connection = connection
        self._prefix = prefix
        self._lookups: list[Lookup] = []

    def ask(
        self,
        columns: Sequence[str],
        route: str,
        function: Callable[[Key], Results],
        kinds: Sequence[str] = ("VARCHAR",),
    ) -> Lookup:
        """Ask for a function of some columns.

        Args:
            columns: The inputs, as SQL over the users, who are named `u`.
            route: Which users ask for it, as SQL.
            function: From the inputs to the results.
            kinds: The types of the results in SQL.
        """
        name = f"{self._prefix}{len(self._lookups)}"
        lookup = Lookup(name, columns, route, function, kinds)
        self._lookups.append(lookup)
        return lookup

    @property
    def joins(self) -> str:
        """The joins that bring all results to the users."""
        return " ".join(filter(None, (lookup.join for lookup in self._lookups)))

    def run(self, source: str) -> None:
        """Evaluate all functions.

        Args:
            source: The users, as SQL behind FROM; they are named `u`.
        """
        for lookup in self._lookups:
            self._evaluate(lookup, source)

    def _evaluate(self, lookup: Lookup, source: str) -> None:
        # DuckDB asks the dictionaries of Parquet for the route, which one scan for all would lose.
        table = _Table(self._connection, lookup)
        cursor = self._connection.cursor()
        cursor.execute(
            f"SELECT DISTINCT {', '.join(lookup.columns)} FROM {source} WHERE {lookup.route}"
        )
        while batch := cursor.fetchmany(BATCH):
            for key in batch:
                table.add(key)
        cursor.close()
        table.flush()


class _Table:
    """The table of one function while it is filled."""

    __slots__ = ("_connection", "_keys", "_lookup", "_results")

    def __init__(self, connection: DuckDBPyConnection, lookup: Lookup) -> None:
        self._connection = connection
        self._lookup = lookup
        self._keys: list[Key] = []
        self._results: list[Results] = []

    def add(self, key: Key) -> None:
        lookup = self._lookup
        if None in key:
            lookup.has_null = True
        self._keys.append(key)
        self._results.append(lookup.function(key))
        if len(self._keys) >= BATCH:
            self.flush()

    def flush(self) -> None:
        if not self._keys:
            return
        lookup = self._lookup
        columns = [*zip(*self._keys, strict=True), *zip(*self._results, strict=True)]
        kinds = ["VARCHAR"] * len(lookup.columns) + list(lookup.kinds)
        names = [f"k{at}" for at in range(len(lookup.columns))]
        names += [f"r{at}" for at in range(len(lookup.kinds))]
        rows = rows_of(names, kinds)
        verb = f"INSERT INTO {lookup.name}" if lookup.asked else f"CREATE TABLE {lookup.name} AS"
        self._connection.execute(f"{verb} {rows}", [list(column) for column in columns])
        lookup.asked = True
        self._keys.clear()
        self._results.clear()


def rows_of(names: Sequence[str], kinds: Sequence[str]) -> str:
    """A query over lists of values that are given as parameters, one for each column."""
    return "SELECT " + ", ".join(
        f"unnest(?::{kind}[]) AS {name}" for name, kind in zip(names, kinds, strict=True)
    )

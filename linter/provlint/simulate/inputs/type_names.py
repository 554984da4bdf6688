"""Names of .NET types that PowerShell wrote in place of values."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.csv_records import csv_records
from provlint.simulate.inputs.naming import translate, type_names
from provlint.simulate.inputs.problem import InputProblem, Ledger
from provlint.simulate.inputs.sql import sql_text
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.exports import Export
    from provlint.simulate.inputs.population import Population

SAMPLE = 2000
"""Rows from which the names of types are told; another one behind them is refused."""

_MAYBE = r"(?s)(System|Microsoft)\.[^\s]+(\[[^\]]*\])?"
"""Holds of every name of a type, and of little else, in the regular expressions of DuckDB."""


class TypeNotes:
    """Remarks on names of types in place of the attributes that are asked for."""

    __slots__ = ("_attributes", "_export", "_matters")

    def __init__(self, population: Population, export: Export) -> None:
        self._export = export
        self._attributes = population.attributes if population.asked else None
        self._matters: dict[str, bool] = {}

    def note(self, record: Mapping[str, Any], ledger: Ledger) -> None:
        """Tell of the names of types in a record, as it stands in the file."""
        for name in type_names(record):
            if not self._is_asked(name):
                continue
            ledger.note(
                InputProblem(
                    "type-name",
                    self._export.path,
                    f"the column {quote(name)} holds names of types such as "
                    f"{quote(str(record[name]))} in place of values",
                    f"export it with `@{{n='{name}';e={{$_.{name} -join ';'}}}}`, or as JSON",
                )
            )

    def _is_asked(self, column: str) -> bool:
        if self._attributes is None:
            return True
        if column not in self._matters:
            gives = translate({column: "x"}, self._export.naming)
            self._matters[column] = not self._attributes.isdisjoint(gives)
        return self._matters[column]


class TypeNames:
    """Names of types in the cells of a CSV file that DuckDB reads.

    Attributes:
        notes: What is said of them.
    """

    def __init__(self, population: Population) -> None:
        """Look at the first rows of the only file."""
        export = population.exports[0]
        ledger = Ledger("skip")
        self.notes: list[InputProblem] = ledger.notes
        self._found: dict[str, set[str]] = {}
        self._seen: set[str] = set()
        if export.dialect is None:
            return
        notes = TypeNotes(population, export)
        rows = csv_records(export.path, export.dialect, Ledger("skip"))
        for record, _ in islice(rows, SAMPLE):
            notes.note(record, ledger)
            for column in type_names(record):
                self._found.setdefault(column, set()).add(str(record[column]))
            values = translate(dict(record), export.naming)
            self._seen.update(name for name, value in values.items() if value is not None)

    def left_out(self, text: str, column: str) -> str:
        """A cell, which is empty where it holds the name of a type that is known, as SQL.

        Another one is an error of the query.
        """
        known = ", ".join(map(sql_text, sorted(self._found.get(column, ()))))
        empty = f"WHEN {text} IN ({known}) THEN NULL " if known else ""
        return (
            f"CASE WHEN starts_with({text}, 'System.') OR starts_with({text}, 'Microsoft.') THEN "
            f"CASE {empty}WHEN regexp_full_match({text}, {sql_text(_MAYBE)}) "
            f"THEN error('the name of a type') ELSE {text} END ELSE {text} END"
        )

    def missing(
        self, connection: DuckDBPyConnection, attributes: Mapping[str, str], rows: str
    ) -> frozenset[str]:
        """The attributes that no row has a value of.

        Args:
            connection: To DuckDB.
            attributes: The value of each, as SQL.
            rows: The rows, as SQL behind FROM.
        """
        unseen = [name for name in attributes if name not in self._seen]
        if not unseen:
            return frozenset()
        counts = ", ".join(f"count({attributes[name]})" for name in unseen)
        found = connection.execute(f"SELECT {counts} FROM {rows}").fetchone() or ()
        return frozenset(name for name, count in zip(unseen, found, strict=True) if not count)

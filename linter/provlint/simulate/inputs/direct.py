"""Queries of DuckDB over files of users as they stand, with the values of the record reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.inputs.csv_attributes import HOME_NAME, CsvAttributes
from provlint.simulate.inputs.csv_columns import csv_rows
from provlint.simulate.inputs.json_columns import Kind as Kind
from provlint.simulate.inputs.json_columns import UnclearError, UserColumns
from provlint.simulate.inputs.json_files import JsonFiles
from provlint.simulate.inputs.names import BOOLEANS
from provlint.simulate.inputs.names_tables import ATTRIBUTES
from provlint.simulate.inputs.naming import is_powershell
from provlint.simulate.inputs.problem import Ledger
from provlint.simulate.inputs.sql import boolean_of_text, home_name, sql_name, sql_text
from provlint.simulate.inputs.type_names import TypeNames
from provlint.source.discovery import STDIN

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.population import Population

_FLAT_NAMINGS = (
    "graph", "provisioning", "column-map", "powershell-graph", "powershell-azuread",
)  # fmt: skip


class Source(NamedTuple):
    """A query over files of users.

    Attributes:
        query: Gives each attribute as a column.
        known: What columns hold, where that is known already; the others are JSON texts, of which
            some may be anything.
        checked: Whether nothing in the files can be broken, so that no pass over them is needed.
        guarded: Columns in which the query refuses values, when they are asked for.
        check: Reads the files once, to the letter, and gives the query as it must be; None where
            only the record reader is exact. It may run while the query does.
    """

    query: str
    known: Mapping[str, Kind]
    checked: bool = False
    guarded: Sequence[str] = ()
    check: Callable[[], Source | None] | None = None


def direct_source(
    connection: DuckDBPyConnection, population: Population, names: Sequence[str], folder: str
) -> Source | None:
    """A query that reads the files themselves; None where only a record reader is exact.

    Args:
        connection: Asked for the types of Parquet files.
        population: The users.
        names: Attributes, which are the columns of the query, numbered where they differ by letter
            case only.
        folder: For copies of files without the frame around their list.
    """
    exports = population.exports
    if not exports or not names or any(export.path == STDIN for export in exports):
        return None
    first = exports[0]
    kinds = {(each.container, each.naming, each.dialect) for each in exports}
    if len(kinds) > 1 or len({name.lower() for name in names}) < len(names):
        return None
    if first.container == "csv":
        return _csv(connection, population, names)
    if first.container == "json" and first.naming in ("graph", "provisioning", "column-map"):
        return _json(population, names, folder)
    if first.container == "parquet" and first.naming in ("graph", "provisioning", "column-map"):
        return _parquet(connection, population, names)
    return None


def _json(population: Population, names: Sequence[str], folder: str) -> Source | None:
    files = JsonFiles.of([export.path for export in population.exports], folder)
    if files is None:
        return None
    try:
        users = UserColumns(population, names, files)
        query, known = users.query()
    except UnclearError:
        return None

    def check() -> Source | None:
        pages = users.check()
        if pages is None:
            return None
        first = population.exports[0]
        population.tell_missing({(first.container, first.naming): users.absent})
        population.ledger = Ledger(population.on_error)
        population.ledger.pages, population.ledger.continued = pages.count, pages.continued
        try:
            return Source(*users.query(), checked=True)
        except UnclearError:
            return None

    return Source(query, known, check=check)


def _csv(
    connection: DuckDBPyConnection, population: Population, names: Sequence[str]
) -> Source | None:
    first = population.exports[0]
    if first.dialect is None or first.naming not in _FLAT_NAMINGS:
        return None
    rows = csv_rows([each.path for each in population.exports], first.dialect)
    attributes = CsvAttributes(first, population.columns)
    if rows is None or not attributes.each_alone():
        return None
    types: TypeNames | None = None
    if is_powershell(first.naming):
        if len(population.exports) > 1 or not population.asked:
            return None
        types = TypeNames(population)

    def cell(column: str | None) -> str:
        if column is None:
            return "CAST(NULL AS VARCHAR)"
        text = f"nullif({rows.cells[column]}, '')"
        return text if types is None else types.left_out(text, column)

    def value(name: str) -> str:
        column = attributes.columns.get(name)
        if name == HOME_NAME and attributes.computes_home:
            return home_name(cell(attributes.columns["userPrincipalName"]))
        if name in BOOLEANS and column is not None:
            return boolean_of_text(cell(column))
        return cell(column)

    known: dict[str, Kind] = {
        name: "json" if name in BOOLEANS and name in attributes.columns else "text"
        for name in names
    }
    query = f"SELECT {_listed({name: value(name) for name in names})} FROM {rows.source}"

    def check() -> Source | None:
        if not rows.check():
            return None
        population.ledger = Ledger(population.on_error)
        if types is not None:
            asked = {name: value(name) for name in population.attributes}
            missing = types.missing(connection.cursor(), asked, rows.source)
            population.tell_missing({(first.container, first.naming): missing})
            for note in types.notes:
                population.ledger.note(note)
        return Source(query, known, guarded=() if types is None else tuple(names))

    return Source(query, known, check=check)


def _parquet(
    connection: DuckDBPyConnection, population: Population, names: Sequence[str]
) -> Source | None:
    import duckdb

    files = ", ".join(sql_text(each.path) for each in population.exports)
    rows = f"read_parquet([{files}])"
    types: dict[str, str] = {}

    def type_of(expression: str) -> str:
        if expression not in types:
            try:
                found = connection.execute(f"DESCRIBE SELECT {expression} AS x FROM {rows}")
                types[expression] = str((found.fetchone() or ("", ""))[1])
            except duckdb.BinderException:
                types[expression] = ""
        return types[expression]

    expressions: dict[str, str] = {}
    known: dict[str, Kind] = {}
    for name in names:
        for candidate in _places(population, name):
            if type_of(candidate):
                break
        else:
            candidate = "NULL::VARCHAR"
            principal = '"userPrincipalName"'
            if name == "originalUserPrincipalName" and type_of(principal) == "VARCHAR":
                candidate = home_name(principal)
        kind = type_of(candidate)
        if kind in ("UUID", '"NULL"'):
            candidate, kind = f"({candidate})::VARCHAR", "VARCHAR"
        if name in BOOLEANS and kind == "VARCHAR":
            expressions[name] = boolean_of_text(candidate)
        elif kind in _TYPED:
            expressions[name] = candidate
            known[name] = _TYPED[kind]
        elif kind in ("INTEGER", "BIGINT"):
            expressions[name] = f"to_json({candidate})::VARCHAR"
        else:
            return None
    return Source(f"SELECT {_listed(expressions)} FROM {rows}", known, len(known) == len(names))


_TYPED: dict[str, Kind] = {"VARCHAR": "text", "BOOLEAN": "boolean", "VARCHAR[]": "list"}


def _places(population: Population, name: str) -> list[str]:
    """Where a Parquet file may have an attribute, the likeliest first."""
    places = []
    fact = ATTRIBUTES.get(name, ("",))[0]
    if population.exports[0].naming == "graph" and fact and name != "originalUserPrincipalName":
        head, _, rest = fact.partition(".")
        if fact.endswith("[0]"):
            places += [f"{sql_name(fact.removesuffix('[0]'))}[1]"]
        else:
            places += [f"{sql_name(head)}.{sql_name(rest)}" if rest else sql_name(head)]
    own = population.columns.get(name, name)
    places.append(sql_name(own))
    if "." in own:
        places.append(".".join(map(sql_name, own.split("."))))
    if own == "manager":
        places.insert(0, '"manager"."id"')
    return places


def _listed(expressions: Mapping[str, str]) -> str:
    return ", ".join(f"{text} AS {sql_name(name)}" for name, text in expressions.items())

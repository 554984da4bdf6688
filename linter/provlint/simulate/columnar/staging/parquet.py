"""Parquet files of users as SQL over the files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.columnar.encoding import MARK, quoted
from provlint.simulate.inputs.names import BOOLEANS, RENAMED
from provlint.simulate.inputs.naming import naming_of
from provlint.simulate.inputs.sql import home_name, sql_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.json_columns import Kind
    from provlint.simulate.inputs.population import Export

NOTHING = "CAST(NULL AS VARCHAR)"
EXTENSION = "extensionAttribute"


def described(connection: DuckDBPyConnection, path: str) -> dict[str, str]:
    """The SQL types of the columns of a file by name."""
    query = f"DESCRIBE SELECT * FROM read_parquet({quoted(path)})"
    return {str(row[0]): str(row[1]) for row in connection.execute(query).fetchall()}


def columns_of(
    connection: DuckDBPyConnection, export: Export, names: Sequence[str]
) -> dict[str, str] | None:
    """The attributes of a file as SQL; None where only the reader of records tells them right.

    An attribute that the file does not have is `NOTHING`.
    """
    form = described(connection, export.path)
    marked = Marked(connection, export.path)
    if "AdditionalProperties" in form or naming_of(form) not in ("graph", "provisioning"):
        return None
    found: dict[str, str] = {}
    for name in names:
        expression = _column(name, form, export, marked)
        if expression is None:
            return None
        found[name] = expression
    return found


def _column(name: str, form: Mapping[str, str], export: Export, marked: Marked) -> str | None:
    """An attribute as SQL over the file; None where only the reader of records tells it right."""
    renamed = export.naming == "graph"
    taken = {source for source, _ in RENAMED} if renamed else set()
    origin = next((source for source, targets in RENAMED if renamed and name in targets), name)
    if renamed and origin in form and origin not in (name,):
        return encoded(marked, name, sql_name(origin), form[origin])
    if name == "telephoneNumber" and "businessPhones" in form:
        if form["businessPhones"] != "VARCHAR[]":
            return None
        return encoded(marked, name, '"businessPhones"[1]', "VARCHAR")
    if name.startswith(EXTENSION) and "onPremisesExtensionAttributes" in form:
        struct = form["onPremisesExtensionAttributes"]
        if not struct.startswith("STRUCT("):
            return None
        if f'"{name}" VARCHAR' in struct or f"{name} VARCHAR" in struct:
            return encoded(
                marked, name, f'"onPremisesExtensionAttributes".{sql_name(name)}', "VARCHAR"
            )
        return None
    if name in form:
        return NOTHING if name in taken else encoded(marked, name, sql_name(name), form[name])
    if name == "originalUserPrincipalName" and "userPrincipalName" in form:
        if form["userPrincipalName"] != "VARCHAR":
            return None
        principal = sql_name("userPrincipalName")
        return f"({home_name(encoded(marked, '', principal, 'VARCHAR') or NOTHING)})"
    if "." in name or name == "manager":
        return None
    return NOTHING


_WHOLE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
)


class Marked:
    """Which columns of a file hold texts that begin with the mark of encoded values.

    The statistics of the file tell it for most columns. A column without such texts is read as it
    stands, so that DuckDB works on its dictionary.
    """

    __slots__ = ("_connection", "_source")

    def __init__(self, connection: DuckDBPyConnection, path: str) -> None:
        self._connection = connection
        self._source = f"read_parquet({quoted(path)})"

    def __contains__(self, column: str) -> bool:
        query = f"SELECT 1 FROM {self._source} WHERE {column} < chr(2) AND {column} <> '' LIMIT 1"
        return self._connection.execute(query).fetchone() is not None


def encoded(marked: Marked, name: str, column: str, kind: str) -> str | None:
    """A column of a type, encoded, as SQL; None for types of which the reader makes a text."""
    if kind == "VARCHAR":
        cases = ""
        if column in marked:
            cases = f" WHEN {column} < chr(2) AND {column} <> '' THEN chr(1) || to_json({column})"
        if name in BOOLEANS:
            for word in ("true", "false"):
                cases += f" WHEN lower({column}) = '{word}' THEN {quoted(MARK + word)}"
        return f"CASE{cases} ELSE {column} END" if cases else column
    if kind == "BOOLEAN":
        true, false = quoted(MARK + "true"), quoted(MARK + "false")
        return f"CASE WHEN {column} THEN {true} WHEN NOT {column} THEN {false} END"
    if kind in _WHOLE:
        return f"{quoted(MARK)} || {column}"
    if kind == "UUID":
        return f"CAST({column} AS VARCHAR)"
    if kind == '"NULL"':
        return f"({NOTHING})"
    if kind == "VARCHAR[]":
        return f"{quoted(MARK)} || to_json({column})"
    return None


def encoded_kind(marked: Marked, column: str, kind: Kind) -> str:
    """A column of a kind of values, of which no JSON text is null, encoded, as SQL."""
    if kind != "json":
        return encoded(marked, "", column, _TYPES[kind]) or NOTHING
    text = f"(CAST({column} AS JSON) ->> '$')"
    plain = f"CASE WHEN {text} < chr(2) AND {text} <> '' THEN chr(1) || {column} ELSE {text} END"
    return f"CASE WHEN {column}[1] = '\"' THEN {plain} ELSE chr(1) || {column} END"


_TYPES: dict[Kind, str] = {"text": "VARCHAR", "boolean": "BOOLEAN", "list": "VARCHAR[]"}

"""Users of Parquet files and of tables, as SQL over these themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.columnar.encoding import MARK, quoted
from provlint.simulate.inputs.names import BOOLEANS, RENAMED
from provlint.simulate.inputs.naming import naming_of
from provlint.simulate.inputs.parquet_records import empty_row
from provlint.simulate.inputs.sql import home_name, sql_name

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.json_columns import Kind
    from provlint.simulate.inputs.naming import Naming

NOTHING = "CAST(NULL AS VARCHAR)"
EXTENSION = "extensionAttribute"
ORIGINAL = "originalUserPrincipalName"


class Located(NamedTuple):
    """Where an attribute is.

    Attributes:
        sql: Its value as SQL over the users, as it stands.
        kind: Its SQL type.
        origin: The column that it is worked out from, and that begins with a mark where it does.
    """

    sql: str
    kind: str
    origin: str = ""


ABSENT = Located(NOTHING, "")
"""An attribute that the users do not have."""


def rows_of_files(*paths: str) -> str:
    """The rows of Parquet files of one form as SQL behind FROM, with `file_row_number`."""
    return f"read_parquet([{', '.join(map(quoted, paths))}], file_row_number=true)"


def rows_of_file(path: str) -> str:
    """The rows of a Parquet file as SQL behind FROM."""
    return f"read_parquet({quoted(path)})"


def described(connection: DuckDBPyConnection, source: str) -> dict[str, str]:
    """The SQL types of the columns of a relation by name."""
    query = f"DESCRIBE SELECT * FROM {source}"
    return {str(row[0]): str(row[1]) for row in connection.execute(query).fetchall()}


def columns_of(
    connection: DuckDBPyConnection,
    source: str,
    form: Mapping[str, str],
    naming: Naming,
    names: Sequence[str],
) -> dict[str, str] | None:
    """Attributes as SQL; None where only the reader of records tells them right.

    An attribute that the files do not have is `NOTHING`.

    Args:
        connection: To DuckDB.
        source: The rows of files of one form, as SQL behind FROM.
        form: The SQL types of their columns by name.
        naming: How they name their attributes.
        names: The attributes.
    """
    marked = Marked(connection, source)
    if naming_in_place(form) is None:
        return None
    found: dict[str, str] = {}
    for name in names:
        where = located(name, form, naming)
        expression = None if where is None else encoded(marked, name, *where)
        if expression is None:
            return None
        found[name] = expression
    return found


def naming_in_place(form: Mapping[str, str]) -> Naming | None:
    """How users name their attributes; None where only the reader of records tells them right.

    Args:
        form: The SQL types of their columns by name.
    """
    naming = naming_of(empty_row(form))
    known = "AdditionalProperties" not in form and naming in ("graph", "provisioning")
    return naming if known else None


def column_in_file(name: str, field: str) -> str:
    """A column of a file, or a field of one, as SQL."""
    return f"{sql_name(name)}.{sql_name(field)}" if field else sql_name(name)


def located(
    name: str,
    form: Mapping[str, str],
    naming: Naming,
    column_of: Callable[[str, str], str] = column_in_file,
) -> Located | None:
    """Where an attribute is; None where only the reader of records tells it right.

    Args:
        name: The attribute.
        form: The SQL types of the columns of the users by name.
        naming: How they name their attributes.
        column_of: A column, or a field of one, as SQL.
    """
    renamed = naming == "graph"
    taken = {source for source, _ in RENAMED} if renamed else set()
    origin = next((source for source, targets in RENAMED if renamed and name in targets), name)
    if renamed and origin in form and origin not in (name,):
        return Located(column_of(origin, ""), form[origin])
    if name == "telephoneNumber" and "businessPhones" in form:
        if form["businessPhones"] != "VARCHAR[]":
            return None
        return Located(f"{column_of('businessPhones', '')}[1]", "VARCHAR")
    if name.startswith(EXTENSION) and "onPremisesExtensionAttributes" in form:
        struct = form["onPremisesExtensionAttributes"]
        if not struct.startswith("STRUCT("):
            return None
        if f'"{name}" VARCHAR' in struct or f"{name} VARCHAR" in struct:
            return Located(column_of("onPremisesExtensionAttributes", name), "VARCHAR")
        return None
    if name in form:
        return ABSENT if name in taken else Located(column_of(name, ""), form[name])
    if name == ORIGINAL and "userPrincipalName" in form:
        if form["userPrincipalName"] != "VARCHAR":
            return None
        principal = column_of("userPrincipalName", "")
        return Located(f"({home_name(principal)})", "VARCHAR", principal)
    if "." in name or name == "manager":
        return None
    return ABSENT


WHOLE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
)


class Marked:
    """Which columns of a file hold texts that begin with the mark of encoded values.

    The statistics of the file tell it for most columns. A column without such texts is read as it
    stands, so that DuckDB works on its dictionary.
    """

    __slots__ = ("_connection", "_source")

    def __init__(self, connection: DuckDBPyConnection, source: str) -> None:
        self._connection = connection
        self._source = source

    def __contains__(self, column: object) -> bool:
        query = f"SELECT 1 FROM {self._source} WHERE {column} < chr(2) AND {column} <> '' LIMIT 1"
        return self._connection.execute(query).fetchone() is not None


def encoded(
    marked: Container[str], name: str, column: str, kind: str, origin: str = ""
) -> str | None:
    """A value of a type, encoded, as SQL; None for types of which the reader makes a text.

    Args:
        marked: The columns with texts that begin with the mark.
        name: The attribute.
        column: The value as SQL.
        kind: Its SQL type.
        origin: The column that it is worked out from, if it is no column.
    """
    if (column, kind, origin) == ABSENT:
        return NOTHING
    if kind == "VARCHAR":
        cases = ""
        if (origin or column) in marked:
            cases = f" WHEN {column} < chr(2) AND {column} <> '' THEN chr(1) || to_json({column})"
        if name in BOOLEANS:
            for word in ("true", "false"):
                cases += f" WHEN lower({column}) = '{word}' THEN {quoted(MARK + word)}"
        return f"CASE{cases} ELSE {column} END" if cases else column
    if kind == "BOOLEAN":
        true, false = quoted(MARK + "true"), quoted(MARK + "false")
        return f"CASE WHEN {column} THEN {true} WHEN NOT {column} THEN {false} END"
    if kind in WHOLE:
        return f"{quoted(MARK)} || {column}"
    if kind == "UUID":
        return f"CAST({column} AS VARCHAR)"
    if kind == '"NULL"':
        return f"({NOTHING})"
    if kind == "VARCHAR[]":
        return f"{quoted(MARK)} || to_json({column})"
    return None


def encoded_kind(marked: Container[str], column: str, kind: Kind) -> str:
    """A column of a kind of values, of which no JSON text is null, encoded, as SQL."""
    if kind != "json":
        return encoded(marked, "", column, _TYPES[kind]) or NOTHING
    text = f"(CAST({column} AS JSON) ->> '$')"
    plain = f"CASE WHEN {text} < chr(2) AND {text} <> '' THEN chr(1) || {column} ELSE {text} END"
    return f"CASE WHEN {column}[1] = '\"' THEN {plain} ELSE chr(1) || {column} END"


_TYPES: dict[Kind, str] = {"text": "VARCHAR", "boolean": "BOOLEAN", "list": "VARCHAR[]"}

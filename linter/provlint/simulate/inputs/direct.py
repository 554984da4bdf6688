"""Queries of DuckDB over files of users as they stand: each column the JSON text of its value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.simulate.inputs.json_records import one_per_line
from provlint.simulate.inputs.json_slices import list_begins, list_to_lines
from provlint.simulate.inputs.names import BOOLEANS
from provlint.simulate.inputs.names_tables import ATTRIBUTES
from provlint.simulate.inputs.text import encoding_of, head_text, read_head
from provlint.source.discovery import STDIN
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.population import Population

_LARGEST = 16 * 1024 * 1024
_MARK = b"\xef\xbb\xbf"

Kind = Literal["text", "boolean", "list", "json"]


class Source(NamedTuple):
    """A query over files of users.

    Attributes:
        query: Gives each attribute as a column.
        known: Columns whose values are typed already; the others are JSON texts.
        checked: Whether nothing in the files can be broken, so that no pass over them is needed.
    """

    query: str
    known: Mapping[str, Kind]
    checked: bool = False


def sql_name(name: str) -> str:
    """A name as SQL has it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def sql_text(text: str) -> str:
    """A text as SQL has it."""
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


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
        return _csv(population, names)
    if first.container == "json" and first.naming in ("graph", "provisioning", "column-map"):
        return _json(population, names, folder)
    if first.container == "parquet" and first.naming in ("graph", "provisioning", "column-map"):
        return _parquet(connection, population, names)
    return None


def _json(population: Population, names: Sequence[str], folder: str) -> Source | None:
    exports = population.exports
    shapes = {_shape(each.path) for each in exports}
    if len(shapes) > 1 or None in shapes:
        return None
    shape = shapes.pop()
    paths = [each.path for each in exports]
    if shape in ("page", "array"):
        paths = [f"{folder}/{number}.jsonl" for number in range(len(exports))]
        for export, path in zip(exports, paths, strict=True):
            if not list_to_lines(export.path, path, shape):
                return None
    expressions, keys = _expressions(population, names)
    if len({key.lower() for key in keys}) < len(keys):
        return None
    files = ", ".join(sql_text(path) for path in paths)
    options = f"format='newline_delimited', records='true', maximum_object_size={_LARGEST}"
    if shape == "lines":
        columns = ", ".join(f"{sql_name(key)}: 'JSON'" for key in keys)
        rows = f"read_json([{files}], {options}, columns={{{columns}}})"
    else:
        members = ", ".join(f"{sql_name(key)} JSON" for key in keys)
        kind = sql_text(f"STRUCT({members})[]")
        rows = (
            f"(SELECT unnest(records, recursive := true) "
            f"FROM read_json([{files}], {options}, columns={{records: {kind}}}))"
        )
    return Source(f"SELECT {_listed(expressions)} FROM {rows}", {})


def _shape(path: str) -> str | None:
    """`lines`, `array` or `page`; None where DuckDB would not read the text as it stands."""
    head = read_head(path)
    if encoding_of(head) != "utf-8" or head.startswith(_MARK):
        return None
    text = head_text(head)
    if one_per_line(text):
        return "lines"
    if text.lstrip().startswith("["):
        return "array"
    return "page" if list_begins(text) else None


def _csv(population: Population, names: Sequence[str]) -> Source | None:
    dialect = population.exports[0].dialect
    naming = population.exports[0].naming
    if dialect is None or naming not in ("provisioning", "column-map"):
        return None
    if any(encoding_of(read_head(each.path)) != "utf-8" for each in population.exports):
        return None
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(dialect.columns)))
    cells = {name: f"c{at}" for at, name in enumerate(dialect.columns)}
    files = ", ".join(sql_text(each.path) for each in population.exports)
    expressions: dict[str, str] = {}
    known: dict[str, Kind] = {}
    for name in names:
        column = cells.get(population.columns.get(name, name))
        text = f"nullif({column}, '')" if column else "NULL::VARCHAR"
        if name in BOOLEANS and column:
            expressions[name] = _boolean(f"to_json({text})::VARCHAR")
            continue
        known[name] = "text"
        if name == "originalUserPrincipalName" and not column and "userPrincipalName" in cells:
            text = _home(f"nullif({cells['userPrincipalName']}, '')")
        expressions[name] = text
    return Source(
        f"SELECT {_listed(expressions)} FROM read_csv([{files}], auto_detect=false, header=false, "
        f"skip={dialect.lines}, delim={sql_text(dialect.delimiter)}, quote='\"', escape='\"', "
        f"max_line_size={_LARGEST}, columns={{{columns}}})",
        known,
    )


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
                candidate = _home(principal)
        kind = type_of(candidate)
        if kind in ("UUID", '"NULL"'):
            candidate, kind = f"({candidate})::VARCHAR", "VARCHAR"
        if name in BOOLEANS and kind == "VARCHAR":
            expressions[name] = _boolean(f"to_json({candidate})::VARCHAR")
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


def _expressions(population: Population, names: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The JSON text of each attribute, and the members of a record that they need."""
    naming = population.exports[0].naming
    keys: dict[str, None] = {}

    def column(key: str) -> str:
        keys[key] = None
        return sql_name(key)

    def own(name: str) -> str:
        """By its provisioning name: as it stands, or as a path into objects."""
        name = population.columns.get(name, name)
        whole = column(name)
        if name == "manager":
            return f"CASE WHEN left({whole}, 1) = '{{' THEN {whole}->'$.id' ELSE {whole} END"
        if "." not in name:
            return whole
        head, *rest = name.split(".")
        path = ".".join(sql_name(part) for part in ("$", *rest)).replace('"$"', "$", 1)
        return f"coalesce({whole}, {column(head)}->{sql_text(path)})"

    def value(name: str) -> str:
        fact = ATTRIBUTES.get(name, ("",))[0]
        if naming != "graph" or not fact or fact == name or name == "originalUserPrincipalName":
            return own(name)
        if fact.endswith("[0]"):
            whole = column(fact.removesuffix("[0]"))
            first = f"CASE WHEN left({whole}, 1) = '[' THEN {whole}->'$[0]' ELSE {whole} END"
            return f"coalesce({first}, {own(name)})"
        if name == "manager" or fact.startswith("employeeOrgData."):
            return own(name)
        head, _, rest = fact.partition(".")
        path = f"{column(head)}->'$.{rest}'" if rest else column(head)
        return f"coalesce({path}, {own(name)})"

    expressions = {}
    for name in names:
        text = f"nullif(({value(name)})::VARCHAR, 'null')"
        if name == "originalUserPrincipalName":
            principal = f"({column('userPrincipalName')} ->> '$')"
            text = f"coalesce({text}, to_json({_home(principal)})::VARCHAR)"
        elif name in BOOLEANS:
            text = _boolean(text)
        expressions[name] = text
    return expressions, list(keys)


def _boolean(text: str) -> str:
    """SQL of a JSON text in which the texts `True` and `False` are Booleans."""
    return (
        f"CASE WHEN lower({text}) IN ('\"true\"', '\"false\"') "
        f"THEN trim(lower({text}), '\"') ELSE {text} END"
    )


def _home(principal: str) -> str:
    """SQL of `guest_home_name`."""
    before = f"split_part({principal}, '#EXT#', 1)"
    return (
        f"CASE WHEN contains({principal}, '#EXT#') AND contains({before}, '_') "
        f"THEN regexp_replace({before}, '(?s)^(.*)_([^_]*)$', '\\1@\\2') ELSE {principal} END"
    )


def _listed(expressions: Mapping[str, str]) -> str:
    return ", ".join(f"{text} AS {sql_name(name)}" for name, text in expressions.items())

"""Queries of DuckDB over files of users as they stand: each column the JSON text of its value."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from provlint.simulate.inputs.json_records import ENVELOPES, one_per_line
from provlint.simulate.inputs.names import BOOLEANS
from provlint.simulate.inputs.names_tables import ATTRIBUTES
from provlint.simulate.inputs.text import HEAD, encoding_of, head_text, open_file, read_head
from provlint.source.discovery import STDIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.simulate.inputs.population import Population

_LARGEST = 16 * 1024 * 1024
_MARK = b"\xef\xbb\xbf"
_LIST_BEGINS = re.compile(
    r'\s*\{\s*(?:"[^"\\]*"\s*:\s*(?:"[^"\\]*"|\d+|\[\s*"[^"\\]*"\s*\])\s*,\s*)*'
    rf'"(?:{"|".join(ENVELOPES)})"\s*:\s*(?=\[)'
)
_LIST_ENDS = re.compile(
    rb'\](?=\s*(?:,\s*"[^"\\]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|\d+|null)\s*)*\}\s*\Z)'
)
_PLAIN_TYPES = ("VARCHAR", "BOOLEAN", "UUID", "BIGINT", "INTEGER", "VARCHAR[]")


def sql_name(name: str) -> str:
    """A name as SQL has it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def sql_text(text: str) -> str:
    """A text as SQL has it."""
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def direct_source(population: Population, names: Sequence[str], folder: str) -> str | None:
    """A query that reads the files themselves; None where only a record reader is exact.

    Args:
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
        return _parquet(population, names)
    return None


def _json(population: Population, names: Sequence[str], folder: str) -> str | None:
    exports = population.exports
    shapes = {_shape(each.path) for each in exports}
    if len(shapes) > 1 or None in shapes:
        return None
    shape = shapes.pop()
    paths = [each.path for each in exports]
    if shape == "page":
        paths = [f"{folder}/{number}.json" for number in range(len(exports))]
        for export, path in zip(exports, paths, strict=True):
            if not _without_frame(export.path, path):
                return None
    expressions, keys = _expressions(population, names)
    if len({key.lower() for key in keys}) < len(keys):
        return None
    files = ", ".join(sql_text(path) for path in paths)
    columns = ", ".join(f"{sql_name(key)}: 'JSON'" for key in keys)
    form = "newline_delimited" if shape == "lines" else "array"
    return (
        f"SELECT {_listed(expressions)} FROM read_json([{files}], format='{form}', "
        f"records='true', maximum_object_size={_LARGEST}, columns={{{columns}}})"
    )


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
    return "page" if _LIST_BEGINS.match(text) else None


def _without_frame(path: str, target: str) -> bool:
    """Copy the list of a page without what stands around it; False where that is not plain."""
    begins = _LIST_BEGINS.match(head_text(read_head(path)))
    if begins is None:
        return False
    start = len(begins.group().encode())
    size = os.path.getsize(path)
    with open_file(path) as file:
        file.seek(max(start, size - HEAD))
        tail_at = file.tell()
        ends = list(_LIST_ENDS.finditer(file.read()))
        if not ends:
            return False
        left = tail_at + ends[0].end() - start
        file.seek(start)
        with open(target, "wb") as copy:
            while left > 0:
                piece = file.read(min(left, 4 * 1024 * 1024))
                copy.write(piece)
                left -= len(piece)
    return True


def _csv(population: Population, names: Sequence[str]) -> str | None:
    dialect = population.exports[0].dialect
    naming = population.exports[0].naming
    if dialect is None or naming not in ("provisioning", "column-map"):
        return None
    if any(encoding_of(read_head(each.path)) != "utf-8" for each in population.exports):
        return None
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(dialect.columns)))
    cells = {name: f"c{at}" for at, name in enumerate(dialect.columns)}
    files = ", ".join(sql_text(each.path) for each in population.exports)
    expressions = {}
    for name in names:
        column = cells.get(population.columns.get(name, name))
        text = f"nullif({column}, '')" if column else "NULL::VARCHAR"
        if name == "originalUserPrincipalName" and not column and "userPrincipalName" in cells:
            text = f"nullif({cells['userPrincipalName']}, '')"
            expressions[name] = f"to_json({_home(text)})::VARCHAR"
        elif name in BOOLEANS:
            expressions[name] = (
                f"CASE WHEN lower({text}) IN ('true', 'false') THEN lower({text}) "
                f"ELSE to_json({text})::VARCHAR END"
            )
        else:
            expressions[name] = f"CASE WHEN {text} IS NOT NULL THEN to_json({text})::VARCHAR END"
    return (
        f"SELECT {_listed(expressions)} FROM read_csv([{files}], auto_detect=false, header=false, "
        f"skip={dialect.lines}, delim={sql_text(dialect.delimiter)}, quote='\"', escape='\"', "
        f"max_line_size={_LARGEST}, columns={{{columns}}})"
    )


def _parquet(population: Population, names: Sequence[str]) -> str | None:
    from provlint.simulate.inputs.parquet_records import column_types

    types: dict[str, str] = {}
    for export in population.exports:
        found = column_types(export.path)
        if types and found != types:
            return None
        types = found
    expressions, keys = _expressions(population, names, frozenset(types))
    used = [key for key in keys if key in types]
    if any(types[key] not in _PLAIN_TYPES and not _is_plain(types[key]) for key in used):
        return None
    files = ", ".join(sql_text(each.path) for each in population.exports)
    rows = ", ".join(
        f"{f'to_json({sql_name(key)})' if key in types else 'NULL::JSON'} AS {sql_name(key)}"
        for key in keys
    )
    return f"SELECT {_listed(expressions)} FROM (SELECT {rows} FROM read_parquet([{files}]))"


def _is_plain(kind: str) -> bool:
    """Whether a structure holds nothing that JSON would write in another way."""
    words = re.findall(r"\b[A-Z]{3,}\b", re.sub(r'"[^"]*"', "", kind))
    return set(words) <= {"STRUCT", "VARCHAR", "BOOLEAN", "UUID", "BIGINT", "INTEGER", "NULL"}


def _expressions(
    population: Population, names: Sequence[str], keys_there: frozenset[str] | None = None
) -> tuple[dict[str, str], list[str]]:
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
            text = (
                f"CASE WHEN lower({text}) IN ('\"true\"', '\"false\"') "
                f"THEN trim(lower({text}), '\"') ELSE {text} END"
            )
        expressions[name] = text
    return expressions, list(keys)


def _home(principal: str) -> str:
    """SQL of `guest_home_name`."""
    before = f"split_part({principal}, '#EXT#', 1)"
    return (
        f"CASE WHEN contains({principal}, '#EXT#') AND contains({before}, '_') "
        f"THEN regexp_replace({before}, '(?s)^(.*)_([^_]*)$', '\\1@\\2') ELSE {principal} END"
    )


def _listed(expressions: Mapping[str, str]) -> str:
    return ", ".join(f"{text} AS {sql_name(name)}" for name, text in expressions.items())

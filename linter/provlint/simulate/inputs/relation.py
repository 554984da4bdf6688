"""The users of files as a view of DuckDB, in provisioning names, for the columnar engine.

The view holds what `Population` yields: the same users with the same values, as text, Boolean or
list, nulls kept. Files that DuckDB reads as they are (one export as JSON lines, a JSON array, one
page of Microsoft Graph, CSV, Parquet) are never copied through Python; everything else is read by
`Population` once and written to a temporary file.
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from provlint.simulate.inputs.direct import Source, direct_source
from provlint.simulate.inputs.problem import Ledger, refuse
from provlint.simulate.inputs.sql import sql_name, sql_text
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.json_columns import Kind
    from provlint.simulate.inputs.population import Population
    from provlint.simulate.inputs.targets import TargetFiles

_KINDS: dict[str, Kind] = {"": "text", '"': "text", "t": "boolean", "f": "boolean", "[": "list"}
_MARKS = "-0123456789{"
_LIST_OF_TEXTS = {'["VARCHAR"]', '["NULL"]', "[]"}


class Relation(NamedTuple):
    """A view of users.

    Attributes:
        view: Its name, quoted where SQL needs it.
        columns: Name of the column of each attribute, not quoted.
        kinds: What a column holds: `text` (VARCHAR), `boolean` (BOOLEAN), `list` (VARCHAR[]), or
            `json`: JSON texts, where values are of several kinds, numbers, or objects.
        ledger: What was left out.
        direct: Whether DuckDB reads the files themselves.
        folder: Holds temporary files, which live as long as this object.
    """

    view: str
    columns: Mapping[str, str]
    kinds: Mapping[str, Kind]
    ledger: Ledger
    direct: bool
    folder: tempfile.TemporaryDirectory[str] | None = None


def as_relation(
    connection: DuckDBPyConnection,
    population: Population,
    columns: Iterable[str],
    *,
    view: str = "users",
) -> Relation:
    """Make a view of the users with some attributes, in provisioning names.

    JSON and CSV are read once here, so that a broken record is told now.

    Args:
        connection: Where the view is made; it replaces one of the same name.
        population: The users.
        columns: Attributes in provisioning names. Missing ones are columns of nulls.
        view: Name of the view.

    Raises:
        InputError: A record is broken, and the population's `on_error` is `stop`.
    """
    import duckdb

    names = _column_names(columns)
    folder = tempfile.TemporaryDirectory(prefix="provlint-")
    source = direct_source(connection, population, tuple(names), folder.name)
    if source is not None and source.check is not None:
        source = source.check()
    if source is not None:
        try:
            kinds = _make_view(connection, source, names, view)
        except (duckdb.Error, _NotDirectError):
            kinds = None
        if kinds is not None:
            return Relation(sql_name(view), names, kinds, population.ledger, True, folder)
    rows = ({each: user.values.get(each) for each in names} for user in population)
    kinds = _through_lines(connection, rows, names, view, folder.name)
    return Relation(sql_name(view), names, kinds, population.ledger, False, folder)


def targets_as_relation(
    connection: DuckDBPyConnection,
    targets: TargetFiles,
    attributes: Iterable[str],
    *,
    view: str = "targets",
) -> Relation:
    """Make a view of the target users with some target attributes, and their ids as `id`.

    The files are read record by record.

    Raises:
        InputError: A record is broken, and the `on_error` of the targets is `stop`.
    """
    names = _column_names(["id", *attributes])
    folder = tempfile.TemporaryDirectory(prefix="provlint-")
    rows = (
        {each: user.id if each == "id" else user.value(each) for each in names} for user in targets
    )
    kinds = _through_lines(connection, rows, names, view, folder.name)
    return Relation(sql_name(view), names, kinds, targets.ledger, False, folder)


def _through_lines(
    connection: DuckDBPyConnection,
    rows: Iterable[Mapping[str, object]],
    names: Mapping[str, str],
    view: str,
    folder: str,
) -> dict[str, Kind]:
    """Write records to a temporary file, and make the view over it."""
    import duckdb

    path = f"{folder}/records.jsonl"
    _write(rows, names, path)
    columns = ", ".join(f"{sql_name(column)}: 'JSON'" for column in names.values())
    values = ", ".join(
        f"nullif({sql_name(column)}::VARCHAR, 'null') AS {sql_name(column)}"
        for column in names.values()
    )
    source = Source(
        f"SELECT {values} FROM read_json({sql_text(path)}, format='newline_delimited', "
        f"records='true', maximum_object_size=33554432, columns={{{columns}}})",
        {},
    )
    try:
        return _make_view(connection, source, names, view)
    except (duckdb.Error, _NotDirectError) as error:
        message = f"DuckDB cannot read the records: {str(error).splitlines()[0]}"
        raise refuse("bad-records", path, message, "leave them out and run again") from error


class _NotDirectError(Exception):
    """Something in the files must be read record by record."""


def _column_names(attributes: Iterable[str]) -> dict[str, str]:
    """A column name for each attribute: its own, or a longer one, as DuckDB ignores letter case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for attribute in dict.fromkeys(attributes):
        name, number = attribute, 1
        while name.lower() in taken:
            number += 1
            name = f"{attribute} {number}"
        taken.add(name.lower())
        names[attribute] = name
    return names


def _make_view(
    connection: DuckDBPyConnection, source: Source, names: Mapping[str, str], view: str
) -> dict[str, Kind]:
    """Make the view over a query, and tell the kind of each column."""
    unknown = [name for name in names if name not in source.known]
    kinds: dict[str, Kind] = dict(source.known)
    if not source.checked:
        asked = ["count(*)"]
        asked += [f"list(DISTINCT left({sql_name(names[name])}, 1))" for name in unknown]
        asked += [f"count({sql_name(names[name])})" for name in source.guarded]
        query = f"SELECT {', '.join(asked)} FROM ({source.query})"
        row = connection.execute(query).fetchone() or ()
        for attribute, marks in zip(unknown, row[1:], strict=False):
            column = sql_name(names[attribute])
            kinds[attribute] = _kind_of(connection, source.query, column, marks or ())
    values = ", ".join(
        f"{sql_name(column)}"
        if attribute in source.known
        else f"{_VALUES[kinds[attribute]].format(sql_name(column))} AS {sql_name(column)}"
        for attribute, column in names.items()
    )
    query = f"SELECT {values} FROM ({source.query})"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {sql_name(view)} AS {query}")
    return {attribute: kinds[attribute] for attribute in names}


def _kind_of(
    connection: DuckDBPyConnection, query: str, column: str, marks: Iterable[str | None]
) -> Kind:
    """What a column of JSON texts holds, by the first characters of its values."""
    found = {mark for mark in marks if mark is not None}
    if found - set(_KINDS) - set(_MARKS):
        # NaN and Infinity are JSON for DuckDB only.
        raise _NotDirectError
    told = {_KINDS.get(mark, "json") for mark in found} or {"text"}
    if told == {"list"}:
        shape = f"SELECT DISTINCT json_structure({column})::VARCHAR FROM ({query})"
        shapes = {each for (each,) in connection.execute(shape).fetchall()} - {None}
        return "list" if shapes <= _LIST_OF_TEXTS else "json"
    return told.pop() if len(told) == 1 else "json"


_VALUES: dict[Kind, str] = {
    "text": "({}::JSON ->> '$')",
    "boolean": "({} = 'true')",
    "list": "CAST({}::JSON AS VARCHAR[])",
    "json": "{}",
}


def _write(rows: Iterable[Mapping[str, object]], names: Mapping[str, str], path: str) -> None:
    """Write the attributes of records as JSON lines."""
    import json

    encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
    with open(path, "w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for row in rows:
            line = {column: row[attribute] for attribute, column in names.items()}
            file.write(encoder.encode(line) + "\n")

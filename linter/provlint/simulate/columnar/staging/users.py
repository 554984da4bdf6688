"""The users as one relation: a number, their attributes, and the kind of their file."""

from __future__ import annotations

import os
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.columnar.conditions.clauses import Column
from provlint.simulate.columnar.encoding import encode, quoted
from provlint.simulate.columnar.sql import home_name
from provlint.simulate.columnar.staging.checked_write import write_checked
from provlint.simulate.columnar.staging.parquet import (
    NOTHING,
    Marked,
    columns_of,
    described,
    encoded_kind,
    rows_of_file,
    rows_of_files,
)
from provlint.simulate.inputs.direct import direct_source
from provlint.simulate.inputs.json_decoding import quickest_encoder
from provlint.simulate.inputs.sql import sql_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.direct import Source
    from provlint.simulate.inputs.population import Kind as FileKind
    from provlint.simulate.inputs.population import Population

    Told = Callable[[str, int, int | None], None]

PLACE = "place"
SMALLEST_BUFFER = 1 << 20
TOLD_EVERY = 1024
MOST_FILES = 1000
"""Parquet files that are read where they lie."""


class Staged(NamedTuple):
    """The users as a relation.

    Its columns are `rn` (a number from 0, in the order of the files), `a0`, `a1`, … (attributes,
    encoded), `home` (the name as mappings see it), and `kind`.

    Attributes:
        relation: Its name.
        columns: The column of each attribute, of the relation named `u`.
        users: Number of users.
        missing: By `kind`, the attributes that the export does not have.
        place_of: The place of a user, by number; None where the relation has a column `place`.
        read_late: Fills the columns of the attributes that may be late; None where none are.
    """

    relation: str
    columns: Mapping[str, str]
    users: int
    missing: Sequence[frozenset[str]]
    place_of: Callable[[int], str] | None
    read_late: Callable[[], None] | None = None


def stage_users(
    connection: DuckDBPyConnection,
    population: Population,
    names: Sequence[str],
    folder: str,
    told: Told,
    late: Collection[str] = (),
) -> Staged:
    """Make the users a relation.

    Args:
        connection: To DuckDB.
        population: The users.
        names: The attributes that are asked for.
        folder: For what is written in between.
        told: Told how far it is.
        late: Attributes that may be empty until `read_late` is called: they cost another reading
            then, and none where nobody asks for them.

    Raises:
        InputError: A record is broken, and the population says to stop.
    """
    return (
        _in_place(connection, population, names)
        or _in_columns(connection, population, names, folder, told, late)
        or _by_record(connection, population, names, folder, told)
    )


def people_view(
    connection: DuckDBPyConnection, select: str, names: Sequence[str]
) -> dict[str, str]:
    """Make a query over `rn`, `a0`, `a1`, … and `kind` the relation of the users.

    Returns:
        The column of each attribute, of the relation named `u`.
    """
    columns = {name: f"u.a{at}" for at, name in enumerate(names)}
    home = home_name(columns["userPrincipalName"].removeprefix("u."))
    connection.execute(f"CREATE OR REPLACE VIEW people AS SELECT *, {home} AS home FROM ({select})")
    return columns


def attribute_columns(staged: Staged) -> dict[str, Column]:
    """The columns of the attributes, with the kinds of files that do not have them."""
    found: dict[str, Column] = {}
    for name, sql in staged.columns.items():
        absent = [kind for kind, missing in enumerate(staged.missing) if name in missing]
        everywhere = bool(absent) and len(absent) == len(staged.missing)
        found[name] = Column(sql, "encoded", None if everywhere else absent)
    return found


def _in_place(
    connection: DuckDBPyConnection, population: Population, names: Sequence[str]
) -> Staged | None:
    """Parquet files as they lie; None where only the reader of records tells them right."""
    exports = population.exports
    if population.columns or not 0 < len(exports) <= MOST_FILES:
        return None
    if any(export.container != "parquet" for export in exports):
        return None
    starts = [0]
    alike: dict[tuple[FileKind, tuple[tuple[str, str], ...]], list[int]] = {}
    for at, export in enumerate(exports):
        source = rows_of_file(export.path)
        starts.append(starts[-1] + _count(connection, source))
        form = export.types or described(connection, source)
        key = ((export.container, export.naming), tuple(form.items()))
        alike.setdefault(key, []).append(at)
    selects: list[str] = []
    missing: dict[FileKind, frozenset[str]] = {}
    for (kind, types), files in alike.items():
        source = rows_of_files(*(exports[at].path for at in files))
        made = columns_of(connection, source, dict(types), exports[files[0]].naming, names)
        if made is None:
            return None
        absent = frozenset(name for name, expression in made.items() if expression == NOTHING)
        missing[kind] = missing.get(kind, population.attributes) & absent
        listed = ", ".join(f"{expression} AS a{at}" for at, expression in enumerate(made.values()))
        first = f"CAST({[starts[at] for at in files]} AS BIGINT[])[CAST(file_index AS BIGINT) + 1]"
        selects.append(
            f"SELECT CAST(file_row_number AS BIGINT) + {first} AS rn, {listed},"
            f" {list(missing).index(kind)} AS kind FROM {source}"
        )
    population.tell_missing(missing)
    columns = people_view(connection, " UNION ALL ".join(selects), names)
    paths = [export.path for export in exports]

    def place_of(number: int) -> str:
        at = bisect_right(starts, number) - 1
        return f"{paths[at]}, row {number - starts[at] + 1}"

    return Staged("people", columns, starts[-1], list(missing.values()), place_of)


def _in_columns(
    connection: DuckDBPyConnection,
    population: Population,
    names: Sequence[str],
    folder: str,
    told: Told,
    late: Collection[str] = (),
) -> Staged | None:
    """JSON and CSV through the readers of DuckDB; None where only that of records is exact.

    That reader also tells what is broken, and where.
    """
    source = direct_source(connection, population, names, folder)
    if source is None or source.check is None:
        return None
    told("reading users", 0, None)
    check = source.check
    # A query that may refuse values refuses them now.
    now = [name for name in names if source.guarded or name not in late]

    def query_of(found: Source, listed: Sequence[str]) -> str:
        return f"SELECT {', '.join(map(sql_name, listed))} FROM ({found.query})"

    def checked_source() -> tuple[str, Source] | None:
        found = check()
        return None if found is None else (query_of(found, now), found)

    path = os.path.join(folder, "people.parquet")
    checked = write_checked(connection, query_of(source, now), checked_source, path)
    if checked is None:
        return None
    rows = f"read_parquet({quoted(path)}, file_row_number=true)"
    read = _encoded_columns(connection, path, now, checked)

    def select(columns: Mapping[str, str], source: str) -> str:
        listed = ", ".join(f"{columns.get(n, NOTHING)} AS a{at}" for at, n in enumerate(names))
        return f"SELECT CAST(file_row_number AS BIGINT) AS rn, {listed}, 0 AS kind FROM {source}"

    columns = people_view(connection, select(read, rows), names)
    afterwards = [name for name in names if name not in now]

    def read_late() -> None:
        if not afterwards:
            return
        path = os.path.join(folder, "late.parquet")
        connection.execute(
            f"COPY ({query_of(checked, afterwards)}) TO {quoted(path)} (FORMAT parquet)"
        )
        every = {**read, **_encoded_columns(connection, path, afterwards, checked)}
        both = f"(FROM {rows}) POSITIONAL JOIN (FROM {rows_of_file(path)})"
        people_view(connection, select(every, both), names)
        afterwards.clear()

    missing = next(iter(population.missing_by_export().values()), frozenset[str]())
    places = Places(population)
    return Staged("people", columns, _count(connection, rows), (missing,), places.of, read_late)


def _encoded_columns(
    connection: DuckDBPyConnection, path: str, names: Sequence[str], source: Source
) -> dict[str, str]:
    """The attributes in a file that was written from a source, encoded, as SQL."""
    marked = Marked(connection, rows_of_file(path))
    return {name: encoded_kind(marked, sql_name(name), source.known[name]) for name in names}


class Places:
    """Where users stand in their files, told by the reader of records when somebody asks."""

    __slots__ = ("_at", "_places", "_population")

    def __init__(self, population: Population) -> None:
        self._population = population
        self._at = -1
        self._places: Iterator[str] = iter(())

    def of(self, number: int) -> str:
        """The place of a user, by number; numbers that rise are told in one reading."""
        if number <= self._at:
            self._at = -1
        if self._at < 0:
            self._places = self._population.places()
        place = ""
        while self._at < number:
            place = next(self._places, "")
            self._at += 1
        return place


def _by_record(
    connection: DuckDBPyConnection,
    population: Population,
    names: Sequence[str],
    folder: str,
    told: Told,
) -> Staged:
    path = os.path.join(folder, "people.jsonl")
    missing: dict[frozenset[str], int] = {}
    columns = [(name, f"a{at}") for at, name in enumerate(names)]
    longest = number = 0
    line_of = quickest_encoder()
    with open(path, "wb") as file:
        for number, user in enumerate(population, 1):
            if not number % TOLD_EVERY:
                told("reading users", number, None)
            values = user.values
            record: dict[str, object] = {}
            for name, column in columns:
                value = values.get(name)
                if value is not None:
                    record[column] = encode(value)
            record["kind"] = missing.setdefault(user.missing, len(missing))
            record[PLACE] = user.where
            line = line_of(record) + b"\n"
            longest = max(longest, len(line))
            file.write(line)
    types = ", ".join(f"{column}: 'VARCHAR'" for _, column in columns)
    types += f", kind: 'INTEGER', {PLACE}: 'VARCHAR'"
    staged = to_parquet(connection, path, types, longest)
    select = (
        f"SELECT CAST(file_row_number AS BIGINT) AS rn, * EXCLUDE (file_row_number) FROM {staged}"
    )
    return Staged("people", people_view(connection, select, names), number, tuple(missing), None)


def to_parquet(connection: DuckDBPyConnection, path: str, types: str, longest: int) -> str:
    """Make lines of JSON a Parquet file, and remove them.

    Args:
        connection: To DuckDB.
        path: The file.
        types: Names and types of the columns.
        longest: Bytes of the longest line; DuckDB keeps buffers of several times that.

    Returns:
        The rows, in the order of the lines, with `file_row_number`, as SQL.
    """
    target = f"{path.removesuffix('.jsonl')}.parquet"
    connection.execute(
        f"COPY (SELECT * FROM read_json({quoted(path)}, format='newline_delimited',"
        f" columns={{{types}}}, maximum_object_size={max(longest + 1, SMALLEST_BUFFER)}))"
        f" TO {quoted(target)} (FORMAT parquet)"
    )
    os.remove(path)
    return f"read_parquet({quoted(target)}, file_row_number=true)"


def _count(connection: DuckDBPyConnection, source: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {source}").fetchone()
    return int(row[0]) if row is not None else 0

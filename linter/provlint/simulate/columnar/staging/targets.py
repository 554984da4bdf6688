"""The target users as two relations: what they hold, and what they are matched by."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import is_empty, provisioned_text
from provlint.simulate.columnar.encoding import PLAIN, decode, encode, quoted
from provlint.simulate.columnar.lookups import Lookups
from provlint.simulate.columnar.staging.checked_write import write_checked
from provlint.simulate.columnar.staging.parquet import (
    NOTHING,
    Marked,
    described,
    encoded,
    encoded_kind,
    rows_of_file,
)
from provlint.simulate.columnar.staging.users import MOST_FILES, TOLD_EVERY, to_parquet
from provlint.simulate.inputs.containers import container_of
from provlint.simulate.inputs.csv_columns import csv_rows
from provlint.simulate.inputs.csv_records import read_dialect
from provlint.simulate.inputs.json_columns import UnclearError
from provlint.simulate.inputs.json_decoding import quickest_encoder
from provlint.simulate.inputs.json_files import JsonFiles
from provlint.simulate.inputs.names import BOOLEANS
from provlint.simulate.inputs.sql import sql_name
from provlint.simulate.inputs.target_columns import TargetColumns
from provlint.simulate.targets import folded
from provlint.source.discovery import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.inputs.json_columns import Kind
    from provlint.simulate.targets import TargetUser

    Told = Callable[[str, int, int | None], None]

NUMBER_OF_FILE = 36
"""The row of a target user in its file is a number of so many bits."""

_STRANGE = frozenset({"schemas", "data", "additionalproperties", "inputattributes", "properties"})


def stage_targets(
    connection: DuckDBPyConnection,
    targets: Iterable[TargetUser],
    paths: Sequence[str],
    attributes: Sequence[str],
    matching: Sequence[str],
    folder: str,
    told: Told,
) -> None:
    """Make the target users the relations `targets`, `keys` and `keyed`.

    `targets` has `t` (a number), `id`, and `o0`, `o1`, … for the attributes; `keys` has `m` (number
    of the matching attribute), `k` (the value without letter case), `x` (as it is), and `t`;
    `keyed` has the columns of both.

    Raises:
        InputError: A record is broken, and the targets say to stop.
    """
    if not (
        _in_place(connection, paths, attributes, matching)
        or _json(connection, paths, attributes, matching, folder, told)
        or _csv(connection, paths, attributes, matching, folder, told)
    ):
        _by_record(connection, targets, attributes, matching, folder, told)


def _csv(
    connection: DuckDBPyConnection,
    paths: Sequence[str],
    attributes: Sequence[str],
    matching: Sequence[str],
    folder: str,
    told: Told,
) -> bool:
    """CSV through the reader of DuckDB; False where only that of records is exact."""
    if not paths or any(path == STDIN or container_of(path) != "csv" for path in paths):
        return False
    dialects = {read_dialect(path) for path in paths}
    if len(dialects) > 1:
        return False
    rows = csv_rows(paths, dialects.pop())
    if rows is None:
        return False
    told("reading target users", 0, None)
    names = [f"nullif({column}, '') AS {sql_name(name)}" for name, column in rows.cells.items()]
    target = os.path.join(folder, "targets.parquet")
    query = f"SELECT {', '.join(names)} FROM {rows.source}"

    def check() -> tuple[str, bool] | None:
        return (query, True) if rows.check() else None

    if not write_checked(connection, query, check, target):
        return False
    return _in_place(connection, [target], attributes, matching)


def _json(
    connection: DuckDBPyConnection,
    paths: Sequence[str],
    attributes: Sequence[str],
    matching: Sequence[str],
    folder: str,
    told: Told,
) -> bool:
    """JSON through the reader of DuckDB; False where only that of records is exact."""
    if not paths or any(path == STDIN or container_of(path) != "json" for path in paths):
        return False
    files = JsonFiles.of(paths, folder)
    if files is None:
        return False
    told("reading target users", 0, None)
    try:
        columns = TargetColumns(files, paths, attributes)
        query, _ = columns.query()
        target = os.path.join(folder, "targets.parquet")

        def check() -> tuple[str, list[Kind]] | None:
            return None if columns.check() is None else columns.query()

        checked = write_checked(connection, query, check, target)
    except UnclearError:
        return False
    if checked is None:
        return False
    if any(checked[attributes.index(name)] not in ("text", "boolean") for name in matching):
        # Of several values each is matched.
        return False
    marked = Marked(connection, rows_of_file(target))
    listed = [encoded_kind(marked, f"o{at}", kind) for at, kind in enumerate(checked)]
    _relations(connection, [_select(target, 0, listed)], attributes, matching)
    return True


def _select(path: str, number: int, columns: Sequence[str]) -> str:
    """The target users of a Parquet file, numbered behind those of the files before."""
    listed = "".join(f", {column} AS o{at}" for at, column in enumerate(columns))
    return (
        f"SELECT CAST(file_row_number AS BIGINT) + {number << NUMBER_OF_FILE} AS t, id{listed}"
        f" FROM read_parquet({quoted(path)}, file_row_number=true)"
    )


def _by_record(
    connection: DuckDBPyConnection,
    targets: Iterable[TargetUser],
    attributes: Sequence[str],
    matching: Sequence[str],
    folder: str,
    told: Told,
) -> None:
    path, keys_path = os.path.join(folder, "targets.jsonl"), os.path.join(folder, "keys.jsonl")
    longest = 0
    line_of = quickest_encoder()
    with (
        open(path, "wb") as file,
        open(keys_path, "wb") as keys,
    ):
        for number, user in enumerate(targets):
            if not number % TOLD_EVERY:
                told("reading target users", number, None)
            record: dict[str, object] = {"t": number, "id": user.id}
            for at, name in enumerate(attributes):
                value = user.value(name)
                if value is not None:
                    record[f"o{at}"] = encode(value)
            line = line_of(record) + b"\n"
            longest = max(longest, len(line))
            file.write(line)
            for at, name in enumerate(matching):
                value = user.value(name)
                items = value if isinstance(value, (list, tuple)) else (value,)
                texts = dict.fromkeys(provisioned_text(i) for i in items if not is_empty(i))
                for text in texts:
                    key = {"m": at, "k": encode(folded(text)), "x": encode(text), "t": number}
                    keys.write(line_of(key) + b"\n")
    types = ", ".join(
        ["t: 'BIGINT', id: 'VARCHAR'", *(f"o{at}: 'VARCHAR'" for at in range(len(attributes)))]
    )
    staged = to_parquet(connection, path, types, longest)
    connection.execute(f"CREATE VIEW targets AS SELECT * FROM {staged}")
    types = "m: 'INTEGER', k: 'VARCHAR', x: 'VARCHAR', t: 'BIGINT'"
    staged = to_parquet(connection, keys_path, types, 2 * longest + 100)
    connection.execute(f"CREATE VIEW keys AS SELECT * FROM {staged}")
    connection.execute("CREATE VIEW keyed AS SELECT * FROM keys JOIN targets USING (t)")


def _in_place(
    connection: DuckDBPyConnection,
    paths: Sequence[str],
    attributes: Sequence[str],
    matching: Sequence[str],
) -> bool:
    """Make Parquet files the relations as they lie; False where the reader must be asked."""
    selects = []
    if not 0 < len(paths) <= MOST_FILES:
        return False
    for number, path in enumerate(paths):
        if container_of(path) != "parquet":
            return False
        columns = _columns(connection, path, attributes)
        if columns is None:
            return False
        source = f"read_parquet({quoted(path)}, file_row_number=true)"
        nameless = f"SELECT 1 FROM {source} WHERE id IS NULL OR id = '' LIMIT 1"
        if connection.execute(nameless).fetchone() is not None:
            return False
        selects.append(_select(path, number, columns))
    _relations(connection, selects, attributes, matching)
    return True


def _relations(
    connection: DuckDBPyConnection,
    selects: Sequence[str],
    attributes: Sequence[str],
    matching: Sequence[str],
) -> None:
    """Make the relations, of target users with one value for each matching attribute."""
    connection.execute(f"CREATE VIEW targets AS {' UNION ALL '.join(selects)}")
    lookups = Lookups(connection, "target")
    asked = []
    for name in matching:
        column = f"u.o{attributes.index(name)}"
        plain = f"strlen({column}) = length({column}) AND {column} >= {PLAIN}"
        asked.append(
            (
                column,
                plain,
                lookups.ask(
                    [column],
                    f"{column} <> '' AND NOT ({plain})",
                    _key,
                    ("VARCHAR", "VARCHAR"),
                ),
            )
        )
    lookups.run("targets u")
    # Without a matching attribute nobody is matched by anything.
    nobody = "SELECT 0 AS m, '' AS k, '' AS x, u.* FROM targets u WHERE FALSE"
    keys = [] if asked else [nobody]
    for number, (column, plain, lookup) in enumerate(asked):
        key, value = f"lower({column})", column
        if lookup.asked:
            key = f"CASE WHEN {plain} THEN {key} ELSE {lookup.result(0)} END"
            value = f"CASE WHEN {plain} THEN {value} ELSE {lookup.result(1)} END"
        keys.append(
            f"SELECT {number} AS m, {key} AS k, {value} AS x, u.*"
            f" FROM targets u {lookup.join} WHERE {column} <> ''"
        )
    connection.execute(f"CREATE VIEW keyed AS {' UNION ALL '.join(keys)}")
    connection.execute("CREATE VIEW keys AS SELECT m, k, x, t FROM keyed")


def _key(key: Sequence[str | None]) -> tuple[str | None, str | None]:
    """A value without letter case, and as it is."""
    text = provisioned_text(decode(key[0]))
    return encode(folded(text)), encode(text)


def _columns(
    connection: DuckDBPyConnection, path: str, attributes: Sequence[str]
) -> list[str] | None:
    """The attributes of a file as SQL; None where only the reader tells them right."""
    form = described(connection, rows_of_file(path))
    marked = Marked(connection, rows_of_file(path))
    if form.get("id") != "VARCHAR" or "userName" not in form:
        return None
    lowered = {name.lower() for name in form}
    if lowered & _STRANGE:
        return None
    found = []
    for name in attributes:
        if name not in form:
            root = re.split(r"[.\[:]", name.rpartition(":")[2])[0].lower()
            if root in lowered or name.lower() in lowered or name.lower().startswith("urn:"):
                return None
            found.append(NOTHING)
            continue
        kind = form[name]
        if kind == "VARCHAR[]":
            return None
        # The reader makes Booleans of the texts of `active`.
        like = BOOLEANS[0] if name == "active" else ""
        column = encoded(marked, like, sql_name(name), kind)
        if column is None:
            return None
        found.append(column)
    return found

"""Records of Parquet files, through DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.problem import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from duckdb import DuckDBPyConnection

_BATCH = 2048


def connect(
    path: str, *, otherwise: str = ", or give the users as JSONL or CSV"
) -> DuckDBPyConnection:
    """A DuckDB in memory.

    Args:
        path: The file that needs it, for the message.
        otherwise: What does without it, as the end of a sentence.

    Raises:
        InputError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise refuse(
            "needs-duckdb",
            path,
            f"`{path}` needs DuckDB, which is not installed",
            f"run `pip install 'provlint[columns]'`{otherwise}",
        ) from error
    connection = duckdb.connect(":memory:")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def column_types(path: str) -> dict[str, str]:
    """The SQL types of the columns by name.

    Raises:
        InputError: DuckDB is not installed, or the file is no Parquet.
    """
    connection = connect(path)
    try:
        cursor = _execute(connection, "DESCRIBE SELECT * FROM read_parquet(?)", path)
        return {name: str(kind) for name, kind, *_ in cursor.fetchall()}
    finally:
        connection.close()


def empty_row(types: Mapping[str, str]) -> dict[str, Any]:
    """A row as `parquet_records` gives it, of nothing but the names of its columns."""
    return {name: [] if kind.endswith("[]") else None for name, kind in types.items()}


def parquet_records(path: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The rows of a Parquet file by column name, with `file, row N`.

    Raises:
        InputError: DuckDB is not installed, or the file is no Parquet.
    """
    connection = connect(path)
    try:
        cursor = _execute(connection, "SELECT * FROM read_parquet(?)", path)
        columns = [column[0] for column in cursor.description or ()]
        number = 0
        batch = 1  # who asks for the first record only should not wait for others
        while rows := cursor.fetchmany(batch):
            batch = _BATCH
            for row in rows:
                number += 1
                values = (_plain(value) for value in row)
                yield dict(zip(columns, values, strict=True)), f"{path}, row {number}"
    finally:
        connection.close()


def telling_records(path: str, types: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Rows that between them have every name that any row has: one, and one for each structure.

    Args:
        path: The file.
        types: What `column_types` says of it.

    Raises:
        InputError: DuckDB is not installed, or the file is no Parquet.
    """
    yield empty_row(types)
    structures = [name for name, kind in types.items() if kind.startswith(("STRUCT", "MAP"))]
    if not structures:
        return
    connection = connect(path)
    try:
        for name in structures:
            column = '"' + name.replace('"', '""') + '"'
            asked = f"SELECT {column} FROM read_parquet(?) WHERE {column} IS NOT NULL LIMIT 1"
            for (value,) in _execute(connection, asked, path).fetchall():
                yield {name: _plain(value)}
    finally:
        connection.close()


def _execute(connection: DuckDBPyConnection, statement: str, path: str) -> DuckDBPyConnection:
    import duckdb

    try:
        return connection.execute(statement, [path])
    except duckdb.Error as error:
        reason = str(error).split("\n")[0]
        raise refuse(
            "bad-parquet", path, f"`{path}` is no readable Parquet file: {reason}", "write it again"
        ) from error


def _plain(value: Any) -> Any:
    """A value as JSON would have it: dates are ISO 8601."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat is not None else str(value)

"""Columns of files written to Parquet, while the files are checked to the letter."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from provlint.simulate.columnar.encoding import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duckdb import DuckDBPyConnection

T = TypeVar("T")

ROW_GROUP = 40_960
"""Rows that are written at once: a third of the usual, which DuckDB gathers in less memory."""


def write_checked(
    connection: DuckDBPyConnection,
    query: str,
    check: Callable[[], tuple[str, T] | None],
    target: str,
) -> T | None:
    """Write the result of a query.

    Args:
        connection: To DuckDB.
        query: What to write, as far as is known.
        check: Runs meanwhile; gives the query as it must be and something else, or None where the
            files must be read in another way.
        target: The file to write.

    Returns:
        The other thing that the check gave; None where DuckDB or the check refuses the files.
    """
    import duckdb

    def write(asked: str) -> None:
        options = f"FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP}"
        connection.execute(f"COPY ({asked}) TO {quoted(target)} ({options})")

    with _one_core_left(connection), ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write, query)
        checked = check()
        if checked is None:
            connection.interrupt()
        try:
            writing.result()
            if checked is not None and checked[0] != query:
                # Values of other kinds turned up behind the sample.
                write(checked[0])
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            return None
    return None if checked is None else checked[1]


@contextmanager
def _one_core_left(connection: DuckDBPyConnection) -> Iterator[None]:
    """Leave one core to the check: threads that compete with it cost more than they bring."""
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    threads = int(row[0]) if row is not None else 1
    connection.execute(f"SET threads = {max(threads - 1, 1)}")
    try:
        yield
    finally:
        connection.execute(f"SET threads = {threads}")

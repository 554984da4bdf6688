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

MEMORY_OF_A_THREAD, MOST_MEMORY = 200, 1050
"""Megabytes. DuckDB writes in order with as many threads as have memory for the worst case."""


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

    with _every_thread(connection), ThreadPoolExecutor(1) as pool:
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
def _every_thread(connection: DuckDBPyConnection) -> Iterator[None]:
    """Let DuckDB have the memory without which it writes with one thread only."""
    query = "SELECT current_setting('memory_limit'), current_setting('threads')"
    before, threads = connection.execute(query).fetchone() or ("", 1)
    megabytes = min(MEMORY_OF_A_THREAD * int(threads), MOST_MEMORY)
    connection.execute(f"SET memory_limit = '{megabytes}MB'")
    try:
        yield
    finally:
        connection.execute(f"SET memory_limit = '{before}'")

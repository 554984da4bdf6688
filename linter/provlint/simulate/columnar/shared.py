"""One DuckDB for all questions about tables in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from provlint.simulate.inputs.parquet_records import connect

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BY_PROCESS: dict[int, DuckDBPyConnection] = {}
"""A forked process has its own, as it does not inherit threads; that of its parent stays alone."""


def shared_connection(name: str) -> DuckDBPyConnection:
    """A connection to the DuckDB of this process, to be closed by the caller.

    Starting a DuckDB takes as long as deciding about a hundred thousand users, so that it is
    started once. Nobody makes a table in it.

    Args:
        name: What needs it, for the message.

    Raises:
        InputError: DuckDB is not installed.
    """
    process = os.getpid()
    if process not in _BY_PROCESS:
        _BY_PROCESS[process] = connect(name, otherwise="")
    return _BY_PROCESS[process].cursor()

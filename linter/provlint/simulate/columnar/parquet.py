"""Rows to a Parquet file, through DuckDB."""

from __future__ import annotations

import json
import os
import tempfile
from typing import TYPE_CHECKING, Any

from provlint.simulate.columnar.encoding import quoted
from provlint.simulate.inputs.parquet_records import connect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TYPES = (
    "{'user': 'VARCHAR', 'object_id': 'VARCHAR', 'target_id': 'VARCHAR', 'action': 'VARCHAR',"
    " 'code': 'VARCHAR', 'step': 'VARCHAR', 'reason': 'VARCHAR', 'in_scope': 'BOOLEAN',"
    " 'matched_on': 'VARCHAR', 'contested': 'VARCHAR[]'}"
)


def write_parquet(path: str, rows: Iterable[Mapping[str, Any]], types: str = TYPES) -> None:
    """Write rows of a published format; the file is written beside and renamed.

    Args:
        path: The file.
        rows: Values by name.
        types: Names and types of the columns, as DuckDB writes a struct of them.

    Raises:
        InputError: DuckDB is not installed.
    """
    connection = connect(path)
    folder = os.path.dirname(os.path.abspath(path))
    with tempfile.TemporaryDirectory(dir=folder, prefix=".provlint-") as scratch:
        lines, beside = os.path.join(scratch, "rows.jsonl"), os.path.join(scratch, "rows.parquet")
        with open(lines, "w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row) + "\n")
        source = f"read_json(?, format='newline_delimited', columns={types})"
        connection.execute(f"COPY (SELECT * FROM {source}) TO {quoted(beside)}", [lines])
        os.replace(beside, path)
    connection.close()

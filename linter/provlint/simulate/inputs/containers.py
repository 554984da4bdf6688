"""What holds records: JSON, CSV, Parquet; told from the first bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from provlint.simulate.inputs.text import encoding_of, head_text, read_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.simulate.inputs.csv_records import Dialect
    from provlint.simulate.inputs.problem import Ledger

Container = Literal["json", "csv", "parquet"]


def container_of(path: str) -> Container:
    """What holds the records of a file, by its first bytes.

    Raises:
        InputError: The file is empty, compressed, or not text and not Parquet.
    """
    head = read_head(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    start = head[:1] if encoding_of(head) == "utf-8" else b""
    if start not in (b"{", b"["):
        start = head_text(head).lstrip()[:1].encode()
    return "json" if start in (b"{", b"[") else "csv"


def records_of(
    path: str, ledger: Ledger, dialect: Dialect | None = None
) -> Iterator[tuple[dict[str, Any], str]]:
    """The records of a file with their places, as they stand.

    Args:
        path: The file.
        ledger: Where broken records are counted.
        dialect: Of CSV, where it is known already.

    Raises:
        InputError: The file cannot be read, or a record is broken and the ledger says to stop.
    """
    container = "csv" if dialect is not None else container_of(path)
    if container == "parquet":
        from provlint.simulate.inputs.parquet_records import parquet_records

        return parquet_records(path)
    if container == "csv":
        from provlint.simulate.inputs.csv_records import csv_records, read_dialect

        return csv_records(path, dialect or read_dialect(path), ledger)
    from provlint.simulate.inputs.json_records import json_records

    return json_records(path, ledger)

"""Files of users: what holds the records of each, and how they name their attributes."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.containers import container_of, records_of
from provlint.simulate.inputs.csv_records import read_dialect, rename
from provlint.simulate.inputs.json_decoding import DECODER
from provlint.simulate.inputs.json_slices import before_list
from provlint.simulate.inputs.naming import naming_of, what_else
from provlint.simulate.inputs.parquet_records import column_types, empty_row
from provlint.simulate.inputs.problem import Ledger, refuse
from provlint.simulate.inputs.text import encoding_of, read_head
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.simulate.inputs.containers import Container
    from provlint.simulate.inputs.csv_records import Dialect
    from provlint.simulate.inputs.naming import Naming


class Export(NamedTuple):
    """One file of users.

    Attributes:
        path: The file.
        container: What holds the records.
        naming: How the first record names its attributes.
        dialect: Of CSV.
        types: SQL types of the columns by name, of Parquet.
    """

    path: str
    container: Container
    naming: Naming
    dialect: Dialect | None = None
    types: Mapping[str, str] = {}


def recognise(path: str, columns: Mapping[str, str]) -> Export:
    """Tell how a file holds users; no more than its beginning is read.

    Args:
        path: The file.
        columns: The column of each attribute; empty where the names of the file tell it.

    Raises:
        InputError: The file is of no known format, or holds no users.
    """
    container = container_of(path)
    if container == "csv":
        dialect = read_dialect(path)
        if columns:
            rename(dict(columns), path, dialect.columns)
            return Export(path, container, "column-map", dialect)
        naming = _naming(path, dict.fromkeys(dialect.columns))
        return Export(path, container, naming, dialect)
    if container == "parquet":
        types = column_types(path)
        naming = "column-map" if columns else _naming(path, empty_row(types))
        return Export(path, container, naming, types=types)
    record = _first_record(path)
    if record is None:
        _explain_nothing(path)
        return Export(path, container, "graph")
    mapped = columns and "schemas" not in record
    return Export(path, container, "column-map" if mapped else _naming(path, record))


def renamed(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """A record in the names of a column map; other columns keep their names."""
    values = {name: record[column] for name, column in columns.items() if column in record}
    used = set(columns.values())
    for column, value in record.items():
        if column not in used:
            values.setdefault(column, value)
    return values


def _naming(path: str, record: Mapping[str, Any]) -> Naming:
    naming = naming_of(record)
    if naming is None:
        raise refuse(
            "not-users",
            path,
            f"`{path}` holds {what_else(record)}, expected users",
            "give it to the option for them",
        )
    return naming


def _first_record(path: str) -> Mapping[str, Any] | None:
    """The first record of a JSON file; None where there is none."""
    record = _first_of_page(read_head(path))
    if record is not None:
        return record
    first = next(iter(records_of(path, Ledger("skip"))), None)
    return None if first is None else first[0]


def _first_of_page(head: bytes) -> Mapping[str, Any] | None:
    """The first record of a page, where the first bytes of the file hold it and nothing is odd.

    An export of many pages is many files; each is recognised without decoding a whole page.
    """
    try:
        text = codecs.utf_8_decode(head, "strict", False)[0] if encoding_of(head) == "utf-8" else ""
        before = before_list(text)
        if before is None:
            return None
        record, _ = DECODER.raw_decode(text[len(before) + 1 :].lstrip())
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _explain_nothing(path: str) -> None:
    """Raise the problem of a file without one readable record, unless it is an empty list."""
    for _ in records_of(path, Ledger("stop")):
        pass

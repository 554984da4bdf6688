"""CSV files as columns that DuckDB reads, with the cells of the record reader."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from provlint.simulate.inputs.csv_records import DELIMITERS
from provlint.simulate.inputs.problem import LARGEST_RECORD
from provlint.simulate.inputs.sql import sql_text
from provlint.simulate.inputs.text import PIECE, encoding_of, open_file, read_head

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.simulate.inputs.csv_records import Dialect

LONGEST_LINE = 2 * 1024 * 1024
"""Bytes of the longest row."""

BUFFER = 4 * LONGEST_LINE
"""Bytes that a thread of DuckDB reads at once: about as many rows as are written at once."""


class CsvRows:
    """The rows of CSV files of one dialect.

    Attributes:
        source: The rows, as SQL behind FROM; an empty cell is an empty text.
        cells: The column of each name of the header, as SQL.
    """

    def __init__(self, paths: Sequence[str], dialect: Dialect) -> None:
        self._paths = paths
        self._delimiter = dialect.delimiter
        self.cells: Mapping[str, str] = {name: f"c{at}" for at, name in enumerate(dialect.columns)}
        columns = ", ".join(f"'{column}': 'VARCHAR'" for column in self.cells.values())
        files = ", ".join(map(sql_text, paths))
        self.source = (
            f"read_csv([{files}], auto_detect=false, header=false, skip={dialect.lines},"
            f" delim={sql_text(dialect.delimiter)}, quote='\"', escape='\"',"
            f" max_line_size={LONGEST_LINE}, buffer_size={BUFFER}, columns={{{columns}}})"
        )

    def check(self) -> bool:
        """Whether DuckDB splits the files as the record reader does; it may say no too often."""
        return all(quotes_stand_alone(path, self._delimiter) for path in self._paths)


def csv_rows(paths: Sequence[str], dialect: Dialect) -> CsvRows | None:
    """The rows of files; None where a file is not UTF-8, or split by no usual characters."""
    if dialect.delimiter not in DELIMITERS or dialect.line_break != "\n":
        return None
    if any(encoding_of(read_head(path)) != "utf-8" for path in paths):
        return None
    return CsvRows(paths, dialect)


def quotes_stand_alone(path: str, delimiter: str) -> bool:
    """Whether no blank stands between a quote and the border of a cell.

    Such a blank belongs to the cell, and a quote behind it is a letter. DuckDB passes over the
    blank and takes the quote for a border. May say no where a quoted text looks like it.
    """
    mark = delimiter.encode()
    with open_file(path) as file:
        while piece := file.read(PIECE):
            # Whole lines, as two quotes that are one must not come apart.
            end = file.readline(LARGEST_RECORD)
            if len(end) == LARGEST_RECORD or _is_doubtful(piece + end, mark):
                return False
    return True


def _is_doubtful(lines: bytes, mark: bytes) -> bool:
    if b'" ' in lines and re.search(rb'" +[%b\r\n]' % re.escape(mark), lines):
        return True
    if lines.startswith(b' "'):
        return True
    # Inside of a quoted cell two quotes are one; a third one may be its end.
    borders = (b'"', mark, b"\r", b"\n", b"")
    for before, after in pairwise(lines.split(b' "')):
        border = before[-1:]
        if border in (b"\n", b"\r"):
            return True
        if border == mark and (after[:1] != b'"' or after[1:2] in borders):
            return True
    return False

"""CSV files as columns that DuckDB reads, with the cells of the record reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.inputs.problem import LARGEST_RECORD
from provlint.simulate.inputs.sql import sql_text
from provlint.simulate.inputs.text import PIECE, encoding_of, open_file, read_head

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.simulate.inputs.csv_records import Dialect


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
            f" max_line_size={LARGEST_RECORD}, columns={{{columns}}})"
        )

    def check(self) -> bool:
        """Whether DuckDB splits the files as the record reader does; it may say no too often."""
        return all(quotes_stand_alone(path, self._delimiter) for path in self._paths)


def csv_rows(paths: Sequence[str], dialect: Dialect) -> CsvRows | None:
    """The rows of files; None where a file is not UTF-8."""
    if any(encoding_of(read_head(path)) != "utf-8" for path in paths):
        return None
    return CsvRows(paths, dialect)


def quotes_stand_alone(path: str, delimiter: str) -> bool:
    """Whether no blank stands between a quote and the border of a cell.

    Such a blank belongs to the cell, and a quote behind it is a letter. Readers of columns pass
    over the blank and take the quote for a border. May say no where a quoted text looks like it.
    """
    mark = delimiter.encode()
    blanks = [blank for blank in (b" ", b"\t") if blank != mark]
    rest = b""
    with open_file(path) as file:
        while piece := file.read(PIECE):
            # Whole lines, as two quotes that are one must not come apart.
            end = (rest + piece).rfind(b"\n")
            lines, rest = (rest + piece)[: end + 1], (rest + piece)[max(end, 0) :]
            if _is_doubtful(lines, blanks, mark):
                return False
    return not _is_doubtful(rest, blanks, mark)


def _is_doubtful(lines: bytes, blanks: list[bytes], mark: bytes) -> bool:
    return any(
        (blank + b'"' in lines and _opens(lines, blank, mark))
        or (b'"' + blank in lines and _closes(lines, blank, mark))
        for blank in blanks
    )


def _opens(piece: bytes, blank: bytes, mark: bytes) -> bool:
    if blank * 2 + b'"' in piece or b"\n" + blank + b'"' in piece:
        return True
    # Two quotes are one inside of a quoted cell.
    start = mark + blank + b'"'
    empty = start + b'"'
    return piece.count(start) != piece.count(empty) or any(
        empty + end in piece for end in (mark, b"\r", b"\n")
    )


def _closes(piece: bytes, blank: bytes, mark: bytes) -> bool:
    return any(b'"' + blank + end in piece for end in (blank, mark, b"\r", b"\n"))

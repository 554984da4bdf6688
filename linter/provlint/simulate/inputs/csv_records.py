"""Records of CSV files: dialect told from the header, every row checked."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from provlint.simulate.inputs.problem import LARGEST_RECORD, InputProblem, refuse
from provlint.simulate.inputs.text import encoding_problem, head_text, pieces, read_head
from provlint.wording import counted, nearest, quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.simulate.inputs.problem import Ledger

DELIMITERS = ",;\t|"
_TEMPLATE_CELL = re.compile(r".*\[(\w+)\]\s*(?:Required|Optional)?\s*", re.DOTALL)


class Dialect(NamedTuple):
    """How a CSV file is written.

    Attributes:
        delimiter: What stands between cells.
        columns: The names of the header.
        before: Lines before the header, such as `#TYPE …` of Export-Csv.
        lines: Lines up to the end of the header.
        line_break: What ends a line: CR alone in what Excel calls *CSV (Macintosh)*.
    """

    delimiter: str
    columns: tuple[str, ...]
    before: tuple[str, ...]
    lines: int
    line_break: str


def read_dialect(path: str) -> Dialect:
    """Tell the dialect of a CSV file from its first lines.

    Raises:
        InputError: There is no header, or two columns have the same name.
    """
    head = head_text(read_head(path))
    line_break = "\n" if "\n" in head else "\r"
    lines = [f"{line}\n" for line in head.split(line_break)]
    before = []
    while lines and (not lines[0].strip() or lines[0].startswith(("#TYPE", "version:", "sep="))):
        before.append(lines.pop(0).strip())
    if not lines:
        raise refuse("no-header", path, f"`{path}` has no header", "export it with column names")
    bare = re.sub(r'"[^"]*"', "", lines[0])
    delimiter = max(DELIMITERS, key=bare.count)
    named = next((line[4:5] for line in before if line.startswith("sep=")), "")
    reader = csv.reader(iter(lines), delimiter=named or delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error as error:
        raise refuse(
            "bad-csv", f"{path}:{len(before) + 1}", f"the header cannot be read: {error}",
            "export it again",
        ) from error  # fmt: skip
    columns = [_column(cell) for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    for at, name in enumerate(columns):
        if not name or name in columns[:at]:
            what = f"the column {quote(name)} twice" if name else f"no name for column {at + 1}"
            place = f"{path}:{len(before) + 1}"
            raise refuse("bad-header", place, f"the header has {what}", "correct the header")
    if len(columns) < 2:
        raise refuse(
            "not-csv",
            path,
            f"`{path}` is neither JSON nor CSV: the first line is {quote(lines[0].strip())}",
            "give a JSON, JSONL, CSV or Parquet file",
        )
    until = len(before) + reader.line_num
    return Dialect(named or delimiter, tuple(columns), tuple(before), until, line_break)


def csv_records(
    path: str, dialect: Dialect, ledger: Ledger
) -> Iterator[tuple[dict[str, str | None], str]]:
    """The rows of a CSV file by column name, with `file:line`; an empty cell is None.

    Raises:
        InputError: A row is broken, and the ledger says to stop.
    """
    lines = _Lines(path, dialect.line_break, ledger)
    # A NUL in a cell is data that csv reads since Python 3.11.
    csv.field_size_limit(LARGEST_RECORD)
    reader = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    columns = dialect.columns
    width = len(columns)
    for _ in dialect.before:
        next(lines)
    next(reader)
    before = len(dialect.before)
    line = before + reader.line_num + 1
    while True:
        try:
            for row in reader:
                if len(row) == width and not lines.suspicious:
                    yield (
                        {name: cell or None for name, cell in zip(columns, row, strict=True)},
                        f"{path}:{line}",
                    )
                elif row:
                    record = _odd_row(row, dialect, f"{path}:{line}", ledger)
                    if record is not None:
                        yield record, f"{path}:{line}"
                line = before + reader.line_num + 1
            return
        except csv.Error as error:
            ledger.leave_out(_bad_csv(f"{path}:{line}", before + reader.line_num, error))
            line = before + reader.line_num + 1


class _Lines:
    """The lines of a file, with whether the piece that holds them has a bad byte."""

    __slots__ = ("source", "suspicious")

    def __init__(self, path: str, line_break: str, ledger: Ledger) -> None:
        self.source = self._lines(path, line_break, ledger)
        self.suspicious = False

    def __iter__(self) -> Iterator[str]:
        return self.source

    def __next__(self) -> str:
        return next(self.source)

    def _lines(self, path: str, line_break: str, ledger: Ledger) -> Iterator[str]:
        rest, was_suspicious = "", False
        for piece, suspicious in pieces(path, ledger):
            lines = (rest + piece).split(line_break)
            rest = lines.pop()
            self.suspicious = suspicious or was_suspicious
            was_suspicious = suspicious
            for line in lines:
                yield line + "\n"
        self.suspicious = self.suspicious or was_suspicious
        if rest:
            yield rest


def _odd_row(
    row: list[str], dialect: Dialect, place: str, ledger: Ledger
) -> dict[str, str | None] | None:
    """A row with bad bytes or another number of cells: read, or left out."""
    columns = dialect.columns
    problem = encoding_problem(place, "\0".join(row))
    if problem is None:
        extra = row[len(columns) :]
        if len(row) >= len(columns) and not any(extra):
            return {name: cell or None for name, cell in zip(columns, row, strict=False)}
        problem = _field_count(row, dialect, place)
    ledger.leave_out(problem)
    return None


def _field_count(row: list[str], dialect: Dialect, place: str) -> InputProblem:
    columns = dialect.columns
    found = counted(len(row), "cell")
    message = f"the row has {found}, the header has {counted(len(columns), 'column')}"
    if len(row) > len(columns):
        message += f"; the last cell is {quote(row[-1])}"
        mark = quote(dialect.delimiter) if dialect.delimiter != "\t" else "a tab"
        advice = f'quote the cell that holds {mark}, as in "a{dialect.delimiter}b"'
    else:
        message += f"; {quote(columns[len(row)])} and what follows has no cell"
        advice = "complete the row, or export the file again if it was cut off"
    return InputProblem("field-count", place, message, advice)


def _bad_csv(place: str, last_line: int, error: csv.Error) -> InputProblem:
    reason = str(error)
    if "unexpected end" in reason or "field larger" in reason:
        message = f"a quoted cell begins and does not end before line {last_line}"
        return InputProblem("open-quote", place, message, 'close the quote with `"`')
    if "expected after" in reason:
        message = "text stands behind the closing quote of a cell"
        return InputProblem("bad-quote", place, message, 'double a quote inside of a cell: `""`')
    return InputProblem("bad-csv", place, f"the row cannot be read: {reason}", "correct the row")


def _column(cell: str) -> str:
    """The name of a column; `Name [displayName] Required` of the portal's templates is read."""
    named = _TEMPLATE_CELL.fullmatch(cell)
    return named.group(1) if named else cell.strip()


def rename(columns: dict[str, str], path: str, header: tuple[str, ...]) -> None:
    """Check that a column map names columns of the file.

    Raises:
        InputError: A column is not in the header.
    """
    for name in columns.values():
        if name not in header:
            near = nearest(name, header)
            hint = f"did you mean {quote(near)}" if near else f"the columns are {', '.join(header)}"
            message = f"the column map names {quote(name)}, which is no column of `{path}`"
            raise refuse("unknown-column", path, message, hint)

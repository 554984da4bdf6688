"""Pieces of the users or of the target users as files, which the readers of one machine read."""

from __future__ import annotations

import os
import tempfile
from itertools import chain
from typing import TYPE_CHECKING

import pyarrow
from pyarrow import compute, parquet

from provlint.simulate.columnar.staging.users import MOST_FILES
from provlint.simulate.distributed.names import WHOLE_FILES
from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.json_decoding import ENVELOPES
from provlint.simulate.inputs.json_records import one_per_line
from provlint.simulate.inputs.problem import InputError, Ledger, refuse
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.simulate.distributed.recipe import Files
    from provlint.simulate.inputs.problem import OnError

    Batches = Iterator[pyarrow.RecordBatch]

ROWS = 200_000
BYTES = 128 * 1024 * 1024
"""Greatest size of a piece that is put together from records; Arrow's, in memory."""

BYTES_OF_FILES = 32 * 1024 * 1024
"""From this size on, no more small files are put together to one piece."""

_BLANK = r"^[ \t\n\r\x0b\x0c]*$"
_MEMBER = r'\s*"[^"]*"\s*:\s*(?:"[^"]*"|[^"\[{,]*|\[[^\]{]*\])\s*,'
_PAGE = rf'^\s*\{{(?:{_MEMBER}){{0,8}}\s*"(?:{"|".join(ENVELOPES)})"\s*:\s*\[\s*[\{{\]]'
"""A line that holds a page of records; members of a page before its list are short."""

_BYTE_ORDER_MARK = "\ufeff".encode()


class Piece(NamedTuple):
    """Files with some of the records.

    Attributes:
        folder: Where they lie, with room for more.
        paths: The files; none where no record can be read.
        left_out: Number of records that are in none of them, since they cannot be read.
    """

    folder: str
    paths: list[str]
    left_out: int = 0


def pieces(batches: Batches, files: Files, on_error: OnError) -> Iterator[Piece]:
    """What a worker is given as files, each piece gone when the next one is asked for.

    Args:
        batches: Whole files of Parquet as `names.WHOLE_FILES`, columns, or lines.
        files: How the records lie in the files of the whole.
        on_error: What to do about a broken record.

    Raises:
        InputError: A line is no UTF-8, or holds a page of records; or none of many lines can be
            read, and broken records are not to be skipped.
    """
    first = next(batches, None)
    if first is None:
        return
    batches = chain((first,), batches)
    if tuple(first.schema.names) == WHOLE_FILES:
        yield from _of_whole_files(batches)
        return
    for table in gathered(batches, files):
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            readable = table if files.form == "parquet" else readable_first(table)
            if readable is None:
                _check_broken(table, on_error, folder)
                yield Piece(folder, [], table.num_rows)
            else:
                yield Piece(folder, [write_piece(readable, files, folder)])


def _of_whole_files(batches: Batches) -> Iterator[Piece]:
    """Files as they are; small ones together.

    A server may give a file to several workers, but for those of one path, which come together.
    """
    seen: set[str] = set()
    contents = (
        (str(path), content.as_buffer())
        for batch in batches
        for path, content in zip(*map(batch.column, WHOLE_FILES), strict=True)
        if len(content.as_buffer())
    )
    following = next(contents, None)
    while following is not None:
        with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
            paths: list[str] = []
            size = 0
            while following is not None and size < BYTES_OF_FILES and len(paths) < MOST_FILES:
                name, content = following
                if name not in seen:
                    seen.add(name)
                    paths.append(os.path.join(folder, f"{len(paths)}.parquet"))
                    with open(paths[-1], "wb") as file:
                        file.write(content)
                    size += len(content)
                following = next(contents, None)
            if paths:
                yield Piece(folder, paths)


def gathered(batches: Batches, files: Files) -> Iterator[pyarrow.Table]:
    """Record batches put together to pieces that are worth a query; of lines, those with a record.

    Raises:
        InputError: A line is no UTF-8, or holds a page of records.
    """
    waiting: list[pyarrow.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        kept = batch if files.form == "parquet" else _lines_of(batch)
        waiting.append(kept)
        rows += kept.num_rows
        size += kept.nbytes
        if rows >= ROWS or size >= BYTES:
            yield pyarrow.Table.from_batches(waiting)
            waiting, rows, size = [], 0, 0
    if rows:
        yield pyarrow.Table.from_batches(waiting)


def _lines_of(batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """The lines that are not blank, as bytes.

    Raises:
        InputError: A line is no UTF-8, or holds a page of records.
    """
    lines = batch.column("value").cast(pyarrow.binary())
    try:
        lines.cast(pyarrow.string())
    except pyarrow.ArrowInvalid:
        # Which encoding it is, the whole file must tell, of which Spark shows a part.
        message = "a line is not UTF-8"
        raise refuse("not-utf-8", "", message, "save the files as UTF-8") from None
    blank = compute.match_substring_regex(lines, _BLANK)
    lines = lines.filter(compute.invert(compute.fill_null(blank, True)))
    if compute.any(compute.match_substring_regex(lines, _PAGE)).as_py():
        raise refuse(
            "not-lines",
            "",
            "a line holds a page of records, expected one record per line",
            "write one record per line, or Parquet",
        )
    return pyarrow.RecordBatch.from_arrays([lines], names=["value"])


def readable_first(table: pyarrow.Table) -> pyarrow.Table | None:
    """Lines in such an order that a reader sees at the first what they are.

    Returns:
        The lines; None where none of them holds a record.
    """
    for number, line in enumerate(table.column("value")):
        if one_per_line(_text(line.as_py()) + "\n"):
            if number == 0:
                return table
            others = [*range(number), *range(number + 1, table.num_rows)]
            return table.take(pyarrow.array([number, *others]))
    return None


def _text(line: bytes) -> str:
    return line.removeprefix(_BYTE_ORDER_MARK).decode("utf-8", "replace")


def _check_broken(table: pyarrow.Table, on_error: OnError, folder: str) -> None:
    """Refuse lines none of which can be read.

    Raises:
        InputError: Broken records are not to be skipped.
    """
    if on_error == "skip":
        return
    path = os.path.join(folder, "broken.jsonl")
    with open(path, "wb") as file:
        file.write(b"{}\n" + table.column("value")[0].as_py() + b"\n")
    try:
        for _ in records_of(path, Ledger(on_error)):
            pass
    except InputError as error:
        message = error.problem.message.replace(path, "a file")
        raise InputError(error.problem._replace(message=message)) from None


def write_piece(table: pyarrow.Table, files: Files, folder: str) -> str:
    """Write the columns that the files have, and say where.

    Args:
        table: The piece, in the order in which it is written.
        files: How it lies in the files of the whole.
        folder: The folder.
    """
    if files.form == "parquet":
        path = os.path.join(folder, "piece.parquet")
        whole = table.rename_columns(list(files.names))
        parquet.write_table(whole, path, compression="none", write_statistics=False)
        return path
    path = os.path.join(folder, "piece.jsonl")
    with open(path, "wb") as file:
        for chunk in table.column("value").chunks:
            lines = compute.replace_substring(chunk, "\r", " ")
            if compute.any(compute.starts_with(lines, _BYTE_ORDER_MARK)).as_py():
                lines = pyarrow.array(
                    [line.removeprefix(_BYTE_ORDER_MARK) for line in lines.to_pylist()],
                    pyarrow.binary(),
                )
            if len(lines):
                offsets = pyarrow.array([0, len(lines)], pyarrow.int32())
                whole = pyarrow.ListArray.from_arrays(offsets, lines)
                file.write(compute.binary_join(whole, b"\n")[0].as_buffer())
                file.write(b"\n")
    return path

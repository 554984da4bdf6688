"""What is given in memory, as files that the readers of files understand.

A list of records becomes lines of JSON, a table becomes Parquet. The files live in a folder of
their own until the result is closed. Messages call them by the argument that they came from.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from provlint.simulate.columnar.disk import temporary_files_in
from provlint.simulate.inputs.problem import InputError, refuse
from provlint.wording import quote

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TypeAlias

    from pyarrow import RecordBatchReader

    Path = str | os.PathLike[str]


class Table(Protocol):
    """A table of Arrow, pandas, Polars, DuckDB and others.

    https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
    """

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Its columns."""


class LazyTable(Protocol):
    """A query of Polars."""

    def sink_parquet(self, path: str) -> object:
        """Write its result."""


if TYPE_CHECKING:
    Given: TypeAlias = (
        Path
        | Iterable[Path]
        | Iterable[Mapping[str, object]]
        | Mapping[str, object]
        | Table
        | LazyTable
    )

_WRITERS = ("write_parquet", "sink_parquet", "to_parquet")
"""Methods that write a table: of Polars and DuckDB, of lazy Polars, of pandas."""


class GivenFiles:
    """Arguments as paths of files. As a context manager it words errors, and cleans up after them.

    Raises:
        InputError: A record or a table cannot be written.
        TypeError: An argument is of no known kind.
    """

    def __init__(self) -> None:
        self._folder = ""
        self._remove: weakref.finalize[..., GivenFiles] | None = None

    def paths(self, name: str, given: Given) -> tuple[str, ...]:
        """The files of an argument.

        Args:
            name: The argument, for messages.
            given: A path or several, a record or several, or a table.
        """
        if isinstance(given, (str, os.PathLike)):
            return (os.fspath(given),)
        if _is_table(given):
            return (self._table(name, given),)
        if isinstance(given, Mapping):
            return (self._lines(name, [given]),)
        if not isinstance(given, Iterable):
            raise _unknown(name, given)
        items = iter(given)
        first = list(islice(items, 1))
        if first and isinstance(first[0], (str, os.PathLike)):
            return self.paths_only(name, chain(first, items))
        return (self._lines(name, chain(first, items)),)

    def paths_only(self, name: str, given: Path | Iterable[object]) -> tuple[str, ...]:
        """The files of an argument that is never written to disk.

        Args:
            name: The argument, for messages.
            given: A path or several.
        """
        if isinstance(given, (str, os.PathLike)):
            return (os.fspath(given),)
        if not isinstance(given, Iterable) or isinstance(given, Mapping):
            raise _unknown(name, given, "a path or a list of paths")
        found = []
        for item in given:
            if not isinstance(item, (str, os.PathLike)):
                raise _unknown(name, item, "a path")
            found.append(os.fspath(item))
        return tuple(found)

    def path(self, name: str, given: Path | Mapping[str, object]) -> str:
        """The file of an argument that is one document."""
        if isinstance(given, (str, os.PathLike)):
            return os.fspath(given)
        if not isinstance(given, Mapping):
            raise _unknown(name, given, "a path or a dictionary")
        return self._lines(name, [given])

    def told(self, text: str) -> str:
        """A text in which files are called by the argument that they came from."""
        if not self._folder or self._folder not in text:
            return text
        path = re.escape(self._folder + os.sep)
        text = re.sub(path + r"(\w+)\.json:(\d+)", r"\1, record \2", text)
        return re.sub(path + r"(\w+)\.(?:json|parquet)", r"\1", text)

    def close(self) -> None:
        """Remove the files."""
        if self._remove is not None:
            self._remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            return
        if isinstance(error, InputError):
            words = (self.told(word) for word in error.problem)
            error.problem = type(error.problem)(*words)
            error.args = (error.problem.text,)
            error.add_note(f"help: {error.problem.help}")
        self.close()

    def _file(self, name: str) -> str:
        if not self._folder:
            self._folder = tempfile.mkdtemp(prefix="provlint-")
            self._remove = weakref.finalize(self, shutil.rmtree, self._folder, True)
        return os.path.join(self._folder, name)

    def _lines(self, name: str, records: Iterable[object]) -> str:
        path = self._file(f"{name}.json")
        count = 0
        with (
            temporary_files_in(tempfile.gettempdir()),
            open(path, "w", encoding="utf-8") as file,
        ):
            for count, record in enumerate(records, 1):
                if not isinstance(record, Mapping):
                    raise _unknown(name, record, "a dictionary, as the others")
                file.write(_line(record, f"{path}:{count}") + "\n")
            if not count:
                file.write("[]")
        return path

    def _table(self, name: str, table: object) -> str:
        if getattr(table, "shape", None) == (0, 0):
            # What a data frame makes of an empty list; Parquet has no file without columns.
            return self._lines(name, ())
        path = self._file(f"{name}.parquet")
        writer = next((each for each in _WRITERS if hasattr(table, each)), None)
        try:
            with temporary_files_in(tempfile.gettempdir()):
                if writer is not None:
                    getattr(table, writer)(path)
                else:
                    _write_arrow(table, path)
        except (InputError, MemoryError):
            raise
        except ImportError as error:
            message = f"`{name}` is a table that needs pyarrow, which is not installed"
            raise ImportError(f"{message}: run `pip install pyarrow`") from error
        except Exception as error:
            reason = str(error).strip().split("\n")[0]
            raise refuse(
                "bad-table",
                name,
                f"`{name}` is a table that cannot be written: {reason}",
                "give each column a name of its own and values of one type",
            ) from error
        return path


def _is_table(given: object) -> bool:
    return any(hasattr(given, method) for method in (*_WRITERS, "__arrow_c_stream__"))


def batches_of(given: Given) -> RecordBatchReader | None:
    """The batches of a table in memory; None for anything else, and for queries.

    A reader of batches is given back as it is, as it can be read once only.
    """
    import pyarrow

    if isinstance(given, pyarrow.RecordBatchReader):
        return given
    if not hasattr(given, "__arrow_c_stream__"):
        return None
    try:
        return pyarrow.RecordBatchReader.from_stream(given)
    except pyarrow.ArrowException:
        # The writer of files says what is wrong with it.
        return None


def _write_arrow(table: Any, path: str) -> None:
    import pyarrow
    from pyarrow import parquet

    with (
        pyarrow.RecordBatchReader.from_stream(table) as batches,
        parquet.ParquetWriter(path, batches.schema) as file,
    ):
        for batch in batches:
            file.write_batch(batch)


def _unknown(name: str, given: object, expected: str = "") -> TypeError:
    known = expected or "a path, a list of paths, a list of dictionaries, or a table"
    return TypeError(f"`{name}` holds a `{type(given).__name__}`, expected {known}")


def _line(record: Mapping[str, object], place: str) -> str:
    """A record as one line of JSON."""
    try:
        return json.dumps(record, allow_nan=False, default=_plain)
    except (TypeError, ValueError, RecursionError):
        pass
    values = {}
    for name, value in record.items():
        try:
            values[name] = json.dumps(_without_nan(value), allow_nan=False, default=_plain)
        except (TypeError, ValueError, RecursionError) as error:
            raise refuse(
                "bad-value",
                place,
                f"{quote(str(name))} holds {_kind(value)}, expected what JSON has words for",
                "make it a text, number, Boolean, date or None, or a list or dictionary of these",
            ) from error
    pairs = (f"{json.dumps(str(name))}: {value}" for name, value in values.items())
    return f"{{{', '.join(pairs)}}}"


def _kind(value: object) -> str:
    if isinstance(value, float):
        return f"`{value}`"
    return f"a value of the type `{type(value).__name__}`, or such a one within it"


def _plain(value: Any) -> object:
    """What JSON has no word for: dates as ISO 8601, values of NumPy and pandas as Python's."""
    if type(value).__name__ in ("NaTType", "NAType"):
        return None
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    tolist = getattr(value, "tolist", None)
    if tolist is None:
        raise TypeError
    return _without_nan(tolist())


def _without_nan(value: object) -> object:
    """A value in which NaN, which data frames have for nothing, is None."""
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, Mapping):
        return {name: _without_nan(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(inner) for inner in value]
    return value

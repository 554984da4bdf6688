"""The rows of a simulation as tables of other libraries."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas
    import polars
    import pyarrow

    from provlint.simulate.cycle.summary import Row, Verdict

COLUMNS: Mapping[str, str] = {
    "user": "string", "object_id": "string", "target_id": "string", "action": "string",
    "code": "string", "step": "string", "reason": "string", "in_scope": "bool",
    "matched_on": "string", "contested": "list",
}  # fmt: skip
"""The columns of rows and what they hold: those of `--format csv`."""

OWN = ("user", "object_id", "target_id")
"""Those that are not of the verdict."""

OF_VERDICT = tuple(name for name in COLUMNS if name not in OWN)

BATCH = 65_536
"""Rows that are turned to columns at once."""


def arrow_table(rows: Iterable[Row]) -> pyarrow.Table:
    """The rows as an Arrow table.

    Raises:
        ImportError: pyarrow is not installed.
    """
    library = needed("pyarrow", "to_arrow")
    text = library.string()
    types = {"string": text, "bool": library.bool_(), "list": library.list_(text)}
    schema = library.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    batches = [library.RecordBatch.from_pydict(batch, schema) for batch in _columns(rows)]
    return library.Table.from_batches(batches, schema)


def polars_frame(rows: Iterable[Row]) -> polars.DataFrame:
    """The rows as a data frame of Polars.

    Raises:
        ImportError: Polars is not installed.
    """
    library = needed("polars", "to_polars")
    text = library.String
    types = {"string": text, "bool": library.Boolean, "list": library.List(text)}
    schema = {name: types[kind] for name, kind in COLUMNS.items()}
    return library.concat([library.DataFrame(batch, schema) for batch in _columns(rows)])


def pandas_frame(rows: Iterable[Row]) -> pandas.DataFrame:
    """The rows as a data frame of pandas, with its types that know of nothing: `<NA>`, not NaN.

    Raises:
        ImportError: pandas is not installed.
    """
    library = needed("pandas", "to_pandas")
    types = {"string": "string", "bool": "boolean", "list": "object"}
    frames = [
        library.DataFrame(
            {name: library.Series(batch[name], dtype=types[kind]) for name, kind in COLUMNS.items()}
        )
        for batch in _columns(rows)
    ]
    return library.concat(frames, ignore_index=True)


def _columns(rows: Iterable[Row]) -> Iterator[dict[str, list[Any]]]:
    """The rows as columns, in batches, of which there is at least one."""
    left = iter(rows)
    batch = list(islice(left, BATCH))
    while True:
        # Many users have one verdict, which is the same object.
        verdicts = {id(row.verdict): row.verdict for row in batch}
        told = {key: _told(verdict) for key, verdict in verdicts.items()}
        shared = [told[id(row.verdict)] for row in batch]
        yield {
            **{name: [getattr(row, name) for row in batch] for name in OWN},
            **{name: [each[at] for each in shared] for at, name in enumerate(OF_VERDICT)},
        }
        batch = list(islice(left, BATCH))
        if not batch:
            return


def _told(verdict: Verdict) -> list[object]:
    """The columns of a verdict."""
    values = [getattr(verdict, name) for name in OF_VERDICT]
    return [list(value) if isinstance(value, tuple) else value for value in values]


def needed(name: str, method: str) -> Any:
    """A library that a method needs.

    Raises:
        ImportError: It is not installed.
    """
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        message = f"`{method}` needs {name}, which is not installed: run `pip install {name}`"
        raise ImportError(message) from error

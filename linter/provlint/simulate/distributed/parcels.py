"""Parcels: Parquet files as bytes, which Spark brings to a bucket without looking into them."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pyarrow
from pyarrow import compute

from provlint.simulate.distributed.names import EXCHANGED
from provlint.simulate.inputs.sql import sql_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.distributed.recipe import Recipe

    Batches = Iterator[pyarrow.RecordBatch]
    Contents = dict[str, list[str]]
    """Files by kind."""

FILE_NUMBER = "CAST(parse_filename(filename, true) AS BIGINT)"
"""The number of the file that a row of `relation` is from, as SQL."""


def parcels(
    connection: DuckDBPyConnection, recipe: Recipe, kind: str, query: str, folder: str
) -> Batches:
    """The rows of a query, in a parcel for each bucket.

    Args:
        connection: To DuckDB.
        recipe: What is simulated.
        kind: As in `names`.
        query: The rows as `names` has them, with the column `bucket`.
        folder: For what is written in between.
    """
    written = os.path.join(tempfile.mkdtemp(dir=folder), "buckets")
    connection.execute(
        f"COPY ({query}) TO {sql_text(written)} (FORMAT parquet, PARTITION_BY (bucket))"
    )
    for below, _, names in os.walk(written):
        for name in names:
            bucket = int(os.path.basename(below).partition("=")[2])
            path = os.path.join(below, name)
            with open(path, "rb") as file:
                yield parcel(recipe.buckets[bucket], kind, file.read())
            os.remove(path)


def parcel(label: int, kind: str, content: bytes) -> pyarrow.RecordBatch:
    """A row that Spark brings to a bucket.

    Args:
        label: What Spark is told of the bucket.
        kind: As in `names`.
        content: What is in it.
    """
    columns = (
        pyarrow.array([label], pyarrow.int32()),
        pyarrow.array([kind], pyarrow.string()),
        pyarrow.array([content], pyarrow.binary()),
    )
    return pyarrow.RecordBatch.from_arrays(list(columns), names=list(EXCHANGED))


class Arrivals:
    """The parcels that came to a worker, in files.

    Attributes:
        buckets: By what Spark is told of a bucket, what came to it.
    """

    def __init__(self, folder: str, batches: Iterable[pyarrow.RecordBatch] = ()) -> None:
        """Take what comes.

        Args:
            folder: For the files.
            batches: Rows as `parcel` makes them.
        """
        self._folder = folder
        self.buckets: dict[int, Contents] = {}
        for batch in batches:
            self.take(batch)

    def take(self, batch: pyarrow.RecordBatch) -> None:
        """Write the parcels of a batch into files, numbered from 0."""
        labels, kinds, contents = (batch.column(name) for name in EXCHANGED)
        for label, kind, content in zip(
            labels.to_pylist(), kinds.to_pylist(), contents, strict=True
        ):
            files = self.buckets.setdefault(label, {}).setdefault(kind, [])
            below = os.path.join(self._folder, f"{label}-{kind}")
            os.makedirs(below, exist_ok=True)
            path = os.path.join(below, f"{len(files)}.parquet")
            with open(path, "wb") as file:
                file.write(content.as_buffer())
            files.append(path)

    def free(self, label: int) -> None:
        """Remove the files of a bucket."""
        for files in self.buckets[label].values():
            for path in files:
                os.remove(path)


def relation(files: Sequence[str], options: str = "") -> str:
    """The rows of the parcels of one kind, as SQL behind FROM."""
    listed = ", ".join(map(sql_text, files))
    return f"read_parquet([{listed}]{options})"


def only(batch: pyarrow.RecordBatch, kinds: tuple[str, ...]) -> pyarrow.RecordBatch:
    """The parcels of some kinds."""
    return batch.filter(compute.is_in(batch.column("kind"), pyarrow.array(kinds)))


def without(batch: pyarrow.RecordBatch, kinds: tuple[str, ...]) -> pyarrow.RecordBatch:
    """The parcels of all other kinds."""
    return batch.filter(compute.invert(compute.is_in(batch.column("kind"), pyarrow.array(kinds))))

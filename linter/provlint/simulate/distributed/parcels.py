"""Parcels: tables of Arrow as bytes, which Spark brings to a bucket without looking into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow
import pyarrow.ipc
from pyarrow import compute

from provlint.simulate.distributed.names import EXCHANGED, OFFERED, TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.simulate.distributed.recipe import Recipe

    Batches = Iterator[pyarrow.RecordBatch]
    Contents = dict[str, pyarrow.Table]

_BITS = 40
"""Target users of one parcel are fewer than two to the power of this."""


def parcels(
    recipe: Recipe, kind: str, table: pyarrow.Table, buckets: pyarrow.ChunkedArray
) -> Batches:
    """A table cut up by the buckets of its rows.

    Args:
        recipe: What is simulated.
        kind: As in `names`.
        table: The rows.
        buckets: The number of the bucket of each.
    """
    order = compute.sort_indices(buckets)
    table, numbers = table.take(order).combine_chunks(), buckets.take(order)
    start = 0
    for each in compute.value_counts(numbers).to_pylist():
        yield parcel(recipe.buckets[each["values"]], kind, table.slice(start, each["counts"]))
        start += each["counts"]


def parcel(label: int, kind: str, table: pyarrow.Table) -> pyarrow.RecordBatch:
    """A row that Spark brings to a bucket.

    Args:
        label: What Spark is told of the bucket.
        kind: As in `names`.
        table: What is in it.
    """
    content = _as_bytes(table)
    ends = pyarrow.array([0, content.size], pyarrow.int32()).buffers()[1]
    return pyarrow.RecordBatch.from_arrays(
        [
            pyarrow.array([label], pyarrow.int32()),
            pyarrow.array([kind], pyarrow.string()),
            pyarrow.Array.from_buffers(pyarrow.binary(), 1, [None, ends, content]),
        ],
        names=list(EXCHANGED),
    )


def _as_bytes(table: pyarrow.Table) -> pyarrow.Buffer:
    """A table in memory that is asked for once: memory that grows is copied again and again."""
    measured = pyarrow.MockOutputStream()
    with pyarrow.ipc.new_stream(measured, table.schema) as writer:
        writer.write_table(table)
    content = pyarrow.allocate_buffer(measured.size())
    with pyarrow.ipc.new_stream(pyarrow.FixedSizeBufferWriter(content), table.schema) as writer:
        writer.write_table(table)
    return content


def contents(batches: Batches) -> Iterator[tuple[int, Contents]]:
    """What came to a worker, bucket by bucket: what Spark is told of it, a table of each kind."""
    buckets: dict[int, dict[str, list[pyarrow.Table]]] = {}
    for batch in batches:
        labels, kinds, sent = (batch.column(name) for name in EXCHANGED)
        for label, kind, content in zip(labels.to_pylist(), kinds.to_pylist(), sent, strict=True):
            table = pyarrow.ipc.open_stream(content.as_buffer()).read_all()
            several = buckets.setdefault(label, {}).setdefault(kind, [])
            if kind in (TARGETS, OFFERED):
                # Target users of one parcel are told from those of another; what they were told by
                # before, elsewhere, is not told from what they are told by here.
                numbers = table.column("t").combine_chunks().dictionary_encode().indices
                column = compute.add(numbers.cast(pyarrow.int64()), len(several) << _BITS)
                table = table.set_column(table.schema.get_field_index("t"), "t", column)
            several.append(table)
    for label in list(buckets):
        found = buckets.pop(label)
        yield label, {kind: pyarrow.concat_tables(several) for kind, several in found.items()}


def only(batch: pyarrow.RecordBatch, kinds: tuple[str, ...]) -> pyarrow.RecordBatch:
    """The parcels of some kinds."""
    return batch.filter(compute.is_in(batch.column("kind"), pyarrow.array(kinds)))


def without(batch: pyarrow.RecordBatch, kinds: tuple[str, ...]) -> pyarrow.RecordBatch:
    """The parcels of all other kinds."""
    return batch.filter(compute.invert(compute.is_in(batch.column("kind"), pyarrow.array(kinds))))

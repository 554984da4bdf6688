"""What needs all users and all target users at once: an exchange of parcels between buckets.

Users and target users of one matching value meet in one bucket, which is a hash join of Spark's,
but for the rows: Spark carries whole files of Parquet, some for each piece and bucket, and looks
into none of them.
"""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING

from provlint.simulate.distributed import answering, sending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow
    from pyspark.sql import DataFrame

    from provlint.simulate.distributed.recipe import Recipe

    Batches = Iterator[pyarrow.RecordBatch]
    Work = Callable[[Recipe, Batches], Batches]

PARCELS = "bucket int, kind string, content binary"
USERS_OF_A_BUCKET = 1_000_000
LEAST_BUCKETS = 4
"""Fewer would leave processors idle."""

TRIES = 60
"""Numbers that are tried for each partition until one goes there."""


def buckets_for(users: DataFrame) -> tuple[int, ...]:
    """What to tell Spark of each bucket, so that each goes to a partition of its own.

    Where Spark does not tell how it divides, some go together, which does no harm.
    """
    from pyspark.sql import functions as f

    count = max(LEAST_BUCKETS, -(-users.count() // USERS_OF_A_BUCKET))
    numbers = users.sparkSession.range(TRIES * count).select(f.col("id").cast("int").alias("id"))
    places = numbers.select("id", f.pmod(f.hash("id"), f.lit(count)).alias("place"))
    found = {row["place"]: row["id"] for row in places.collect()}
    labels = [found[place] for place in sorted(found)]
    spare = (number for number in range(TRIES * count, (TRIES + 1) * count))
    return tuple([*labels, *spare][:count])


def brought_together(
    recipe: Recipe, users: Sequence[DataFrame], targets: Sequence[DataFrame]
) -> DataFrame:
    """The parcels, those of a bucket in one partition.

    Args:
        recipe: What is simulated.
        users: The files or records of the users.
        targets: Those of the target users.
    """
    works = [*((sending.send_users, frame) for frame in users)]
    works += [(sending.send_targets, frame) for frame in targets]
    frames = [frame.mapInArrow(partial(work, recipe), PARCELS) for work, frame in works]
    sent = reduce(lambda one, other: one.union(other), frames)
    count = len(recipe.buckets)
    sent = sent.repartition(count, "bucket")
    for work in exchanges(recipe):
        sent = sent.mapInArrow(partial(work, recipe), PARCELS).repartition(count, "bucket")
    return sent


def exchanges(recipe: Recipe) -> list[Work]:
    """What buckets do with their parcels one after the other, each time to exchange them again."""
    found: list[Work] = []
    if recipe.asks:
        found.append(answering.answer_keys)
    if recipe.refers:
        found += [answering.identify, answering.answer_references]
    return found

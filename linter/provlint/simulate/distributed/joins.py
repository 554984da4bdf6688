"""What needs all users and all target users at once, as joins of Spark's data frames."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from provlint.simulate.distributed import pieces
from provlint.simulate.distributed.names import LINK, columns_of
from provlint.simulate.distributed.recipe import prepared

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from provlint.simulate.distributed.recipe import Recipe


def with_matches(recipe: Recipe, users: DataFrame, targets: DataFrame | None) -> DataFrame:
    """The users with everything that matching looks up.

    Args:
        recipe: What is simulated.
        users: The records of the users.
        targets: The records of the target users.

    Returns:
        The records with the columns of `names.columns_of`, key by key.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f
    from pyspark.sql.types import StringType, StructField, StructType

    plan, _ = prepared(recipe.choice)
    numbers = [*([LINK] if recipe.links else []), *range(len(plan.matching))]
    added = [StructField(columns_of(number).key, StringType()) for number in numbers]
    schema = StructType([*users.schema.fields, *added])
    keyed = users.mapInArrow(partial(pieces.with_keys, recipe), schema)
    hits = None if targets is None else _hits(recipe, targets, len(plan.mappings))
    for number in numbers:
        key, shared, found = columns_of(number)
        if number != LINK:
            same = Window.partitionBy(key)
            keyed = keyed.withColumn(shared, f.count(f.lit(1)).over(same))
        if hits is not None:
            of_key = hits.where(f.col("m") == number)
            of_key = of_key.select(f.col("k").alias(key), f.col("hits").alias(found))
            keyed = keyed.join(of_key, key, "left")
    return keyed


def _hits(recipe: Recipe, targets: DataFrame, mappings: int) -> DataFrame:
    """By key and value: the spellings of the value, how many target users have each, and one."""
    from pyspark.sql import functions as f

    old = [f"o{at}" for at in range(mappings)]
    schema = "m int, k string, x string, users int, id string"
    schema += "".join(f", {name} string" for name in old)
    keys = targets.mapInArrow(partial(pieces.target_keys, recipe), schema)
    one = f.first(f.struct("id", *old)).alias("one")
    spelled = keys.groupBy("m", "k", "x").agg(
        f.count(f.lit(1)).alias("n"), f.sum("users").alias("users"), one
    )
    each = f.struct("x", "n", "users", *(f.col(f"one.{name}").alias(name) for name in ("id", *old)))
    return spelled.groupBy("m", "k").agg(f.collect_list(each).alias("hits"))

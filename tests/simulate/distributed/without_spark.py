"""The joins of Spark by DuckDB, so that pieces are put together without a cluster."""

import random
from functools import partial

import pyarrow
from pyarrow import parquet

from provlint.simulate.distributed import pieces, run, tables
from provlint.simulate.distributed.names import LINK, columns_of
from provlint.simulate.distributed.recipe import prepared
from provlint.simulate.distributed.simulation import Told


class Frame:
    """As much of a data frame as `tables` asks for."""

    def __init__(self, table):
        self.table = table

    @property
    def columns(self):
        return self.table.column_names

    def select(self, *names):
        return Frame(self.table.select([name.strip("`") for name in names]))

    def toDF(self, *names):  # noqa: N802
        return Frame(self.table.rename_columns(list(names)))

    def limit(self, count):
        return Frame(self.table.slice(0, count))

    def collect(self):
        return self.table.to_pylist()


def read(_spark, paths, _option):
    form = tables.form_of(paths[0])
    if form == "parquet":
        return Frame(pyarrow.concat_tables([parquet.read_table(path) for path in paths])), form
    lines = []
    for path in paths:
        with open(path, encoding="utf-8", newline="\n") as file:
            lines += file.read().splitlines()
    return Frame(pyarrow.table({"value": pyarrow.array(lines, pyarrow.string())})), form


class Emulated:
    """In place of `SparkSimulation`: cut into pieces, joined by DuckDB."""

    def __init__(self, recipe, users, targets, *, threshold=None, **_):
        self.recipe, self.threshold = recipe, threshold
        self.users = users.table
        self.targets = targets.table if targets is not None else None

    def run(self, count, seed=0):
        """What the pieces tell, and the rows of users."""
        matched = self._matched(count)
        order = list(range(matched.num_rows))
        random.Random(seed).shuffle(order)  # a shuffle leaves no order
        matched = matched.take(order)

        def work(recipe):
            rows = []
            for piece in cut(matched, count):
                for batch in pieces.told(recipe, iter(piece.to_batches(7))):
                    rows += batch.to_pylist()
            return rows

        def counted(recipe):
            return [
                row
                for piece in cut(matched, count)
                for batch in pieces.counted(recipe, iter(piece.to_batches(7)))
                for row in batch.to_pylist()
            ]

        told = Told.by(counted, self.recipe, self.threshold)
        rows = [row for row in work(told.recipe) if row["what"] == pieces.VERDICT]
        again = Told.by(work, self.recipe, self.threshold)
        assert again == told
        return told, rows

    def _matched(self, count):
        import duckdb

        recipe = self.recipe
        plan, _ = prepared(recipe.choice)
        connection = duckdb.connect()
        keyed = through(partial(pieces.with_keys, recipe), self.users, count)
        if self.targets is not None:
            keys = through(partial(pieces.target_keys, recipe), self.targets, count)
            old = [f"o{at}" for at in range(len(plan.mappings))]
            connection.register("keys", keys)
            firsts = ", ".join(f"first({name}) AS {name}" for name in ("id", *old))
            packed = ", ".join(f"{name} := {name}" for name in ("x", "n", "users", "id", *old))
            connection.execute(
                f"CREATE TABLE hits AS SELECT m, k, list(struct_pack({packed})) AS hits FROM"
                f" (SELECT m, k, x, count(*) AS n, sum(users)::BIGINT AS users, {firsts}"
                " FROM keys GROUP BY m, k, x) GROUP BY m, k"
            )
        for number in [*([LINK] if recipe.links else []), *range(len(plan.matching))]:
            key, shared, hits = columns_of(number)
            connection.register("keyed", keyed)
            columns = ["u.*"]
            join = ""
            if number != LINK:
                columns.append(f"count(*) OVER (PARTITION BY {key}) AS {shared}")
            if self.targets is not None:
                columns.append(f"h.hits AS {hits}")
                join = f" LEFT JOIN (FROM hits WHERE m = {number}) h ON h.k = u.{key}"
            keyed = connection.sql(
                f"SELECT {', '.join(columns)} FROM keyed u{join}"
            ).to_arrow_table()
            connection.unregister("keyed")
        connection.close()
        return keyed


def cut(table, count):
    size = max(1, -(-table.num_rows // count))
    return [table.slice(start, size) for start in range(0, table.num_rows, size)] or [table]


def through(work, table, count):
    batches = [b for piece in cut(table, count) for b in work(iter(piece.to_batches(11)))]
    return pyarrow.Table.from_batches(batches)


def emulate(monkeypatch, config, options):
    """The emulated simulation of files and options."""
    monkeypatch.setattr(tables, "read", read)
    monkeypatch.setattr(run, "SparkSimulation", Emulated)
    options = dict(options)
    columns = dict(word.split("=") for word in options.pop("columns"))
    return run.simulate_on_spark(
        config, options.pop("users"), options.pop("targets"), columns=columns, spark=object(),
        **options,
    )  # fmt: skip

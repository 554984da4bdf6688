"""The exchange of Spark without Spark, so that buckets are simulated without a cluster."""

import random
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow
from pyarrow import parquet

from provlint.simulate.distributed import joins, run, sending, simulating, tables
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

    def toArrow(self):  # noqa: N802
        return self.table


def read(_spark, paths, _option, rng=None):
    """The files, some of Parquet as a whole and some by record."""
    form = tables.form_of(paths[0])
    if form == "parquet":
        whole = [rng is None or rng.random() < 0.7 for _ in paths]
        tables_of_files = [parquet.read_table(path) for path in paths]
        frame = pyarrow.concat_tables(tables_of_files, promote_options="default")
        small = [path for path, is_whole in zip(paths, whole, strict=True) if is_whole]
        files = pyarrow.table(
            {"path": small, "content": [Path(path).read_bytes() for path in small]},
            pyarrow.schema({"path": pyarrow.string(), "content": pyarrow.binary()}),
        )
        others = [
            table for table, is_whole in zip(tables_of_files, whole, strict=True) if not is_whole
        ]
        large = pyarrow.concat_tables([frame.slice(0, 0), *others], promote_options="default")
        return tables.Records(
            form, Frame(frame), Frame(files) if small else None, Frame(large) if others else None
        )
    lines = []
    for path in paths:
        content = Path(path).read_bytes()
        lines += content.removesuffix(b"\n").split(b"\n") if content else []
    frame = Frame(pyarrow.table({"value": pyarrow.array(lines, pyarrow.binary())}))
    return tables.Records(form, frame, None, frame)


class Emulated:
    """In place of `SparkSimulation`: cut into pieces, brought together by their buckets."""

    def __init__(self, recipe, users, targets, *, threshold=None, **_):
        self.recipe, self.threshold = recipe, threshold
        self.users, self.targets = users, targets

    def run(self, count, seed=0):
        """What the pieces tell, and the rows of users."""
        self.recipe = replace(self.recipe, buckets=tuple(range(count)))
        partitions = self._partitions(count, random.Random(seed))

        def by(work, recipe):
            return [
                row
                for parcels in partitions
                for batch in work(recipe, iter(parcels))
                for row in batch.to_pylist()
            ]

        told = Told.by(partial(by, simulating.counted), self.recipe, self.threshold)
        assert told == Told.by(partial(by, simulating.told), self.recipe, self.threshold)
        return told, [
            row for row in by(simulating.told, told.recipe) if row["what"] == simulating.VERDICT
        ]

    def _partitions(self, count, rng):
        """Parcels by partition; the last two buckets go together, as Spark may have it."""
        recipe = self.recipe
        sent = []
        for work, frames in (
            (sending.send_users, self.users),
            (sending.send_targets, self.targets),
        ):
            for frame in frames:
                sent += through(partial(work, recipe), frame.table, count)
        partitions = exchanged(sent, count, rng)
        for work in joins.exchanges(recipe):
            answers = [b for each in partitions for b in work(recipe, iter(each))]
            partitions = exchanged(answers, count, rng)
        return partitions


def exchanged(parcels, count, rng):
    """What a shuffle makes of parcels: those of a bucket together, in no order."""
    found = [[] for _ in range(max(1, count - 1))]
    rows = [batch.slice(at, 1) for batch in parcels for at in range(batch.num_rows)]
    rng.shuffle(rows)
    for row in rows:
        found[min(row.column("bucket")[0].as_py(), len(found) - 1)].append(row)
    return found


def cut(table, count):
    size = max(1, -(-table.num_rows // count))
    return [table.slice(start, size) for start in range(0, table.num_rows, size)] or [table]


def through(work, table, count):
    return [b for piece in cut(table, count) for b in work(iter(piece.to_batches(11)))]


def emulate(monkeypatch, config, options, seed=0):
    """The emulated simulation of files and options."""
    monkeypatch.setattr(tables, "read", partial(read, rng=random.Random(seed)))
    monkeypatch.setattr(run, "SparkSimulation", Emulated)
    monkeypatch.setattr(joins, "buckets_for", lambda _: ())
    options = dict(options)
    columns = dict(word.split("=") for word in options.pop("columns"))
    return run.simulate_on_spark(
        config, options.pop("users"), options.pop("targets"), columns=columns, spark=object(),
        with_rows=True,
        **options,
    )  # fmt: skip

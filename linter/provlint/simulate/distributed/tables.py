"""Files of users and target users as data frames, in any file system that Spark reads."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provlint.simulate.columnar.staging.users import stage_users
from provlint.simulate.distributed.recipe import Files, columns_for
from provlint.simulate.distributed.routing import silent
from provlint.simulate.distributed.whole_files import whole_files
from provlint.simulate.inputs.naming import naming_of, what_else
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.population import SAMPLE, Population
from provlint.simulate.inputs.problem import InputError, refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

    from provlint.simulate.distributed.recipe import Form
    from provlint.simulate.inputs.naming import Naming

LINES = (".jsonl", ".ndjson", ".json")
"""Endings of files with one JSON text a line, before those of a compression."""

COMPRESSED = (".gz", ".bz2", ".zst", ".lz4", ".snappy", ".deflate")


def form_of(path: str) -> Form:
    """How the records of a file, a folder or a glob lie, told by its ending."""
    name = path.rstrip("/").lower()
    for ending in COMPRESSED:
        name = name.removesuffix(ending)
    return "lines" if name.endswith(LINES) else "parquet"


@dataclass(frozen=True, slots=True)
class Records:
    """The records of files.

    Attributes:
        form: How they lie.
        frame: All records, one a row: columns as in the files, or the column `value`.
        files: Whole files, as `names.WHOLE_FILES`; None where all go record by record.
        others: The records of the other files, in the columns of `frame`; None where there are
            none.
    """

    form: Form
    frame: DataFrame
    files: DataFrame | None = None
    others: DataFrame | None = None

    def sent(self, names: Collection[str] | None = None) -> tuple[tuple[DataFrame, ...], Files]:
        """What is given to workers, and how they name the columns of records.

        Args:
            names: The columns that are read; all where it is left out.
        """
        if self.form == "lines":
            return (self.frame,), Files(self.form)
        frames = [] if self.files is None else [self.files]
        files = Files(self.form)
        if self.others is not None:
            others = self.others if names is None else _chosen(self.others, names)
            columns = tuple(others.columns)
            # Spark cannot ask for every name.
            frames.append(others.toDF(*(f"c{at}" for at in range(len(columns)))))
            files = Files(self.form, columns)
        return tuple(frames), files


def read(spark: SparkSession, paths: Sequence[str], option: str) -> Records:
    """The records of files of one form.

    Args:
        spark: The session.
        paths: Files, folders and globs, as Spark understands them.
        option: The option that they were given by, for messages.

    Raises:
        InputError: The files are of two forms, or cannot be read.
    """
    forms = sorted({form_of(path) for path in paths})
    if len(forms) > 1:
        message = "Parquet and lines of JSON are mixed"
        raise refuse("two-forms", option, message, "give files of one form")
    try:
        if forms == ["lines"]:
            # A carriage return ends no line, but stands for a space.
            frame = spark.read.text(list(paths), lineSep="\n")
            frame = frame.select(frame["value"].cast("binary"))
        else:
            frame = spark.read.option("mergeSchema", "true").parquet(*paths)
        frame.schema  # noqa: B018 - a server looks at the files only now
    except Exception as error:
        reason = str(error).strip().split("\n")[0][:300]
        message = f"Spark cannot read {', '.join(paths)}: {reason}"
        advice = "give Parquet files, or files ending in `.jsonl`"
        raise refuse("unreadable-file", option, message, advice) from error
    if forms == ["lines"]:
        return Records("lines", frame, None, frame)
    whole = whole_files(spark, paths)
    if whole is None:
        return Records("parquet", frame, None, frame)
    # Spark reads other files in the columns of all.
    others = spark.read.schema(frame.schema).parquet(*whole.others) if whole.others else None
    return Records("parquet", frame, whole.frame, others)


class Users:
    """The users, with what is known of their files before all of them are read.

    Attributes:
        frames: What is given to workers.
        files: How the records lie.
        naming: How they name their attributes.
        missing: Attributes that are asked for and that none has; None where only a look at all
            tells.
    """

    def __init__(
        self,
        records: Records,
        attributes: frozenset[str],
        columns: Mapping[str, str],
        names: Sequence[str],
    ) -> None:
        """Look at the beginning.

        Args:
            records: The records.
            attributes: The attributes that are asked for.
            columns: The column of each attribute.
            names: The attributes that the simulation reads, those asked for and others.

        Raises:
            InputError: These are no users.
        """
        self.missing: frozenset[str] | None = None
        if records.form == "parquet":
            found = records.frame.columns
            self.naming = _naming(dict.fromkeys(found), columns)
            wanted = columns_for({*attributes, *names}, columns)
            kept = [name for name in found if name in wanted]
            if not columns and naming_of(dict.fromkeys(kept)) != self.naming:
                kept = found
            self.frames, self.files = records.sent(kept)
            self.missing = _absent(records.frame, attributes, columns, names)
            return
        self.frames, self.files = records.sent()
        lines = [row["value"] for row in records.frame.limit(SAMPLE).collect()]
        self.naming, seen = _look(lines, attributes, columns)
        if len(lines) < SAMPLE or seen >= attributes:
            self.missing = attributes - seen


def _naming(record: Mapping[str, Any], columns: Mapping[str, str]) -> Naming:
    if columns and "schemas" not in record:
        return "column-map"
    naming = naming_of(record)
    if naming is None:
        message = f"the files hold {what_else(record)}, expected users"
        raise refuse("not-users", "--users", message, "give them to the option for them")
    return naming


def _look(
    lines: Sequence[bytes], attributes: Collection[str], columns: Mapping[str, str]
) -> tuple[Naming, frozenset[str]]:
    """How lines name their attributes, and which they have."""
    import pyarrow

    from provlint.simulate.distributed.piece_files import gathered, readable_first, write_piece

    sample = pyarrow.table({"value": pyarrow.array(lines, pyarrow.binary())})
    with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
        try:
            pieces = list(gathered(iter(sample.to_batches()), Files("lines")))
            table = pyarrow.concat_tables(pieces) if pieces else sample.slice(0, 0)
            path = write_piece(readable_first(table) or table, Files("lines"), folder)
            population = Population([path], attributes=attributes, columns=columns, on_error="skip")
        except InputError as error:
            raise InputError(error.problem._replace(place="--users")) from None
        seen = frozenset(population.attributes) - population.missing
        return population.exports[0].naming, seen


def _chosen(frame: DataFrame, names: Collection[str]) -> DataFrame:
    kept = [name for name in frame.columns if name in names]
    return frame.select(*(f"`{name.replace('`', '``')}`" for name in kept))


def _absent(
    frame: DataFrame, attributes: frozenset[str], columns: Mapping[str, str], names: Sequence[str]
) -> frozenset[str]:
    """The attributes that columns of Parquet do not tell, as its readers see them."""
    import pyarrow
    from pyarrow import parquet

    kinds = frame.limit(0).toArrow().schema
    one = pyarrow.table(
        [pyarrow.array([_filled(field.type)], field.type) for field in kinds], names=kinds.names
    )
    with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
        path = os.path.join(folder, "sample.parquet")
        parquet.write_table(one, path)
        population = Population([path], attributes=attributes, columns=columns)
        connection = connect(path)
        stage_users(connection, population, names, folder, silent)
        connection.close()
        return population.missing


def _filled(kind: pyarrow.DataType) -> object:
    """A value of a type that has every member, without values."""
    import pyarrow

    if pyarrow.types.is_struct(kind):
        return {field.name: _filled(field.type) for field in kind}
    return None

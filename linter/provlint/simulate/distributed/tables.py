"""Files of users and target users as data frames, in any file system that Spark reads."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

from provlint.simulate.distributed.recipe import Files, columns_for
from provlint.simulate.inputs.naming import naming_of, what_else
from provlint.simulate.inputs.population import SAMPLE, Population
from provlint.simulate.inputs.problem import InputError, refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

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


def read(spark: SparkSession, paths: Sequence[str], option: str) -> tuple[DataFrame, Form]:
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
    return frame, "lines" if forms == ["lines"] else "parquet"


def numbered(frame: DataFrame, form: Form) -> tuple[DataFrame, Files]:
    """Records under names that Spark can ask for, and the names that they have in the files."""
    if form == "lines":
        return frame, Files(form)
    names = tuple(frame.columns)
    return frame.toDF(*(f"c{at}" for at in range(len(names)))), Files(form, names)


class Users:
    """The users, with what is known of their files before all of them are read.

    Attributes:
        frame: One record a row: columns as in the files, or the column `value`.
        files: How they lie.
        naming: How they name their attributes.
        seen: Attributes that some of them have; None where only a look at all tells.
    """

    def __init__(
        self,
        frame: DataFrame,
        form: Form,
        attributes: Collection[str],
        columns: Mapping[str, str],
        names: Iterable[str],
    ) -> None:
        """Look at the beginning.

        Args:
            frame: The records.
            form: How they lie.
            attributes: The attributes that are asked for.
            columns: The column of each attribute.
            names: The attributes that the simulation reads, those asked for and others.

        Raises:
            InputError: These are no users.
        """
        self.seen: frozenset[str] | None = None
        if form == "parquet":
            self.naming = _naming(dict.fromkeys(frame.columns), columns)
            frame = _narrowed(frame, self.naming, columns, names)
        self.frame, self.files = numbered(frame, form)
        if form == "parquet":
            return
        lines = [row["value"] for row in frame.limit(SAMPLE).collect()]
        self.naming, self.seen = _look(lines, attributes, columns)
        if len(lines) == SAMPLE and not self.seen >= frozenset(attributes):
            self.seen = None


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
        missing = population.missing
        return population.exports[0].naming, frozenset(population.attributes) - missing


def _narrowed(
    frame: DataFrame, naming: Naming, columns: Mapping[str, str], names: Iterable[str]
) -> DataFrame:
    """The columns that may be read; those that tell the naming are kept as well."""
    wanted = columns_for(names, columns)
    kept = [name for name in frame.columns if name in wanted]
    if columns or naming_of(dict.fromkeys(kept)) == naming:
        return frame.select(*(f"`{name.replace('`', '``')}`" for name in kept))
    return frame

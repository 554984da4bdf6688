"""Files that Spark carries to a worker as they are, without looking into them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.distributed.names import WHOLE_FILES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame, SparkSession

MOST = 64 * 1024 * 1024
"""Bytes of the largest file that is ever carried."""

SHARE = 16
"""Part of the memory of a task that a file may be: Spark holds it several times, in one piece."""

CORES = 8
"""Cores of an executor, where the cluster does not tell."""

_COLUMNS = ["path", "modificationTime", "length", "content"]
"""Columns of whole files where no name of a folder adds any."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_GLOB = frozenset("*?[]{}\\")
_LOCAL = re.compile(r"local(?:\[(\*|\d+)(?:,\s*\d+)?\])?")
_UNITS = " kmgt"
_SIZE = re.compile(r"\s*(\d+)\s*([kmgt]?)b?\s*", re.IGNORECASE)

LEAST_PARTITIONS = 4
"""Fewer would leave processors idle."""


class WholeFiles(NamedTuple):
    """Files that are carried, and those that are not.

    Attributes:
        frame: A row with the columns `names.WHOLE_FILES` for each file; None where there are none.
        others: The paths of the files that are too large.
    """

    frame: DataFrame | None
    others: list[str]


def whole_files(spark: SparkSession, paths: Sequence[str]) -> WholeFiles | None:
    """Files as they are.

    Args:
        spark: The session.
        paths: Files, folders and globs, as Spark understands them.

    Returns:
        None where Spark must read the records: the server cannot carry files, names of folders tell
        values of columns, or a path cannot be asked for.
    """
    try:
        whole = spark.read.format("binaryFile").load(list(paths))
        if whole.columns != _COLUMNS:
            return None
        listed = [(row["path"], row["length"]) for row in whole.select("path", "length").collect()]
    except Exception:  # What is wrong with the files, their reader says better.
        return None
    if not listed:
        return None
    # Sail names files otherwise, and gives a file once for each part in which it reads it.
    known = all(_ADDRESS.match(path) for path, _ in listed)
    largest = min(MOST, memory_of_task(spark) // SHARE) if known else MOST
    others = sorted({path for path, length in listed if length > largest})
    if others and (not known or any(_GLOB.intersection(path) for path in others)):
        return None
    if len(others) == len(listed):
        return WholeFiles(None, others)
    frame = whole.where(whole["length"] <= largest).select(*WHOLE_FILES)
    if not known:
        size = sum(length for _, length in listed)
        frame = frame.repartition(max(LEAST_PARTITIONS, -(-size // MOST)), "path")
    return WholeFiles(frame, others)


def memory_of_task(spark: SparkSession) -> int:
    """Bytes of the Java heap for each task that runs at once, as far as settings tell."""
    local = _LOCAL.fullmatch(_setting(spark, "spark.master", ""))
    if local is None:
        memory = _setting(spark, "spark.executor.memory", "1g")
        cores = _setting(spark, "spark.executor.cores", str(CORES))
    else:
        memory = _setting(spark, "spark.driver.memory", "1g")
        cores = local[1] or "1"
    if not cores.isdigit():
        cores = str(os.cpu_count() or CORES)
    found = _SIZE.fullmatch(memory)
    if found is None:
        return 0
    scale: int = 1024 ** _UNITS.index(found[2].lower() or "m")
    return int(found[1]) * scale // max(int(cores), 1)


def _setting(spark: SparkSession, name: str, default: str) -> str:
    """A setting of the session; not every server tells."""
    try:
        return spark.conf.get(name, default) or default
    except Exception:
        return default

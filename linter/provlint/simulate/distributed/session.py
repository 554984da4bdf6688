"""The Spark that a simulation runs on."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provlint.simulate.inputs.problem import refuse

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OPTION = "--engine spark"
APPLICATION = "provlint simulate"
REMOTE = "SPARK_REMOTE"
CONNECT_PORT = 15002
PATIENCE = 30
"""Seconds for a server to answer."""

NEEDED = {"pyspark": "PySpark", "pyarrow": "PyArrow", "duckdb": "DuckDB"}
"""Modules, and what they are called."""


def check_installed() -> None:
    """Tell what is missing.

    Raises:
        InputError: PySpark or what it needs here is not installed.
    """
    for module, name in NEEDED.items():
        if find_spec(module) is None:
            message = f"Spark needs {name}, which is not installed"
            advice = "run `pip install 'provlint[spark]'`, here and where Spark's workers run"
            raise refuse("needs-spark", OPTION, message, advice)


def session() -> SparkSession:
    """The session that exists, or one with the server that SPARK_REMOTE names, or one of its own.

    Under `spark-submit` the settings of the cluster hold; else Spark runs on all cores of this
    machine.

    Raises:
        InputError: Something is not installed, or Spark does not start.
    """
    check_installed()
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    remote = os.environ.get(REMOTE)
    if remote is None and not _has_java():
        message = "Spark needs Java, which was not found"
        advice = f"install Java 17, set `JAVA_HOME`, or name a Spark Connect server in `{REMOTE}`"
        raise refuse("needs-java", OPTION, message, advice)
    if remote is not None:
        _check_server(remote)
    # Workers on this machine must be the interpreter that has provlint.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        builder = SparkSession.builder.appName(APPLICATION)
        if remote is not None:
            return builder.remote(remote).getOrCreate()
        return builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    except Exception as error:
        where = f" at `{remote}`" if remote is not None else ""
        reason = str(error).strip().split("\n")[0][:300] or type(error).__name__
        message = f"Spark{where} cannot be used: {reason}"
        raise refuse("no-spark", OPTION, message, "start it, or correct its address") from error


def _check_server(remote: str) -> None:
    """Tell at once that nobody listens; PySpark tries for ten minutes.

    Raises:
        InputError: The server does not answer.
    """
    try:
        address = urlsplit(remote)
        where = (address.hostname or "", address.port or CONNECT_PORT)
        socket.create_connection(where, timeout=PATIENCE).close()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"Spark at `{remote}` does not answer: {reason.lower()}"
        raise refuse("no-spark", OPTION, message, "start it, or correct its address") from error


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    if home and os.path.exists(os.path.join(home, "bin", "java")):
        return True
    return shutil.which("java") is not None

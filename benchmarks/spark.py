"""Seconds of processors of Spark for each further million users, against those of one machine.

`python -m benchmarks.spark [--users 1000000 2000000 4000000]`. Everything but the number of users
is the same, so the difference of two sizes is free of start-up. The answers are compared.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.core_seconds import Cost, measure
from benchmarks.figures import Figure, from_times, megabytes
from benchmarks.simulation import OURS, prepare, tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Costs = dict[str, dict[int, list[Cost]]]

ONE_MACHINE = "one machine"
BASE = f"{ONE_MACHINE}, seconds of processors"
SPARK = "Spark on all cores"
LARGE = "Spark, one large file each"
SAIL = "Sail"
PARTS = 8
ROUNDS = 3

SERVER = (
    "import sys; from pysail.spark import SparkConnectServer;"
    "server = SparkConnectServer(ip='127.0.0.1', port=0); server.start(background=True);"
    "print(server.listening_address[1], flush=True); sys.stdin.read(); server.stop()"
)


def measured(folder: str, sizes: Sequence[int], rounds: int) -> Costs:
    """What each engine costs at each number of users, round by round.

    Raises:
        RuntimeError: A run fails, or gives other answers than one machine.
    """
    runners = dict(_runners())
    costs: Costs = {name: {size: [] for size in sizes} for name in runners}
    folders = {size: _parts(Path(folder) / f"spark{size}", size) for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            answers = {}
            for name, run in runners.items():
                costs[name][size].append(run(folders[size]))
                answer = (folders[size] / "ours.json").read_text("utf-8")
                answers[name] = json.loads(answer)["summary"]["counters"]
            differing = [name for name in answers if answers[name] != answers[ONE_MACHINE]]
            if differing:
                raise RuntimeError(f"{differing[0]} counts otherwise than one machine")
    return costs


def figures(folder: str, sizes: Sequence[int], rounds: int = ROUNDS) -> list[Figure]:
    """Slopes as multiples of that of one machine, and what each size costs.

    Raises:
        RuntimeError: A run fails, or gives other answers than one machine.
    """
    costs = measured(folder, sizes, rounds)
    found = []
    ours = costs[ONE_MACHINE]
    for name, rows in costs.items():
        for size in sizes:
            title = f"{name}, {size:,} users"
            cores = [cost.cores for cost in rows[size]]
            found.append(from_times(title, cores, [cost.cores for cost in ours[size]], BASE))
            found.append(megabytes(title, max(cost.megabytes for cost in rows[size])))
        title = f"{name}, a further million users"
        found.append(from_times(title, slopes(rows), slopes(ours), BASE))
    return found


def slopes(rows: dict[int, list[Cost]], unit: str = "cores") -> list[float]:
    """What a further million users takes, round by round: `cores`, or `seconds` of the clock."""
    first, last = min(rows), max(rows)
    millions = (last - first) / 1_000_000
    pairs = zip(rows[first], rows[last], strict=True)
    return [(getattr(b, unit) - getattr(a, unit)) / millions for a, b in pairs]


def versions() -> dict[str, str]:
    """What takes part beside the project."""
    return {name: version(name) for name in ("pyspark", "pysail") if find_spec(name) is not None}


def _parts(folder: Path, size: int) -> Path:
    """Users and target users in several files each, as a cluster has them."""
    import duckdb

    folder.mkdir()
    prepare(folder, size)
    for name in ("users", "targets"):
        (folder / name).mkdir()
        for part in range(PARTS):
            duckdb.sql(
                f"COPY (SELECT * EXCLUDE (file_row_number) FROM"
                f" read_parquet('{folder}/{name}.parquet', file_row_number = true)"
                f" WHERE file_row_number % {PARTS} = {part})"
                f" TO '{folder}/{name}/part{part}.parquet' (FORMAT parquet)"
            )
    return folder


def _command(folder: Path, engine: str, *, parts: bool = False) -> list[str]:
    """The simulation of one file of users and one of target users, or of both in parts."""
    words = [engine if word == "columns" else word for word in tasks(folder)[OURS]]
    return [word.removesuffix(".parquet") for word in words] if parts else words


def _runners() -> Iterator[tuple[str, Callable[[Path], Cost]]]:
    yield ONE_MACHINE, lambda folder: measure(_command(folder, "columns"), {})
    if find_spec("pyspark") is None:
        return
    if shutil.which("java") is not None:
        settings = {
            "PYSPARK_SUBMIT_ARGS": "--master local[*] --conf spark.ui.enabled=false pyspark-shell",
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        yield SPARK, lambda folder: measure(_command(folder, "spark", parts=True), settings)
        yield LARGE, lambda folder: measure(_command(folder, "spark"), settings)
    if find_spec("pysail") is not None:
        yield SAIL, _on_sail


def _on_sail(folder: Path) -> Cost:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        remote = {"SPARK_REMOTE": f"sc://127.0.0.1:{int(server.stdout.readline())}"}
        return measure(_command(folder, "spark", parts=True), remote, [server.pid])
    finally:
        server.stdin.close()
        server.wait(timeout=60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, nargs="+", default=[1_000_000, 2_000_000, 4_000_000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(folder, asked.users, asked.rounds):
            cores = "" if figure.milliseconds is None else f", {figure.milliseconds / 1000:,.1f} s"
            print(f"{figure.name}: {figure.value:.2f} x {figure.against}{cores}")


if __name__ == "__main__":
    main()

"""Whole processes against `python -c pass`: start-up, help, and the lint of files."""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import sys
from typing import TYPE_CHECKING

from benchmarks import peers
from benchmarks.configurations import text
from benchmarks.figures import Figure, from_times, megabytes, processes_in_turns

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(HERE, "..", "examples", "clean", "api-driven-inbound", "schema.json")
"""40 KB, 19 mappings, a filter with a regular expression, no finding."""

BARE = "python -c pass"
UNCHANGED = "lint FILE, 40 KB, unchanged"
FILES = 500


def measure(folder: str, rounds: int, found: peers.Peers | None) -> list[Figure]:
    """Figures of whole processes.

    Args:
        folder: A folder for the files to lint.
        rounds: Runs of each command.
        found: Other linters to measure.
    """
    _compile(("provlint", "provlint_grammar", "provlint_rules"))
    commands = _commands(folder)
    names = {
        name: os.path.join(folder, "cache", str(number)) for number, name in enumerate(commands)
    }
    variables = {name: {"PROVLINT_CACHE_DIR": path} for name, path in names.items()}
    fresh = {name: path for name, path in names.items() if "unchanged" not in name}
    if found is not None:
        commands |= peers.linters(found, folder)
    rows = processes_in_turns(commands, rounds, variables, fresh)
    base = rows[BARE]["seconds"]
    figures = []
    for name, row in rows.items():
        figures.append(from_times(name, row["seconds"], base, BARE))
        figures.append(megabytes(name, row["megabytes"]))
    return figures


def unchanged(folder: str, rounds: int) -> list[Figure]:
    """Milliseconds for each unchanged file of a run over many, without the start."""
    below = os.path.join(folder, "many")
    os.makedirs(below, exist_ok=True)
    for number in range(FILES):
        with open(os.path.join(below, f"{number}.json"), "w", encoding="utf-8") as file:
            file.write(text(5 + number % 7, 20 + number // 7))
    one, all_of_them = os.path.join(below, "0.json"), below
    commands = {"one": [*_ours(), "lint", one], "all": [*_ours(), "lint", all_of_them]}
    cache = {"PROVLINT_CACHE_DIR": os.path.join(folder, "cache", "many")}
    rows = processes_in_turns(commands, rounds, dict.fromkeys(commands, cache))
    each = [
        (whole - single) / (FILES - 1) * 1000
        for whole, single in zip(rows["all"]["seconds"], rows["one"]["seconds"], strict=True)
    ]
    low, value, high = statistics.quantiles(each, n=4, method="inclusive")
    return [Figure(f"a file of {FILES}, unchanged", value, low, high, "a millisecond", value)]


def _ours() -> list[str]:
    script = shutil.which("provlint", path=os.path.dirname(sys.executable))
    return [script] if script else [sys.executable, "-m", "provlint"]


def _commands(folder: str) -> dict[str, list[str]]:
    large = os.path.join(folder, "large.json")
    with open(large, "w", encoding="utf-8") as file:
        file.write(text(140, 870))
    ours = _ours()
    return {
        BARE: [sys.executable, "-c", "pass"],
        "import click": [sys.executable, "-c", "import click"],
        "--version": [*ours, "--version"],
        "--help": [*ours, "--help"],
        "explain PL301": [*ours, "explain", "PL301"],
        "lint FILE, 40 KB": [*ours, "lint", FILE],
        UNCHANGED: [*ours, "lint", FILE],
        "lint FILE, 40 KB, with options": [*ours, "lint", "--color", "never", FILE],
        "lint FILE, 1 MB": [*ours, "lint", large],
    }


def _compile(packages: Iterable[str]) -> None:
    """Make the compiled files that an installation has and a checkout may lack."""
    from importlib.util import find_spec

    for name in packages:
        spec = find_spec(name)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            compileall.compile_dir(folder, quiet=2)

"""Whole processes against `python -c pass`: start-up, help, and the lint of files."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, from_times

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(HERE, "..", "examples", "clean", "api-driven-inbound", "schema.json")
"""40 KB, 19 mappings, a filter with a regular expression, no finding."""

BARE = "python -c pass"
PEERS = ("yamllint", "check-jsonschema", "ruff", "zizmor")

_WORKFLOW = """name: build
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
"""


def measure(folder: str, rounds: int, *, peers: bool) -> list[Figure]:
    """Figures of whole processes.

    Args:
        folder: A folder for the files to lint.
        rounds: Runs of each command.
        peers: Whether to install and measure other linters.
    """
    commands = _commands(folder)
    if peers:
        commands |= _peer_commands(folder)
    rows = _run(commands, rounds)
    base = rows[BARE]["seconds"]
    figures = []
    for name, row in rows.items():
        figures.append(from_times(name, row["seconds"], base, BARE))
        megabytes = row["megabytes"]
        figures.append(Figure(f"{name}: MB", megabytes, megabytes, megabytes, "MB"))
    return figures


def _commands(folder: str) -> dict[str, list[str]]:
    from benchmarks.configurations import text

    large = os.path.join(folder, "large.json")
    with open(large, "w", encoding="utf-8") as file:
        file.write(text(140, 870))
    script = shutil.which("provlint", path=os.path.dirname(sys.executable))
    ours = [script] if script else [sys.executable, "-m", "provlint"]
    return {
        BARE: [sys.executable, "-c", "pass"],
        "import click": [sys.executable, "-c", "import click"],
        "--version": [*ours, "--version"],
        "--help": [*ours, "--help"],
        "explain PL301": [*ours, "explain", "PL301"],
        "lint FILE, 40 KB": [*ours, "lint", FILE],
        "lint FILE, 40 KB, with options": [*ours, "lint", "--color", "never", FILE],
        "lint FILE, 1 MB": [*ours, "lint", large],
    }


def _run(commands: dict[str, list[str]], rounds: int) -> dict[str, dict[str, list[float]]]:
    _compile(("provlint", "provlint_grammar", "provlint_rules"))
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    task = {"commands": commands, "rounds": rounds, "environment": environment}
    done = subprocess.run(
        [sys.executable, "-S", os.path.join(HERE, "launch.py")],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    rows: dict[str, dict[str, list[float]]] = json.loads(done.stdout)
    return rows


def _compile(packages: Iterable[str]) -> None:
    """Make the compiled files that an installation has and a checkout may lack."""
    from importlib.util import find_spec

    for name in packages:
        spec = find_spec(name)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            compileall.compile_dir(folder, quiet=2)


def _peer_commands(folder: str) -> dict[str, list[str]]:
    """Other linters with one trivial file each, in an environment of their own."""
    environment = os.path.join(folder, "peers")
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    scripts = os.path.join(environment, "bin")
    pip = [os.path.join(scripts, "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PEERS], check=True, stderr=subprocess.DEVNULL)
    files = {
        "trivial.yaml": "---\nname: trivial\n",
        "trivial.py": "NAME = 1\n",
        "trivial.json": '{"name": 1}\n',
        "schema.json": '{"type": "object"}\n',
        "workflow.yml": _WORKFLOW,
    }
    paths = {name: os.path.join(folder, name) for name in files}
    for name, text in files.items():
        with open(paths[name], "w", encoding="utf-8") as file:
            file.write(text)
    arguments = {
        "yamllint": [paths["trivial.yaml"]],
        "check-jsonschema": ["--schemafile", paths["schema.json"], paths["trivial.json"]],
        "ruff": ["check", "--no-cache", paths["trivial.py"]],
        "zizmor": ["--offline", paths["workflow.yml"]],
    }
    return {name: [os.path.join(scripts, name), *arguments[name]] for name in PEERS}


def peer_versions(folder: str) -> dict[str, str]:
    """What was installed for the comparison."""
    python = os.path.join(folder, "peers", "bin", "python")
    code = (
        "import importlib.metadata as m, json, sys;"
        "print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"
    )
    done = subprocess.run([python, "-c", code, *PEERS], capture_output=True, text=True, check=True)
    versions: dict[str, str] = json.loads(done.stdout)
    return versions

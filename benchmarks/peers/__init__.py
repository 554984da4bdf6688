"""Programs and libraries that the project is measured against, in an environment of their own.

Nothing here is imported by the project, and the project is not installed there. The scripts beside
this file are run by the interpreter of that environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import NamedTuple

HERE = os.path.dirname(os.path.abspath(__file__))

LINTERS = ("yamllint", "check-jsonschema", "cfn-lint", "sqlfluff", "zizmor", "ruff")
LIBRARIES = ("rule-engine", "common-expression-language", "cel-python", "polars", "duckdb")

_WORKFLOW = """name: build
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
"""
_TEMPLATE = """{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "trivial"}}}
}
"""
_FILES = {
    "trivial.yaml": "---\nname: trivial\n",
    "trivial.py": "NAME = 1\n",
    "trivial.json": '{"name": 1}\n',
    "trivial.sql": "SELECT name FROM people\n",
    "schema.json": '{"type": "object"}\n',
    "template.json": _TEMPLATE,
    "workflow.yml": _WORKFLOW,
}
_ARGUMENTS = {
    "yamllint": ["trivial.yaml"],
    "check-jsonschema": ["--schemafile", "schema.json", "trivial.json"],
    "cfn-lint": ["--regions", "us-east-1", "--", "template.json"],
    "sqlfluff": ["lint", "--dialect", "ansi", "trivial.sql"],
    "ruff": ["check", "--no-cache", "trivial.py"],
    "zizmor": ["--offline", "workflow.yml"],
}
"""Of each linter, with the names of `_FILES` in them."""


class Peers(NamedTuple):
    """The environment.

    Attributes:
        scripts: Folder of its programs.
        versions: Version of each peer.
    """

    scripts: str
    versions: dict[str, str]

    @property
    def python(self) -> str:
        """Its interpreter."""
        return os.path.join(self.scripts, "python")


def install(folder: str) -> Peers:
    """Make the environment below a folder; takes a minute or two and needs a package index."""
    environment = os.path.join(folder, "peers")
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    scripts = os.path.join(environment, "Scripts" if os.name == "nt" else "bin")
    python = os.path.join(scripts, "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    names = [*LINTERS, *LIBRARIES]
    subprocess.run([*pip, *names], check=True, stderr=subprocess.DEVNULL)
    code = (
        "import importlib.metadata as m, json, sys;"
        "print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"
    )
    done = subprocess.run([python, "-c", code, *names], capture_output=True, text=True, check=True)
    return Peers(scripts, json.loads(done.stdout))


def linters(peers: Peers, folder: str) -> dict[str, list[str]]:
    """The command of each linter, with one trivial file."""
    for name, text in _FILES.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return {
        name: [
            os.path.join(peers.scripts, name),
            *(os.path.join(folder, word) if word in _FILES else word for word in words),
        ]
        for name, words in _ARGUMENTS.items()
    }


def script(name: str) -> str:
    """Path of a script that the environment runs."""
    return os.path.join(HERE, f"{name}.py")

"""Running the command line inside the test process, in a folder of its own."""

from pathlib import Path
from typing import NamedTuple

import pytest

from provlint.cli import status

ROOT = Path(__file__).parent.parent.parent

CLEAN = """\
{
  "targetAttributeName": "displayName",
  "source": {"type": "Attribute", "name": "displayName"}
}
"""
MISTAKEN = """\
{
  "targetAttributeName": "displayName",
  "source": {
    "type": "Function",
    "name": "Jion",
    "expression": "Jion(\\" \\", [givenName], [surname])"
  }
}
"""
UNRELATED = '{"name": "left-pad", "version": "1.0.0"}\n'


class Result(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, and the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def files(folder):
    """Write files: name to text or bytes."""

    def write(contents):
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture
def provlint(folder, capsys):
    """Run `provlint` with these words."""

    def run(*words):
        capsys.readouterr()
        code = status([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Result(code, out, err)

    return run


@pytest.fixture
def texts():
    """A clean configuration, one with a mistake, and a file of something else."""
    return {"clean": CLEAN, "mistaken": MISTAKEN, "unrelated": UNRELATED}

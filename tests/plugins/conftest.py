"""The example package as if it were installed, and others that are broken."""

import json
import shutil
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from provlint.cli import status

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "plugin"


class Result(NamedTuple):
    status: int
    out: str
    err: str


class Environment:
    """A folder of installed packages that Python looks into, and one to work in."""

    def __init__(self, site, work, capsys):
        self.site = site
        self.work = work
        self.capsys = capsys

    def describe(self, name, version, entry_point):
        """Write what pip writes about a package."""
        info = self.site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[provlint.rules]\n{entry_point}\n")

    def example(self):
        project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
        (points,) = project["entry-points"].values()
        shutil.copytree(EXAMPLE / "contoso_rules", self.site / "contoso_rules")
        for name, value in points.items():
            self.describe(project["name"], project["version"], f"{name} = {value}")

    def module(self, name, text, value=None):
        """A package with one module, whose rules are `RULES`."""
        (self.site / f"{name}.py").write_text(text)
        self.describe(name, "0.1", f"{name} = {value or name + ':RULES'}")

    def run(self, *words, toml='plugins = ["contoso"]\n'):
        (self.work / "provlint.toml").write_text(toml)
        self.capsys.readouterr()
        code = status([str(word) for word in words])
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Result(code, out, err)


MAPPINGS = [
    {
        "targetAttributeName": "name.givenName",
        "source": {"type": "Attribute", "name": "givenName", "expression": "[givenName]"},
    }
]


@pytest.fixture
def environment(tmp_path, monkeypatch, capsys):
    site, work = tmp_path / "site", tmp_path / "work"
    site.mkdir()
    work.mkdir()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.chdir(work)
    (work / "schema.json").write_text(json.dumps(MAPPINGS))
    yield Environment(site, work, capsys)
    for name in set(sys.modules) - before:
        if str(site) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]

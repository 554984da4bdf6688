"""A small configuration with mistakes, and the command line around it."""

import copy
import json
from typing import NamedTuple

import pytest

from provlint.cli import status


def mapping(target, expression, **more):
    return {
        "targetAttributeName": target,
        "source": {"type": "Function", "name": "Join", "expression": expression},
        **more,
    }


def clause(attribute, operator, *values):
    return {
        "sourceOperandName": attribute,
        "operatorName": operator,
        "targetOperand": {"values": list(values)},
    }


CONFIGURATION = {
    "synchronizationRules": [
        {
            "id": "11111111-2222-3333-4444-555555555555",
            "name": "USER_OUTBOUND_USER",
            "sourceDirectoryName": "Azure Active Directory",
            "targetDirectoryName": "Contoso App",
            "objectMappings": [
                {
                    "name": "Provision users",
                    "sourceObjectName": "User",
                    "targetObjectName": "User",
                    "attributeMappings": [
                        mapping("title", 'Jion(" ", [a], [b])'),
                        mapping("nickName", "Jion([mailNickname])"),
                        mapping("displayName", "Trm([displayName])"),
                    ],
                    "scope": {
                        "groups": [
                            {
                                "name": "Nobody",
                                "clauses": [
                                    clause("department", "EQUALS", "Sales"),
                                    clause("department", "EQUALS", "Legal"),
                                ],
                            }
                        ]
                    },
                }
            ],
        }
    ],
    "directories": [],
}


class Result(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def report(self):
        return json.loads(self.out)

    def new(self):
        """The rules of the findings that count, in order."""
        return [each["rule"] for each in self.report["diagnostics"] if not each["suppressions"]]

    def accepted(self):
        return [each["rule"] for each in self.report["diagnostics"] if each["suppressions"]]


class Folder:
    """A folder with `apps/box.json`, and provlint in it."""

    rules = "PL310,PL110,PL021,PL022"

    def __init__(self, path, capsys):
        self.path = path
        self.capsys = capsys
        self.write("apps/box.json", CONFIGURATION)

    def write(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, indent=2)
            path.write_text(text, encoding="utf-8")
        return path

    def read(self, name="base.json"):
        return json.loads((self.path / name).read_text(encoding="utf-8"))

    def lint(self, *words, form="json", select=True):
        chosen = ("--select", self.rules) if select else ()
        self.capsys.readouterr()
        code = status(["lint", *chosen, "--format", form, *words])
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Result(code, out, err)

    def accept(self, *words):
        result = self.lint(*(words or ("apps",)), "--write-baseline", "base.json")
        assert result.status == 0, result
        return result

    def against(self, *words):
        return self.lint(*(words or ("apps",)), "--baseline", "base.json")


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path, capsys)


@pytest.fixture
def configuration():
    """A copy of the configuration, free to change."""
    return copy.deepcopy(CONFIGURATION)

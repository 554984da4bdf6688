"""Rule files, and the command line around them."""

import json
from typing import NamedTuple

import pytest
import yaml

from provlint.cli import status
from provlint.declarative.load import load
from provlint.validation import InvalidFileError

RULE = {
    "id": "CONTOSO001",
    "name": "title-from-elsewhere",
    "for": "attributeMapping",
    "where": {"field": "targetAttributeName", "equals": "title"},
    "require": {"field": "sourceAttribute", "equals": "jobTitle"},
    "message": "`title` comes from `{source}`",
    "tests": [
        {"good": {"targetAttributeName": "title", "sourceAttribute": "jobTitle"}},
        {"bad": {"targetAttributeName": "title", "sourceAttribute": "department"}},
    ],
}


class Result(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def report(self):
        return json.loads(self.out)


class Folder:
    def __init__(self, path, capsys):
        self.path = path
        self.capsys = capsys

    def write(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        elif name.endswith(".json"):
            path.write_text(json.dumps(content, indent=2), encoding="utf-8")
        else:
            path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
        return name

    def rules(self, *rules, name="rules.yaml", **more):
        """Write a file of rules; each is the rule above with other members."""
        return self.write(
            name, {"version": 1, "rules": [{**RULE, **rule} for rule in rules], **more}
        )

    def run(self, *words):
        self.capsys.readouterr()
        code = status([str(word) for word in words])
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Result(code, out, err)

    def fault(self, name="rules.yaml", facts=None):
        """Where and why a file cannot be used, and what to do."""
        with pytest.raises(InvalidFileError) as caught:
            load([name], facts or {}, ())
        error = caught.value
        return f"{error.line}:{error.column}: {error}", error.help


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path, capsys)


@pytest.fixture
def judge(folder):
    """Whether a condition holds for a sample of a noun."""

    def holds(noun, sample, require, facts=None):
        from provlint.declarative.conditions import Compiler
        from provlint.declarative.nouns import NOUNS
        from provlint.declarative.published import Condition
        from provlint.declarative.samples import things_of

        check = Compiler(facts or {}).condition(
            Condition.model_validate(require), NOUNS[noun], ("require",)
        )
        things = things_of(NOUNS[noun], sample, ("tests",))
        return [check(thing).holds for thing in things]

    return holds

"""A finding is known again whatever becomes of the form of its file."""

import json
import random
from collections import Counter
from pathlib import Path

import pytest
import yaml

from provlint.baseline.fingerprint import fingerprints
from provlint.baseline.named_path import named_path
from provlint.lint import Options, default_rules, lint_file
from provlint.source.source_file import SourceFile, read_text

EXAMPLES = Path(__file__).parents[2] / "examples"
STRICT = Options(default_rules("strict"))

FILES = sorted(
    path.relative_to(EXAMPLES).as_posix()
    for path in [*EXAMPLES.glob("mistakes/*.json"), *EXAMPLES.glob("applications/*/*.json")]
)
LISTED_IN_PART = "PL004"
"""Of the cuts in one file the first twenty-five are told, so which ones is a matter of order."""


def found_in(text, name):
    source = SourceFile(name, text, read_text(text, name))
    diagnostics = lint_file(source, STRICT, required=True).diagnostics
    return [
        each for each in fingerprints(diagnostics, source) if each.rule != LISTED_IN_PART
    ], diagnostics


def shuffled(value, chance):
    if isinstance(value, dict):
        items = [(key, shuffled(member, chance)) for key, member in value.items()]
        chance.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        items = [shuffled(item, chance) for item in value]
        chance.shuffle(items)
        return items
    return value


@pytest.mark.parametrize("name", FILES)
def test_order_and_layout_do_not_matter(name):
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    before, _ = found_in(text, name)
    value = json.loads(text)
    for seed, indent in ((1, None), (2, 4)):
        again = json.dumps(shuffled(value, random.Random(seed)), indent=indent)
        after, _ = found_in(again, name)
        assert Counter(after) == Counter(before)


@pytest.mark.parametrize("name", FILES)
def test_different_findings_have_different_fingerprints(name):
    found, diagnostics = found_in((EXAMPLES / name).read_text(encoding="utf-8"), name)
    messages = {}
    shown = [each for each in diagnostics if each.rule != LISTED_IN_PART]
    for fingerprint, diagnostic in zip(found, shown, strict=True):
        assert messages.setdefault(fingerprint, diagnostic.message) == diagnostic.message


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="carriage returns"),
        pytest.param(lambda text: ("\n" * 40 + text).encode(), id="moved down"),
        pytest.param(lambda text: json.dumps(json.loads(text)).encode(), id="one line"),
        pytest.param(
            lambda text: text.replace("[a], [b]", "[a] ,\\t [b] ").encode(), id="expression"
        ),
        pytest.param(
            lambda text: text.replace("Sales", "\\u0053ales").encode(), id="escapes of JSON"
        ),
    ],
)
def test_a_written_baseline_holds_whatever_the_bytes(folder, encode):
    folder.accept()
    path = folder.path / "apps" / "box.json"
    path.write_bytes(encode(path.read_text(encoding="utf-8")))
    result = folder.against()
    assert (result.status, result.new()) == (0, [])
    assert len(result.accepted()) == 4


def test_yaml_gives_the_same_entries(folder, configuration):
    folder.accept()
    folder.write("apps/box.yaml", yaml.safe_dump(configuration))
    (folder.path / "apps" / "box.json").unlink()
    before = folder.read()["files"]["apps/box.json"]
    folder.accept()
    assert folder.read()["files"] == {"apps/box.yaml": before}


def test_the_powershell_sdk_gives_the_same_names():
    graph = {"objectMappings": [{"name": "Users", "attributeMappings": [{"id": 1}]}]}
    sdk = {
        "ObjectMappings": [
            {"Name": "Users", "AdditionalProperties": {"attributeMappings": [{"Id": 1}]}}
        ]
    }
    assert named_path(graph, "/objectMappings/0/attributeMappings/0/id") == named_path(
        sdk, "/ObjectMappings/0/AdditionalProperties/attributeMappings/0/Id"
    )


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("", ""),
        ("/synchronizationRules/0", "synchronizationRules[R]"),
        (
            "/synchronizationRules/0/objectMappings/0",
            "synchronizationRules[R].objectMappings[a to b]",
        ),
        ("/groups/0", "groups[x EQUALS 1; y IS NULL]"),
        (
            "/groups/0/clauses/1/operatorName",
            "groups[x EQUALS 1; y IS NULL].clauses[x EQUALS 1].operatorName",
        ),
        ("/groups/9", "groups"),
        ("/nowhere/1", ""),
        ("/a~1b", "a/b"),
    ],
)
def test_names_are_those_of_the_administrator(pointer, name):
    value = {
        "synchronizationRules": [
            {
                "name": "R",
                "objectMappings": [{"sourceObjectName": "a", "targetObjectName": "b"}],
            }
        ],
        "groups": [
            {
                "clauses": [
                    {"sourceOperandName": "y", "operatorName": "IS NULL"},
                    {
                        "sourceOperandName": "x",
                        "operatorName": "EQUALS",
                        "targetOperand": {"values": ["1"]},
                    },
                ]
            }
        ],
        "a/b": 1,
    }
    assert named_path(value, pointer) == name

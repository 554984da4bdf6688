"""What programs read is whole on every stream, such as a pipe of Windows."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

NAME = "Jión😀"
EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def output(encoding, *words):
    result = subprocess.run(
        [sys.executable, "-m", "provlint", *words],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        timeout=60,
    )
    assert b"Traceback" not in result.stderr
    return result.stdout


@pytest.fixture(autouse=True)
def here(files, texts):
    case = {"id": NAME, "expression": f'"{NAME}"', "inputs": {}, "output": "other"}
    files(
        {
            "mistaken.json": texts["mistaken"].replace("Jion", NAME),
            "cases.json": json.dumps({"version": 1, "cases": [case]}),
        }
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize(
    "words",
    [
        ("lint", "mistaken.json", "--format", "json"),
        ("lint", "mistaken.json", "--format", "sarif"),
        ("evaluate", f'"{NAME}"', "--format", "json"),
        ("test", "cases.json", "--format", "json"),
    ],
)
def test_json_is_utf_8_with_every_character(encoding, words):
    printed = output(encoding, *words)
    found = json.dumps(json.loads(printed.decode("utf-8")), ensure_ascii=False)
    assert "Jión" in found
    assert "😀" in found
    assert printed.isascii() == (encoding != "utf-8")


@pytest.mark.parametrize(
    "words", [("--format", "csv"), ("--format", "jsonl"), ("--format", "json", "--show", "all")]
)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_a_simulation_is_utf_8_with_every_character(files, encoding, words):
    users = [{"userPrincipalName": f"{NAME}@fjordbank.example"}]
    files({"users.json": json.dumps(users)})
    schema = str(EXAMPLES / "clean" / "scim-outbound" / "schema.json")
    text = output(encoding, "simulate", schema, "--users", "users.json", *words).decode("utf-8")
    if "csv" not in words:
        assert text.isascii() == (encoding != "utf-8")
        text = json.dumps(json.loads(text), ensure_ascii=False)
    assert NAME in text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_junit_is_utf_8_with_every_character(encoding):
    printed = output(encoding, "test", "cases.json", "--format", "junit")
    names = [case.get("name") for case in ElementTree.fromstring(printed).iter("testcase")]
    assert any(NAME in name for name in names)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_annotations_are_utf_8(encoding):
    printed = output(encoding, "lint", "mistaken.json", "--format", "github")
    assert "Jión" in printed.decode("utf-8")

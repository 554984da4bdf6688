"""The published schema of case files."""

import json
from pathlib import Path

import jsonschema
import pytest

from provlint.cases.generate import text

ROOT = Path(__file__).parents[2]


def test_the_schema_in_the_repository_is_current():
    assert (ROOT / "docs" / "schemas" / "test-cases.json").read_text(encoding="utf-8") == text()


@pytest.mark.parametrize(
    "document",
    [
        {"expression": "Guid()", "output": {"$pattern": ".*"}},
        [{"target": "mail", "inputs": {"a": None}, "output": None}],
        {"version": 1, "config": "x.json", "cases": [{"target": "mail", "output": "x"}]},
        {"filter": None, "user": {}, "in_scope": True},
        {"TargetAttributeName": "a", "Expression": "[b]", "ExpectedResult": "c"},
    ],
)
def test_case_files_fit_the_schema(document):
    jsonschema.validate(document, json.loads(text()))


@pytest.mark.parametrize("document", [{}, {"version": 2, "cases": []}, [{"id": "x"}], "x"])
def test_other_files_do_not(document):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(text()))

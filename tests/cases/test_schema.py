"""The published schemas of case files and of the report."""

import json
from pathlib import Path

import jsonschema
import pytest

from provlint.cases.generate import OUTPUTS, case_schema, report_schema
from provlint.cases.report import json_text
from provlint.cases.run import Result

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_schema_in_the_repository_is_current(name):
    assert (ROOT / "docs" / "schemas" / name).read_text(encoding="utf-8") == OUTPUTS[name]()


def test_the_report_fits_its_schema():
    results = [Result("a", "passed"), Result("b", "failed", "x"), Result("c", "error", "y")]
    jsonschema.validate(json.loads(json_text(results)), json.loads(report_schema()))


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
    jsonschema.validate(document, json.loads(case_schema()))


@pytest.mark.parametrize("document", [{}, {"version": 2, "cases": []}, [{"id": "x"}], "x"])
def test_other_files_do_not(document):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(case_schema()))

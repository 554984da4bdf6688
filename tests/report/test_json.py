import json

import pytest
from jsonschema import Draft202012Validator

from provlint.diagnostic import Place
from provlint.report.generate import TARGET, content
from provlint.report.published import LintReport
from provlint.report.published_json import render

DIAGNOSTIC = {
    "rule", "name", "severity", "message", "help", "file", "pointer", "range", "related", "fix",
    "documentation", "contested", "partialFingerprints", "baselineState", "suppressions",
}  # fmt: skip


def test_whole_output(make, golden):
    golden("sample.json", render(make.sample_run()))


def test_members_are_those_of_version_1(make):
    report = json.loads(render(make.sample_run()))

    assert set(report) == {"version", "diagnostics", "summary"}
    assert report["version"] == 1
    for diagnostic in report["diagnostics"]:
        assert set(diagnostic) == DIAGNOSTIC
    first, second = report["diagnostics"][:2]
    assert set(first["range"]) == {"start", "end"}
    assert set(first["range"]["start"]) == {"line", "column"}
    assert set(second["related"][0]) == {"message", "pointer", "range"}
    assert set(first["fix"]) == {"title", "applicability", "edits"}
    assert set(first["fix"]["edits"][0]) == {"range", "text"}
    assert second["fix"] is None
    assert report["diagnostics"][-1]["range"] is None


def test_output_fits_the_models_member_by_member(make):
    report = json.loads(render(make.sample_run()))

    assert LintReport.model_validate(report).model_dump(mode="json") == report


def test_the_published_schema_is_in_step_with_the_models():
    assert TARGET.read_text(encoding="utf-8") == content(), (
        "run `python -m provlint.report.generate`"
    )


@pytest.mark.parametrize("empty", [False, True])
def test_output_validates_against_the_published_schema(make, empty):
    schema = json.loads(TARGET.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)

    report = json.loads(render(make.run() if empty else make.sample_run()))

    Draft202012Validator(schema).validate(report)
    report["version"] = 2
    assert not Draft202012Validator(schema).is_valid(report)


def test_summary_counts(make):
    summary = json.loads(render(make.sample_run(notices=("slow",))))["summary"]

    assert summary == {
        "provlint": "0.1.0",
        "looked_at": 12,
        "recognised": 1,
        "with_findings": 2,
        "errors": 2,
        "warnings": 2,
        "notes": 1,
        "suppressed": 1,
        "hidden": {"profile": 3},
        "notices": ["slow"],
    }


def test_any_text_survives(make):
    odd = 'å日👩‍💻 "\\ \x1b\x7f\x9b\u2028\u202e\ud83d'
    found = make.finding(odd, place=Place(f"/{odd}"))

    output = render(make.run(make.file_result("x", found)))
    diagnostic = json.loads(output.encode("utf-8"))["diagnostics"][0]

    assert diagnostic["message"] == odd
    assert diagnostic["pointer"] == f"/{odd}"
    assert "å日" in output

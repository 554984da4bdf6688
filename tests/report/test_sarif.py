import json
import os
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from provlint.diagnostic import NOTE, WARNING, Fix, Place, TextEdit
from provlint.report.identity import FINGERPRINT
from provlint.report.result import Suppressed
from provlint.report.sarif import artifact_uri, render


@cache
def validator():
    path = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8-sig")))


def log(run):
    document = json.loads(render(run))
    validator().validate(document)
    return document["runs"][0]


def results(make, *found, **fields):
    return log(make.run(make.file_result("x y", *found), **fields))["results"]


def test_the_schema_is_the_one_that_is_meant():
    Draft202012Validator.check_schema(validator().schema)
    assert validator().schema["title"] == (
        "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    )
    assert not validator().is_valid({"version": "2.1.0", "runs": [{}]})


def test_whole_output(make, golden):
    run = make.sample_run(notices=("the cache was not used",), severities={"PL202": NOTE})
    validator().validate(json.loads(render(run)))

    golden("sample.sarif", render(run))


def test_an_empty_run_is_valid(make):
    run = log(make.run())

    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["columnKind"] == "unicodeCodePoints"


def test_rules_carry_level_help_and_properties(make):
    run = log(make.run(documentation={"PL202": "https://d.example/PL202"}))
    equal, unknown = run["tool"]["driver"]["rules"]

    assert (equal["id"], equal["name"]) == ("PL202", "equal-matching-priority")
    assert equal["helpUri"] == "https://d.example/PL202"
    assert equal["defaultConfiguration"] == {"level": "warning"}
    assert equal["properties"]["tags"] == ["matching"]
    assert equal["properties"]["precision"] == "medium"
    assert unknown["helpUri"] == make.UNKNOWN.source


def test_a_result_points_to_its_rule(make):
    found = results(make, make.finding(), make.finding(rule=make.EQUAL, severity=NOTE))

    assert [(r["ruleId"], r["ruleIndex"], r["level"]) for r in found] == [
        ("PL301", 1, "error"),
        ("PL202", 0, "note"),
    ]


def test_a_rule_that_is_not_listed_is_added(make):
    run = log(make.run(make.file_result("x", make.finding()), rules=()))

    assert run["tool"]["driver"]["rules"] == [{"id": "PL301", "name": "unknown-function"}]
    assert run["results"][0]["ruleIndex"] == 0


def test_regions_are_from_one_and_end_past_the_last_character(make):
    found = make.finding(where=make.at("x y", "y"))

    location = results(make, found)[0]["locations"][0]["physicalLocation"]

    assert location["region"] == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4}
    without = results(make, make.finding())[0]["locations"][0]["physicalLocation"]
    assert without == {"artifactLocation": {"uri": "apps/box.json"}}


def test_fixes_that_can_be_applied_are_carried(make):
    edit = TextEdit(Place(""), "z", make.at("x y", "y"))

    def fixes(fix):
        return results(make, make.finding(fix=fix))[0].get("fixes")

    (fix,) = fixes(Fix("write z", (edit,), "unsafe"))
    assert fix["description"]["text"] == "write z"
    assert fix["artifactChanges"] == [
        {
            "artifactLocation": {"uri": "apps/box.json"},
            "replacements": [
                {
                    "deletedRegion": {
                        "startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4,
                    },
                    "insertedContent": {"text": "z"},
                }
            ],
        }
    ]  # fmt: skip
    assert fix["properties"] == {"applicability": "unsafe"}
    assert fixes(Fix("think", (edit,), "display-only")) is None
    assert fixes(Fix("nowhere", (TextEdit(Place(""), "z"),))) is None


def test_suppressed_findings_are_marked_and_not_left_out(make):
    found = make.finding()
    run = make.run(
        make.file_result("x", found, suppressed=(Suppressed(found, "agreed with HR", "baseline"),))
    )

    shown, silenced = log(run)["results"]

    assert shown["suppressions"] == []
    assert silenced["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "agreed with HR",
            "properties": {"by": "the baseline"},
        }
    ]


def test_equal_fingerprints_of_one_file_are_counted(make):
    def prints(*found):
        return [result["partialFingerprints"][FINGERPRINT] for result in results(make, *found)]

    base = make.finding("m", make.at("x y", "x"), fingerprint="ab12")
    other = base._replace(fingerprint="cd34")

    assert prints(base, other, base) == ["ab12:1", "cd34:1", "ab12:2"]
    assert prints(base, base._replace(file="other.json")) == ["ab12:1", "ab12:1"]
    assert "partialFingerprints" not in results(make, make.finding())[0]


def test_failures_of_the_tool_are_notifications(make):
    crash = make.finding("rule `PL301` failed")._replace(rule="PL901", name="rule-crashed")
    run = log(make.run(make.file_result("x", crash, make.finding()), notices=("no cache",)))
    invocation = run["invocations"][0]

    assert [result["ruleId"] for result in run["results"]] == ["PL301"]
    assert invocation["executionSuccessful"] is False
    notice, failure = invocation["toolExecutionNotifications"]
    assert (notice["level"], notice["message"]["text"]) == ("note", "no cache")
    assert (failure["level"], failure["message"]["text"]) == ("error", "rule `PL301` failed")
    rules = run["tool"]["driver"]["rules"]
    assert rules[failure["descriptor"]["index"]]["id"] == "PL901"


def test_severities_of_the_configuration_are_overrides(make):
    run = log(make.run(severities={"PL301": WARNING, "PL999": NOTE}))

    assert run["invocations"][0]["ruleConfigurationOverrides"] == [
        {"configuration": {"level": "warning"}, "descriptor": {"id": "PL301", "index": 1}}
    ]


@pytest.mark.parametrize(
    ("name", "root", "uri"),
    [
        ("apps/box.json", "", "apps/box.json"),
        ("./apps/box.json", "", "apps/box.json"),
        (".//apps/box.json", "", "apps/box.json"),
        ("a b/å#?%.json", "", "a%20b/%C3%A5%23%3F%25.json"),
        ("a:b.json", "", "a%3Ab.json"),
        ("/repo/apps/box.json", "/repo", "apps/box.json"),
        ("/repository/box.json", "/repo", "file:///repository/box.json"),
        ("/box.json", "", "file:///box.json"),
        ("../box.json", "", "../box.json"),
        ("<stdin>", "", "%3Cstdin%3E"),
        ("lone\udc80.json", "", "lone%ED%B2%80.json"),
    ],
)
def test_names_become_uris(name, root, uri):
    assert artifact_uri(name, root) == uri


@pytest.mark.parametrize(
    ("name", "root", "uri"),
    [
        ("apps\\box.json", "", "apps/box.json"),
        ("C:\\repo\\a b.json", "", "file:///C:/repo/a%20b.json"),
        ("C:\\repo\\a b.json", "C:\\repo", "a%20b.json"),
        ("\\\\server\\share\\x.json", "", "file://server/share/x.json"),
    ],
)
def test_names_of_windows_become_uris(name, root, uri, monkeypatch):
    monkeypatch.setattr(os, "sep", "\\")

    assert artifact_uri(name, root) == uri

"""`provlint test`, as it is called."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import yaml

from provlint.cli import status

SCHEMA = Path(__file__).parents[2] / "examples" / "clean" / "scim-outbound" / "schema.json"

PASSES = {"id": "left", "expression": "Left([a], 3)", "inputs": {"a": "Oslo"}, "output": "Osl"}
FAILS = {"id": "wrong", "expression": "Left([a], 3)", "inputs": {"a": "Oslo"}, "output": "Os"}
HR = {
    "TargetAttributeName": "mailNickname",
    "Description": "plain name",
    "ExpectedResult": "ada.byron",
    "Expression": 'ToLower(Join(".", [FirstName], [LastName]))',
    "InputAttributes": {"FirstName": "Ada", "LastName": "Byron"},
}


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def run(capsys, *arguments):
    code = status(["test", *arguments])
    return code, capsys.readouterr().out


def test_all_pass(tmp_path, capsys):
    path = write(tmp_path, "cases.json", json.dumps([PASSES]))
    assert run(capsys, path) == (0, ".\n\n1 passed\n")


def test_a_failure_shows_what_differs_and_where(tmp_path, capsys):
    path = write(tmp_path, "cases.json", json.dumps([PASSES, FAILS], indent=1))
    code, out = run(capsys, path)
    assert code == 1
    assert out.startswith(".F\n\nfailed: wrong\n")
    assert f"--> {path}:10" in out
    assert 'expected: "Os"\n' in out
    assert 'got: "Osl"' in out
    assert out.endswith("1 passed, 1 failed\n")


def test_an_unusable_case_is_an_error(tmp_path, capsys):
    path = write(tmp_path, "cases.json", json.dumps([PASSES, {"id": "x", "what": 1}]))
    code, out = run(capsys, path)
    assert code == 2
    assert "no shape of a case has the keys `id`, `what`" in out


def test_nothing_found(tmp_path, capsys):
    write(tmp_path, "package.json", '{"name": "unrelated"}')
    assert run(capsys, str(tmp_path)) == (3, "no cases\n")


@pytest.mark.parametrize("name", ["cases.yaml", "cases.jsonl", "cases.json"])
def test_forms_of_files(tmp_path, capsys, name):
    cases = [PASSES, dict(PASSES, id="again")]
    text = {
        "cases.yaml": yaml.safe_dump({"version": 1, "cases": cases}),
        "cases.jsonl": "\n".join(json.dumps(case) for case in cases),
        "cases.json": json.dumps({"version": 1, "cases": cases}),
    }[name]
    write(tmp_path, name, text)
    assert run(capsys, str(tmp_path)) == (0, "..\n\n2 passed\n")


def test_a_broken_line_names_its_place(tmp_path, capsys):
    path = write(tmp_path, "cases.jsonl", json.dumps(PASSES) + "\n{oops\n" + json.dumps(PASSES))
    code, out = run(capsys, path)
    assert code == 2
    assert f"error: {path}:2\n  the line is not JSON" in out
    assert out.endswith("2 passed, 1 in error\n")


def test_hr_provisioning_tests_run_unchanged(tmp_path, capsys):
    write(tmp_path, "Tests/mailNickname/Data/001.json", json.dumps(HR))
    wrong = dict(HR, ExpectedResult="Ada.Byron", Description="capitals")
    write(tmp_path, "Tests/mailNickname/Data/002.json", json.dumps(wrong))
    code, out = run(capsys, str(tmp_path))
    assert code == 1
    assert "failed: mailNickname capitals" in out
    assert "the two differ in letter case only" in out


def test_cases_against_a_configuration(tmp_path, capsys):
    case = {
        "target": "active",
        "mapping": "Provision Microsoft Entra ID Users",
        "inputs": {"IsSoftDeleted": "False"},
        "output": "True",
    }
    path = write(tmp_path, "cases.json", json.dumps([case]))
    assert run(capsys, path, "--config", str(SCHEMA))[0] == 0
    code, out = run(capsys, path)
    assert code == 2
    assert "give the configuration: --config" in out


def test_an_unknown_target_is_suggested(tmp_path, capsys):
    path = write(tmp_path, "cases.json", json.dumps([{"target": "activ", "output": "x"}]))
    code, out = run(capsys, path, "--config", str(SCHEMA))
    assert code == 2
    assert "did you mean `active`?" in out


def test_json(tmp_path, capsys):
    path = write(tmp_path, "cases.json", json.dumps([PASSES, FAILS]))
    _, out = run(capsys, path, "--format", "json")
    document = json.loads(out)
    assert document["version"] == 1
    assert [(case["id"], case["status"]) for case in document["cases"]] == [
        ("left", "passed"),
        ("wrong", "failed"),
    ]
    assert document["summary"] == {"total": 2, "passed": 1, "failed": 1, "errors": 0}


def test_junit(tmp_path, capsys):
    odd = dict(FAILS, id="odd <&\u0001> name")
    path = write(tmp_path, "cases.json", json.dumps([PASSES, odd, {"id": "broken"}]))
    _, out = run(capsys, path, "--format", "junit")
    suite = ElementTree.fromstring(out.encode()).find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    assert suite[1].get("name") == "odd <&\ufffd> name"


def test_a_skeleton_names_every_attribute_and_overwrites_nothing(tmp_path, capsys):
    target = tmp_path / "new.json"
    arguments = ["--new", "active", "--config", str(SCHEMA), "--output-file", str(target)]
    assert run(capsys, *arguments)[0] == 0
    [case] = json.loads(target.read_text())["cases"]
    assert case["inputs"] == {"IsSoftDeleted": "fill in"}
    target.write_text("mine")
    assert run(capsys, *arguments)[0] == 2
    assert target.read_text() == "mine"


def test_an_open_reading_must_be_marked(tmp_path, capsys):
    certain = dict(PASSES, certain=False)
    path = write(tmp_path, "cases.json", json.dumps([certain]))
    code, out = run(capsys, path)
    assert code == 1
    assert "the outcome is not contested" in out


def test_a_mistake_must_be_found(tmp_path, capsys):
    matching = {"expression": 'Join(".", [a], [b])', "severity": "error"}
    cases = [
        {"id": "found", "expression": "Left([a])", "severity": "warning"},
        {"id": "in its place", **matching, "context": {"matchingPriority": 1}},
        {"id": "elsewhere", **matching},
        {"id": "graver", "expression": "tolower([a])", "severity": "error"},
        {"id": "unknown", **matching, "context": {"priority": 1}},
        {"id": "odd", **matching, "context": {"matchingPriority": "first"}},
    ]
    code, out = run(capsys, write(tmp_path, "cases.json", json.dumps(cases)))
    assert code == 2
    assert out.startswith("..FFEE\n")
    assert "expected: error\n       got: no finding\n" in out
    assert "got: warning[PL311]: " in out
    assert "`context.priority`: extra inputs are not permitted" in out
    assert "`context.matchingPriority`: input should be a valid integer" in out


@pytest.mark.parametrize(
    ("attribute", "readings", "got"),
    [
        ("department", (True, False), "in scope, not contested"),
        ("employeeType", (False, True), None),
        ("employeeType", (False, None), "out of scope or in scope"),
    ],
)
def test_both_readings_must_be_among_the_outcomes(tmp_path, capsys, attribute, readings, got):
    clause = {
        "sourceOperandName": attribute,
        "operatorName": "NOT EQUALS",
        "targetOperand": {"values": ["Guest"]},
    }
    case = {
        "filter": {"groups": [{"name": "g", "clauses": [clause]}]},
        "user": {"department": "HR"},
        "reading_1": {"in_scope": readings[0]},
        "reading_2": {"in_scope": readings[1]},
    }
    code, out = run(capsys, write(tmp_path, "cases.json", json.dumps([case])))
    assert code == (0 if got is None else 1)
    assert got is None or f"     got: {got}\n" in out


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "[1, 2]", '{"cases": []}', "\x00\xff"])
def test_odd_files_give_no_traceback(tmp_path, capsys, text):
    path = write(tmp_path, "cases.json", text)
    assert run(capsys, path)[0] in (2, 3)

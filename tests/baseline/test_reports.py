"""Accepted findings in the reports: marked for programs, counted for people, never failing."""

import json
from pathlib import Path

import jsonschema
import pytest

SARIF = Path(__file__).parents[1] / "report" / "schemas" / "sarif-2.1.0.json"
LINT = Path(__file__).parents[2] / "docs" / "schemas" / "lint-report.json"


@pytest.fixture
def half(folder, configuration):
    """A folder whose baseline knows all findings but the last two."""
    folder.accept()
    mapping = configuration["synchronizationRules"][0]["objectMappings"][0]
    mapping["attributeMappings"][1]["source"]["expression"] = "Swich([a])"
    folder.write("apps/box.json", configuration)
    return folder


def test_json_marks_them(half):
    report = half.against().report
    jsonschema.Draft202012Validator(json.loads(LINT.read_text())).validate(report)
    states = [(each["rule"], each["baselineState"]) for each in report["diagnostics"]]
    assert states == [
        ("PL310", "unchanged"), ("PL310", "new"), ("PL310", "unchanged"), ("PL110", "unchanged"),
        ("PL022", "new"),
    ]  # fmt: skip
    first, second = report["diagnostics"][:2]
    assert first["suppressions"] == [
        {"kind": "external", "justification": "accepted by the baseline"}
    ]
    assert second["suppressions"] == []
    prints = [
        each["partialFingerprints"].get("provlintFinding/v1") for each in report["diagnostics"]
    ]
    assert len(set(prints[:4])) == 4
    summary = report["summary"]
    assert (summary["errors"], summary["notes"], summary["hidden"]) == (1, 1, {"baseline": 3})


def test_sarif_marks_them(half):
    result = half.lint("apps", "--baseline", "base.json", form="sarif")
    log = json.loads(result.out)
    jsonschema.Draft7Validator(json.loads(SARIF.read_text())).validate(log)
    found = {
        (each["ruleId"], each["baselineState"], each["message"]["text"].split("\n")[0]): each
        for each in log["runs"][0]["results"]
    }
    assert found["PL310", "new", "there is no function `Swich`"]["suppressions"] == []
    accepted = found["PL310", "unchanged", "there is no function `Trm`"]
    assert accepted["suppressions"][0]["kind"] == "external"
    assert accepted["suppressions"][0]["status"] == "accepted"
    before = json.loads(half.lint("apps", form="sarif").out)["runs"][0]["results"]
    prints = {each["message"]["text"]: each["partialFingerprints"] for each in before}
    assert accepted["partialFingerprints"] == prints[accepted["message"]["text"]]
    assert "baselineState" not in before[0]


@pytest.mark.parametrize("form", ["text", "concise", "github"])
def test_people_see_the_new_ones_and_a_count(half, form):
    result = half.lint("apps", "--baseline", "base.json", form=form)
    assert result.status == 1
    assert "Swich" in result.out
    assert "Trm" not in result.out
    assert "not shown: 3 findings of the baseline (`--no-baseline` shows them)" in result.out


def test_a_plain_run_has_fingerprints_and_no_state(folder):
    report = folder.lint("apps").report
    assert all(each["partialFingerprints"] for each in report["diagnostics"])
    assert {each["baselineState"] for each in report["diagnostics"]} == {None}


def test_writing_says_what_was_written_and_is_clean(folder):
    result = folder.lint("apps", "--write-baseline", "base.json", form="concise")
    assert result.status == 0
    assert result.out.startswith(
        "notice: wrote `base.json`: 4 accepted findings in 1 file\n"
        "no findings in 1 configuration file ("
    )


def test_entries_that_match_nothing_are_told_with_their_line(half):
    told = half.lint("apps", "--baseline", "base.json", form="concise").out.splitlines()[1]
    assert told == (
        "base.json:5:5: note PL022 1 accepted finding of `apps/box.json` matches nothing any"
        " more: PL310 `…users].attributeMappings[nickName].source.expression = Jion`"
    )
    text = half.lint("apps", "--baseline", "base.json", form="text").out
    assert '5 |     "apps/box.json": [\n  |     ^^^^^^^^^^^^^^^\n' in text
    assert "help: refresh the baseline with `--write-baseline base.json`" in text
    half.accept()
    assert half.against().new() == []


def test_only_files_and_rules_of_the_run_are_judged(half):
    half.write("other.json", (half.path / "apps" / "box.json").read_bytes())
    assert "PL022" not in half.against("other.json").new()
    half.rules = "PL110,PL022"
    assert half.against().new() == []


def test_stale_entries_can_be_made_to_fail(half, configuration):
    mapping = configuration["synchronizationRules"][0]["objectMappings"][0]
    mapping["attributeMappings"][1]["source"]["expression"] = "[a]"
    half.write("apps/box.json", configuration)
    assert half.against().status == 0
    half.write("provlint.toml", '[severity]\nstale-baseline = "warning"\n')
    assert half.against().status == 1


def test_entries_of_rules_that_are_no_more_are_stale(folder):
    folder.accept()
    text = (folder.path / "base.json").read_text().replace("PL110", "PL199")
    folder.write("base.json", text)
    assert folder.against().new() == ["PL110", "PL022"]


def test_what_no_suppression_may_silence_no_baseline_silences(folder):
    folder.write("provlint.toml", 'unsuppressible = ["unknown-function"]\n')
    result = folder.lint("apps", "--write-baseline", "base.json")
    assert result.status == 1
    assert result.new() == ["PL310", "PL310", "PL310"]
    assert {each["rule"] for each in folder.read()["files"]["apps/box.json"]} == {"PL110"}


def test_a_file_that_cannot_be_read_is_never_accepted(folder):
    result = folder.lint("apps", "gone.json", "--write-baseline", "base.json")
    assert result.status == 2
    assert result.new() == ["PL002"]
    assert list(folder.read()["files"]) == ["apps/box.json"]


def test_suppressions_go_first(folder):
    folder.write(
        "provlint.toml", '[[suppress]]\nrule = "PL310"\nreason = "of old"\ntarget = "title"\n'
    )
    result = folder.lint("apps", "--write-baseline", "base.json")
    assert result.report["summary"]["suppressed"] == 1
    assert len(folder.read()["files"]["apps/box.json"]) == 3


def test_accepted_findings_are_not_fixed(folder, configuration):
    folder.rules = "PL310"
    folder.accept()
    mapping = configuration["synchronizationRules"][0]["objectMappings"][0]
    mapping["attributeMappings"][1]["source"]["expression"] = "Coalesc([a], [b])"
    folder.write("apps/box.json", configuration)
    result = folder.lint("apps", "--baseline", "base.json", "--fix", "--unsafe-fixes")
    fixed = (folder.path / "apps" / "box.json").read_text()
    assert "Coalesce([a], [b])" in fixed
    assert "Jion(" in fixed
    assert "Trm(" in fixed
    assert result.new() == []


def test_fixing_while_writing_leaves_what_was_accepted_before(folder, configuration):
    folder.rules = "PL310"
    folder.accept()
    mapping = configuration["synchronizationRules"][0]["objectMappings"][0]
    mapping["attributeMappings"][1]["source"]["expression"] = "Coalesc([a], [b])"
    folder.write("apps/box.json", configuration)
    folder.lint("apps", "--write-baseline", "base.json", "--fix", "--unsafe-fixes")
    fixed = (folder.path / "apps" / "box.json").read_text()
    assert "Coalesce([a], [b])" in fixed
    assert "Jion(" in fixed
    assert len(folder.read()["files"]["apps/box.json"]) == 2

"""Own rules are rules: chosen, silenced, accepted, explained and reported like all others."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from provlint.declarative.generate import TARGET, content
from provlint.declarative.published import rules_schema

ROOT = Path(__file__).parents[2]
SARIF = ROOT / "tests" / "report" / "schemas" / "sarif-2.1.0.json"

MAPPINGS = [
    {
        "targetAttributeName": "title",
        "source": {"type": "Attribute", "name": "department", "expression": "[department]"},
    },
    {
        "targetAttributeName": "city",
        "source": {"type": "Function", "name": "Jion", "expression": "Jion([city])"},
    },
]
FOUND = "schema.json:7:22: warning CONTOSO001 `title` comes from `[department]`"


@pytest.fixture
def lint(folder):
    """Lint two mappings with the rule of `rules.yaml`, named by the configuration file."""
    folder.rules({"see": "https://example.org/title", "help": "map `jobTitle`"})
    folder.write("schema.json", MAPPINGS)

    def run(*words, toml="", form="concise"):
        folder.write("provlint.toml", f'rules = ["*.yaml"]\n{toml}')
        return folder.run("lint", "--format", form, *words)

    return run


def test_it_runs_beside_the_others(lint):
    result = lint()
    assert result.status == 1
    assert result.out.splitlines()[:2] == [
        FOUND, "schema.json:15:22: error PL310 there is no function `Jion`",
    ]  # fmt: skip
    assert "looked at" not in result.out  # the file of rules is no configuration


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--select", "CONTOSO001"], True),
        (["--select", "contoso"], True),
        (["--select", "own"], True),
        (["--select", "title-from-elsewhere"], True),
        (["--select", "PL3"], False),
        (["--ignore", "CONTOSO001"], False),
        (["--ignore", "own"], False),
        (["--no-config"], False),
        (["--no-config", "--rules", "rules.yaml"], True),
        (["--no-config", "--rules", "*.yaml", "--select", "own"], True),
        (["--rules", "rules.yaml"], True),
    ],
)
def test_it_is_chosen_like_the_others(lint, words, found):
    assert (FOUND in lint(*words).out) is found


def test_an_unknown_word_leads_to_it(lint):
    assert "did you mean `CONTOSO001`?" in lint("--select", "CONTOS001").err


def test_advice_waits_for_the_strict_profile(folder, lint):
    folder.rules({"profile": "strict"})
    assert FOUND not in lint().out
    assert FOUND in lint("--profile", "strict").out


def test_its_severity_can_be_changed(lint):
    out = lint(toml='[severity]\nCONTOSO001 = "error"\n').out
    assert FOUND.replace("warning", "error") in out


def test_it_can_be_suppressed(lint):
    entry = '[[suppress]]\nrule = "CONTOSO001"\nreason = "agreed"\ntarget = "title"\n'
    result = lint("--select", "own", toml=entry)
    assert (result.status, FOUND in result.out) == (0, False)
    assert FOUND in lint("--no-suppressions", toml=entry).out


def test_a_baseline_accepts_it(lint):
    assert lint("--write-baseline", "base.json").status == 0
    result = lint("--baseline", "base.json")
    assert (result.status, "not shown: 2 findings of the baseline" in result.out) == (0, True)


def test_sarif_tells_of_it(lint):
    log = json.loads(lint("--select", "own", form="sarif").out)
    jsonschema.Draft7Validator(json.loads(SARIF.read_text())).validate(log)
    (rule,) = (
        each for each in log["runs"][0]["tool"]["driver"]["rules"] if each["id"] == "CONTOSO001"
    )
    assert rule["name"] == "title-from-elsewhere"
    assert rule["shortDescription"]["text"] == "`title` comes from `<source>`"
    assert rule["helpUri"] == "https://example.org/title"
    assert rule["properties"]["tags"] == ["own"]
    (result,) = log["runs"][0]["results"]
    assert result["message"]["text"] == "`title` comes from `[department]`\nmap `jobTitle`"


def test_an_id_is_no_group_of_ours(folder, lint):
    folder.rules({"id": "AB900"})
    log = json.loads(lint("--select", "AB900", form="sarif").out)
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["AB900"]


def test_json_validates(lint):
    schema = json.loads((ROOT / "docs" / "schemas" / "lint-report.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(json.loads(lint(form="json").out))


@pytest.mark.parametrize("word", ["CONTOSO001", "contoso001", "Title-From-Elsewhere"])
def test_it_is_explained(folder, lint, word):
    lint()
    out = folder.run("explain", word).out
    assert out.startswith("title-from-elsewhere (CONTOSO001)\n")
    for part in ("targetAttributeName: title", "wrong", "right", "map `jobTitle`", "example.org"):
        assert part in out


def test_it_is_explained_from_the_file_that_is_named(folder, lint):
    lint()
    folder.write("other/provlint.toml", 'rules = ["../rules.yaml"]\n')
    (folder.path / "provlint.toml").unlink()
    unknown = folder.run("explain", "CONTOSO001")
    assert (unknown.status, unknown.out) == (2, "")
    for words in (["--rules", "rules.yaml"], ["--config", "other/provlint.toml"]):
        out = folder.run("explain", "CONTOSO001", *words).out
        assert out.startswith("title-from-elsewhere (CONTOSO001)\n")
    near = folder.run("explain", "CONTOSO002", "--rules", "rules.yaml", "--no-config")
    assert "did you mean `CONTOSO001`?" in near.err
    missing = folder.run("explain", "CONTOSO001", "--rules", "none.yaml")
    assert (missing.status, missing.err.splitlines()[0]) == (
        2,
        "error: `none.yaml` cannot be read: no such file or directory",
    )


def test_a_broken_file_is_told_when_an_unknown_word_is_explained(folder, lint):
    lint()
    folder.write("rules.yaml", "version: 1\n")
    result = folder.run("explain", "CONTOSO001")
    assert (result.status, result.err.splitlines()[0]) == (
        2, "error: rules.yaml:1:1: the file has no `rules`",
    )  # fmt: skip
    assert folder.run("explain", "PL310").status == 0


def test_it_is_listed(folder, lint):
    lint()
    assert "  CONTOSO001  title-from-elsewhere " in folder.run("rules").out
    listed = json.loads(folder.run("rules", "--select", "own", "--format", "json").out)
    assert [each["group"] for each in listed["rules"]] == ["own"]
    assert (
        "| CONTOSO001 | title-from-elsewhere |" in folder.run("rules", "--format", "markdown").out
    )
    assert "CONTOSO001" not in folder.run("rules", "--no-config").out


def test_powershell_writes_rules_too(folder, lint):
    rules = yaml.safe_load((folder.path / "rules.yaml").read_text())
    (folder.path / "rules.yaml").unlink()
    text = json.dumps(rules, indent=4).replace("\n", "\r\n")
    folder.write("rules.json", text.encode("utf-16"))
    assert FOUND in lint("--no-config", "--rules", "rules.json").out


def test_a_pattern_that_takes_too_long_ends_with_status_2(folder, lint):
    folder.rules(
        {
            "where": None,
            "require": {"field": "targetAttributeName", "notMatch": r"^(a|a|b?)*\1$"},
            "tests": [
                {"good": {"targetAttributeName": "x"}},
                {"bad": {"targetAttributeName": "a"}},
            ],
        }
    )
    data = [{"targetAttributeName": "a" * 60 + "!", "source": None}]
    folder.write("schema.json", data)
    result = lint("--select", "own")
    assert result.status == 2
    assert "the pattern `^(a|a|b?)*\\1$` takes too many steps" in result.out


def test_facts_come_from_the_configuration_file(folder, lint):
    folder.rules(
        {"require": {"field": "sourceAttribute", "in": {"fact": "titles"}}},
        facts={"titles": ["jobTitle"]},
    )
    assert FOUND in lint().out
    # The samples are written for the facts of their file, and hold under others too.
    toml = '[facts]\ntitles = ["department", "jobTitle"]\n'
    result = lint(toml=toml)
    assert result.status == 1
    assert FOUND not in result.out
    assert "CONTOSO001" in folder.run("rules", "test", "--config", "provlint.toml").out


def test_facts_of_the_configuration_file_alone_stand_in_for_samples_too(folder, lint):
    folder.rules({"require": {"field": "sourceAttribute", "in": {"fact": "titles"}}})
    assert FOUND in lint(toml='[facts]\ntitles = ["jobTitle"]\n').out
    result = lint(toml='[facts]\ntitles = ["department", "jobTitle"]\n')
    assert result.status == 2
    assert "the rule does not find its bad sample" in result.err


def test_an_unknown_fact_is_told(folder, lint):
    folder.rules({"require": {"field": "sourceAttribute", "in": {"fact": "titles"}}})
    result = lint()
    assert (result.status, "there is no fact `titles`" in result.err) == (2, True)
    assert (
        "add `titles` to `facts:` of this file, or to `[facts]` of the configuration file"
        in result.err
    )


def test_the_published_schema_is_in_step_with_the_models():
    assert TARGET.read_text(encoding="utf-8") == content(), (
        "run `python -m provlint.declarative.generate`"
    )


def test_the_schema_is_printed(folder):
    assert json.loads(folder.run("rules", "schema").out) == rules_schema()


def test_kept_findings_are_those_of_the_rules_as_they_are(folder, lint, monkeypatch):
    monkeypatch.setenv("PROVLINT_CACHE_DIR", str(folder.path / "kept"))
    assert FOUND in lint().out
    assert FOUND in lint().out
    folder.rules({"message": "`title` is wrong"})
    assert FOUND.partition("`")[0] + "`title` is wrong" in lint().out
    folder.rules(
        {"require": {"field": "sourceAttribute", "in": {"fact": "f"}}}, facts={"f": ["jobTitle"]}
    )
    assert FOUND in lint().out


@pytest.mark.parametrize("case", [str, str.capitalize])
@pytest.mark.parametrize("field", ["accidentalDeletionThreshold", "synchronizationJobSettings.B"])
def test_a_job_setting_is_found_at_its_value(folder, field, case):
    name = "QuarantineTooManyDeletesThreshold" if field.startswith("accidental") else "B"
    settings = [
        {case("name"): "A", case("value"): "1"},
        {case("name"): name, case("value"): "9000"},
    ]
    folder.write("job.json", {"id": "a.b.c", "synchronizationJobSettings": settings})
    folder.rules({
        "for": "job", "where": None, "require": {"field": field, "lessOrEquals": 500},
        "message": f"`{{{field}}}` is too much",
        "tests": [
            {"good": {"synchronizationJobSettings": [{"name": name, "value": "5"}]}},
            {"bad": {"synchronizationJobSettings": [{"name": name, "value": "501"}]}},
        ],
    })  # fmt: skip
    run = folder.run(
        "lint", "--rules", "rules.yaml", "--select", "own", "job.json", "--format", "json"
    )
    (found,) = run.report["diagnostics"]
    assert found["message"] == "`9000` is too much"
    assert found["range"]["start"] == {"line": 10, "column": 16}

"""Silencing findings: by rule, file and object, with a reason; never in silence."""

import json
from datetime import date

import jsonschema
import pytest

from provlint.cli import status
from provlint.globs import excludes, fixed_folder, glob_matches, is_path

MAPPINGS = {
    "synchronizationRules": [
        {
            "name": "USER_OUTBOUND_USER",
            "sourceDirectoryName": "Azure Active Directory",
            "targetDirectoryName": "Contoso App",
            "objectMappings": [
                {
                    "name": "Provision users",
                    "sourceObjectName": "User",
                    "targetObjectName": "User",
                    "attributeMappings": [
                        {
                            "targetAttributeName": target,
                            "source": {
                                "type": "Function", "name": "Jion",
                                "expression": f"Jion([{target}])",
                            },
                        }
                        for target in ("title", "nickName")
                    ],
                }
            ],
        }
    ]
}  # fmt: skip


@pytest.fixture
def lint(tmp_path, monkeypatch, capsys):
    """Lint a small folder with one configuration file; returns status and the JSON report."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps" / "box.json").write_text(json.dumps(MAPPINGS))

    def run(toml, *words):
        (tmp_path / "provlint.toml").write_text(toml)
        capsys.readouterr()
        code = status(["lint", "--select", "PL310,PL021", "--format", "json", *words])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else err

    return run


def targets(report):
    return [
        each["pointer"].split("/")[6] for each in report["diagnostics"] if each["rule"] == "PL310"
    ]


def entry(**keys):
    rows = [f"{key.replace('_', '-')} = {json.dumps(value)}" for key, value in keys.items()]
    return "\n".join(["[[suppress]]", *rows, ""])


def test_without_suppressions_both_are_found(lint):
    code, report = lint("")
    assert code == 1
    assert targets(report) == ["0", "1"]


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ({"rule": "PL310"}, []),
        ({"rule": "unknown-function"}, []),
        ({"rule": "PL3"}, []),
        ({"rule": "expression"}, []),
        ({"rule": "PL310", "target": "title"}, ["1"]),
        ({"rule": "PL310", "target": "nick*"}, ["0"]),
        ({"rule": "PL310", "application": "Contoso App"}, []),
        ({"rule": "PL310", "mapping": "Provision users"}, []),
        ({"rule": "PL310", "mapping": "Provision users", "target": "title"}, ["1"]),
        ({"rule": "PL310", "files": "apps/*.json"}, []),
        ({"rule": "PL310", "files": "box.json"}, []),
        ({"rule": "PL310", "files": "./apps/box.json"}, []),
        ({"rule": "PL310", "files": "**/box.json"}, []),
        ({"rule": "PL310", "expires": "2999-01-01"}, []),
    ],
)
def test_what_an_entry_silences(lint, keys, left):
    code, report = lint(entry(**keys, reason="agreed with the team"))
    assert targets(report) == left
    assert code == (1 if left else 0)
    assert report["summary"]["suppressed"] == 2 - len(left)
    code, report = lint(entry(**keys, reason="x"), "--no-suppressions")
    assert targets(report) == ["0", "1"]
    assert report["summary"]["suppressed"] == 0


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"rule": "PL311"}, "the suppression of `PL311` silences nothing"),
        ({"rule": "PL310", "target": "mail"}, "the suppression of `PL310` silences nothing"),
        ({"rule": "PL310", "application": "Box"}, "the suppression of `PL310` silences nothing"),
        ({"rule": "PL310", "mapping": "users"}, "the suppression of `PL310` silences nothing"),
        ({"rule": "PL310", "filter_group": "x"}, "the suppression of `PL310` silences nothing"),
        ({"rule": "PL310", "files": "apps/*.yaml"}, "the suppression of `PL310` silences nothing"),
        ({"rule": "PL310", "files": "apps"}, "the suppression of `PL310` silences nothing"),
        ({"rule": "PL310", "expires": "2020-01-31"},
         "the suppression of `PL310` expired on 2020-01-31"),
    ],
)  # fmt: skip
def test_an_entry_that_does_nothing_is_a_finding(lint, keys, message):
    toml = "# ours\n\n" + entry(**keys, reason="r")
    code, report = lint(toml, "--extend-select", "PL311")
    assert code == 1
    assert targets(report) == ["0", "1"]
    (found,) = (each for each in report["diagnostics"] if each["rule"] == "PL021")
    assert (found["name"], found["severity"]) == ("unused-suppression", "warning")
    assert found["message"] == message
    assert found["help"].startswith("remove it")
    assert found["file"] == "provlint.toml"
    assert found["range"]["start"] == {"line": 3, "column": 1}
    assert found["range"]["end"] == {"line": 3, "column": len("[[suppress]]") + 1}


def test_the_unused_entry_is_shown_in_every_format(lint, capsys):
    lint(entry(rule="PL310", reason="r") + entry(rule="PL310", target="mail", reason="r"))
    for form, expected in {
        "text": "warning[PL021 unused-suppression]: the suppression of `PL310` silences nothing\n"
        " --> provlint.toml:4:1\n  |\n4 | [[suppress]]\n  | ^^^^^^^^^^^^\n",
        "concise": "provlint.toml:4:1: warning PL021 the suppression of `PL310` silences nothing",
        "github": "::warning file=provlint.toml,line=4,col=1,endLine=4,endColumn=12,",
        "sarif": '"uri": "provlint.toml"',
    }.items():
        capsys.readouterr()
        assert status(["lint", "--format", form]) == 1
        assert expected in capsys.readouterr().out


def test_the_first_entry_that_fits_is_used(lint):
    toml = entry(rule="PL310", reason="all") + entry(rule="PL310", target="title", reason="one")
    code, report = lint(toml)
    assert code == 1
    assert [each["message"] for each in report["diagnostics"]] == [
        "the suppression of `PL310` silences nothing"
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["apps/box.json"],
        ["apps/*.json"],
        ["--exclude", "old"],
        ["--no-suppressions"],
        ["--no-config"],
        ["--ignore", "PL021"],
        ["--ignore", "PL310"],
    ],
)
def test_a_run_that_did_not_see_everything_does_not_judge(lint, words):
    _, report = lint(entry(rule="PL310", target="mail", files="**/*.json", reason="r"), *words)
    assert [each for each in report["diagnostics"] if each["rule"] == "PL021"] == []


@pytest.mark.parametrize(
    ("files", "words", "judged"),
    [
        ("apps/box.json", ["apps/box.json"], True),
        ("apps/box.json", ["apps"], True),
        ("apps/*.json", ["apps"], True),
        ("other/*.json", ["apps"], False),
        ("apps/*.json", ["."], True),
        ("*.json", ["apps"], False),
    ],
)
def test_what_a_run_must_have_seen(lint, files, words, judged):
    _, report = lint(entry(rule="PL310", target="mail", files=files, reason="r"), *words)
    assert [each["rule"] for each in report["diagnostics"]].count("PL021") == judged


def test_the_severity_of_unused_entries_can_be_set(lint):
    toml = '[severity]\nunused-suppression = "note"\n' + entry(
        rule="PL310", target="mail", reason="r"
    )
    _, report = lint(toml, "--fail-on", "never")
    assert [each["severity"] for each in report["diagnostics"] if each["rule"] == "PL021"] == [
        "note"
    ]


def test_rules_that_may_not_be_silenced(lint):
    toml = 'unsuppressible = ["expression"]\n' + entry(rule="PL310", reason="r")
    code, report = lint(toml)
    assert code == 1
    assert targets(report) == ["0", "1"]
    assert [each["message"] for each in report["diagnostics"] if each["rule"] == "PL021"] == [
        "the suppression of `PL310` has no effect: no suppression may silence it"
    ]


@pytest.mark.parametrize(
    ("toml", "line", "word", "help_line"),
    [
        (entry(rule="PL310", reason="r") + entry(rule="unknown-functon", reason="r"), 5,
         "unknown-functon", "did you mean `unknown-function`?"),
        ('ignore = ["zebra"]\n', 1, "zebra", "list the rules with `provlint rules`"),
        ('\nselect = ["PL999"]\n', 2, "PL999", ""),
        ('extend-select = ["nope"]\n', 1, "nope", ""),
        ('unsuppressible = ["nope"]\n', 1, "nope", ""),
        ('[severity]\nPL310 = "note"\nnope = "error"\n', 3, "nope", ""),
    ],
)  # fmt: skip
def test_unknown_rules_have_a_place(lint, toml, line, word, help_line):
    code, err = lint(toml)
    assert code == 2
    assert err.startswith(
        f"error: provlint.toml:{line}: no rule and no group of rules is called `{word}`\n"
    )
    assert help_line in err


def test_sarif_carries_the_reason(lint, capsys):
    lint(entry(rule="PL310", reason="agreed on 2026-11-22"))
    status(["lint", "--format", "sarif"])
    log = json.loads(capsys.readouterr().out)
    silenced = [each for each in log["runs"][0]["results"] if each["ruleId"] == "PL310"]
    assert len(silenced) == 2
    assert {each["suppressions"][0]["justification"] for each in silenced} == {
        "agreed on 2026-11-22"
    }


def test_globs_are_relative_to_the_configuration_file(tmp_path, monkeypatch, capsys):
    (tmp_path / "a" / "apps").mkdir(parents=True)
    (tmp_path / "a" / "apps" / "box.json").write_text(json.dumps(MAPPINGS))
    (tmp_path / "a" / "provlint.toml").write_text(
        'exclude = ["apps/old"]\n' + entry(rule="PL310", files="apps/*.json", reason="r")
    )
    (tmp_path / "a" / "apps" / "old").mkdir()
    (tmp_path / "a" / "apps" / "old" / "box.json").write_text(json.dumps(MAPPINGS))
    for folder, words in (
        ("a", ["."]),
        ("a/apps", ["."]),
        (".", ["a", "--config", "a/provlint.toml"]),
        ("a/apps", [str(tmp_path / "a")]),
    ):
        monkeypatch.chdir(tmp_path / folder)
        code = status(["lint", "--select", "PL310", "--format", "json", *words])
        report = json.loads(capsys.readouterr().out)
        assert (code, report["diagnostics"]) == (0, [])
        assert report["summary"]["suppressed"] == 2
        assert report["summary"]["looked_at"] == 1


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("**", "a/b.json", True),
        ("*", "a/b.json", True),
        ("b.json", "a/b.json", True),
        ("*.json", "a/b.json", True),
        ("a/*.json", "a/b.json", True),
        ("a/*.json", "a/b/c.json", False),
        ("a/**/c.json", "a/b/c.json", True),
        ("a/**/c.json", "a/c.json", True),
        ("a/**", "a/b/c.json", True),
        ("./a/b.json", "a/b.json", True),
        ("a\\b.json", "a/b.json", True),
        ("a", "a/b.json", False),
        ("A/*.json", "a/b.json", False),
        ("a/[bc].json", "a/b.json", True),
        ("**/**/**/**/x", "/".join("a" * 30), False),
    ],
)
def test_globs(pattern, path, fits):
    assert glob_matches(pattern, path) is fits


@pytest.mark.parametrize(
    ("pattern", "path", "out"),
    [
        ("old", "old/a.json", True),
        ("old", "x/old/y/a.json", True),
        ("old/", "old/a.json", True),
        ("x/old", "x/old/a.json", True),
        ("x/old", "y/x/old/a.json", False),
        ("*.yaml", "x/a.yaml", True),
        ("x/*.json", "x/a.json", True),
        ("old", "older/a.json", False),
    ],
)
def test_exclusions(pattern, path, out):
    assert excludes(pattern, path) is out


def test_parts_of_globs():
    assert [fixed_folder(each) for each in ("a/b/*.json", "*.json", "a/**/b", "a/b.json")] == [
        "a/b", "", "a", "a",
    ]  # fmt: skip
    assert [is_path(each) for each in ("a/b.json", "b.json", "a/*.json")] == [True, False, False]


def test_the_day_of_expiry_is_the_first_without_effect():
    from provlint.config.settings import Suppression
    from provlint.diagnostic import ERROR, Diagnostic, Place
    from provlint.suppression import Suppressions

    silence = Suppression(rule="PL310", reason="r", expires=date(2026, 6, 30))
    finding = Diagnostic("PL310", "x", ERROR, "m", "h", "f", Place(""))
    for day, kept in ((date(2026, 6, 29), 0), (date(2026, 6, 30), 1), (date(2026, 7, 1), 1)):
        suppressions = Suppressions([(silence, frozenset({"PL310"}))], today=day)
        assert len(suppressions.keep([finding], "f")[0]) == kept


def test_the_schema_of_the_report_holds(lint):
    from pathlib import Path

    schema = Path(__file__).parent.parent / "docs" / "schemas" / "lint-report.json"
    _, report = lint(entry(rule="PL310", target="mail", reason="r"))
    jsonschema.validate(report, json.loads(schema.read_text("utf-8")))

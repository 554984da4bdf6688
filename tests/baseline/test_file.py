"""The baseline file: written, kept, refused."""

import json
import os

import jsonschema
import pytest

from provlint.baseline.generate import TARGET, content
from provlint.baseline.published import baseline_schema
from provlint.version import VERSION


def test_the_text_is_the_same_each_time_and_reads_well(folder):
    folder.accept()
    first = (folder.path / "base.json").read_bytes()
    folder.accept()
    assert (folder.path / "base.json").read_bytes() == first
    lines = first.decode().splitlines()
    assert lines[:5] == [
        "{", '  "version": 1,', f'  "provlint": "{VERSION}",', '  "files": {',
        '    "apps/box.json": [',
    ]  # fmt: skip
    entries = [json.loads(line.strip().rstrip(",")) for line in lines[5:-3]]
    assert entries == sorted(entries, key=lambda each: (each["rule"], each["about"]))
    assert entries[0]["rule"] == "PL110"
    assert entries[1] == {
        "rule": "PL310",
        "name": "unknown-function",
        "about": [
            "synchronizationRules[USER_OUTBOUND_USER].objectMappings[Provision users]"
            ".attributeMappings[displayName].source.expression = Trm"
        ],
    }
    assert [name for name in os.listdir(folder.path) if name.endswith(".tmp")] == []


def test_it_fits_its_published_schema(folder):
    folder.accept()
    jsonschema.Draft202012Validator(baseline_schema()).validate(folder.read())


def test_the_published_schema_is_in_step_with_the_models():
    assert TARGET.read_text(encoding="utf-8") == content(), (
        "run `python -m provlint.baseline.generate`"
    )


def test_a_part_of_the_files_leaves_the_rest_as_it_is(folder, configuration):
    folder.write("apps/slack.json", configuration)
    folder.accept()
    before = folder.read()
    configuration["synchronizationRules"][0]["objectMappings"][0]["attributeMappings"] = []
    folder.write("apps/slack.json", configuration)
    folder.accept("apps/slack.json")
    after = folder.read()
    assert after["files"]["apps/box.json"] == before["files"]["apps/box.json"]
    assert [each["rule"] for each in after["files"]["apps/slack.json"]] == ["PL110"]


def test_files_that_are_gone_leave_with_the_next_writing(folder, configuration):
    folder.write("apps/slack.json", configuration)
    folder.accept()
    (folder.path / "apps" / "slack.json").unlink()
    notices = folder.accept().report["summary"]["notices"]
    assert notices == [
        "wrote `base.json`: 4 accepted findings in 1 file; left out 1 file that are gone"
    ]
    assert list(folder.read()["files"]) == ["apps/box.json"]


def test_rules_that_did_not_run_keep_what_was_accepted(folder):
    folder.accept()
    folder.rules = "PL310"
    folder.accept()
    assert [each["rule"] for each in folder.read()["files"]["apps/box.json"]] == [
        "PL110", "PL310", "PL310", "PL310",
    ]  # fmt: skip


def test_paths_are_relative_to_the_baseline(folder, monkeypatch):
    (folder.path / "policy").mkdir()
    folder.lint("apps", "--write-baseline", "policy/base.json")
    assert list(folder.read("policy/base.json")["files"]) == ["../apps/box.json"]
    monkeypatch.chdir(folder.path / "apps")
    result = folder.lint("box.json", "--baseline", "../policy/base.json")
    assert (result.status, result.new()) == (0, [])


def test_a_link_to_the_folder_makes_no_difference(folder):
    folder.accept()
    (folder.path / "elsewhere").symlink_to(folder.path, target_is_directory=True)
    result = folder.lint("apps", "--baseline", str(folder.path / "elsewhere" / "base.json"))
    assert (result.status, result.new()) == (0, [])


def test_the_configuration_file_names_it(folder, monkeypatch):
    folder.accept()
    folder.write("provlint.toml", 'baseline = "base.json"\n')
    monkeypatch.chdir(folder.path / "apps")
    assert folder.lint(".").new() == []
    assert folder.lint(".", "--no-baseline").new() == ["PL310", "PL310", "PL310", "PL110"]
    assert folder.lint(".", "--no-config").new() == ["PL310", "PL310", "PL310", "PL110"]


def test_the_baseline_in_a_folder_is_no_candidate(folder):
    folder.write("base.json", "")
    folder.path.joinpath("base.json").unlink()
    folder.accept(".")
    assert folder.against(".").report["summary"]["looked_at"] == 1


def test_standard_input_has_the_name_that_it_is_given(folder, monkeypatch, capsys):
    import io
    import sys

    folder.accept()
    data = (folder.path / "apps" / "box.json").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    result = folder.against("-", "--stdin-name", "apps/box.json")
    assert (result.status, result.new()) == (0, [])


def test_secrets_do_not_go_into_it(folder, configuration):
    secret = "hunter2-canary-0815"
    mapping = configuration["synchronizationRules"][0]["objectMappings"][0]
    mapping["attributeMappings"][0]["source"]["expression"] = f'Jion("password={secret}", [a])'
    mapping["attributeMappings"][0]["targetAttributeName"] = f"password={secret}"
    folder.write("apps/box.json", configuration)
    folder.lint("apps", "--write-baseline", "base.json", "--profile", "strict", select=False)
    assert "redacted" in json.dumps(folder.read())
    assert secret not in json.dumps(folder.read())


def test_odd_names_are_found_again(folder, configuration):
    mapping = configuration["synchronizationRules"][0]["objectMappings"][0]
    mapping["name"] = "half \ud83d, bell \x07, ü 👩‍💻"
    folder.write("apps/box.json", configuration)
    folder.accept()
    assert folder.against().new() == []


REFUSALS = [
    ("[1, 2]", "base.json:1:1: the file is no baseline of provlint"),
    ('{"diagnostics": []}', "base.json:1:1: the file is no baseline of provlint"),
    ('{"version": 2, "files": {}}', "base.json:1:13: the baseline has version 2; this provlint"
     " reads version 1"),
    ('{"version": "1", "provlint": "", "files": {}}', "base.json:1:13: `version` is `1`; expected"
     " `1`"),
    ('{"version": 1, "files": {}}', "base.json:1:1: the file has no `provlint`"),
    ('{"version": 1,\n "provlint": "", "files": {"a": [{"rle": 1}]}}',
     "base.json:2:35: unknown key `rle`"),
    ('{"version": 1, "provlint": "", "files": {"a": [{"rule": "PL1", "about": []}]}}',
     "base.json:1:57: `rule` is `PL1`; expected a text that matches"),
    ('{"version": 1, "provlint": "",\n"files": {"a": [{"about": [],\n"rule": "PL1", "cuont": 3}]}}',
     "base.json:3:16: unknown key `cuont`"),
    ('{"version": 1, "provlint": "", "files": {"a": [{"rule": "PL101", "about": [], "count": 0}]}}',
     "base.json:1:88: `count` is `0`; expected 1 or more"),
    ('{"version": 1, "files": {', "base.json:1:"),
    ("<<<<<<< HEAD\n{}", "base.json:1:1:"),
    ("", "base.json:1:1: the file is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSALS, ids=[text[:40] for text, _ in REFUSALS])
@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_what_is_no_baseline_is_refused_and_left_alone(folder, text, message, option):
    folder.write("base.json", text)
    result = folder.lint("apps", option, "base.json")
    assert result.status == 2
    assert result.err.startswith(f"error: {message}")
    assert "\n  help: " in result.err
    assert (folder.path / "base.json").read_text() == text


def test_a_key_that_was_meant_is_named(folder):
    entry = {"rule": "PL101", "about": [], "cuont": 3}
    folder.write("base.json", {"version": 1, "provlint": "", "files": {"a": [entry]}})
    assert "help: did you mean `count`?" in folder.against().err


def test_a_baseline_that_is_not_there(folder):
    result = folder.against()
    assert (result.status, result.err) == (
        2,
        "error: there is no baseline `base.json`\n  help: write it with `provlint lint"
        " --write-baseline base.json`, or correct its name\n",
    )
    folder.write("provlint.toml", '\nbaseline = "old.json"\n')
    assert folder.lint("apps").err.startswith(
        "error: provlint.toml:2: there is no baseline `old.json`"
    )


def test_a_folder_that_is_not_there(folder):
    result = folder.lint("apps", "--write-baseline", "nowhere/base.json")
    assert result.status == 2
    assert result.err.startswith("error: `nowhere/base.json` cannot be written")


def test_a_checked_file_is_never_written_over(folder):
    before = (folder.path / "apps" / "box.json").read_bytes()
    result = folder.lint("apps", "--write-baseline", "apps/box.json")
    assert result.status == 2
    assert (folder.path / "apps" / "box.json").read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ("--diff", "--write-baseline", "base.json"),
        ("--baseline", "a.json", "--no-baseline"),
        ("--baseline", "a.json", "--write-baseline", "base.json"),
        ("--write-baseline", "-"),
    ],
)
def test_options_that_exclude_each_other(folder, words):
    assert folder.lint("apps", *words).status == 2
    assert not (folder.path / "base.json").exists()

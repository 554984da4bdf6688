"""The command line around the verbs: version, help, slips of the pen."""

import re
from importlib.metadata import version

import pytest

from provlint.cli.group import VERBS
from provlint.request import known_rules
from provlint.version import LANGUAGE_DATE, VERSION
from provlint_grammar.catalogue import FUNCTIONS
from provlint_grammar.scoping_filter.operators import OPERATORS


def test_the_version(provlint):
    assert provlint("--version") == (0, f"provlint {VERSION}\n", "")
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", VERSION)
    assert version("provlint") == VERSION


@pytest.mark.parametrize(
    "words", [["--version", "--verbose"], ["--verbose", "--version"], ["-v", "--version"]]
)
def test_the_version_with_dates(provlint, words):
    result = provlint(*words)
    assert result.status == 0
    rows = dict(row.split(maxsplit=1) for row in result.out.splitlines())
    assert rows["provlint"] == VERSION
    assert rows["language:"] == f"as documented by Microsoft on {LANGUAGE_DATE}"
    assert re.fullmatch(
        rf"{len(FUNCTIONS)}, from pages of 20\d\d-\d\d-\d\d to 20\d\d-\d\d-\d\d",
        rows["functions:"],
    )
    assert rows["operators:"].startswith(f"{len(OPERATORS)}, from pages of 20")
    strict = sum(rule.info.profile == "strict" for rule in known_rules())
    assert rows["rules:"] == f"{len(known_rules())}, of which {strict} only in the profile `strict`"
    assert {"python:", "click:", "pydantic:", "pyyaml:"} <= set(rows)


def test_the_dates_are_not_after_the_date_of_the_language():
    dates = [each.date for each in (*FUNCTIONS.values(), *OPERATORS.values())]
    assert max(dates) <= LANGUAGE_DATE


def test_without_words_there_is_help(provlint):
    result = provlint()
    assert "Usage: provlint [OPTIONS] COMMAND [ARGS]..." in result.out + result.err
    for verb in VERBS:
        assert f"  {verb} " in result.out + result.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(provlint, verb):
    result = provlint(verb, "--help")
    assert result.status == 0
    assert result.out.startswith(f"Usage: provlint {verb} ")
    assert "\\b" not in result.out
    assert provlint(verb, "-h").out == result.out


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("lnt", "No such command `lnt`. Did you mean `lint`?"),
        ("rule", "No such command `rule`. Did you mean `rules`?"),
        ("zzz", "No such command `zzz`. Known are: lint, "),
    ],
)
def test_a_slip_of_the_pen(provlint, word, message):
    result = provlint(word)
    assert result.status == 2
    assert message in result.err


@pytest.mark.parametrize("option", ["--fail-on", "--format", "--profile", "--dialect", "--color"])
def test_words_that_an_option_does_not_know(provlint, option):
    result = provlint("lint", option, "never-heard")
    assert result.status == 2
    assert "'never-heard' is not one of" in result.err


def test_a_faulty_configuration_file_has_a_place(files, provlint, texts):
    files({"clean.json": texts["clean"], "provlint.toml": 'profile = "default"\nselekt = []\n'})
    result = provlint("lint", "clean.json")
    assert result == (
        2, "", "error: provlint.toml:2: unknown key `selekt`\n  help: did you mean `select`?\n",
    )  # fmt: skip
    assert provlint("lint", "clean.json", "--no-config").status == 0


def test_a_named_configuration_file(files, provlint, texts):
    files({"mistaken.json": texts["mistaken"], "ci/strict.toml": 'fail-on = "never"\n'})
    assert provlint("lint", "mistaken.json").status == 1
    assert provlint("lint", "mistaken.json", "--config", "ci/strict.toml").status == 0
    result = provlint("lint", "mistaken.json", "--config", "ci/none.toml")
    assert result.status == 2
    assert result.err.startswith("error: ci/none.toml: the file cannot be read: no such file")


def test_the_configuration_file_is_found_above(files, provlint, texts, monkeypatch):
    folder = files({"a/b/mistaken.json": texts["mistaken"], "provlint.toml": 'fail-on = "never"'})
    monkeypatch.chdir(folder / "a" / "b")
    assert provlint("lint", "mistaken.json").status == 0


def test_what_a_configuration_excludes(files, provlint, texts):
    files(
        {
            "provlint.toml": 'exclude = ["old", "apps/draft-*.json"]\n',
            "old/a.json": texts["mistaken"],
            "apps/old/a.json": texts["mistaken"],
            "apps/draft-1.json": texts["mistaken"],
            "apps/clean.json": texts["clean"],
        }
    )
    result = provlint("lint")
    assert result.status == 0
    assert "no findings in 1 configuration file" in result.out
    assert "looked at" not in result.out
    assert provlint("lint", "old/a.json").status == 1
    assert provlint("lint", "--no-config").status == 1

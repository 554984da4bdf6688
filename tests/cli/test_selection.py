"""Which rules run: words on the command line, in the configuration, and both."""

import json

import pytest


@pytest.fixture
def found(files, provlint):
    """The ids that a run reports for an expression with a mistake, a date and a taste."""
    files(
        {
            "schema.json": json.dumps(
                {
                    "attributeMappings": [
                        {
                            "targetAttributeName": "displayName",
                            "source": {
                                "type": "Function",
                                "name": "Jion",
                                "expression": 'Jion(" ", [givenName], Now())',
                            },
                        },
                        {
                            "targetAttributeName": "title",
                            "flowType": "Allways",
                            "source": {"type": "Attribute", "name": "jobTitle"},
                        },
                    ]
                }
            )
        }
    )

    def run(*words):
        result = provlint("lint", "schema.json", "--format", "json", *words)
        assert result.status in (0, 1), result
        return sorted({each["rule"] for each in json.loads(result.out)["diagnostics"]})

    return run


def test_without_words_the_default_profile_runs(found):
    assert found() == ["PL006", "PL310"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--select", "PL310"], ["PL310"]),
        (["--select", "unknown-function"], ["PL310"]),
        (["--select", "Unknown-Function"], ["PL310"]),
        (["--select", "pl310"], ["PL310"]),
        (["--select", "PL3"], ["PL310", "PL337"]),
        (["--select", "PL0"], ["PL006"]),
        (["--select", "expression"], ["PL310", "PL337"]),
        (["--select", "file"], ["PL006"]),
        (["--select", "matching"], []),
        (["--select", "PL310,PL006"], ["PL006", "PL310"]),
        (["--select", "PL310", "--select", " PL006 "], ["PL006", "PL310"]),
        (["--select", "ALL"], ["PL006", "PL310", "PL337"]),
        (["--profile", "strict"], ["PL006", "PL310", "PL337"]),
        (["--extend-select", "time-dependent"], ["PL006", "PL310", "PL337"]),
        (["--ignore", "PL3"], ["PL006"]),
        (["--ignore", "expression,file"], []),
        (["--ignore", "ALL"], []),
        (["--select", "PL3", "--ignore", "PL310"], ["PL337"]),
        (["--select", "PL310", "--ignore", "PL3"], ["PL310"]),
        (["--select", "PL310", "--ignore", "PL310"], []),
        (["--profile", "strict", "--ignore", "PL337"], ["PL006", "PL310"]),
        (["--select", "PL006", "--extend-select", "PL310"], ["PL006", "PL310"]),
    ],
)
def test_words(found, words, expected):
    assert found(*words) == expected


@pytest.mark.parametrize(
    ("words", "word", "help_line"),
    [
        (["--select", "unknown-functon"], "unknown-functon", "did you mean `unknown-function`?"),
        (["--ignore", "PL3111"], "PL3111", "did you mean `PL"),
        (["--extend-select", "expresion"], "expresion", "did you mean `expression`?"),
        (["--select", "PL310,zebra"], "zebra", "list the rules with `provlint rules`"),
        (["--select", "*"], "*", "list the rules with `provlint rules`"),
    ],
)
def test_unknown_words_are_refused(files, provlint, texts, words, word, help_line):
    files({"clean.json": texts["clean"]})
    result = provlint("lint", "clean.json", *words)
    assert result.status == 2
    assert result.out == ""
    assert result.err.startswith(f"error: no rule and no group of rules is called `{word}`\n")
    assert f"  help: {help_line}" in result.err


def test_an_empty_word_is_refused(files, provlint, texts):
    files({"clean.json": texts["clean"]})
    result = provlint("lint", "clean.json", "--select", "")
    assert result.status == 2
    assert "names no rule" in result.err


@pytest.mark.parametrize(
    ("settings", "words", "expected"),
    [
        ('select = ["PL3"]', [], ["PL310", "PL337"]),
        ('select = ["PL3"]', ["--select", "PL0"], ["PL006"]),
        ('extend-select = ["PL337"]', [], ["PL006", "PL310", "PL337"]),
        ('extend-select = ["PL337"]', ["--select", "PL0"], ["PL006"]),
        ('ignore = ["PL310"]', [], ["PL006"]),
        ('ignore = ["PL310"]', ["--select", "PL310"], ["PL310"]),
        ('ignore = ["PL3"]', ["--select", "unknown-function"], ["PL310"]),
        ('ignore = ["PL310"]', ["--select", "PL3"], ["PL337"]),
        ('ignore = ["PL310"]', ["--ignore", "PL006"], []),
        ('profile = "strict"', [], ["PL006", "PL310", "PL337"]),
        ('profile = "strict"', ["--profile", "default"], ["PL006", "PL310"]),
        ('select = ["PL3"]', ["--no-config"], ["PL006", "PL310"]),
    ],
)
def test_the_command_line_goes_before_the_configuration(found, files, settings, words, expected):
    files({"provlint.toml": settings})
    assert found(*words) == expected


@pytest.mark.parametrize("words", [["--select", "PL3"], []])
def test_what_was_not_checked_is_told_whatever_is_selected(files, provlint, words):
    files({"deep.json": '{"attributeMappings": ' + "[" * 300 + "]" * 300 + "}"})
    result = provlint("lint", "deep.json", *words)
    assert result.status == 1
    assert "error[PL018 too-large]" in result.out or "error[PL019 beyond-limits]" in result.out


def test_hidden_advice_is_counted(found, provlint):
    del found
    result = provlint("lint", "schema.json")
    assert "not shown: 1 piece of advice (`--profile strict` shows it)\n" in result.out
    assert "not shown" not in provlint("lint", "schema.json", "--profile", "strict").out
    assert "not shown" not in provlint("lint", "schema.json", "--select", "PL006").out
    assert "not shown" not in provlint("lint", "schema.json", "--ignore", "PL337").out
    summary = json.loads(provlint("lint", "schema.json", "--format", "json").out)["summary"]
    assert summary["hidden"] == {"profile": 1}

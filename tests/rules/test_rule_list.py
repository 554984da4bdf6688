"""`provlint rules`, and the page made by it."""

import json
from pathlib import Path

import pytest

from provlint.cli import status
from provlint.cli.rule_list import REPEATED, TITLES, as_markdown, as_text
from provlint.report.style import Look
from provlint.request import known_rules
from provlint.rule import GROUPS, OWN

ROOT = Path(__file__).parent.parent.parent
RULES = sorted(known_rules(), key=lambda rule: rule.info.id)


@pytest.fixture
def listed(capsys):
    def run(*words, expected=0):
        assert status(["rules", *words]) == expected
        captured = capsys.readouterr()
        return captured.err if expected else captured.out

    return run


def test_the_page_in_docs_is_current(request, listed):
    page = ROOT / "docs" / "rules.md"
    expected = as_markdown(RULES)
    assert listed("--format", "markdown") == expected
    if request.config.getoption("--update-golden"):
        page.write_text(expected, encoding="utf-8", newline="\n")
    assert page.read_text("utf-8") == expected, f"run: {REPEATED}"


def test_links_of_the_page_lead_to_pages():
    links = [part.split(")")[0] for part in as_markdown(RULES).split("](")[1:]]
    assert len(links) == len(RULES)
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []


def test_every_group_has_a_title():
    assert set(TITLES) == {*GROUPS.values(), OWN}


def test_text_has_a_line_for_each_rule(listed):
    text = listed()
    for rule in RULES:
        assert f"  {rule.info.id}  {rule.info.name} " in text
    assert text.splitlines()[0] == "File and schema"
    strict = sum(rule.info.profile == "strict" for rule in RULES)
    fixable = sum(rule.info.fixable for rule in RULES)
    assert text.splitlines()[-1] == (
        f"{len(RULES)} rules, {strict} of them strict, {fixable} with fixes"
    )


def test_text_of_one_rule(listed):
    assert listed("--select", "unanchored-regex") == (
        "Scoping filters\n"
        "  PL113  unanchored-regex  warning          fix  A regular expression also matches inside"
        " longer values\n"
        "\n"
        "1 rule, 0 of them strict, 1 with fixes\n"
    )


def test_what_rules_need(listed):
    text = listed("--select", "PL731,PL741")
    assert text.splitlines()[0] == "Evidence from data: with --assignments, --groups"
    assert "| `--assignments`, `--groups` |" in as_markdown(RULES)


def test_summaries_are_cut_to_the_terminal():
    lines = as_text(RULES, Look(width=100)).splitlines()
    assert max(map(len, lines)) == 100
    assert any(line.endswith("…") for line in lines)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (["--select", "PL2"], lambda info: info.group == "matching"),
        (["--select", "scope,mapping"], lambda info: info.group in ("scope", "mapping")),
        (["--profile", "default"], lambda info: info.profile == "default"),
        (["--profile", "strict"], lambda info: True),
        (
            ["--select", "matching", "--profile", "default"],
            lambda info: info.group == "matching" and info.profile == "default",
        ),
    ],
)
def test_selection(listed, words, chosen):
    data = json.loads(listed(*words, "--format", "json"))
    assert data["version"] == 1
    assert [each["id"] for each in data["rules"]] == [
        rule.info.id for rule in RULES if chosen(rule.info)
    ]


def test_json_of_one_rule(listed):
    assert json.loads(listed("--select", "PL208", "--format", "json"))["rules"] == [
        {
            "id": "PL208",
            "name": "matching-by-expression",
            "group": "matching",
            "summary": "A matching value is computed, and the target must agree",
            "severity": "note",
            "profile": "default",
            "confidence": "high",
            "fixable": False,
            "since": "0.1.0",
            "status": "stable",
            "needs": ["configuration"],
            "source": "https://learn.microsoft.com/entra/identity/app-provisioning/"
            "customize-application-attributes",
        }
    ]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("unanchored-regx", "did you mean `unanchored-regex`?"),
        ("frobnicate", "list all of them with `provlint rules`"),
    ],
)
def test_unknown_word(listed, word, hint):
    assert listed("--select", word, expected=2) == (
        f"error: no rule and no group of rules is called `{word}`\n  help: {hint}\n"
    )

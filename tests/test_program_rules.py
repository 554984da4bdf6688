"""The rules about the run itself have what all rules have."""

import tomllib
from pathlib import Path

import pytest

from provlint.cli import status
from provlint.config.settings import Settings
from provlint.engine import ruleset
from provlint.lint import core_rules
from provlint.program_rules import PROGRAM_RULES
from provlint.rule_page import facts_of, page_path, read_page

MISTAKE = '{"targetAttributeName": "x", "source": {"type": "Function", "expression": "Jion()"}}'


@pytest.fixture(params=PROGRAM_RULES, ids=lambda rule: rule.info.id)
def rule(request):
    return request.param


def test_the_page_is_that_of_the_rule(rule):
    page = read_page(rule)
    assert (page.name, page.id) == (rule.info.name, rule.info.id)
    assert page.summary == f"{rule.info.summary}."
    assert page.facts == facts_of(rule.info)
    assert Path(page_path(rule)).parent.name == "program_rules"


def test_ids_and_names_are_their_own(rule):
    others = [each.info for each in (*core_rules(), *PROGRAM_RULES) if each is not rule]
    assert rule.info.id not in {each.id for each in others}
    assert rule.info.name not in {each.name for each in others}


def test_the_walk_finds_nothing_by_them(rule):
    assert list(ruleset([rule]).by_unit["document"][0].check(None)) == []


@pytest.mark.parametrize("word", ["PL021", "unused-suppression", "pl901", "Rule-Crashed"])
def test_they_can_be_explained(word, capsys):
    assert status(["explain", word]) == 0
    assert "What it finds" in capsys.readouterr().out


def test_the_examples_of_the_page_on_suppressions(tmp_path, monkeypatch, capsys):
    (rule,) = (each for each in PROGRAM_RULES if each.info.id == "PL021")
    bad, good = (block for block in read_page(rule).blocks if block.language == "toml")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "apps").mkdir()
    (tmp_path / "archive").mkdir()
    (tmp_path / "apps" / "box.json").write_text(MISTAKE)
    for block, found in ((bad, True), (good, False)):
        Settings.model_validate(tomllib.loads(block.text))
        text = block.text.replace("contradictory-clauses", "unknown-function")
        (tmp_path / "provlint.toml").write_text(text)
        status(["lint", "--select", "PL310,PL021"])
        assert ("PL021" in capsys.readouterr().out) is found

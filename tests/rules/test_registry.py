"""What holds for all rules together."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from provlint.lint import all_rules, core_rules
from provlint.rule import GROUPS, Rule, RuleInfo
from provlint.selection import choose, ids_of
from provlint_rules.retired import RETIRED

RULES = all_rules()
INFOS = [rule.info for rule in RULES]
ROOT = Path(__file__).parent.parent.parent
SOURCE = re.compile(
    r"https://learn\.microsoft\.com/[\w./#-]+"
    r"|https://github\.com/(?:MicrosoftDocs|microsoftgraph)/[\w.-]+/(?:issues|pull)/\d+"
)
NEEDS = {"configuration", "users", "targets", "assignments", "groups", "job", "secrets"}
# Names say what was found, so that "allow <name>" is an English phrase.
NOT_AFTER_ALLOW = re.compile(r"^(?:no-more|avoid|use|check|disallow|forbid|prefer|require|dont)-")


def each(values):
    return pytest.mark.parametrize("info", values, ids=lambda info: info.id)


def repeated(values):
    return [value for value, times in Counter(values).items() if times > 1]


def test_ids_and_names_are_unique():
    assert repeated(info.id for info in INFOS) == []
    assert repeated(info.name for info in INFOS) == []


def test_retired_ids_and_names_are_not_given_again():
    assert not {info.id for info in INFOS} & set(RETIRED)
    assert not {info.name for info in INFOS} & set(RETIRED.values())


def test_no_two_summaries_are_equal():
    assert repeated(info.summary for info in INFOS) == []


@each(INFOS)
def test_id_is_well_formed(info):
    assert re.fullmatch(r"PL[0-79]\d\d", info.id)
    assert info.id[2] in GROUPS


@each(INFOS)
def test_name_is_kebab_case_and_reads_after_allow(info):
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)+", info.name)
    assert not NOT_AFTER_ALLOW.search(info.name)
    assert len(info.name) <= 36


@each(INFOS)
def test_summary_is_one_short_sentence(info):
    assert re.match(r"[A-Z]", info.summary)
    assert not info.summary.endswith(".")
    assert len(info.summary) <= 80
    assert info.summary.count("`") % 2 == 0
    assert "\n" not in info.summary


@each(INFOS)
def test_source_is_a_page_of_microsoft(info):
    assert SOURCE.fullmatch(info.source)


@each(INFOS)
def test_values_are_of_the_contract(info):
    assert info.severity in ("note", "warning", "error")
    assert info.profile in ("default", "strict")
    assert info.confidence in ("high", "medium", "low")
    assert info.status in ("stable", "preview", "deprecated")
    assert info.since == "0.1.0"
    assert set(info.needs) <= NEEDS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.id)
def test_rule_lives_in_the_folder_of_its_group(rule):
    module = sys.modules[rule.check.__module__]
    assert Path(module.__file__).parent.name == rule.info.group
    assert Path(module.__file__).parent.parent == ROOT / "rules" / "provlint_rules"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.id)
def test_functions_are_named_for_calls_only(rule):
    assert rule.unit == "call" or not rule.functions


def test_rules_that_need_inputs_are_those_of_their_groups():
    from provlint_rules import INPUT_RULES

    assert {rule.info.group for rule in INPUT_RULES} == {"job", "evidence"}
    assert all(rule.info.needs == ("configuration",) for rule in core_rules())


def test_every_page_belongs_to_a_rule():
    names = {(rule.info.group, rule.info.name) for rule in RULES}
    pages = {(page.parent.name, page.stem) for page in (ROOT / "rules").rglob("*/*.md")}
    assert pages == names


def test_every_rule_can_be_chosen_by_id_name_and_group():
    for info in INFOS:
        assert ids_of(RULES, info.id) == ids_of(RULES, info.name) == {info.id}
        assert info.id in ids_of(RULES, info.group)


def test_the_entry_point_names_all_rules():
    import provlint_rules

    assert provlint_rules.RULES is core_rules()
    assert all_rules() == (*provlint_rules.RULES, *provlint_rules.INPUT_RULES)
    assert all(isinstance(rule, Rule) and isinstance(rule.info, RuleInfo) for rule in RULES)
    with pytest.raises(AttributeError, match="no attribute 'NONE'"):
        provlint_rules.NONE  # noqa: B018


def test_the_strict_profile_holds_the_default_one():
    from provlint.selection import Selection

    default = {rule.info.id for rule in choose(RULES, Selection())}
    strict = {rule.info.id for rule in choose(RULES, Selection("strict"))}
    assert default < strict == {info.id for info in INFOS}

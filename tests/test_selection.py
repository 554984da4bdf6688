"""Choosing rules by words."""

import pytest

from provlint.lint import all_rules
from provlint.program_rules import PROGRAM_RULES
from provlint.rule import GROUPS
from provlint.selection import Selection, UnknownRuleError, choose, exactly, ids_of

RULES = (*all_rules(), *PROGRAM_RULES)
IDS = {rule.info.id for rule in RULES}


def chosen(**words):
    return {rule.info.id for rule in choose(RULES, Selection(**words))}


def test_every_rule_answers_to_its_id_its_name_its_prefix_and_its_group():
    for rule in RULES:
        info = rule.info
        for word in (info.id, info.id.lower(), info.name, info.name.upper()):
            assert ids_of(RULES, word) == {info.id}
            assert exactly(RULES, [word]) == {info.id}
        for word in (info.id[:3], info.group, "ALL", "all", "PL"):
            assert info.id in ids_of(RULES, word)
            assert exactly(RULES, [word]) == set()


def test_groups_and_prefixes_are_the_same():
    for digit, group in GROUPS.items():
        assert ids_of(RULES, f"PL{digit}") == ids_of(RULES, group)


def test_no_name_is_a_group_or_looks_like_an_id():
    names = {rule.info.name for rule in RULES}
    assert len(names) == len(IDS) == len(RULES)
    assert not names & {*GROUPS.values(), "all"}
    assert not [name for name in names if name.startswith("pl")]


def test_profiles():
    strict = {rule.info.id for rule in RULES if rule.info.profile == "strict"}
    assert strict
    assert chosen() == IDS - strict
    assert chosen(profile="strict") == IDS


def test_a_wider_ignore_spares_what_is_named_exactly():
    assert chosen(select=("PL310",), ignore=("PL3",)) == {"PL310"}
    assert chosen(select=("unknown-function",), ignore=("expression", "PL0")) == {"PL310"}
    assert chosen(select=("PL310",), ignore=("unknown-function",)) == set()
    assert "PL310" not in chosen(select=("PL3",), ignore=("PL31",))


@pytest.mark.parametrize("word", ["", "PL", "x"])
def test_words_that_are_too_short(word):
    assert ids_of(RULES, word) == (IDS if word == "PL" else set())


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("unknown-fuction", "did you mean `unknown-function`?"),
        ("scop", "did you mean `scope`?"),
        ("al", ""),
        ("`x`", ""),
    ],
)
def test_unknown_words(word, hint):
    with pytest.raises(UnknownRuleError) as caught:
        chosen(ignore=(word,))
    assert caught.value.help == hint
    assert caught.value.path == ()
    assert str(caught.value).startswith("no rule and no group of rules is called ")

"""A first look never overlooks what reasoning finds."""

import random

import pytest
import random_filters

from provlint.analysis import analyze_scope
from provlint.analysis.screening import PlainTest, Rivals, may_clash, may_contain, may_cover
from provlint_grammar.scoping_filter.parser import parse_filter

FILTERS = 500


def read(text):
    parsed = parse_filter(text)
    assert not parsed.problems
    return [[PlainTest(*clause[:3]) for clause in group.clauses] for group in parsed.filter.groups]


@pytest.mark.parametrize(
    "text",
    [
        'a EQUALS "x" AND b EQUALS "y"',
        'a NOT EQUALS "x" AND a NOT EQUALS "xy" AND a IS NOT NULL',
        'a NOT REGEX MATCH "^AAD_" AND a NOT REGEX MATCH "^MSOL_" AND a IS NOT NULL',
        'a REGEX MATCH "^(x|y)$"',
        'a REGEX MATCH "^x$|^y$"',
    ],
)
def test_plain_groups_need_no_reasoning(text):
    (tests,) = read(text)
    assert not may_clash(tests)


@pytest.mark.parametrize(
    "text",
    [
        'a EQUALS "x" AND a EQUALS "y"',
        'a NOT EQUALS "x" AND a NOT EQUALS "x"',
        'a NOT REGEX MATCH "^x" AND a NOT REGEX MATCH "^xy"',
        'a NOT REGEX MATCH "^x" AND a NOT EQUALS "xy"',
        'a REGEX MATCH "x^"',
        'a REGEX MATCH "$x"',
        'a NOT REGEX MATCH "^.*$"',
    ],
)
def test_groups_that_are_worth_a_second_look(text):
    (tests,) = read(text)
    assert may_clash(tests)


@pytest.mark.parametrize(
    ("text", "cover", "contain"),
    [
        ('a EQUALS "x" OR a EQUALS "y"', False, False),
        ('a NOT EQUALS "x" OR a IS NULL', False, False),
        ('a EQUALS "x" AND b EQUALS "y" OR a EQUALS "z" AND b EQUALS "y"', False, False),
        ('a NOT EQUALS "x" OR a NOT EQUALS "y"', True, True),
        ('a EQUALS "x" OR a EQUALS "x" AND b EQUALS "y"', False, True),
        ('a EQUALS "x" OR b EQUALS "x"', False, False),
    ],
)
def test_sets_of_groups(text, cover, contain):
    groups = read(text)
    if contain is False and cover is False and " IS NULL" in text:
        assert not may_cover(groups)
        return
    assert may_cover(groups) is cover
    assert may_contain(groups) is contain


def test_nothing_is_overlooked():
    chance = random.Random(3)
    found = 0
    for _ in range(FILTERS):
        scope = random_filters.scope(chance)
        scope = {"groups": scope["groups"]}
        groups = [
            [
                PlainTest(
                    each["sourceOperandName"],
                    each["operatorName"],
                    tuple((each["targetOperand"] or {"values": []})["values"]),
                )
                for each in group["clauses"]
            ]
            for group in scope["groups"]
        ]
        analysis = analyze_scope(scope, types=random_filters.TYPES)
        for tests, group in zip(groups, analysis.groups, strict=True):
            several = [each for each in group.conflicts if len(each.clauses) > 1]
            implied = [
                each
                for each in group.clauses
                if each.implied_by and each.operator != "IS NOT NULL"  # often said on purpose
            ]
            found += len(several) + len(implied)
            assert may_clash(tests) or not (several or implied), group
        alone = [group for group in analysis.groups if len(group.contained_in) == 1]
        found += len(alone)
        for group in alone:
            wide = groups[group.contained_in[0]]
            narrow = {test.attribute for test in groups[group.number]}
            if {test.attribute for test in wide} <= narrow:
                assert may_contain(groups), group
    assert found > 60


def test_rivals_of_a_list_of_values_are_few():
    rivals = Rivals([{"a": str(at)} for at in range(100)] + [{"b": "x"}, {}])
    assert rivals.of(3) == [100, 101]
    assert rivals.of(101) == list(range(101))
    assert rivals.against({"a": "7", "b": "y"}) == [7, 101]

"""What a case may expect, and what is said when it does not come."""

import pytest

from provlint.cases.expected import agrees, difference
from provlint.evaluation import evaluate


@pytest.mark.parametrize(
    ("expression", "inputs", "expected"),
    [
        ('Append([a], "x")', {"a": "y"}, "yx"),
        ("Count([a])", {"a": ["1", "2"]}, 2),
        ("IsPresent([a])", {"a": "1"}, True),
        ('Split([a], ",")', {"a": "1,2"}, ["1", "2"]),
        ("Coalesce([a], [b])", {"a": None, "b": None}, None),
        ("IgnoreFlowIfNullOrEmpty([a])", {"a": ""}, {"$flow": "ignore-attribute"}),
        ("CDate([a])", {"a": "no date"}, {"$error": "evaluation"}),
        ("Guid()", {}, {"$pattern": "[0-9a-f-]{36}"}),
        ("ToLower([a])", {"a": "B"}, {"$one_of": ["a", "b"]}),
    ],
)
def test_agreement(expression, inputs, expected):
    assert agrees(expected, evaluate(expression, inputs))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('Append("a", "b")', "ab "),
        ('Append("a", "b")', None),
        ('Append("a", "b")', ["ab"]),
        ("Coalesce([a])", ""),
        ('Append("a", "b")', {"$flow": "ignore-attribute"}),
        ('Append("a", "b")', {"$error": "evaluation"}),
        ('Append("a", "b")', {"$pattern": "a"}),
        ('Append("a", "b")', {"$one_of": ["a", "b"]}),
        ('Append("a", "b")', {"$unheard": 1}),
    ],
)
def test_disagreement(expression, expected):
    got = evaluate(expression, {"a": None})
    if expected == ["ab"]:
        assert agrees(expected, got), "one value and a list of one are the same flow"
    else:
        assert not agrees(expected, got)


def test_the_first_difference_is_shown_under_the_text():
    message = difference("Adam", evaluate('Append("Ada", "n")', {}))
    assert message == 'expected: "Adam"\n     got: "Adan"\n              ^ first difference'


def test_a_difference_in_case_only_is_said():
    message = difference("ADA", evaluate('Append("Ad", "a")', {}))
    assert "letter case only" in message

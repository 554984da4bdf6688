"""Comparisons that have one outcome for everybody."""

import pytest

from provlint.model.tree import AttributeDefinition
from provlint.semantics.inference import compared, inference
from provlint_grammar.expression import parse_expression

ATTRIBUTES = {
    "number": AttributeDefinition("", "number", "Integer"),
    "many": AttributeDefinition("", "many", multivalued=True),
}


def verdict(text):
    node = parse_expression(text).tree
    known = inference(node, ATTRIBUTES)
    return compared(node.operator, known.of(node.left), known.of(node.right))


@pytest.mark.parametrize(
    ("text", "holds", "why"),
    [
        ('BitAnd([uac], 2) = "1"', False, "the result is `0` or `2`"),
        ('BitAnd([uac], 2) <> "1"', True, "the result is `0` or `2`"),
        ('IsPresent([a]) = "yes"', False, "the result is `False` or `True`"),
        ('DateDiff("d", Now(), CDate([a])) = "today"', False, "the result is a number"),
        ('Left([a], 2) = "NOR"', False, "the result has at most 2 characters"),
        ('Append([a], "xyz") = "yz"', False, "the result has at least 3 characters"),
        ('StripSpaces([a]) = "a b"', False, "the result has no blank"),
        ('InStr([a], "x") >= 0', True, "the number is never less than 0"),
        ('InStr([a], "x") < 0', False, "the number is never less than 0"),
        ('InStr([a], "x") = -1', False, "the number is never less than 0"),
        ('0 <= InStr([a], "x")', True, "the number is never less than 0"),
        ("BitAnd([uac], 2) > 2", False, "the number is from 0 to 2"),
        ('CDate([a]) = "today"', False, "the result is a date"),
        ('[number] = "one"', False, "the result is a number"),
        ('Count([many]) = "several"', False, "the result is a number"),
        ('ToLower("NO") = "no"', True, "both sides are known"),
        ('ToLower("NO") <> "no"', False, "both sides are known"),
        ("7 = 7", True, "both sides are known"),
    ],
)
def test_certain(text, holds, why):
    found = verdict(text)
    assert (found.holds, found.why, found.case) == (holds, why, False)


@pytest.mark.parametrize("text", ['ToLower([a]) = "NO"', '"no" = ToUpper([a])', '"a" = "A"'])
def test_resting_on_case(text):
    assert verdict(text).case
    assert verdict(text).holds is False


@pytest.mark.parametrize(
    "text",
    [
        'BitAnd([uac], 2) = "0"',
        "BitAnd([uac], 2) = 2",
        '[a] = "x"',
        "[a] <> [b]",
        'InStr([a], "x") > 0',
        'InStr([a], "x") = 3',
        'DateDiff("d", Now(), CDate([a])) > 5',
        'DateDiff("d", Now(), CDate([a])) = "0"',
        'ToLower([a]) = "no"',
        'Left([a], 2) = "NO"',
        '[many] = "x"',
        'IsPresent([a]) = "True"',
        'Switch([a], , "x", "1") <> "2"',
        'ToLower([a]) = ""',
        'CDate([a]) = "3/16/2026 12:00:00 AM"',
        '"7" = 7',
        '"07" = 7',
        'Left([a], 2) < "ABC"',
    ],
)
def test_open(text):
    assert verdict(text) is None

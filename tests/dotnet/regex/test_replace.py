"""Replacing: substitution forms and the rule for empty matches."""

import pytest

from provlint.dotnet import regex


@pytest.mark.parametrize(
    ("pattern", "text", "replacement", "result"),
    [
        ("(a)(?<n>b)", "xaby", "[$1|${n}|$2|$0]", "x[a|b|b|ab]y"),
        ("b", "abc", "$`|$&|$'|$_", "aa|b|c|abcc"),
        ("(a)(b)?", "ac", "<$+>", "<>c"),
        ("(a)", "a", "$9 ${x} $$1 $ ${1", "$9 ${x} $1 $ ${1"),
        ("(a)", "a", "$10", "$10"),
        ("(a)", "a", "${1}0", "a0"),
        ("x*", "abxxc", "-", "-a-b--c-"),
        ("(?<=a)|b", "ab", "-", "a-b"),
        ("", "ab", "-", "-a-b-"),
        ("\\G", "ab", "-", "-ab"),
        (".", "😀", "x", "xx"),
        ("@.*$", "ada@old.example", "@new.example", "ada@new.example"),
        ("(?:(a)|b)+", "ab", "$1", "a"),
        ("^(?!(x))a", "ab", "[$1$+]", "[]b"),
        ("q", "none", "x", "none"),
    ],
)
def test_replace(pattern, text, replacement, result):
    assert regex.compile(pattern).replace(text, replacement) == result


def test_half_of_a_character_can_be_replaced():
    assert regex.compile("\\ud83d").replace("😀", "") == "\ude00"


def test_number_out_of_range():
    with pytest.raises(regex.RegexSyntaxError) as caught:
        regex.compile("a").replace("a", "$9999999999")
    assert (caught.value.code, caught.value.offset) == ("QuantifierOrCaptureGroupOutOfRange", 11)


def test_replacement_groups():
    pattern = regex.parse("(?<first>a)(b)")
    text = "😀${first} $1 ${last} $7 $& $$2"
    found = regex.replacement_groups(pattern, text)
    assert [(each.group, text[each.start : each.end], each.known) for each in found] == [
        ("first", "${first}", True),
        ("1", "$1", True),
        ("last", "${last}", False),
        ("7", "$7", False),
    ]

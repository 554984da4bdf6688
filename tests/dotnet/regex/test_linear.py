"""The form for engines of linear time."""

import pytest

from provlint.dotnet import regex


def test_forms():
    linear = regex.linear_pattern(regex.parse("^(a|.)+$"))
    assert linear.ascii == ("\\A(?:((?:[\\x{61}-\\x{61}]|[\\x{0}-\\x{9}\\x{b}-\\x{7f}]))){1,}\\z")
    assert linear.basic == (
        "\\A(?:((?:[\\x{61}-\\x{61}]|[\\x{0}-\\x{9}\\x{b}-\\x{d7ff}\\x{e000}-\\x{ffff}]))){1,}\\z"
    )
    assert linear.replaceable is True


@pytest.mark.parametrize(
    "pattern",
    ["(?=a)b", "(a)\\1", "(?>a)", "(?(1)a)(b)", "\\Ga", "(?:a*)*", "(?:a?)??", "a{1001}", "(a?)+?"],
)
def test_not_translated(pattern):
    assert regex.linear_pattern(regex.parse(pattern)) is None


def test_word_boundary_is_for_ascii_only():
    linear = regex.linear_pattern(regex.parse("\\bab\\b"))
    assert linear.ascii.startswith("\\b")
    assert linear.basic is None


@pytest.mark.parametrize("pattern", ["a*", "(?<n>a)|(?<n>b)"])
def test_not_replaceable(pattern):
    assert regex.linear_pattern(regex.parse(pattern)).replaceable is False

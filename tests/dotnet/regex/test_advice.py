"""What the linter is told about a valid pattern, and where."""

import time

import pytest

from provlint.dotnet import regex


def notes(pattern):
    parsed = regex.parse(pattern)
    return {note.code: pattern[note.start : note.end] for note in regex.advice(parsed)}


@pytest.mark.parametrize(
    ("pattern", "code", "underlined"),
    [
        ("sales", "unanchored", "sales"),
        ("^sales", "unanchored-end", "^sales"),
        ("sales\\z", "unanchored-start", "sales\\z"),
        ("^a$", "final-line-feed", "$"),
        ("x*", "always-matches", "x*"),
        ("^a||b$", "empty-alternative", "|"),
        ("😀(a+)+b", "catastrophic", "(a+)+"),
        ("(\\w+\\s?)*x", "catastrophic", "(\\w+\\s?)*"),
        ("[[:alpha:]]", "posix-class", "[[:alpha:]]"),
        ("a{,3}", "literal-brace", "{,3}"),
        ("/abc/i", "delimiters", "/abc/i"),
        ("\\<a", "word-edge-escape", "\\<"),
        ("[a&&b]", "class-operator", "[a&&b]"),
        ("[\\b]", "backspace-in-class", "[\\b]"),
        ("(?i)admin", "culture", "admin"),
        ("(?i)[a-z]", "culture", "[a-z]"),
        ("(?(1)x)(y)", "conditional-without-else", "(?(1)x)"),
        ("\\d", "digits-of-all-scripts", "\\d"),
        ("\\w", "words-of-all-scripts", "\\w"),
        ("^.{3}\\z", "surrogates", "."),
        ("[é😀]", "surrogates-in-class", "[é😀]"),
        ("(a?)+?", "unstable", "(a?)+?"),
    ],
)
def test_advice(pattern, code, underlined):
    assert notes(pattern)[code] == underlined


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("^a\\z", "unanchored"),
        ("^(?:a|b)$", "unanchored"),
        ("^a*$", "always-matches"),
        ("([a-z]+,)*x", "catastrophic"),
        ("(ab+|ac+)*d", "catastrophic"),
        ("x(\\w+\\s?)*", "catastrophic"),
        ("(?:[a-z]+\\.)+[a-z]+", "catastrophic"),
        ("a{0,3}", "literal-brace"),
        ("/abc", "delimiters"),
        ("(?i)dev", "culture"),
        ("^.*$", "surrogates"),
        ("[^/]+/[a-z]", "delimiters"),
        ("\\\\<a", "word-edge-escape"),
    ],
)
def test_no_false_alarm(pattern, code):
    assert code not in notes(pattern)


def test_message_and_help():
    (note,) = [each for each in regex.advice(regex.parse("a{,3}")) if each.code == "literal-brace"]
    assert note.message == "`{,3}` is no quantifier in .NET: it matches these characters"
    assert note.help == "write `{0,3}`"


@pytest.mark.parametrize(
    ("pattern", "start", "end", "empty"),
    [
        ("^a$", True, True, False),
        ("(?:^a|^b)", True, False, False),
        ("^a|b$", False, False, False),
        ("(a$|b\\z)", False, True, False),
        ("(?i)^a", True, False, False),
        ("(?m)^a$", False, False, False),
        ("(?=x)^a", True, False, False),
        ("(^a)?b", False, False, False),
        ("a*", False, False, True),
        ("", False, False, True),
        ("a*b?", False, False, True),
        ("(?(1)a|)(b)?", False, False, True),
    ],
)
def test_questions(pattern, start, end, empty):
    parsed = regex.parse(pattern)
    assert regex.is_anchored_start(parsed) is start
    assert regex.is_anchored_end(parsed) is end
    assert regex.can_match_empty(parsed) is empty


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("abc", "abc"),
        ("a\\.b\\u00e9", "a.bé"),
        ("(?:ab)[c]", "abc"),
        ("😀", "😀"),
        ("(?i)12", "12"),
        ("(?i)a", None),
        ("a|b", None),
        ("^a", None),
        ("a+", None),
        ("[ab]", None),
    ],
)
def test_literal(pattern, text):
    assert regex.literal(regex.parse(pattern)) == text


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:" + "|".join(["\\w\\W"] * 90) + ")*x",
        "(?:" * 99 + "a" + "(?:))" * 99 + "*",
        "(?:" + "|".join(map(chr, range(0x4E00, 0x4EC0))) + ")*x",
        "a*b+" * 2400,
    ],
    ids=["wide", "deep", "many", "long"],
)
def test_advice_takes_bounded_time(pattern):
    started = time.perf_counter()
    regex.advice(regex.parse(pattern))
    assert time.perf_counter() - started < 10

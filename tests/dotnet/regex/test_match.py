"""Matching: both engines give .NET's answers, and every run ends."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.dotnet import regex
from provlint.dotnet.regex.exact import Budget, search
from provlint.dotnet.regex.regex import Regex
from provlint.dotnet.regex.units import to_units


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("a$", "a\n", True),
        ("a\\z", "a\n", False),
        ("^.$", "😀", False),
        ("^..$", "😀", True),
        ("^\\w$", "²", False),
        ("^\\w$", "\u0308", True),
        ("^\\s$", "\u001c", False),
        ("^\\d$", "٣", True),
        ("a\\b", "a\u200d", False),
        ("(?i)^s$", "\u017f", False),
        ("(?i)^k$", "\u212a", True),
        ("(?i)^i$", "İ", False),
        ("^[a-z-[aeiou]]$", "e", False),
        ("^[a&&b]$", "&", True),
        ("^[[:alpha:]]$", "a", False),
        ("^[[:alpha:]]$", "a]", True),
        ("(?<n>a)(b)\\1", "abb", True),
        ("(?<=a+)b", "aab", True),
        ("^(?(?=a)ab|c)$", "ab", True),
        ("^(?<o>\\()+[^()]*(?<-o>\\))+(?(o)(?!))$", "((x))", True),
        ("^(?<o>\\()+[^()]*(?<-o>\\))+(?(o)(?!))$", "((x)", False),
        ("(?>a+){2,}", "aaa", True),
        ("^(?:x(?:y{1,2}){1,2})*$", "xyxyy", True),
    ],
)
def test_is_match(pattern, text, matches):
    compiled = regex.compile(pattern)
    assert compiled.is_match(text) is matches
    assert (compiled.match(text) is not None) is matches


def test_match_has_all_captures():
    match = regex.compile("(?:(\\w)(?<n>\\d)?)+(x)?").match("-ab1😀")
    assert (match.start, match.end, match.value) == (1, 4, "ab1")
    assert [capture.value for capture in match.groups["1"]] == ["a", "b"]
    assert [(capture.start, capture.end) for capture in match.groups["n"]] == [(3, 4)]
    assert match.groups["2"] == ()
    assert list(match.groups) == ["0", "1", "2", "n"]


def test_positions_are_units():
    match = regex.compile("b").match("😀b")
    assert (match.start, match.end) == (2, 3)


@pytest.mark.parametrize(
    ("pattern", "construct"),
    [
        ("(a?)+?", "lazy loop over an empty match"),
        ("(?:a|)*?b", "lazy loop over an empty match"),
        ("(?:a+|)+", "repeated choice between a loop and nothing"),
        ("(?:|(?:ab)+?){1,2}?x", "repeated choice between a loop and nothing"),
        ("\\D+\\B", "loop over a negated class before a word boundary"),
        ("(?:x|[^\\w]+?)a*(\\B)", "loop over a negated class before a word boundary"),
        ("[^a-z]+\\b", "loop over a negated class before a word boundary"),
    ],
)
def test_refused(pattern, construct):
    with pytest.raises(regex.RegexUnsupported) as caught:
        regex.compile(pattern)
    assert caught.value.construct == construct


NEAR_TO_REFUSED = (
    *("(?:a|)??b", "(?:a+|)*", "(?:a+|)?", "((?:a)+|){1,2}", "a*?b", "[a-z]+\\b", "\\D*\\B"),
    *("[^-]+\\b|b", "\\W+a\\B|b", "[^@]+\\b|ab"),
)


@pytest.mark.parametrize("pattern", NEAR_TO_REFUSED)
def test_near_to_refused(pattern):
    assert regex.compile(pattern).is_match("ab")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^(\\w+\\s?)*$", "a" * 40 + "!"),
        ("(x+x+)+y", "x" * 60),
        ("(?:a?){30}a{30}$", "a" * 29 + "b"),
        ("^(a|aa)+$", "a" * 60 + "b"),
        ("(.*)(.*)(.*)(.*)(.*)(.*)=", "a" * 2000),
        ("(?=(a+))*b|(?:\\1a*)*c", "a" * 500),
    ],
)
def test_catastrophic_patterns_end(pattern, text):
    started = time.perf_counter()
    found = None
    with contextlib.suppress(regex.RegexTimeout):
        found = regex.compile(pattern).is_match(text)
    assert found is not True
    assert time.perf_counter() - started < 30


def test_step_limit_is_reported():
    with pytest.raises(regex.RegexTimeout) as caught:
        regex.compile("(x+x+)+y").is_match("x" * 60)
    assert caught.value.construct == "step limit"
    assert caught.value.reason == (
        "no answer after 1000000 steps: the pattern backtracks catastrophically"
    )


@pytest.mark.parametrize(
    "pattern",
    ["^[^@]+@contoso\\.com$", "^(?!(admin|test)).*$", "^([a-z]+,)*[a-z]+$", "\\b(VP|SVP)\\b"],
)
def test_usual_patterns_run_on_the_fast_engine(pattern):
    assert regex.compile(pattern)._fast("a" * 100, False) is not None


@pytest.mark.parametrize(
    "pattern", ["^(\\w+\\s?)*$", "(a|aa)+b", "(x+x+)+y", "(?<n>a)(?<-n>b)", "(?>a+)b", "(?<=(a)b)c"]
)
def test_other_patterns_run_on_the_exact_engine(pattern):
    assert regex.compile(pattern)._fast("aaa", False) is None


ATOMS = st.sampled_from([*"ab.^$é", "[ab]", "[^a]", "\\w", "\\d", "\\b", "\\1", "\\n", "(?i)k"])
GROUPS = st.sampled_from(["(a)", "(b|ab)", "(?:ab|a)", "(?=a)", "(?!b)", "(?<=a)", "(a|b)c"])
PARTS = ATOMS | GROUPS
QUANTIFIERS = st.sampled_from(["", "", "*", "+", "?", "*?", "{2}", "{1,2}", "??"])
PATTERNS = st.lists(st.tuples(PARTS, QUANTIFIERS).map("".join), max_size=6).map("".join)
TEXTS = st.text("abck\nKé1 😀\u212a", max_size=10)


@settings(max_examples=400, deadline=None)
@given(PATTERNS, TEXTS)
def test_engines_agree(pattern, text):
    try:
        compiled = regex.compile(pattern)
    except ValueError:
        return
    fast = Regex(compiled.pattern)._fast("", True)
    if fast is None:
        return
    exact = compiled._exact()
    units = to_units(text)
    form = compiled._fast(units, True)
    found = search(exact, units, 0, 0, Budget(100_000))
    if form is None:
        return
    other = form.search(units)
    assert (found is None) == (other is None)
    if found is not None:
        indices = compiled._translation.indices
        for number, slot in exact.group_slots.items():
            span = None if found[slot] is None else found[slot][:2]
            index = indices[number]
            theirs = None if index < 0 or other.start(index) < 0 else other.span(index)
            assert span == theirs

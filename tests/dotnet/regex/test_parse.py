"""The parser: groups, tree, and .NET's errors with their places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.dotnet import regex
from provlint.dotnet.regex import tree


def error_of(pattern):
    with pytest.raises(regex.RegexSyntaxError) as caught:
        regex.parse(pattern)
    return caught.value


@pytest.mark.parametrize(
    ("pattern", "code", "offset", "message", "hint"),
    [
        (
            "(?P<n>a)",
            "InvalidGroupingConstruct",
            3,
            "the construct after `(?` is not known to .NET",
            "write a named group as `(?<name>…)`",
        ),
        (
            "a++",
            "NestedQuantifiersNotParenthesized",
            3,
            "a quantifier follows another quantifier",
            "remove one quantifier, or put the part in `(?:…)`: possessive quantifiers are written "
            "`(?>…)` in .NET",
        ),
        (
            "DOMAIN\\user",
            "InsufficientOrInvalidHexDigits",
            8,
            "expected 2 hexadecimal digits after `\\x`, 4 after `\\u`",
            "write a literal backslash as `\\\\`, or give all digits",
        ),
        (
            "\\h",
            "UnrecognizedEscape",
            2,
            "this escape is not known to .NET",
            "write `[ \\t]` for horizontal white space",
        ),
        (
            "\\p{Greek}",
            "UnrecognizedUnicodeProperty",
            9,
            "the category or block of `\\p{…}` is not known to .NET",
            "use a category such as `\\p{L}` or a block such as `\\p{IsGreek}`: .NET does not know "
            "scripts or long names",
        ),
        (
            "(a",
            "InsufficientClosingParentheses",
            2,
            "a parenthesis is not closed",
            "add `)`, or write a literal parenthesis as `\\(`",
        ),
    ],
)
def test_error(pattern, code, offset, message, hint):
    error = error_of(pattern)
    assert (error.code, error.offset, error.message) == (code, offset, message)
    assert regex.hint(pattern, error) == hint


def test_first_pass_errors_come_first():
    # `*` is wrong at 1, but .NET reads all escapes before it reads quantifiers.
    assert error_of("*\\q").code == "UnrecognizedEscape"


@pytest.mark.parametrize(
    ("pattern", "offset", "position"),
    [("😀(", 3, 2), ("😀😀*)", 6, 4), ("[😀-a]", 5, 4), ("[😀-😂]", 5, 3)],
)
def test_offset_counts_units_and_position_code_points(pattern, offset, position):
    error = error_of(pattern)
    assert (error.offset, error.position) == (offset, position)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("(?<n>a)(b)", {"0": 0, "1": 1, "n": 2}),
        ("(?<3>a)(b)(?<n>c)", {"0": 0, "1": 1, "n": 2, "3": 3}),
        ("(?n)(a)(?<x>b)", {"0": 0, "x": 1}),
        ("(?<n>a)(?<n>b)", {"0": 0, "n": 1}),
        ("(?'n'a)", {"0": 0, "n": 1}),
        ("(?#(a)(c)", {"0": 0, "1": 1}),
        ("[(](a)\\(", {"0": 0, "1": 1}),
        ("(?(?=a)b|c)(d)", {"0": 0, "1": 1}),
    ],
)
def test_group_numbers(pattern, names):
    assert regex.parse(pattern).group_numbers == names
    assert list(regex.parse(pattern).group_numbers) == list(names)


def test_tree_has_places():
    pattern = regex.parse("^(?<n>ab|c)+?x{2,3}")
    root = pattern.root
    assert isinstance(root, tree.Concatenation)
    texts = [pattern.units[part.start : part.end] for part in root.parts]
    assert texts == ["^", "(?<n>ab|c)+?", "x{2,3}"]
    loop = root.parts[1]
    assert isinstance(loop, tree.Quantified)
    assert (loop.minimum, loop.maximum, loop.lazy) == (1, None, True)
    assert isinstance(loop.body, tree.Capture)
    assert loop.body.number == 1


@pytest.mark.parametrize("pattern", ["{,2}", "a{", "a{x}", "{2", "a{,}"])
def test_braces_that_are_no_quantifier(pattern):
    assert regex.literal(regex.parse(pattern)) == pattern


@pytest.mark.parametrize(
    "pattern", ["(" * 101 + ")" * 101, "[" + "a-[" * 60 + "b" + "]" * 61, "(?:" * 5000 + ")" * 5000]
)
def test_depth_is_limited(pattern):
    with pytest.raises(regex.RegexUnsupported) as caught:
        regex.parse(pattern)
    assert caught.value.construct == "deep nesting"


def test_deepest_pattern_runs():
    compiled = regex.compile("(" * 100 + "a" + ")?" * 100)
    assert compiled.is_match("a")
    assert compiled.match("a").end == 1
    assert not regex.is_anchored_start(compiled.pattern)


SINGLE = st.sampled_from([*"a()[]\\}*?+|^-1#😀<>'=!", "\ud800"])
LONGER = st.sampled_from(["(?", "(?<n>", "(?(", "\\k<n>", "\\p{", "L}", "{2,", "(?#", "(?x)"])
PIECES = SINGLE | LONGER


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_text_is_parsed_or_refused(pattern):
    problem = None
    try:
        parsed = regex.parse(pattern)
    except regex.RegexSyntaxError as error:
        problem = error
    if problem is not None:
        assert 0 <= problem.position <= len(pattern)
        assert regex.hint(pattern, problem) != ""
        return
    for note in regex.advice(parsed):
        assert 0 <= note.start <= note.end <= len(pattern)

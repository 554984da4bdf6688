"""The comment on a pull request: its length, and what data cannot do to it."""

import re

import pytest

from provlint.compare.configuration.changes import Change, Place
from provlint.compare.users.summary import PairRow, PairSummary, ValuePairs
from provlint.compare.users.verdict import PairVerdict, ValueChange
from provlint.report.comparison.markdown import (
    LONGEST,
    MARK,
    code,
    comparison_markdown,
    plain,
    sentence,
)
from provlint.report.comparison.result import Compared, ComparedUsers, Comparison
from provlint.simulate.cycle.summary import Verdict

GITHUB, AZURE, GITLAB = 65_536, 150_000, 1_000_000

EVIL = (
    "@octocat", "`code`", "``", "a`b", "<script>alert(1)</script>", "<img src=x onerror=y>",
    "| a | b |", "[x](javascript:alert(1))", "![x](https://evil.example/p.png)", "#123", "**bold**",
    "https://evil.example", "www.evil.example", "</details>", "-->", ":smile:", "\x1b[31mred",
    "line\nbreak", "a\r\n\r\n# heading", "\u202eright to left", "&lt;b&gt;", "$x$", "a@b.example",
    "~~gone~~", "___", "{{ site.title }}", "%0a", "Bearer abcdefghijklmnopqrstuvwxyz0123",
)  # fmt: skip


def side(action="update", reason="because"):
    return Verdict(action, None, "action", reason, True, "", "", None, True, "10", (), ())


def verdict(movement="leaving", action="disable", reason="because", changed=()):
    marks = ("deactivated",) if movement == "leaving" else ()
    after = movement == "staying"
    return PairVerdict(
        movement, True, after, True, side(), side(action, reason), reason, tuple(changed), marks, ()
    )


def comparison(changes=(), counts=None, rows=(), values=(), name="schema.json", count=1):
    users = None
    if counts is not None:
        examples = {"leaving": rows}
        users = ComparedUsers("rule", "users", PairSummary(counts, values), examples)
    return Comparison([Compared(name, "changed", changes, True, users)] * count)


def outside_of_code(text):
    """What is left where code spans and our own markup are taken away."""
    return re.sub(r"</?(?:details|summary|code)>|<!-- provlint compare -->", "", without_code(text))


def without_code(text):
    return re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_of_the_data_is_markup(evil):
    place = Place(evil, evil, evil)
    change = Change(
        "mapping-changed", "caution", place, f"{evil} becomes `{evil}`", evil, evil,
        " ".join([evil] * 30), evil, {evil: evil}, {evil: evil},
    )  # fmt: skip
    found = {verdict(reason=evil): 1, verdict("staying", "fail", evil, [evil]): 1}
    values = ValueChange(evil, evil, evil)
    row = PairRow(evil, evil, verdict(reason=evil), (values,))
    pairs = ValuePairs(evil, 1, 1, ((values, 1),))
    text = comparison_markdown(comparison([change], found, [row] * 3, [pairs], evil))
    bare = outside_of_code(text)
    assert "@" not in bare
    assert "<" not in bare.replace("<!--", "")
    assert "](" not in bare
    assert not re.search(r"https?:/|www\.|(?<!&)#\d|:smile:|\$x|~~|\[31m", bare)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "abcdefghijklmnop" not in text
    tags = without_code(text)
    assert tags.count("<details>") == tags.count("</details>")
    # One line of data is one line of the comment: nothing begins a heading or closes a fold.
    assert not re.search(r"^(?:break|# heading|</details>.)", text, re.MULTILINE)


def test_code_spans_hold_any_text():
    assert code("a") == "`a`"
    assert code("a`b") == "``a`b``"
    assert code("`a``b`") == "``` `a``b` ```"
    assert code("") == ""


def test_running_text():
    assert plain("a, b (c) = 50 % of d/e.json") == "a, b (c) = 50 % of d/e.json"
    assert plain("a: b") == "a: b"
    assert plain("@x") == "&#64;&#8203;x"
    assert sentence("`a` becomes `` b`c ``: d") == "`a` becomes ``b`c``: d"


def many(count, text="because of a reason that is as long as reasons are"):
    return {verdict(reason=f"{text} {number}"): 1000 for number in range(count)}


def rows(count):
    values = tuple(ValueChange(f"attribute{n}", "x" * 500, "y" * 500) for n in range(8))
    return [PairRow(f"user{n}@fjordbank.example", str(n), verdict(), values) for n in range(count)]


def changes(count):
    return [
        Change("mapping-changed", "caution", Place("rule", "users", f"a{n}"), "text " * 20, "then",
               "do", "old " * 100, "new " * 100)
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "configurations"), [(0, 1), (1, 1), (300, 1), (1, 2000), (10, 100)]
)
def test_a_comment_is_never_too_long(size, configurations):
    values = [
        ValuePairs(f"attribute{n}", 5, 9, ((ValueChange("a", "x" * 400, "y" * 400), 3),) * 10)
        for n in range(size)
    ]
    made = comparison(
        changes(size), many(size), rows(size), values, "apps/schema.json", configurations
    )
    text = comparison_markdown(made)
    assert len(text) <= LONGEST < GITHUB < AZURE < GITLAB
    assert text.startswith(MARK)
    assert text.count("<details>") == text.count("</details>")
    if max(size, configurations) > 10:
        assert "more" in text
    assert len(text.encode("utf-8")) < AZURE


def test_what_does_not_fit_is_counted():
    text = comparison_markdown(comparison(changes(500)), longest=5_000)
    assert len(text) <= 5_000
    assert re.search(r"\*and [\d,]+ more\*", text)
    text = comparison_markdown(comparison((), many(1), count=300, name="a.json"), longest=5_000)
    assert re.search(r"\*and \d+ more configurations\*", text)


def test_the_verdict_comes_first():
    lines = comparison_markdown(comparison((), many(4))).splitlines()
    assert lines[0] == MARK
    assert lines[1] == (
        "### \N{LARGE RED CIRCLE} 4,000 people would be disabled (100 % of the 4,000 in scope now)"
    )


def test_without_examples_nothing_of_a_user_is_shown():
    found = comparison(
        (),
        many(1),
        rows(3),
        [ValuePairs("title", 1, 1, ((ValueChange("title", "secret-old", "secret-new"), 1),))],
    )
    text = comparison_markdown(found._replace(examples=False))
    assert "secret" not in text
    assert "fjordbank" not in text
    assert "`title`: 1 user" in text

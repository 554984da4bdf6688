"""What holds for any text."""

from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provlint.diagnostic import ERROR, Diagnostic, Fix, Place, Position, Range, TextEdit
from provlint.report import FORMATS
from provlint.report.cells import cells
from provlint.report.excerpt import Excerpts, Mark
from provlint.report.redaction import redact, secret_spans
from provlint.report.result import FileResult, Run
from provlint.report.style import Look
from provlint.source.lines import LineIndex

ODD = st.sampled_from([*'\t\x1b\x07\r\n\u0301\u200d\ufe0f\u202e\ud83d日👍👩🏽🇳é"\\:=', "   "])
TEXT = st.lists(st.one_of(ODD, st.characters()), max_size=60).map("".join)
WORDS = st.lists(
    st.sampled_from(
        [
            "password",
            "SecretToken",
            '"',
            '\\"',
            ": ",
            "=",
            "key",
            "value",
            "{",
            "}",
            ",",
            "abc1",
            "\n",
            " ",
            "'",
            "https://",
            "@",
            "eyJ",
        ]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXT, st.data())
def test_any_range_of_any_text_can_be_shown(text, data):
    lines = LineIndex(text)
    offsets = st.integers(0, len(text))
    start, end = sorted((data.draw(offsets), data.draw(offsets)))
    place = Range(Position(*lines.position(start)), Position(*lines.position(end)))
    look = Look(width=data.draw(st.sampled_from([40, 60, 120])))

    rows = list(Excerpts(lines, look).draw([Mark(place, "error")], 3))

    assert any("^" in row for row in rows)
    assert len(rows) <= 6
    for row in rows:
        assert not {"Cc", "Cs", "Zl", "Zp"} & {category(character) for character in row}
        if not row.endswith(" here"):
            assert sum(cell.width for cell in cells(row, [], "")) <= max(look.width, 60) + 2


@pytest.mark.parametrize("text", ["\t" * 6 + "\ufe0f\u202e", "\u202e\ufe0f" * 12, "\ufe0f" * 9])
def test_a_selector_of_emoji_without_emoji_is_shown(text):
    place = Range(Position(1, 1), Position(1, 1))
    (row, _) = Excerpts(LineIndex(text), Look(width=60)).draw([Mark(place, "error")], 3)
    assert "<U+FE0F>" in row
    assert sum(cell.width for cell in cells(row, [], "")) <= 62


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT, st.data())
def test_no_format_fails_on_any_text(text, words, data):
    lines = LineIndex(text)
    start, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
    place = Range(Position(*lines.position(start)), Position(*lines.position(end)))
    found = Diagnostic(
        "PL301", "x", ERROR, words, words, words, Place(words), place,
        fix=Fix(words, (TextEdit(Place(""), words, place),)),
    )  # fmt: skip
    run = Run((FileResult(words, (found,), lines),), 1, 1)

    for load in FORMATS.values():
        output = load()(run, Look())
        assert output.endswith("\n")
        output.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_redaction_is_done_once(text):
    spans = secret_spans(text)

    assert spans == sorted(spans)
    assert all(one[1] < two[0] for one, two in pairwise(spans))
    once = redact(text)
    assert redact(once) == once

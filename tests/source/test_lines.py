import pytest
from hypothesis import given
from hypothesis import strategies as st

from provlint.source import LineIndex

TEXT = "a\tb\r\n\U0001f600x\rc\u2028d\n"


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (2, (1, 3)), (4, (1, 5)), (5, (2, 1)), (6, (2, 2)), (8, (3, 1)), (10, (3, 3)),
     (12, (4, 1)), (99, (4, 1)), (-1, (1, 1))],
)  # fmt: skip
def test_position(offset, position):
    assert LineIndex(TEXT).position(offset) == position


def test_line_text_has_no_line_break():
    lines = LineIndex(TEXT)
    assert lines.count == 4
    texts = [lines.line_text(number) for number in range(1, 5)]
    assert texts == ["a\tb", "\U0001f600x", "c\u2028d", ""]
    for number in (0, 5):
        with pytest.raises(IndexError, match=f"line {number} of 4"):
            lines.line_text(number)


@given(st.text(st.sampled_from("ab\r\n\u2028\U0001f600")), st.data())
def test_offset_is_the_inverse(text, data):
    lines = LineIndex(text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = lines.position(offset)
    if column <= len(lines.line_text(line)) + 1:
        assert lines.offset(line, column) == offset
    before = text[:offset] + ("" if text[offset - 1 : offset + 1] != "\r\n" else "x")
    assert line == 1 + before.replace("\r\n", "\n").replace("\r", "\n").count("\n") - (
        text[offset - 1 : offset + 1] == "\r\n"
    )

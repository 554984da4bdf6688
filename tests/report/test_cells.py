import pytest

from provlint.report.cells import cells, harmless


def width(text):
    return sum(cell.width for cell in cells(text, [], ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", 5),
        ("blåbær", 6),
        ("日本", 4),
        ("\uff46\uff55", 4),
        ("e\u0301", 1),
        ("가", 2),
        ("👍", 2),
        ("👍🏽", 2),
        ("👩‍💻", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇳🇴🇸🇪", 4),
        ("❤️", 2),
        ("\t", 4),
    ],
)
def test_width_is_that_of_a_terminal(text, expected):
    assert width(text) == expected


def test_there_is_one_cell_per_character():
    text = "a\té日e\u0301👩‍💻\x1b"

    assert len(cells(text, [], "")) == len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("bell\x07", "bell␇"),
        ("two\r\nlines", "two␍␊lines"),
        ("\x7f", "␡"),
        ("\x9b2J", "<U+009B>2J"),
        ("a\u202eb", "a<U+202E>b"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("\ufeffmark", "<U+FEFF>mark"),
        ("\u2028", "<U+2028>"),
        ("no\u00a0break", "no<U+00A0>break"),
        ("wide\u3000space", "wide\u3000space"),
        ("\ud83d", "<U+D83D>"),
        ("tag\U000e0041", "tag<U+E0041>"),
        ("naïve 日本 👩‍💻", "naïve 日本 👩‍💻"),
    ],
)
def test_control_characters_are_made_harmless(text, shown):
    assert harmless(text) == shown
    harmless(text).encode("utf-8")


def test_a_hidden_range_is_one_cell():
    drawn = cells("key=abc;", [(4, 7)], "[redacted]")

    assert "".join(cell.text for cell in drawn) == "key=[redacted];"
    assert len(drawn) == 8

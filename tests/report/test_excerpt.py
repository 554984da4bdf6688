import pytest

from provlint.diagnostic import Place, Position, Range, Related
from provlint.report.cells import cells
from provlint.report.excerpt import Excerpts, Mark
from provlint.report.style import Look
from provlint.report.text import render
from provlint.source.lines import LineIndex


def width(text):
    return sum(cell.width for cell in cells(text, [], ""))


def draw(text, *places, look=None, known=()):
    marks = [Mark(place, "error") for place in places]
    return list(Excerpts(LineIndex(text), look or Look(width=80), known).draw(marks, 2))


def underlined(rows):
    """The text above the carets of two rows, by display column."""
    line, carets = (row.split("|", 1)[1] for row in rows)
    start = carets.index("^")
    end = start + carets.count("^")
    shown, column = "", 0
    for character in line:
        if start <= column < end:
            shown += character
        column += width(character)
    return shown


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("plain word here", "word"),
        ("\tone\ttab word", "word"),
        ("日本語 word", "word"),
        ("word 日本語 more", "日本語"),
        ("👍👍 word", "word"),
        ("x 👍 y", "👍"),
        ("blåbær e\u0301e\u0301 word", "word"),
        ("\x1b[2J word", "word"),
        ("[redacted] word", "word"),
    ],
)
def test_carets_stand_under_the_range(make, text, needle):
    assert underlined(draw(text, make.at(text, needle))) == needle


def test_a_family_of_emoji_has_one_width(make):
    text = "👨‍👩‍👧‍👦 word"

    rows = draw(text, make.at(text, "word"))

    assert rows[1] == "   |    ^^^^"


def test_a_range_inside_a_cluster_underlines_the_cluster():
    rows = draw("xe\u0301y", Range(Position(1, 3), Position(1, 4)))

    assert rows[1] == "   |  ^"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_breaks_are_not_shown(make, newline):
    text = newline.join(["first", "second word", "third"])

    assert draw(text, make.at(text, "word")) == [" 2 | second word", "   |        ^^^^"]


def test_an_empty_range_gets_one_caret():
    assert draw("ab", Range(Position(1, 3), Position(1, 3)))[1] == "   |   ^"
    assert draw("", Range(Position(1, 1), Position(1, 1))) == [" 1 |", "   | ^"]


def test_a_place_that_the_text_does_not_have_draws_nothing():
    assert draw("one line", Range(Position(7, 1), Position(7, 3))) == []


@pytest.mark.parametrize("look", [Look(width=60), Look(width=80), Look(width=120)])
@pytest.mark.parametrize("character", ["x", "日", "é", "\t", "👍"])
def test_a_long_line_is_cut_around_the_range(character, look):
    text = character * 5000 + "needle" + character * 5000

    rows = draw(text, Range(Position(1, 5001), Position(1, 5007)), look=look)

    assert underlined(rows) == "needle"
    assert rows[0].startswith(" 1 | …")
    assert rows[0].endswith("…")
    assert width(rows[0]) <= look.width


def test_a_range_longer_than_the_window_shows_its_beginning():
    text = "x" * 100 + "y" * 10_000

    rows = draw(text, Range(Position(1, 101), Position(1, 10_101)))

    assert set(underlined(rows).rstrip("…")) == {"y"}
    assert width(rows[1]) <= 80


def test_both_ends_of_a_long_line_are_shown_whole():
    text = "first" + "x" * 10_000 + "last"

    start = draw(text, Range(Position(1, 1), Position(1, 6)))
    end = draw(text, Range(Position(1, 10_006), Position(1, 10_010)))

    assert start[0].startswith(" 1 | first")
    assert end[0].endswith("last")
    assert (underlined(start), underlined(end)) == ("first", "last")


def test_two_places_far_apart_on_one_line_get_a_window_each():
    text = "x" * 300 + "one" + "x" * 3000 + "two"

    rows = draw(
        text,
        Range(Position(1, 301), Position(1, 304)),
        Range(Position(1, 3304), Position(1, 3307)),
    )

    assert [underlined(rows[:2]), underlined(rows[2:])] == ["one", "two"]


def test_two_places_near_each_other_share_a_line(make):
    rows = draw("one and two", make.at("one and two", "one"), make.at("one and two", "two"))

    assert rows == [" 1 | one and two", "   | ^^^", "   |         ^^^"]


def test_deep_indentation_is_shortened(make):
    text = " " * 80 + '"expression":  "Joinn([a])"'

    rows = draw(text, make.at(text, "Joinn"))

    assert rows == [' 1 | …    "expression":  "Joinn([a])"', "   |                      ^^^^^"]


def test_a_range_over_lines_shows_where_it_begins_and_ends(make):
    text = "a: {\n  b\n  c\n  d\n}\n"

    rows = draw(text, make.at(text, "{\n  b\n  c\n  d\n}"))

    assert rows == [
        " 1 | a: {",
        "   |    ^ from here",
        " ...",
        " 5 | }",
        "   | ^ to here",
    ]


def test_a_range_that_ends_before_a_line_break_ends_on_the_line_before():
    rows = draw("abc\ndef\n", Range(Position(1, 2), Position(2, 1)))

    assert rows == [" 1 | abc", "   |  ^^"]


def test_related_places_share_the_excerpt_and_have_words(make):
    text = "first\nsecond\nthird\n"
    found = make.finding(
        where=make.at(text, "third"),
        related=(Related("seen before", Place(""), make.at(text, "first")),),
    )

    rows = render(make.run(make.file_result(text, found))).splitlines()

    assert rows[3:8] == [
        "1 | first",
        "  | ----- seen before",
        "2 | second",
        "3 | third",
        "  | ^^^^^",
    ]


def test_a_byte_order_mark_in_the_text_does_not_move_the_carets(make):
    text = "\ufeff{ word"

    assert draw(text, make.at(text, "word")) == [" 1 | <U+FEFF>{ word", "   |           ^^^^"]


def test_carets_under_a_secret_span_the_mask(make):
    text = '{"SecretToken": "canary-value", "b": 1}'

    rows = draw(text, make.at(text, "canary-value"), known=("canary-value",))

    assert rows[0] == ' 1 | {"SecretToken": "[redacted]", "b": 1}'
    assert rows[1] == "   |                  ^^^^^^^^^^"


@pytest.mark.parametrize("at", range(0, 300, 7))
def test_a_window_that_begins_inside_a_secret_does_not_show_it(at):
    secret = "canary" * 60
    text = "x" * 200 + secret + "y" * 200

    rows = draw(text, Range(Position(1, 201 + at), Position(1, 202 + at)), known=(secret,))

    assert "canary" not in rows[0]
    assert "ana" not in rows[0]
    assert "^" in rows[1]

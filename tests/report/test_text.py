import re

import pytest

from provlint.diagnostic import ERROR, NOTE, WARNING, Fix, Place, Position, Range, Related, TextEdit
from provlint.report import FORMATS
from provlint.report.style import Look
from provlint.report.text import findings, render

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;.*?\x1b\\")


def last_lines(text):
    return text.rsplit("\n\n", 1)[-1].splitlines()


@pytest.mark.parametrize("name", ["text", "concise", "github"])
def test_whole_output(make, golden, name):
    golden(f"sample.{name}.txt", FORMATS[name]()(make.sample_run(), Look()))


def test_minified_file_in_a_narrow_terminal(make, golden):
    text = re.sub(r"\n *", "", make.SCHEMA)
    findings, _whole = make.sample_findings(make.SCHEMA)
    placed = (
        findings[0]._replace(range=make.at(text, "Joinn"), fix=None),
        findings[1]._replace(
            range=make.at(text, '"matchingPriority": 1', 2),
            related=(
                Related("first used here", Place(""), make.at(text, '"matchingPriority": 1')),
            ),
        ),
    )

    golden("minified.text.txt", render(make.run(make.file_result(text, *placed)), Look(width=80)))


def test_colour_never_changes_the_text(make):
    run = make.sample_run()
    for name in ("text", "concise"):
        plain = FORMATS[name]()(run, Look(width=80))
        coloured = FORMATS[name]()(run, Look(colour=True, links=True, width=80))

        assert coloured != plain
        assert ESCAPES.sub("", coloured) == plain


def test_nothing_of_the_user_reaches_the_terminal_as_a_command(make):
    text = '{"a\x1b]0;title\x07": "\x1b[2J\x9b31m\u202ereverse", "b": "\x08\x08"}'
    evil = "\x1b[2J\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\ \r\n::error::forged\u202e"
    place = make.at(text, "reverse")
    found = make.finding(
        evil,
        place,
        help=evil,
        file=f"x{evil}.json",
        related=(Related(evil, Place(""), place), Related(evil, Place(""))),
        fix=Fix(evil, (TextEdit(Place(""), evil, place),)),
        documentation="https://x.example/\x1b\\evil",
        contested=evil,
        subject=make.Subject(evil, evil, evil, evil),
    )
    run = make.run(make.file_result(text, found), notices=(evil,), hidden={evil: 1})

    for name, load in FORMATS.items():
        output = load()(run, Look())
        unsafe = [c for c in output if not (c.isprintable() or c == "\n")]
        assert unsafe == [], name
        assert not [line for line in output.splitlines() if line.startswith("::error::")], name
    coloured = FORMATS["text"]()(run, Look(colour=True))
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", coloured)


def test_a_finding_without_a_place_has_no_excerpt(make):
    found = make.finding("the file is empty", None, help="export it again")

    assert render(make.run(make.file_result("x", found))).splitlines()[:3] == [
        "error[PL301 unknown-function]: the file is empty",
        " --> apps/box.json",
        "  = help: export it again",
    ]


@pytest.mark.parametrize(
    ("old", "edits", "expected"),
    [
        ("a b c", [("b", "B")], ["1 - a b c", "1 + a B c"]),
        ("a b c", [("a", "A"), ("c", "C")], ["1 - a b c", "1 + A b C"]),
        ("a\nb\nc", [("a", "A"), ("c", "C")], ["1 - a", "1 + A", "3 - c", "3 + C"]),
        ("a\r\nb\r\nc", [("a\r\nb", "x")], ["1 - a", "2 - b", "1 + x"]),
        ("a\nb", [("b", "b,\nc")], ["2 - b", "2 + b,", "3 + c"]),
        ("a b", [("a ", "")], ["1 - a b", "1 + b"]),
    ],
)
def test_a_fix_is_shown_as_a_difference(make, old, edits, expected):
    changes = tuple(TextEdit(Place(""), new, make.at(old, piece)) for piece, new in edits)
    found = make.finding(where=make.at(old, "a"), fix=Fix("repair it", changes))

    rows = render(make.run(make.file_result(old, found))).split("\n\n")[0].splitlines()

    start = rows.index("  = fix: repair it")
    assert rows[start + 1 :] == expected


@pytest.mark.parametrize(
    "edits",
    [
        (TextEdit(Place(""), "x"),),
        (
            TextEdit(Place(""), "x", Range(Position(1, 1), Position(1, 3))),
            TextEdit(Place(""), "y", Range(Position(1, 2), Position(1, 4))),
        ),
        (TextEdit(Place(""), "x", Range(Position(9, 1), Position(9, 3))),),
    ],
)
def test_a_fix_that_cannot_be_shown_has_words_only(make, edits):
    found = make.finding(where=make.at("a b c", "a"), fix=Fix("repair it", edits, "unsafe"))

    output = render(make.run(make.file_result("a b c", found)))

    assert "= fix that may change the meaning: repair it\n\n" in output


def test_findings_alone_have_no_summary(make):
    run = make.sample_run()

    assert render(run) == findings(run) + "\n" + "\n".join(last_lines(render(run))) + "\n"
    assert findings(make.run()) == ""


def test_a_contested_reading_is_said_in_words(make):
    found = make.finding(contested="null-policy")

    assert (
        "= contested: this rests on the reading `null-policy`, which Microsoft's documentation"
        " leaves open\n"
    ) in render(make.run(make.file_result("x", found)))


@pytest.mark.parametrize(
    ("looked_at", "recognised", "expected"),
    [
        (0, 0, "nothing to check: no file was found"),
        (1, 0, "nothing to check: the file holds no provisioning configuration"),
        (
            7,
            0,
            "nothing to check: none of the 7 files looked at holds a provisioning configuration",
        ),
        (1, 1, "no findings in 1 configuration file"),
        (2, 1, "no findings in 1 configuration file"),
        (3, 3, "no findings in 3 configuration files"),
    ],
)
def test_a_run_without_findings_says_what_was_looked_at(make, looked_at, recognised, expected):
    output = render(make.run(looked_at=looked_at, recognised=recognised))

    assert output.splitlines()[0] == expected
    assert ("looked at 2 files; 1 holds no" in output) == ((looked_at, recognised) == (2, 1))
    assert ("help: give a synchronization schema" in output) == (looked_at > 0 and not recognised)


def test_the_summary_counts_by_severity(make):
    found = [make.finding(severity=severity) for severity in (ERROR, WARNING, WARNING, NOTE)]
    output = render(make.run(make.file_result("x", *found), elapsed=0.1234))

    assert last_lines(output) == ["found 1 error, 2 warnings and 1 note in 1 file (0.12 s)"]


def test_the_summary_says_what_is_not_shown_and_how_to_see_it(make):
    output = render(
        make.run(
            make.file_result("x"),
            suppressed=2,
            hidden={"profile": 1, "older than a year": 4, "baseline": 0},
            notices=("the cache was not used",),
        )
    )

    assert output.splitlines() == [
        "notice: the cache was not used",
        "no findings in 1 configuration file",
        "not shown: 2 findings suppressed by the configuration (`--no-suppressions` shows them)",
        "not shown: 1 piece of advice (`--profile strict` shows it)",
        "not shown: 4 older than a year",
    ]


def test_thousands_are_readable(make):
    assert "no findings in 12,345 configuration files" in render(make.run(recognised=12345))

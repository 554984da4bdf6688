import os

from provlint.diagnostic import ERROR, NOTE, WARNING, Position, Range
from provlint.report.github import github_step_summary, render


def command(make, *found, **fields):
    return render(make.run(make.file_result("x", *found), **fields)).splitlines()


def test_a_command_has_place_title_and_help(make):
    found = make.finding(
        where=Range(Position(3, 5), Position(3, 9)), help="do y", documentation="https://d.example"
    )

    assert command(make, found)[0] == (
        "::error file=apps/box.json,line=3,col=5,endLine=3,endColumn=8,"
        "title=PL301 unknown-function::`x` is not known%0Ahelp: do y%0Ahttps://d.example"
    )


def test_an_empty_range_ends_where_it_begins(make):
    found = make.finding(where=Range(Position(3, 5), Position(3, 5)))

    assert "line=3,col=5,endLine=3,endColumn=5," in command(make, found)[0]


def test_characters_of_the_protocol_are_escaped(make):
    found = make.finding("100% of a, b: c", file="a,b:c%.json")

    assert command(make, found)[0] == (
        "::error file=a%2Cb%3Ac%25.json,title=PL301 unknown-function::100%25 of a, b: c"
    )


def test_a_message_cannot_forge_a_command(make):
    found = make.finding("x\n::stop-commands::y\r\n::error::z", help="\n::add-mask::a")

    lines = command(make, found, notices=("\n::warning::n",))

    assert [line[:8] for line in lines if line.startswith("::")] == ["::error "]


def test_separators_of_the_system_become_slashes(make, monkeypatch):
    monkeypatch.setattr(os, "sep", "\\")

    assert "file=apps/box.json," in command(make, make.finding(file="apps\\box.json"))[0]


def test_errors_come_first_because_github_shows_ten(make):
    found = [make.finding(f"m{n}", severity=(NOTE, WARNING, ERROR)[n % 3]) for n in range(36)]

    lines = command(make, *found)

    kinds = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert kinds == ["::error"] * 12 + ["::warning"] * 12 + ["::notice"] * 12
    assert [line.rsplit("::", 1)[1] for line in lines[:3]] == ["m2", "m5", "m8"]
    assert lines[36:] == [
        "GitHub shows 10 annotations of a kind per step; all 36 findings are in this log",
        "found 12 errors, 12 warnings and 12 notes in 1 file",
    ]


def test_whole_step_summary(make, golden):
    golden("sample.step-summary.md", github_step_summary(make.sample_run()))


def test_markup_of_the_user_is_text_in_the_step_summary(make):
    found = make.finding("a | b <img src=x> `c | <d>` [e](f) *g* \\", help="odd ` tick")

    row = github_step_summary(make.run(make.file_result("x", found))).splitlines()[-1]

    assert row == (
        "| error | apps/box.json | PL301 unknown-function | a &#124; b &#60;img src=x&#62;"
        " `c \\| <d>` &#91;e&#93;(f) &#42;g&#42; &#92;<br>odd ' tick |"
    )


def test_the_step_summary_is_bounded(make):
    found = [make.finding(f"m{n}") for n in range(1234)]

    summary = github_step_summary(make.run(make.file_result("x", *found)))

    assert summary.count("\n| error |") == 200
    assert summary.endswith("… and 1,034 more in the log\n")
    assert len(summary.encode()) < 1 << 20


def test_a_clean_run_has_a_step_summary_without_a_table(make):
    assert github_step_summary(make.run(make.file_result("x"))) == (
        "## provlint\n\nno findings in 1 configuration file  \n"
    )

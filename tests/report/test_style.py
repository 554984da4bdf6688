import io
import subprocess
import sys

import pytest

from provlint.report.style import WIDTH, Look, look, use_colour


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "option", "expected"),
    [
        (Terminal(), {}, "auto", True),
        (io.StringIO(), {}, "auto", False),
        (Terminal(), {"NO_COLOR": "1"}, "auto", False),
        (Terminal(), {"NO_COLOR": ""}, "auto", True),
        (Terminal(), {"TERM": "dumb"}, "auto", False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, "auto", True),
        (io.StringIO(), {"FORCE_COLOR": "0"}, "auto", False),
        (Terminal(), {"FORCE_COLOR": "0"}, "auto", False),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        (io.StringIO(), {"NO_COLOR": "1"}, "always", True),
        (Terminal(), {"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_who_decides_on_colour(stream, environ, option, expected):
    assert use_colour(stream, environ, option) is expected


def test_a_pipe_gets_no_links_even_when_colour_is_forced():
    assert look(io.StringIO(), {"FORCE_COLOR": "1"}) == Look(colour=True, links=False, width=WIDTH)


@pytest.mark.parametrize(
    ("columns", "width"), [("100", 100), ("7", 60), ("x", WIDTH), ("", WIDTH), ("9" * 30, WIDTH)]
)
def test_width_of_a_terminal(columns, width):
    assert look(Terminal(), {"COLUMNS": columns}).width == width


def test_a_closed_stream_is_no_terminal():
    stream = io.StringIO()
    stream.close()

    assert use_colour(stream, {}) is False


def test_only_web_addresses_become_links():
    shown = Look(links=True)

    assert shown.link("docs/x.md") == "docs/x.md"
    assert shown.link("https://x.example") == (
        "\x1b]8;;https://x.example\x1b\\https://x.example\x1b]8;;\x1b\\"
    )


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("text", "text"),
        ("concise", "concise"),
        ("json", "published_json"),
        ("sarif", "sarif"),
        ("github", "github"),
    ],
)
def test_only_the_format_that_is_asked_for_is_imported(name, module):
    code = (
        "import sys; from provlint.report import FORMATS;"
        "before = [m for m in sys.modules if m.startswith('provlint.report.')];"
        f"FORMATS[{name!r}]();"
        "print(before, sorted(m[16:] for m in sys.modules if m.startswith('provlint.report.')),"
        "[m for m in ('pydantic', 'dataclasses', 'pathlib', 'difflib', 'hashlib', 'urllib.parse')"
        " if m in sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    before, loaded, heavy = out.strip().split("] ")
    assert before == "["
    formats = {"text", "concise", "published_json", "sarif", "github"}
    assert formats & set(loaded[1:].replace("'", "").split(", ")) == {module}
    assert heavy == "[]"

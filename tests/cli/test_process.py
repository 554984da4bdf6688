"""Whole processes: signals, pipes, what is imported, and that nothing of the folder runs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
COMMAND = [sys.executable, "-m", "provlint"]
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def run(*words, **options):
    return subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, text=True, timeout=60, **options
    )


@pytest.fixture(autouse=True)
def here(files, texts):
    files({"clean.json": texts["clean"], "mistaken.json": texts["mistaken"]})


def test_a_process_end_to_end():
    result = run("lint", "mistaken.json")
    assert result.returncode == 1
    assert "error[PL310 unknown-function]: there is no function `Jion`" in result.stdout
    assert result.stderr == ""
    assert run("lint", "clean.json").returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_an_output_that_cannot_show_every_character(files, texts, encoding):
    files({"mistaken.json": texts["mistaken"].replace("Jion", "Jión😀")})
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    result = subprocess.run(
        [*COMMAND, "lint", "mistaken.json"], capture_output=True, env=environment, timeout=60
    )
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr


def test_a_pipe_is_not_coloured():
    environment = {**os.environ, "TERM": "xterm-256color"}
    assert "\x1b" not in run("lint", "mistaken.json", env=environment).stdout


@POSIX
def test_a_terminal_is_coloured():
    import pty

    main_end, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(
        [*COMMAND, "lint", "mistaken.json"], stdout=terminal, env=environment
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            data = os.read(main_end, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(main_end)
    assert process.wait(60) == 1
    assert b"\x1b[1;31merror[PL310" in shown


@POSIX
@pytest.mark.parametrize(
    "words", [["lint", "."], ["lint", ".", "--format", "json"], ["--help"], ["--version"]]
)
def test_a_reader_that_goes_away(words):
    process = subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    errors = process.stderr.read()
    assert process.wait(60) == 141
    assert errors == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["lint", "mistaken.json"], ["--version"]])
def test_an_output_without_room(words):
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [*COMMAND, *words], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert result.returncode == 2
    assert result.stderr == "error: the output cannot be written: no space left on device\n"


@POSIX
@pytest.mark.parametrize(
    ("words", "expected"), [("mistaken.json >&-", 1), ("mistaken.json 2>&-", 1), ("- <&-", 2)]
)
def test_closed_streams(words, expected):
    python = sys.executable
    result = subprocess.run(
        ["sh", "-c", f"exec {python} -m provlint lint {words}"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert result.returncode == expected
    assert "Traceback" not in result.stderr
    if expected == 2:
        assert "error[PL002 unreadable-file]: standard input is closed" in result.stdout


@POSIX
@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github"])
def test_a_name_that_is_not_text(texts, form):
    name = b"\xff\xfe.json"
    try:
        with open(name, "w", encoding="utf-8") as file:
            file.write(texts["mistaken"])
    except OSError:
        pytest.skip("this file system takes no such name")
    result = subprocess.run(
        [*COMMAND, "lint", name, "--format", form], capture_output=True, timeout=60
    )
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert b"PL310" in result.stdout


@POSIX
def test_an_interrupt():
    process = subprocess.Popen(
        [*COMMAND, "lint", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # Whoever runs the tests in the background of a shell hands down an ignored interrupt.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.strip() == "interrupted"


def test_nothing_of_the_linted_folder_is_imported(files):
    trap = "raise SystemExit('this ran')\n"
    names = ("click.py", "provlint_rules.py", "yaml.py", "conftest.py")
    files({**dict.fromkeys(names, trap), "provlint/__init__.py": trap, "setup.py": trap})
    # `python -m` puts the current folder before all others, the installed script does not.
    command = [sys.executable, "-P", "-m", "provlint", "lint"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert "this ran" not in result.stdout + result.stderr


def test_a_lint_loads_no_heavy_library_and_no_network():
    heavy = ("pydantic", "lark", "yaml", "tomllib", "socket", "ssl", "asyncio", "http.client")
    code = (
        "import sys\n"
        "from provlint.cli import status\n"
        "status(['lint', 'mistaken.json'])\n"
        f"print(sorted(set({heavy}) & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_the_order_does_not_depend_on_the_hash_seed():
    outputs = {
        run(
            "lint", EXAMPLES / "mistakes" / "filters.json", "--format", "json",
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip
    assert len(outputs) == 1

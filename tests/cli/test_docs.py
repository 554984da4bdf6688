"""What the documentation shows is what happens: commands, configuration files, Python, YAML.

`--update-golden` writes the output of the commands into the pages.
"""

import contextlib
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
import yaml

from provlint.cli import status
from provlint.config.generate import configuration_schema
from provlint.version import VERSION

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")], key=lambda path: (path.name, path)
)
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELAPSED = re.compile(r"\(\d+\.\d\d s\)")
HEAD = re.compile(r"(.*) \| head -n (\d+)")


class Block(NamedTuple):
    language: str
    info: str
    text: str
    start: int


def blocks(path):
    text = path.read_text("utf-8")
    return [
        Block(found[1], found[2].strip(), found[3], found.start(3))
        for found in FENCE.finditer(text)
    ]


def pages(*languages):
    return [path for path in PAGES if {each.language for each in blocks(path)} & set(languages)]


def name_of(path):
    return path.name


class Shell:
    """Runs the commands of one page, one after another, beside a copy of the examples."""

    def __init__(self, capsys):
        self.capsys = capsys
        self.status = 0

    def run(self, command):
        if command == "echo $?":
            return f"{self.status}\n"
        head = HEAD.fullmatch(command)
        words = shlex.split(head[1] if head else command)
        assert words[0] == "provlint", f"the test cannot run `{command}`"
        self.capsys.readouterr()
        self.status = status(words[1:])
        out, err = self.capsys.readouterr()
        shown = ELAPSED.sub("(0.05 s)", err + out).replace(os.getcwd(), "/home/you/entra")
        rows = [row.rstrip() for row in shown.splitlines()]
        if head:
            rows = rows[: int(head[2])]
        return "".join(f"{row}\n" for row in rows)


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return Shell(capsys)


@pytest.mark.parametrize("path", pages("console"), ids=name_of)
def test_commands_print_what_the_page_shows(path, shell, request):
    text = path.read_text("utf-8")
    done = []
    position = 0
    for block in blocks(path):
        if block.language in ("toml", "yaml") and block.info:
            Path(block.info.split()[0]).write_text(block.text, encoding="utf-8")
        if block.language != "console":
            continue
        rows = [
            f"{row}\n{shell.run(row.removeprefix('$ '))}"
            for row in block.text.splitlines()
            if row.startswith("$ ")
        ]
        assert rows, "a console block without a command"
        done += (text[position : block.start], "".join(rows))
        position = block.start + len(block.text)
    expected = "".join(done) + text[position:]
    if request.config.getoption("--update-golden"):
        path.write_bytes(expected.encode())
    assert path.read_bytes().decode("utf-8") == expected


@pytest.mark.parametrize("path", pages("toml"), ids=name_of)
def test_configuration_files_are_valid(path):
    validator = jsonschema.Draft202012Validator(configuration_schema())
    for block in blocks(path):
        name, _, verdict = block.info.partition(" ")
        if block.language != "toml" or name not in ("provlint.toml", "pyproject.toml"):
            continue
        tables = json.loads(json.dumps(tomllib.loads(block.text), default=str))
        if name == "pyproject.toml":
            tables = tables["tool"]["provlint"]
        assert validator.is_valid(tables) is (verdict != "wrong"), block.text


@pytest.mark.parametrize("path", pages("python"), ids=name_of)
def test_python_prints_what_the_page_shows(path, shell, request):
    del shell
    text = path.read_text("utf-8")
    done = []
    position = 0
    found = blocks(path)
    for block, following in zip(found, [*found[1:], None], strict=True):
        if block.language != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block.text, str(path), "exec"), {"__name__": "__main__"})
        if following is None or following.language != "text":
            assert printed.getvalue() == ""
            continue
        done += (text[position : following.start], printed.getvalue())
        position = following.start + len(following.text)
    expected = "".join(done) + text[position:]
    if request.config.getoption("--update-golden"):
        path.write_bytes(expected.encode())
    assert path.read_bytes().decode("utf-8") == expected


@pytest.mark.parametrize("path", pages("yaml"), ids=name_of)
def test_yaml_is_yaml(path):
    hooks = {each["id"] for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    for block in blocks(path):
        if block.language == "yaml":
            value = yaml.safe_load(block.text)
            assert value
            for repository in value.get("repos", ()) if isinstance(value, dict) else ():
                assert {hook["id"] for hook in repository["hooks"]} <= hooks


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if not target.startswith(("https://", "#")):
            assert (path.parent / target.partition("#")[0]).exists(), target


def test_every_verb_and_every_option_of_lint_is_on_the_page_of_the_command_line(request):
    from provlint.cli.group import VERBS
    from provlint.cli.lint import command

    page = ROOT / "docs" / "command-line.md"
    text = page.read_text("utf-8")
    missing = [verb for verb in VERBS if f"$ provlint {verb} --help\n" not in text]
    if request.config.getoption("--update-golden"):
        # The next run with the option writes what these print.
        text += "".join(f"\n```console\n$ provlint {verb} --help\n```\n" for verb in missing)
        page.write_bytes(text.encode())
        missing = []
    assert missing == []
    for option in command.params:
        if option.opts[0].startswith("--"):
            assert option.opts[0] in text


def test_help_texts_keep_their_line_breaks():
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert "\\b" not in text
    assert "\n  provlint explain PL301 " in text


def test_every_key_is_on_the_page_of_the_configuration():
    from provlint.config.settings import Application, Settings, Suppression

    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    text += (ROOT / "docs" / "suppressions.md").read_text("utf-8")
    for model in (Settings, Application, Suppression):
        for field in model.model_fields.values():
            assert f"`{field.alias}`" in text


def test_what_contributors_are_told_of_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for module in re.findall(r"`python -m ([\w.]+)`", text):
        assert importlib.util.find_spec(module) is not None, module
    for path in re.findall(r"`((?:docs|rules|grammar|linter)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path


def test_the_changelog_is_of_this_version():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in text
    assert VERSION in text

"""A plain `lint` goes without click, and nobody can tell."""

from __future__ import annotations

import pytest

from provlint.cli.lint import command
from provlint.cli.plain import DEFAULTS, FLAGS, parse


def by_click(arguments: list[str]) -> tuple[tuple[str, ...], dict[str, object]]:
    """What click makes of the words after `lint`."""
    options = dict(command.make_context("lint", list(arguments)).params)
    paths: tuple[str, ...] = options.pop("paths")
    return paths, options


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["schema.json"],
        ["."],
        ["-"],
        ["a.json", "b c.json", "apps/**/*.json"],
        ["--allow-nothing", "a.json", "b.json"],
        ["a.json", "--no-config"],
        ["--no-suppressions", "--no-config", "-", "a.json", "--allow-nothing", "--allow-nothing"],
    ],
)
def test_plain_words_are_understood_as_click_would(arguments: list[str]) -> None:
    assert parse(["lint", *arguments]) == by_click(arguments)


def test_defaults_are_those_of_click() -> None:
    assert by_click([])[1] == DEFAULTS


def test_flags_are_those_of_click() -> None:
    of_click = {
        word: option.name
        for option in command.params
        if getattr(option, "is_flag", False)
        for word in option.opts
    }
    with_conditions = {"--fix": "fix", "--unsafe-fixes": "unsafe_fixes", "--diff": "diff"}
    assert of_click == FLAGS | with_conditions


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--version"],
        ["rules"],
        ["lnit", "a.json"],
        ["lint", "--help"],
        ["lint", "--allow"],
        ["lint", "--fix", "a.json"],
        ["lint", "--unsafe-fixes", "a.json"],
        ["lint", "--diff", "a.json"],
        ["lint", "--format", "json"],
        ["lint", "--select=PL3", "a.json"],
        ["lint", "--", "--allow-nothing"],
        ["lint", ""],
        ["explain", "PL301"],
    ],
)
def test_everything_else_is_left_to_click(arguments: list[str]) -> None:
    assert parse(arguments) is None


def test_shell_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PROVLINT_COMPLETE", "bash_complete")
    assert parse(["lint", "a.json"]) is None

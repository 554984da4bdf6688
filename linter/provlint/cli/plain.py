"""`provlint lint PATH ...` as hooks and most people write it, understood without click.

What is not plain is left to click, which gives the same answers: `tests/cli/test_plain.py`
compares the two.
"""

from __future__ import annotations

import os
from typing import Any

FLAGS = {
    "--allow-nothing": "allow_nothing",
    "--no-baseline": "no_baseline",
    "--no-cache": "no_cache",
    "--no-examples": "no_examples",
    "--no-config": "no_config",
    "--no-plugins": "no_plugins",
    "--no-suppressions": "no_suppressions",
}
"""Options of `lint` that take no value and ask for none other, and what click calls them."""

DEFAULTS: dict[str, Any] = {
    "select": (),
    "extend_select": (),
    "ignore": (),
    "profile": None,
    "fail_on": None,
    "formats": (),
    "output_files": (),
    "users": (),
    "targets": (),
    "assignments": (),
    "groups": (),
    "secrets": (),
    "jobs": (),
    "columns": (),
    "on_error": "stop",
    "no_examples": False,
    "application": None,
    "dialect": None,
    "config_path": None,
    "no_cache": False,
    "no_config": False,
    "no_suppressions": False,
    "baseline": None,
    "no_baseline": False,
    "write_baseline": None,
    "rules": (),
    "no_plugins": False,
    "exclude": (),
    "stdin_name": "<stdin>",
    "allow_nothing": False,
    "fix": False,
    "unsafe_fixes": False,
    "diff": False,
    "colour": "auto",
}
"""What click gives for the options that are not there."""


def plain_lint(arguments: list[str]) -> int | None:
    """Run a plain `lint` and return its exit status; None for any other command line."""
    parsed = parse(arguments)
    if parsed is None:
        return None
    from provlint.cli.lint_run import lint

    paths, options = parsed
    return lint(paths, (("text", "-"),), options)


def parse(arguments: list[str]) -> tuple[tuple[str, ...], dict[str, Any]] | None:
    """Paths and options as click would give them; None where that needs click."""
    # Shell completion is click's, and so is what it expands in words on Windows.
    if arguments[:1] != ["lint"] or os.name == "nt" or "_PROVLINT_COMPLETE" in os.environ:
        return None
    paths: list[str] = []
    options = dict(DEFAULTS)
    for word in arguments[1:]:
        if word in FLAGS:
            options[FLAGS[word]] = True
        elif word == "-" or (word and not word.startswith("-")):
            paths.append(word)
        else:
            return None
    return tuple(paths), options

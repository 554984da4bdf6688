"""Lint, test and simulate Microsoft Entra provisioning configurations, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.version import __version__

if TYPE_CHECKING:
    from provlint.diagnostic import Diagnostic, Severity
    from provlint.lint import lint_expression, lint_text

__all__ = ["Diagnostic", "Severity", "__version__", "lint_expression", "lint_text"]

_HOMES = {
    "Diagnostic": "provlint.diagnostic",
    "Severity": "provlint.diagnostic",
    "lint_expression": "provlint.lint",
    "lint_text": "provlint.lint",
}
"""Public name to the module that has it; imported when it is asked for."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `provlint` has no attribute `{name}`")
    from importlib import import_module

    return getattr(import_module(home), name)

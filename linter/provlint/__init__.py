"""Lint, test and simulate Microsoft Entra provisioning configurations, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.version import __version__

if TYPE_CHECKING:
    from provlint.analysis import ScopeAnalysis, ScopeComparison, analyze_scope, compare_scopes
    from provlint.diagnostic import Diagnostic, Severity
    from provlint.evaluation.program import Evaluation, evaluate
    from provlint.lint import lint_expression, lint_text
    from provlint.simulate.notebook.result import SimulationResult
    from provlint.simulate.notebook.scope_result import UsersInScope
    from provlint.simulate.notebook.simulation import simulate
    from provlint.simulate.notebook.users_in_scope import users_in_scope
    from provlint.simulate.scope import ScopeDecision, in_scope

__all__ = [
    "Diagnostic",
    "Evaluation",
    "ScopeAnalysis",
    "ScopeComparison",
    "ScopeDecision",
    "Severity",
    "SimulationResult",
    "UsersInScope",
    "__version__",
    "analyze_scope",
    "compare_scopes",
    "evaluate",
    "in_scope",
    "lint_expression",
    "lint_text",
    "simulate",
    "users_in_scope",
]

_HOMES = {
    "Diagnostic": "provlint.diagnostic",
    "Evaluation": "provlint.evaluation.program",
    "ScopeAnalysis": "provlint.analysis",
    "ScopeComparison": "provlint.analysis",
    "ScopeDecision": "provlint.simulate.scope",
    "Severity": "provlint.diagnostic",
    "SimulationResult": "provlint.simulate.notebook.result",
    "UsersInScope": "provlint.simulate.notebook.scope_result",
    "analyze_scope": "provlint.analysis",
    "compare_scopes": "provlint.analysis",
    "evaluate": "provlint.evaluation.program",
    "in_scope": "provlint.simulate.scope",
    "lint_expression": "provlint.lint",
    "lint_text": "provlint.lint",
    "simulate": "provlint.simulate.notebook.simulation",
    "users_in_scope": "provlint.simulate.notebook.users_in_scope",
}
"""Public name to the module that has it; imported when it is asked for."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `provlint` has no attribute `{name}`")
    from importlib import import_module

    return getattr(import_module(home), name)

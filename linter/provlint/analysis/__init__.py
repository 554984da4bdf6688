"""Reasoning about scoping filters without users.

`analyze_scope` says what is wrong inside one filter, `compare_scopes` how two differ. Nothing is
imported before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provlint.analysis.analyze import analyze_scope
    from provlint.analysis.compare import ScopeComparison, compare_scopes
    from provlint.analysis.results import ScopeAnalysis
    from provlint.analysis.witness import Witness, witness_text

__all__ = [
    "ScopeAnalysis",
    "ScopeComparison",
    "Witness",
    "analyze_scope",
    "compare_scopes",
    "witness_text",
]

_HOMES = {
    "ScopeAnalysis": "provlint.analysis.results",
    "analyze_scope": "provlint.analysis.analyze",
    "ScopeComparison": "provlint.analysis.compare",
    "Witness": "provlint.analysis.witness",
    "compare_scopes": "provlint.analysis.compare",
    "witness_text": "provlint.analysis.witness",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `provlint.analysis` has no attribute `{name}`")
    from importlib import import_module

    return getattr(import_module(home), name)

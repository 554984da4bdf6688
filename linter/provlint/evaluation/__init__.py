"""Mapping expressions evaluated: the one reference evaluator.

The names below are imported from their modules when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provlint.evaluation.program import Evaluation as Evaluation
    from provlint.evaluation.program import EvaluationProblem as EvaluationProblem
    from provlint.evaluation.program import Program as Program
    from provlint.evaluation.program import compile_expression as compile_expression
    from provlint.evaluation.program import evaluate as evaluate
    from provlint.evaluation.program import make_context as make_context
    from provlint.evaluation.readings import READINGS as READINGS
    from provlint.evaluation.readings import Reading as Reading
    from provlint.evaluation.state import Context as Context
    from provlint.evaluation.trace import Step as Step
    from provlint.evaluation.values import Role as Role

_MODULES = {
    "Context": "state",
    "Evaluation": "program",
    "EvaluationProblem": "program",
    "Program": "program",
    "READINGS": "readings",
    "Reading": "readings",
    "Role": "values",
    "Step": "trace",
    "compile_expression": "program",
    "evaluate": "program",
    "make_context": "program",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value

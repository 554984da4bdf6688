"""The published JSON form of one evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.evaluation.readings import READINGS
from provlint.evaluation.values import kind_of, plain_text

if TYPE_CHECKING:
    from provlint.evaluation.program import Evaluation, Program
    from provlint.evaluation.trace import Step

FORMAT_VERSION = 1


def published(program: Program | None, found: Evaluation) -> dict[str, Any]:
    """What `provlint evaluate --format json` prints."""
    value = found.value
    if found.outcome == "list":
        value = [_plain(item) for item in value]
    return {
        "version": FORMAT_VERSION,
        "expression": None if program is None else program.text,
        "outcome": found.outcome,
        "type": found.type,
        "value": value if found.outcome == "list" else _plain(value),
        "texts": list(found.texts),
        "contested": [
            {
                "name": reading.name,
                "does": reading.does,
                "alternatives": reading.alternatives,
                "source": reading.source,
            }
            for reading in (READINGS[name] for name in found.contested)
        ],
        "problem": None
        if found.problem is None
        else {
            "message": found.problem.message,
            "help": found.problem.help,
            "start": found.problem.span.start,
            "end": found.problem.span.end,
        },
        "nondeterministic": found.nondeterministic,
        "timeDependent": found.time_dependent,
        "redacted": found.redacted,
        "patch": found.patch or None,
        "trace": None if found.trace is None else _step(found.trace),
    }


def _plain(value: Any) -> Any:
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return value._asdict()
    return plain_text(value)


def _step(step: Step) -> dict[str, Any]:
    return {
        "text": step.text,
        "kind": step.kind,
        "name": step.name,
        "state": step.state,
        "type": kind_of(step.value) if step.state == "value" else None,
        "value": [plain_text(item) for item in step.value]
        if type(step.value) is list
        else None
        if step.value is None
        else plain_text(step.value),
        "message": step.message or None,
        "start": step.span.start,
        "end": step.span.end,
        "arguments": [_step(argument) for argument in step.arguments],
    }

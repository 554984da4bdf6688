"""Lint over the conformance cases of expressions: what must be found, and what must not."""

import json
from pathlib import Path

from provlint import lint_expression

HERE = Path(__file__).resolve().parent

PARAMETERS = {
    "source": "source",
    "target": "target",
    "app": "target",
    "attributes": "attributes",
    "attributeTypes": "attributes",
    "matchingPriority": "matching_priority",
    "flowType": "flow_type",
}
"""Member of the context of a case to the parameter that carries it."""


def cases(name):
    text = (HERE / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def lint(case):
    context = case.get("context") or {}
    arguments = {PARAMETERS[key]: value for key, value in context.items()}
    return lint_expression(case["expression"], **arguments)


def underlined(case, diagnostic):
    return case["expression"][diagnostic.place.start : diagnostic.place.end]


def fault(case):
    """Why an invalid expression is not reported as it should be; empty when it is."""
    found = [each for each in lint(case) if each.severity >= case["severity"]]
    if not found:
        return f"nothing of severity {case['severity']}"
    if case["culprit"] not in {underlined(case, each) for each in found}:
        return f"underlined {[underlined(case, each) for each in found]}"
    if case["rule"] not in {each.rule for each in found}:
        return f"reported by {[each.rule for each in found]}"
    return ""


def false_alarms(case):
    """Errors on an expression that is well-formed."""
    return [each.message for each in lint(case) if each.severity == "error"]

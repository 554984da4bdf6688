"""What provisioning on demand would do with one user, as Microsoft Graph answers it.

Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-provisionondemand
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from provlint.report.json_text import json_text
from provlint.report.redaction import redact
from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.action import REDUNDANT
from provlint.simulate.connection import SURROGATE
from provlint.simulate.population import identifier_of, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provlint.simulate.inputs.population import User
    from provlint.simulate.outcome import Step, UserOutcome
    from provlint.simulate.plan import Plan

_ACTIONS = {
    "create": "Create",
    "update": "Update",
    "disable": "Disable",
    "delete": "Delete",
    "staged-delete": "StagedDelete",
}
_RESULTS = {"fail": "Failure", "skip": "Skipped", "none": "Skipped", "unknown": "Warning"}
_STATUSES = {
    "success": "Success",
    "warning": "Warning",
    "failure": "Failure",
    "skipped": "Skipped",
    "not evaluated": "Skipped",
}
_EXPORTS = {
    "create": "EntryExportAdd",
    "update": "EntryExportUpdate",
    "create-or-update": "EntryExportUpdate",
    "disable": "EntryExportUpdate",
    "delete": "EntryExportDelete",
}
_TESTS = {
    "Active in source system": "Active in the source system",
    "Assigned to application": "Assigned to the application",
    "User has required role": "User has the required role",
}
"""The portal's name of a test to that of the answer."""

_REDUNDANT = "The state of the user in both the source and target systems already match."
"""What the service says of a user who is right already."""

_CATEGORIES = {"Failure": "Failure", "Success": "Success"}
"""The `errorCategory` of a result; none of a skip."""

_TYPES = {
    "test connection": "TestConnection",
    "import": "Import",
    "scope": "Scoping",
    "match": "Matching",
    "action": "Export",
}


def json_of(outcome: UserOutcome, user: User, plan: Plan, told: Iterable[str]) -> str:
    """A `stringKeyStringValuePair` of which both members are JSON texts."""
    result = _RESULTS.get(outcome.action, "Success")
    details = {}
    if result != "Success":
        redundant = outcome.code == REDUNDANT
        message = _REDUNDANT if redundant else outcome.reason
        details = {"errorCode": outcome.code or "", "errorMessage": message}
    value = {
        "action": _ACTIONS.get(outcome.action, "Other"),
        "modifiedProperties": [
            {
                "displayName": change.attribute,
                "oldValue": None if change.old is None else provisioned_text(change.old),
                "newValue": provisioned_text(change.new),
            }
            for change in outcome.changes
        ],
        "provisioningSteps": [
            _step(step, outcome, _describer(user, plan))
            for step in outcome.steps
            if step.status != "not evaluated" and step.text != SURROGATE
        ],
        "reportableIdentifier": _reported(user),
        "statusInfo": {
            "status": result,
            "errorCode": outcome.code,
            "reason": outcome.reason,
            "additionalDetails": None,
            "errorCategory": _CATEGORIES.get(result),
            "recommendedAction": "; ".join(_remedies(outcome)) or None,
        },
        "sourceIdentity": {
            "id": identifier_of(user),
            "type": plan.source_object,
            "displayName": name_of(user),
            "details": None,
        },
        "sourceSystem": {"id": None, "name": plan.source_name, "details": None},
        "targetIdentity": {
            "id": outcome.target_id or "",
            "type": plan.target_object,
            "displayName": None,
            "details": None,
        },
        "targetSystem": {"id": None, "name": plan.target_name, "details": None},
        "provlint": {
            "action": outcome.action,
            "matchedOn": outcome.matched_on,
            "assumptions": list(outcome.assumptions),
            "contested": list(outcome.contested),
            "contestedValues": [
                {"attribute": attribute, "reading": reading}
                for attribute, reading in outcome.contested_values
            ],
            "alternatives": [
                {
                    "contested": list(alternative.contested),
                    "inScope": alternative.in_scope,
                    "explanation": alternative.explanation,
                }
                for alternative in outcome.alternatives
            ],
            "omitted": list(outcome.omitted),
            "read": list(told),
        },
    }
    answer = {
        "key": dumps({"result": result, "details": details}, ensure_ascii=False),
        "value": dumps(value, ensure_ascii=False),
    }
    return redact(json_text(answer))


def _remedies(outcome: UserOutcome) -> Iterator[str]:
    """What to do, of whichever step says it."""
    for step in outcome.steps:
        if step.status != "success":
            yield from step.remedies


def _describer(user: User, plan: Plan) -> Callable[[Step, UserOutcome], str]:
    """Describes a step in the service's words where they are known, else in ours."""
    called = f"{plan.source_object} '{_reported(user)}'"

    def describe(step: Step, outcome: UserOutcome) -> str:
        if step.name == "import" and step.status == "success":
            return f"Retrieved {called} from {plan.source_name}"
        if step.name == "scope" and step.status in ("success", "skipped"):
            kind = plan.source_object
            return f"Determine if {kind} in scope by evaluating against each scoping filter"
        if step.name == "match" and outcome.match is not None and outcome.match.user is not None:
            return f"Retrieved {called} from {plan.target_name}"
        if step.name == "action" and outcome.code == REDUNDANT:
            return f"{_REDUNDANT} No change to the {called} currently needs to be made."
        return step.text

    return describe


def _reported(user: User) -> str:
    return provisioned_text(user.values.get("userPrincipalName")) or name_of(user)


def _step(
    step: Step, outcome: UserOutcome, describe: Callable[[Step, UserOutcome], str]
) -> dict[str, Any]:
    name, details = _name(step, outcome), dict(step.details)
    if step.name == "scope" and outcome.scope is not None:
        details = {_TESTS.get(name, name): value for name, value in outcome.scope.tests}
        decision = outcome.scope.decision
        clauses = () if decision is None else decision.clauses
        details["ScopeEvaluationResult"] = dumps(
            {clause.text: clause.result.capitalize() for clause in clauses}, ensure_ascii=False
        )
    return {
        "name": name,
        "type": _TYPES[step.name],
        "status": _STATUSES[step.status],
        "description": describe(step, outcome),
        "details": details,
    }


def _name(step: Step, outcome: UserOutcome) -> str:
    if step.name == "test connection":
        return "TestConnection"
    if step.name == "import":
        return "EntryImport"
    if step.name == "scope":
        return "EntrySynchronizationScoping"
    if step.name == "match":
        if outcome.action == "create":
            return "EntrySynchronizationAdd"
        found = outcome.match is not None and outcome.match.hits in ("one", "several", "linked")
        return "EntryImport" if found else "EntryImportObjectNotFound"
    return _EXPORTS.get(outcome.action, "EntrySynchronizationSkip")

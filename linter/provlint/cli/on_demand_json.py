"""What provisioning on demand would do with one user, as Microsoft Graph answers it.

Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-provisionondemand
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from provlint.report.json_text import json_text
from provlint.report.redaction import redact
from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.population import identifier_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        details = {"errorCode": outcome.code or "", "errorMessage": outcome.reason}
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
            _step(step, outcome) for step in outcome.steps if step.status != "not evaluated"
        ],
        "reportableIdentifier": provisioned_text(user.values.get("userPrincipalName"))
        or name_of(user),
        "statusInfo": {
            "status": result,
            "errorCode": outcome.code,
            "reason": outcome.reason,
            "recommendedAction": "; ".join(outcome.steps[-1].remedies) or None,
        },
        "sourceIdentity": {
            "id": identifier_of(user),
            "type": plan.source_object,
            "displayName": name_of(user),
        },
        "sourceSystem": {"name": plan.source_name},
        "targetIdentity": {"id": outcome.target_id or "", "type": plan.target_object},
        "targetSystem": {"name": plan.target_name},
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


def _step(step: Step, outcome: UserOutcome) -> dict[str, Any]:
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
        "description": step.text,
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

"""Conformance cases of scope, matching and action, run through the flow.

A case is an object of `scope.jsonl`, `ambiguous.jsonl` or `match-action.jsonl`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from provlint.evaluation import make_context
from provlint.model.read import read_document
from provlint.semantics.configuration import ConfigurationUnit
from provlint.simulate import entitlement
from provlint.simulate.connectors import connector_of
from provlint.simulate.cycle.quarantine import deletions, quarantine
from provlint.simulate.entitlement import NOT_ENTITLED, ScopeStep
from provlint.simulate.flow import Flow
from provlint.simulate.matching import matching_values
from provlint.simulate.plan import plan_of, seen_by_mappings
from provlint.simulate.scope import in_scope
from provlint.simulate.situation import ASSIGNED, Facts, Settings, Situation
from provlint.simulate.targets import TargetList, TargetUser
from provlint.simulate.writing import Reference

if TYPE_CHECKING:
    from provlint.simulate.entitlement import Why
    from provlint.simulate.outcome import UserOutcome
    from provlint.simulate.plan import Plan
    from provlint.simulate.scope import ScopeDecision
    from provlint.simulate.situation import Account

Case = Mapping[str, Any]
MatchingFacts = Callable[[str], tuple[str, ...] | None]
"""The only matching attributes of an application by its name; None where nothing is known."""

USUAL_MAPPINGS = (
    ("userName", 1, "userPrincipalName"),
    ("displayName", 0, "displayName"),
    ("manager", 0, "manager"),
)
"""What stands for the mappings of a case that gives none: target, precedence, source."""


def decide_scope(case: Case) -> tuple[ScopeDecision, ScopeStep]:
    """Run a case of `scope.jsonl`: what the filters say, and the whole scope step."""
    decision = in_scope(case["filter"], case["user"], types=case.get("types"))
    context: Case = case.get("context") or {}
    step = entitlement.decide(
        case["user"],
        decision,
        situation=Situation(
            account="active" if context.get("active", True) else "disabled",
            assignment=_assignment(context.get("assigned", "direct")),
            role=context.get("app_role"),
            kind=context.get("source_user_kind"),
        ),
        settings=Settings(
            sync_all=context.get("sync_all", False),
            mode="on-demand" if context.get("mode") == "on-demand" else "cycle",
            configured=context.get("config_created"),
            as_of=context.get("as_of"),
        ),
        connector=connector_of(context.get("connector") or ""),
        facts=Facts(),
    )
    return decision, step


def _assignment(word: str) -> str:
    """A known way to be assigned; of unknown words those count that name no detour."""
    if word in ASSIGNED:
        return word
    detour = any(part in word for part in ("nested", "indirect", "transitive", "un", "not"))
    return "nested-group-member" if detour else "direct"


def run_match_action(
    case: Case, *, matching_facts: MatchingFacts | None = None, now: str | None = None
) -> dict[str, Any]:
    """Run a case of `match-action.jsonl`.

    Args:
        case: The case.
        matching_facts: What is known of applications.
        now: The present, for expressions.

    Returns:
        `action` and `code`, and for a user also `changed`, `linked`, `matched_on`, `values`,
        `omit`, `step`, `contested`, `assumptions`.
    """
    config: Case = case["config"]
    if config.get("batch"):
        return _batch(config)
    user: Case = case.get("source_user") or {}
    plan = _plan(config)
    if "source_attribute" in config:
        seen = seen_by_mappings(user, in_scope=True)
        return {
            "action": "match_value",
            "code": None,
            "value": seen.get(config["source_attribute"]),
        }
    if config.get("manager_in_scope") is False:
        user = {"manager": "manager", **user}
    flow = _flow(case, config, plan, matching_facts, now)
    outcome = flow.run(user, _situation(config), scope=_scope(config))
    return _told(outcome, flow, user)


def _batch(config: Case) -> dict[str, Any]:
    threshold = next((value for key, value in config.items() if "threshold" in key), None)
    if threshold is not None and "failures" not in config:
        words = ("delet", "disabl", "deprovision", "remov")
        count = sum(
            value
            for key, value in config.items()
            if any(word in key for word in words) and "threshold" not in key
        )
        verdict = deletions(count, threshold)
    else:
        verdict = quarantine(
            config.get("failures", 0),
            config.get("successes", 0),
            config.get("reference_failures", 0),
        )
    return {"action": verdict.action, "code": verdict.code, "contested": verdict.contested}


def _plan(config: Case) -> Plan:
    mappings = config.get("attributeMappings")
    if mappings is None:
        mappings = [
            {
                "targetAttributeName": target,
                "matchingPriority": priority,
                "source": {"type": "Attribute", "name": name, "expression": f"[{name}]"},
            }
            for target, priority, name in USUAL_MAPPINGS
        ]
    source = "Group" if config.get("group_object") else "User"
    value = {
        "id": f"{config.get('connector', 'scim')}.case",
        "synchronizationRules": [
            {
                "sourceDirectoryName": "Microsoft Entra ID",
                "targetDirectoryName": config.get("connector", "customappsso"),
                "objectMappings": [
                    {
                        "enabled": True,
                        "flowTypes": config.get("flowTypes", "Add, Update, Delete"),
                        "sourceObjectName": source,
                        "targetObjectName": source,
                        "attributeMappings": mappings,
                    }
                ],
            }
        ],
    }
    unit = ConfigurationUnit(read_document(value))
    return plan_of(unit.schemas[0].rules[0].object_mappings[0])


def _flow(
    case: Case, config: Case, plan: Plan, matching_facts: MatchingFacts | None, now: str | None
) -> Flow:
    target: Case = config.get("target") or {}
    settings: Case = config.get("settings") or {}
    users = case.get("target_users")
    known = None
    if config.get("connector") and matching_facts is not None:
        known = matching_facts(config["connector"])
    exact = target.get("case_exact", target.get("caseExact"))
    sensitive = target.get("case_sensitive", target.get("caseSensitive"))
    if isinstance(exact, bool) and sensitive is None:
        sensitive = exact
    return Flow(
        plan,
        make_context(source="entra", now=now, seed=0),
        None if users is None else TargetList(map(_target_user, users)),
        Settings(
            sync_all=_flag(settings.get("SyncAll")),
            skip_out_of_scope_deletions=_flag(settings.get("SkipOutOfScopeDeletions")),
        ),
        Facts(
            application=config.get("connector", ""),
            matching=known,
            filterable=_names(target.get("filterable")),
            matching_case=sensitive,
            soft_delete=target.get("soft_delete"),
            required=_names(target.get("required")) or (),
            case_exact=frozenset(exact) if isinstance(exact, (list, dict)) else None,
        ),
        references=_references(config),
        source_count=_source_count(case, plan),
    )


def _target_user(user: Case) -> TargetUser:
    return TargetUser(str(user.get("id", "")), user)


def _names(value: object) -> tuple[str, ...] | None:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else None


def _flag(value: object) -> bool | None:
    return None if value is None else str(value).lower() == "true"


def _references(config: Case) -> Callable[[str], Reference] | None:
    manager = config.get("manager_in_scope")
    if manager is None:
        return None
    if manager:
        return lambda _: Reference(config.get("manager_target_id", "manager"), "in-scope")
    return lambda _: Reference(None, "out-of-scope")


def _source_count(case: Case, plan: Plan) -> Callable[[str, str], int] | None:
    config: Case = case["config"]
    if any(value and "duplicate" in key and "source" in key for key, value in config.items()):
        return lambda _, __: 2
    others = case.get("source_users") or config.get("other_source_users")
    if not others:
        return None
    context = make_context(source="entra", seed=0)
    values = [
        (entry.target, entry.value)
        for user in others
        for entry in matching_values(plan, seen_by_mappings(user, in_scope=True), context)
    ]
    own = 0 if case.get("source_users") else 1
    return lambda target, value: values.count((target, value)) + own


_ACCOUNTS: dict[str, Account] = {
    "disabled": "disabled",
    "soft-deleted": "soft-deleted",
    "hard-deleted": "hard-deleted",
}
_WHY: dict[str, Why] = {
    "unassigned": "unassigned",
    "filter": "filter",
    "role": "role",
    "invalid-filter": "invalid-filter",
}


def _situation(config: Case) -> Situation:
    state: Case = config.get("state") or {}
    return Situation(
        link=state.get("linked_target_id"),
        was_in_scope=state.get("previously_in_scope"),
        left_earlier=bool(state.get("unassigned_earlier")),
    )


def _scope(config: Case) -> ScopeStep:
    given: Case = config.get("scope_result") or {"in_scope": True, "active": True}
    reason = str(given.get("reason") or "")
    active = given.get("active", True)
    account = _ACCOUNTS.get(reason, "active" if active else "disabled")
    why: Why = "inactive" if account != "active" else _WHY.get(reason, "")
    if given["in_scope"]:
        why = ""
    elif not why:
        why = "filter"
    code = NOT_ENTITLED if why in ("inactive", "unassigned", "role") else None
    return ScopeStep(given["in_scope"], why, code, reason or "in scope", account)


def _told(outcome: UserOutcome, flow: Flow, user: Case) -> dict[str, Any]:
    told: dict[str, Any] = {
        "action": "lint" if outcome.code == "matching-not-supported" else outcome.action,
        "code": outcome.code,
        "changed": [change.attribute for change in outcome.changes],
        "linked": outcome.target_id,
        "matched_on": outcome.matched_on,
        "values": {change.attribute: change.new for change in outcome.changes},
        "omit": list(outcome.omitted),
        "contested": outcome.contested,
        "assumptions": outcome.assumptions,
        "reason": outcome.reason,
    }
    failed = [step.name for step in outcome.steps if step.status == "failure"]
    if failed:
        told["step"] = " / ".join(failed)
    return told

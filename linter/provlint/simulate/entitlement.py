"""The scope step: active, assigned, role, filters.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand#step-3-determine-if-user-is-in-scope
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from provlint.semantics.attribute_values import GUEST_MARK, provisioned_text
from provlint.simulate.scope import Alternative
from provlint.simulate.situation import ASSIGNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.simulate.connectors import Connector
    from provlint.simulate.scope import ScopeDecision
    from provlint.simulate.situation import Account, Facts, Settings, Situation

Why = Literal[
    "", "invalid-filter", "inactive", "not-provisionable", "unassigned", "role", "filter",
    "input-filter", "unknown",
]  # fmt: skip

NOT_ENTITLED = "NotEffectivelyEntitled"

DEFAULT_ACCESS = "default-access"
DEFAULT_ACCESS_FROM = "2020-04-16"
DEFAULT_ACCESS_FOR_ALL = "2020-07-01"
"""Configurations made before the first day skipped Default Access until the second.
https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-no-users-provisioned"""

DEFAULT_ACCESS_READING = "default-access-role"


@dataclass(frozen=True, slots=True)
class ScopeStep:
    """Whether a user is in scope, after all tests.

    Attributes:
        in_scope: Whether; None where it cannot be told.
        why: Which test decided against it; empty where none did.
        code: Microsoft's skip reason, where one is documented.
        reason: Why, in words.
        account: State of the account in the source.
        tests: Microsoft's name of each test with its result, in order.
        decision: What the scoping filters gave; None where they were not asked.
        assumptions: What was taken for granted.
        contested: Names of the open readings under which the outcome would be another.
        alternatives: Each outcome with its readings, where the outcome is contested.
    """

    in_scope: bool | None
    why: Why
    code: str | None
    reason: str
    account: Account
    tests: tuple[tuple[str, str], ...] = ()
    decision: ScopeDecision | None = None
    assumptions: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


ACTIVE = "Active in source system"
ASSIGNED_TEST = "Assigned to application"
ROLE = "User has required role"
FILTERS = "Scoping filter evaluation passed"
SYNC_ALL = "Scope sync all"


def decide(
    user: Mapping[str, object],
    decision: ScopeDecision | None,
    *,
    situation: Situation,
    settings: Settings,
    connector: Connector,
    facts: Facts,
) -> ScopeStep:
    """Put the tests together: active, and assigned or all, and entitled, and the filters.

    Args:
        user: Values by provisioning name.
        decision: What the scoping filters gave; None where there is nothing to ask them.
        situation: What else is known about the user.
        settings: Of the job.
        connector: How this connector differs.
        facts: About the application.
    """
    assumptions: list[str] = []
    account = situation.account or account_of(user, connector, assumptions)
    sync_all = _sync_all(settings, connector, assumptions)
    assigned = _assigned(situation, connector, sync_all, assumptions)
    entitled, role_reason = _entitled(situation, settings)
    provisionable = _provisionable(user, situation, connector, assumptions)
    asked = decision
    if settings.mode == "on-demand" and not connector.filters_on_demand:
        asked = None
        if decision is not None and decision.clauses:
            assumptions.append("cloud sync does not ask the scoping filters on demand")
    tests = [(ACTIVE, _said(account == "active"))]
    if connector.assignments:
        # Nobody asks for the role of a user who has no assignment.
        role = entitled if sync_all or assigned else None
        tests += [(ASSIGNED_TEST, _said(assigned)), (ROLE, _said(role))]
        tests.append((SYNC_ALL, _said(sync_all)))
    tests.append((FILTERS, _said(True if asked is None else asked.in_scope)))

    def step(in_scope: bool | None, why: Why, code: str | None, reason: str) -> ScopeStep:
        contested = () if asked is None else asked.contested
        alternatives = () if asked is None else asked.alternatives
        if why not in ("", "filter", "input-filter", "invalid-filter", "unknown"):
            # What the filters say does not matter to somebody who is out of scope anyway.
            contested, alternatives = (), ()
        if why == "" and _is_doubtful_role(situation, facts, sync_all):
            contested = (*contested, DEFAULT_ACCESS_READING)
            alternatives = (*alternatives, *_ROLE_ALTERNATIVES)
        return ScopeStep(
            in_scope,
            why,
            code,
            reason,
            account,
            tuple(tests),
            asked,
            tuple(assumptions),
            contested,
            alternatives,
        )

    if asked is not None and asked.outcome == "invalid-filter":
        return step(None, "invalid-filter", None, asked.reason)
    if account != "active":
        return step(False, "inactive", NOT_ENTITLED, f"the account is {account} in the source")
    if not provisionable:
        reason = "only internal members of the tenant can be provisioned across tenants"
        return step(False, "not-provisionable", None, reason)
    if connector.assignments and not (sync_all or assigned):
        return step(False, "unassigned", NOT_ENTITLED, _unassigned(situation))
    if connector.assignments and not entitled:
        return step(False, "role", NOT_ENTITLED, role_reason)
    if asked is not None and asked.in_scope is False:
        why: Why = "input-filter" if asked.failed_set == "inputFilterGroups" else "filter"
        return step(False, why, None, asked.reason)
    if asked is not None and asked.in_scope is None:
        return step(None, "unknown", None, asked.reason)
    return step(True, "", None, "in scope")


_ROLE_ALTERNATIVES = (
    Alternative((), True, "in-scope", "in scope: the role Default Access counts like any other"),
    Alternative(
        (DEFAULT_ACCESS_READING,),
        False,
        "out-of-scope",
        "out of scope: the application's page says that Default Access does not provision",
    ),
)


def _said(value: bool | None) -> str:
    return "unknown" if value is None else str(value)


def account_of(user: Mapping[str, object], connector: Connector, assumptions: list[str]) -> Account:
    """The state of the account by the attributes; what is taken for granted is noted."""
    for name in ("deletionTimestamp", "deletedDateTime", "deletedTimestamp"):
        if provisioned_text(user.get(name)):
            return "soft-deleted"
    enabled = provisioned_text(user.get("accountEnabled")).lower()
    if enabled == "false":
        return "disabled"
    if enabled != "true" and connector.assignments:
        assumptions.append("no `accountEnabled` given: the account counts as active")
    return "active"


def _sync_all(settings: Settings, connector: Connector, assumptions: list[str]) -> bool:
    if settings.sync_all is None and connector.assignments:
        assumptions.append("no `SyncAll` given: only assigned users are synchronized")
    return bool(settings.sync_all)


def _assigned(
    situation: Situation, connector: Connector, sync_all: bool, assumptions: list[str]
) -> bool | None:
    if situation.assignment is None:
        if sync_all or not connector.assignments:
            return None
        assumptions.append("no assignments given: everybody counts as assigned")
        return True
    return ASSIGNED.get(situation.assignment, False)


def _unassigned(situation: Situation) -> str:
    if situation.assignment == "nested-group-member":
        return "not assigned: membership through a nested group does not count"
    return "not assigned to the application, directly or by a group"


def _entitled(situation: Situation, settings: Settings) -> tuple[bool, str]:
    if situation.role != DEFAULT_ACCESS or not settings.configured or not settings.as_of:
        return True, ""
    if settings.configured >= DEFAULT_ACCESS_FROM or settings.as_of >= DEFAULT_ACCESS_FOR_ALL:
        return True, ""
    return False, (
        "the role Default Access did not provision before July 2020 in configurations made"
        " before 2020-04-16"
    )


def _is_doubtful_role(situation: Situation, facts: Facts, sync_all: bool) -> bool:
    return situation.role == DEFAULT_ACCESS and facts.default_access is False and not sync_all


def _provisionable(
    user: Mapping[str, object],
    situation: Situation,
    connector: Connector,
    assumptions: list[str],
) -> bool:
    if not connector.internal_members_only:
        return True
    if situation.kind is not None:
        return situation.kind.strip().lower() == "internal member"
    if GUEST_MARK in provisioned_text(user.get("userPrincipalName")):
        return False
    kind = provisioned_text(user.get("userType")).lower()
    if not kind:
        assumptions.append("no `userType` given: the user counts as an internal member")
    return kind in ("", "member")

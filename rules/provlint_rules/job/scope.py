"""Who is in scope, and what becomes of those who leave it, by the secrets of the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import ERROR, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.evidence import ScopeOf
from provlint.semantics.systems import ALWAYS_PRESENT
from provlint.wording import counted, quote
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_grammar.syntax import calls
from provlint_rules import sources
from provlint_rules.expression.roles import ROLE_FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.model.secrets import Secrets
    from provlint.rule import Need
    from provlint.semantics.configuration import (
        AttributeMappingUnit,
        ClauseUnit,
        FilterGroupUnit,
        ObjectMappingUnit,
    )
    from provlint.semantics.evidence import Question

SECRETS: tuple[Need, ...] = ("configuration", "secrets")

WHOLE_TENANT = RuleInfo(
    "PL601", "whole-tenant-in-scope", "All users are synchronized, and no filter limits them",
    WARNING, sources.SCOPING, needs=SECRETS,
)  # fmt: skip
KEPT = RuleInfo(
    "PL602", "accounts-kept-out-of-scope", "Users who leave the scope keep their accounts", WARNING,
    sources.SKIP_DELETIONS, needs=SECRETS,
)  # fmt: skip
DISABLED = RuleInfo(
    "PL603", "inbound-filter-that-disables", "Everybody outside an inbound filter is disabled",
    WARNING, sources.PLAN_HR, needs=SECRETS,
)  # fmt: skip
NO_EFFECT = RuleInfo(
    "PL604", "skip-flag-without-effect", "A setting about deletions has no effect between tenants",
    WARNING, sources.SKIP_DELETIONS, needs=SECRETS,
)  # fmt: skip
ROLES = RuleInfo(
    "PL605", "roles-with-sync-all", "Roles do not flow while all users are synchronized", ERROR,
    sources.CUSTOMIZE, needs=SECRETS,
)  # fmt: skip

CROSS_TENANT = "azure2azure"


def _secrets(unit: ObjectMappingUnit) -> Secrets | None:
    return unit.evidence.secrets if unit.evidence is not None else None


def _filter_groups(unit: ObjectMappingUnit) -> list[FilterGroupUnit]:
    scope = unit.scope_unit
    groups = scope.groups if scope is not None else ()
    return [group for group in groups if group.filter_set == "groups"]


def _asks(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    yield ScopeOf(unit.mapping.pointer)


def whole_tenant(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """With `SyncAll` nothing but a filter keeps guests, rooms and service accounts out."""
    secrets = _secrets(unit)
    if secrets is None or not secrets.sync_all or unit.rule.source_system != "entra":
        return
    if not unit.maps_users or not unit.mapping.enabled or not unit.attribute_mappings:
        return
    groups = _filter_groups(unit)
    if groups and not any(map(_admits_everybody, groups)):
        return
    results = unit.evidence.answer(ScopeOf(unit.mapping.pointer)) if unit.evidence else None
    users = f"all {counted(results.users, 'user')}" if results is not None else "every user"
    limits = "the filter admits everybody" if groups else "no filter limits it"
    yield Finding(
        f"`SyncAll` is on and {limits}, so {users} of the tenant, with guests, rooms and service"
        " accounts, are provisioned"
        if results is not None
        else f"`SyncAll` is on and {limits}, so {users} of the tenant, guests, rooms and service"
        " accounts too, is provisioned",
        "synchronize assigned users only, or add a filter",
        unit.place("scope/groups") if groups else unit.place("scope"),
    )


def _admits_everybody(group: FilterGroupUnit) -> bool:
    return bool(group.clauses) and all(map(_is_always_true, group.clauses))


def _is_always_true(clause: ClauseUnit) -> bool:
    known = find_operator(clause.clause.operator_name)
    present = known is not None and known.name == "IS NOT NULL"
    return present and clause.clause.source_operand_name in ALWAYS_PRESENT


def kept(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """The flag is for sources of human resources; elsewhere it leaves leavers their access."""
    secrets, rule = _secrets(unit), unit.rule
    if secrets is None or not secrets.skip_out_of_scope_deletions or not unit.maps_users:
        return
    outbound = rule.source_system == "entra" and rule.target_system == "application"
    if outbound and unit.mapping.enabled:
        yield Finding(
            "`SkipOutOfScopeDeletions` is on, so users who are unassigned or leave the scope keep"
            " their accounts",
            "set `SkipOutOfScopeDeletions` to `False`, unless there is a reason on record",
            unit.place("scope"),
        )


def disabled(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Microsoft advises the flag for every topology of human resources with filters."""
    secrets = _secrets(unit)
    if secrets is None or secrets.skip_out_of_scope_deletions or not unit.rule.from_hr:
        return
    if unit.maps_users and unit.mapping.enabled and _filter_groups(unit):
        state = "off" if secrets.skip_out_of_scope_deletions is False else "not set"
        yield Finding(
            f"the filter of an inbound job disables everybody who falls out of it, because"
            f" `SkipOutOfScopeDeletions` is {state}",
            "set `SkipOutOfScopeDeletions` to `True`",
            unit.place("scope/groups"),
        )


def no_effect(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Cross-tenant synchronization does not read the flag."""
    secrets = _secrets(unit)
    if secrets is None or not secrets.skip_out_of_scope_deletions or not unit.maps_users:
        return
    between = unit.rule.source_system == unit.rule.target_system == "entra"
    if between or unit.rule.schema.template_id.lower() == CROSS_TENANT:
        yield Finding(
            "`SkipOutOfScopeDeletions` is on and has no effect in cross-tenant synchronization, so"
            " users who leave the scope are removed",
            "delete the setting, and guard the job with a threshold for accidental deletions",
            unit.place("scope"),
        )


def roles(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Roles come with assignments, and with `SyncAll` nobody needs one."""
    secrets = _secrets(unit.parent)
    if secrets is None or not secrets.sync_all:
        return
    expression = unit.expression
    if expression is None or expression.tree is None:
        return
    call = next((each for each in calls(expression.tree) if each.name in ROLE_FUNCTIONS), None)
    if call is not None:
        yield Finding(
            f"{quote(call.name)} does not work while `SyncAll` is on",
            "synchronize assigned users only, or map the role from something else",
            expression.place(*call.name_span),
        )


RULES = (
    Rule(WHOLE_TENANT, "object-mapping", whole_tenant, asks=_asks),
    Rule(KEPT, "object-mapping", kept),
    Rule(DISABLED, "object-mapping", disabled),
    Rule(NO_EFFECT, "object-mapping", no_effect),
    Rule(ROLES, "attribute-mapping", roles),
)

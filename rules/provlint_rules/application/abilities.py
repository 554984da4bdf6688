"""What a connector does not provision, disable or delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_rules import sources
from provlint_rules.applications import recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.diagnostic import Place
    from provlint.semantics.configuration import (
        CallUnit,
        ObjectMappingUnit,
        SynchronizationRuleUnit,
    )
    from provlint_rules.application_facts import Application

USERS = RuleInfo(
    "PL502", "users-not-provisionable", "The connector provisions no users", ERROR,
    "https://learn.microsoft.com/entra/identity/saas-apps/amazon-web-service-tutorial",
)  # fmt: skip
GROUPS = RuleInfo(
    "PL503", "groups-not-provisionable", "The connector provisions no groups", WARNING,
    sources.PROVISIONING_LOGS,
)  # fmt: skip
ROLES = RuleInfo(
    "PL504", "role-limit", "The application takes roles with limits", NOTE, sources.ON_DEMAND,
)  # fmt: skip
LEAVERS = RuleInfo(
    "PL505", "deprovisioning-limit", "Users who leave are not removed as the mapping says", NOTE,
    sources.ON_DEMAND,
)  # fmt: skip

UNSUPPORTED, CONDITION = "unsupported", "with-condition"
SEVERAL_ROLES = frozenset({"AppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex"})
ROLE_FUNCTIONS = SEVERAL_ROLES | {"SingleAppRoleAssignment"}


def _mapping(unit: ObjectMappingUnit) -> str:
    return f"the object mapping {quote(unit.mapping.name or unit.mapping.source_object_name)}"


def _flow_place(unit: ObjectMappingUnit) -> Place:
    known = unit.mapping.flow_types is not None
    return unit.place("flowTypes" if known else "sourceObjectName")


def users(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Nothing that such a mapping says happens."""
    if not unit.mapping.enabled or not (unit.maps_users or unit.maps_groups):
        return
    found = recognise(unit.rule, generic=False)
    if found is None or found.application.status("users") != UNSUPPORTED:
        return
    yield Finding(
        f"{quote(found.application.name)} provisions neither users nor groups, and"
        f" {_mapping(unit)} is enabled",
        found.application.advice or "disable the mapping",
        unit.place("sourceObjectName"),
    )


def groups(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Every group is skipped with `EntityTypeNotSupported`."""
    if not unit.mapping.enabled or not unit.maps_groups:
        return
    found = recognise(unit.rule, generic=False)
    if found is None or found.application.status("users") == UNSUPPORTED:
        return
    if found.application.status("groups") != UNSUPPORTED:
        return
    yield Finding(
        f"{quote(found.application.name)} does not provision groups, and {_mapping(unit)} is"
        " enabled, so every group is skipped with `EntityTypeNotSupported`",
        "disable the mapping; groups may still decide who is in scope",
        unit.place("sourceObjectName"),
    )


def roles(unit: SynchronizationRuleUnit) -> Iterator[Finding]:
    """One role where the application takes one; none on demand."""
    calls = list(_role_calls(unit))
    if not calls:
        return
    found = recognise(unit, generic=False)
    if found is None or found.application.generic:
        return
    application = found.application
    if application.status("users") == UNSUPPORTED:
        return
    for call in calls:
        if application.single_role and call.call.name in SEVERAL_ROLES:
            yield Finding(
                f"{quote(application.name)} takes one role for each user, and"
                f" {quote(call.call.name)} gives all of them",
                "write `SingleAppRoleAssignment([appRoleAssignments])`, and assign one role",
                call.name_place(),
                severity=WARNING,
            )
    yield Finding(
        f"roles of {quote(application.name)} are not provisioned on demand: Microsoft names that"
        " limit since 2021-05-11",
        "try the mapping of roles with a cycle, for a few users",
        calls[0].name_place(),
    )


def _role_calls(unit: SynchronizationRuleUnit) -> Iterator[CallUnit]:
    for mapping in unit.object_mappings:
        for attribute_mapping in mapping.attribute_mappings:
            source = attribute_mapping.mapping.source
            if source is None or "AppRoleAssignment" not in (source.expression or ""):
                continue
            expression = attribute_mapping.expression
            if expression is not None:
                yield from (call for call in expression.calls() if call.call.name in ROLE_FUNCTIONS)


def leavers(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """What a mapping of users promises for leavers, and what happens."""
    if not unit.maps_users or not unit.mapping.enabled or unit.rule.source_system != "entra":
        return
    found = recognise(unit.rule, generic=False)
    if found is None or found.application.generic:
        return
    application = found.application
    if application.status("users") != UNSUPPORTED:
        yield from _leavers(unit, application)


def _leavers(unit: ObjectMappingUnit, application: Application) -> Iterator[Finding]:
    flow = unit.mapping.flow_types
    name = quote(application.name)
    deletes = flow is not None and "Delete" in flow
    if deletes and application.status("delete") == UNSUPPORTED and not _declares_deletion(unit):
        fact = application.facts("delete")[-1]
        yield Finding(
            f"the flow types hold `Delete`, and {name} does not delete: {fact.text}",
            f"delete leavers in {name} itself, where they must go",
            _flow_place(unit),
        )
    if application.status("disable") == CONDITION and (flow is None or "Update" in flow):
        fact = application.facts("disable")[-1]
        yield Finding(
            f"{name} does more than disable: {fact.text}",
            "wait until invited users have joined before you take them out of scope",
            _flow_place(unit),
        )
    switch = next(
        (each for each in unit.attribute_mappings if "IsSoftDeleted" in each.source_attributes),
        None,
    )
    if application.flagged and (deletes or switch is not None):
        place = _flow_place(unit)
        if not deletes and switch is not None:
            place = switch.place("targetAttributeName")
        yield Finding(
            f"on demand, leavers of {name} are disabled once they lose their assignment (since"
            " 2021-05-11, before that not at all); users who are disabled or deleted in Entra ID"
            " cannot be picked",
            "try the disabling of leavers by unassigning a user; leave disabled and deleted users"
            " to a cycle",
            place,
        )


def _declares_deletion(unit: ObjectMappingUnit) -> bool:
    """Whether the schema says of the target object that it is deleted; that wins over pages."""
    metadata = unit.target_object.metadata if unit.target_object is not None else {}
    return any(
        name.lower() == "isharddeletionsupported" and text.strip('" ').lower() == "true"
        for name, text in metadata.items()
    )


RULES = (
    Rule(USERS, "object-mapping", users),
    Rule(GROUPS, "object-mapping", groups),
    Rule(ROLES, "synchronization-rule", roles),
    Rule(LEAVERS, "object-mapping", leavers),
)

"""Assignments to the application, its groups and its roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.evidence import (
    DefaultAccess,
    NestedIn,
    NoSecurityGroups,
    OverlapsOf,
    SeveralRoles,
)
from provlint.wording import alternatives, counted, quote
from provlint_grammar.syntax import calls
from provlint_rules import sources
from provlint_rules.applications import recognise
from provlint_rules.evidence_wording import such_as, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.rule import Need
    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint.semantics.evidence import NestedGroups, Question

ASSIGNMENTS: tuple[Need, ...] = ("configuration", "assignments")

NESTED = RuleInfo(
    "PL731", "nested-group-assigned", "Members of groups in an assigned group are left out",
    WARNING, sources.HOW_PROVISIONING_WORKS, needs=(*ASSIGNMENTS, "groups"),
)  # fmt: skip
DEFAULT_ACCESS = RuleInfo(
    "PL732", "default-access-assigned", "The role Default Access does not provision", WARNING,
    sources.NO_USERS, needs=ASSIGNMENTS,
)  # fmt: skip
SEVERAL_ROLES = RuleInfo(
    "PL733", "several-roles-assigned", "Users have several roles where one of them flows", WARNING,
    sources.CUSTOMIZE, needs=ASSIGNMENTS,
)  # fmt: skip
NO_SECURITY = RuleInfo(
    "PL734", "group-without-security", "An assigned group is no security group", WARNING,
    sources.HOW_PROVISIONING_WORKS, needs=("configuration", "groups"),
)  # fmt: skip
OVERLAPPING = RuleInfo(
    "PL735", "overlapping-jobs", "Two jobs write the same users to one target", WARNING,
    sources.WHEN_FINISHED, confidence="medium", needs=("configuration", "users"),
)  # fmt: skip

SINGLE_ROLE = "SingleAppRoleAssignment"


def _is_assigned(unit: ObjectMappingUnit) -> bool:
    """Whether users come in scope by assignment to an application."""
    rule = unit.rule
    return (
        unit.maps_users
        and unit.mapping.enabled
        and rule.source_system == "entra"
        and rule.target_system != "active-directory"
    )


def _asks_nested(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    if _is_assigned(unit):
        yield NestedIn(unit.mapping.pointer)


def nested(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Assignment reaches direct members only."""
    if unit.evidence is None or not _is_assigned(unit):
        return
    for each in unit.evidence.answer(NestedIn(unit.mapping.pointer)) or ():
        name = f" {quote(each.name)}" if each.name else ""
        yield Finding(
            f"the assigned group{name} holds {counted(each.groups.number, 'group')}"
            f"{such_as(each.groups)}, whose members are not provisioned{_people(each)}",
            "assign the inner groups, or use a dynamic group",
            unit.place("scope"),
        )


def _people(nested: NestedGroups) -> str:
    return f": {counted(nested.people, 'user')}" if nested.people else ""


def _refuses_default_access(unit: ObjectMappingUnit) -> str:
    """The application that does not provision Default Access; empty for any other."""
    found = recognise(unit.rule, generic=False) if _is_assigned(unit) else None
    return found.application.name if found and found.application.no_default_access else ""


def _asks_default_access(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    if _refuses_default_access(unit):
        yield DefaultAccess(unit.mapping.pointer)


def default_access(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """The pages of some applications still say that another role must be assigned."""
    application = _refuses_default_access(unit)
    if not application or unit.evidence is None:
        return
    found = unit.evidence.answer(DefaultAccess(unit.mapping.pointer))
    if found is not None and found.number:
        verb = "has" if found.number == 1 else "have"
        yield Finding(
            f"{counted(found.number, 'assignment')} {verb} the role Default Access, which"
            f" {quote(application)} does not provision{such_as(found)}",
            "assign another role of the application",
            unit.place("scope"),
        )


def _gives_one_role(unit: AttributeMappingUnit) -> bool:
    expression = unit.expression
    if expression is None or expression.tree is None:
        return False
    return any(call.name == SINGLE_ROLE for call in calls(expression.tree))


def _asks_roles(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if _gives_one_role(unit):
        yield SeveralRoles(unit.parent.mapping.pointer)


def several_roles(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Which of several roles flows is not defined."""
    evidence = unit.parent.evidence
    if evidence is None or not _gives_one_role(unit) or unit.expression is None:
        return
    found = evidence.answer(SeveralRoles(unit.parent.mapping.pointer))
    if found is not None and found.number:
        yield Finding(
            f"{who(found.number, 'has', 'have')} several roles, and which of them"
            f" `{SINGLE_ROLE}` gives is not defined{such_as(found)}",
            "assign one role to each user, or write `AppRoleAssignmentsComplex` if the application"
            " takes several",
            unit.expression.place(),
        )


def _asks_security(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    if _is_assigned(unit):
        yield NoSecurityGroups(unit.mapping.pointer)


def no_security(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Only security groups decide who is in scope."""
    if unit.evidence is None or not _is_assigned(unit):
        return
    found = unit.evidence.answer(NoSecurityGroups(unit.mapping.pointer))
    if found is not None and found.number:
        one = found.number == 1
        verb = "is no security group" if one else "are no security groups"
        yield Finding(
            f"{counted(found.number, 'assigned group')} {verb}, so {'its' if one else 'their'}"
            f" members are not provisioned{such_as(found)}",
            "assign a group that has `securityEnabled`",
            unit.place("scope"),
        )


def _asks_overlaps(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    if unit.maps_users and unit.mapping.enabled and unit.attribute_mappings:
        yield OverlapsOf(unit.mapping.pointer)


def overlapping(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Two jobs undo each other's changes, and one disables whom the other provisions."""
    if unit.evidence is None:
        return
    found = unit.evidence.answer(OverlapsOf(unit.mapping.pointer)) or ()
    if not found:
        return
    most = max(found, key=lambda each: each.users.number)
    files = alternatives([each.file for each in found[:3]], "and")
    target = quote(unit.rule.rule.target_directory_name or "the target")
    sure = any(each.same_address for each in found)
    condition = "" if sure else ", if it is the same tenant of it"
    yield Finding(
        f"{who(most.users.number, 'in scope is', 'in scope are')} also written to {target} by"
        f" {files}{condition}{such_as(most.users)}",
        "give the jobs filters that exclude each other",
        unit.place("scope"),
        severity=None if sure else NOTE,
    )


RULES = (
    Rule(NESTED, "object-mapping", nested, asks=_asks_nested),
    Rule(DEFAULT_ACCESS, "object-mapping", default_access, asks=_asks_default_access),
    Rule(SEVERAL_ROLES, "attribute-mapping", several_roles, asks=_asks_roles),
    Rule(NO_SECURITY, "object-mapping", no_security, asks=_asks_security),
    Rule(OVERLAPPING, "object-mapping", overlapping, asks=_asks_overlaps),
)

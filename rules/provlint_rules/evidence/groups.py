"""Groups as objects, and what refers to other objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.evidence import (
    MembersOutOfScope,
    NamesOfGroups,
    ReferencesOutOfScope,
    RenamedGroups,
)
from provlint.wording import counted, quote
from provlint_rules import sources
from provlint_rules.applications import recognise
from provlint_rules.evidence_wording import such_as, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.diagnostic import Place
    from provlint.rule import Need
    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint.semantics.evidence import Question

GROUPS: tuple[Need, ...] = ("configuration", "groups")

NAMES = RuleInfo(
    "PL741", "ambiguous-group-names", "Groups are matched by names that are shared or empty",
    WARNING, sources.SCIM, needs=GROUPS,
)  # fmt: skip
RENAMED = RuleInfo(
    "PL742", "renamed-group", "A new name of a group does not reach the application", WARNING,
    sources.ATLASSIAN, needs=(*GROUPS, "targets"),
)  # fmt: skip
MEMBERS = RuleInfo(
    "PL743", "member-out-of-scope", "Groups are provisioned without some of their members", WARNING,
    sources.KNOWN_ISSUES, needs=(*GROUPS, "users"),
)  # fmt: skip
MANAGERS = RuleInfo(
    "PL744", "manager-out-of-scope", "Users are provisioned without a manager who is out of scope",
    WARNING, sources.KNOWN_ISSUES, needs=("configuration", "users"),
)  # fmt: skip

NAMED = ("displayName", "mailNickname")
"""Attributes of groups that exports hold."""


def _names(unit: ObjectMappingUnit) -> Iterator[tuple[AttributeMappingUnit, NamesOfGroups]]:
    """The matching attributes that groups are told apart by."""
    if unit.maps_groups and unit.mapping.enabled:
        for each in unit.matching:
            name = each.source_attribute
            if name in NAMED:
                yield each, NamesOfGroups(unit.mapping.pointer, name)


def _asks_names(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    yield from (question for _, question in _names(unit))


def names(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """A shared name matches the wrong group; without a name neither group nor members come."""
    if unit.evidence is None:
        return
    for each, question in _names(unit):
        found = unit.evidence.answer(question)
        if found is None:
            continue
        name = quote(question.attribute)
        shared = found.shared
        if shared.values.number:
            verb = "is" if shared.values.number == 1 else "are"
            yield Finding(
                f"{counted(shared.values.number, 'value')} of {name} {verb} shared by"
                f" {counted(shared.owners, 'group')}, so the wrong group may be matched"
                f"{such_as(shared.values)}",
                "rename the groups, or match by `mailNickname` or `objectId`",
                each.source_place,
            )
        if found.empty.number:
            verb = "has" if found.empty.number == 1 else "have"
            yield Finding(
                f"{counted(found.empty.number, 'group')} {verb} no {name}, so neither group nor"
                f" members are provisioned{such_as(found.empty)}",
                "give the groups a name, or match by `objectId`",
                each.source_place,
            )


def _keeps_names(unit: ObjectMappingUnit) -> str:
    """The application in which groups keep their names; empty for any other."""
    if not unit.maps_groups or not unit.mapping.enabled:
        return ""
    found = recognise(unit.rule, generic=False)
    return found.application.name if found and found.application.keeps_group_names else ""


def _asks_renamed(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    if _keeps_names(unit):
        yield RenamedGroups(unit.mapping.pointer)


def renamed(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """A group that was renamed keeps its old name there, and may come a second time."""
    application = _keeps_names(unit)
    if not application or unit.evidence is None:
        return
    found = unit.evidence.answer(RenamedGroups(unit.mapping.pointer))
    if found is not None and found.number:
        verb = "has" if found.number == 1 else "have"
        yield Finding(
            f"{counted(found.number, 'group')} {verb} another name in {quote(application)}, where a"
            f" new name does not follow{such_as(found)}",
            "rename the groups there by hand",
            _name_place(unit),
        )


def _name_place(unit: ObjectMappingUnit) -> Place:
    for each in unit.attribute_mappings:
        if "displayName" in each.source_attributes:
            return each.source_place
    return unit.place("sourceObjectName")


def _asks_members(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    if unit.maps_groups and unit.mapping.enabled:
        yield MembersOutOfScope(unit.mapping.pointer)


def members(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Who is out of scope is no member, and is not added when that changes."""
    if unit.evidence is None:
        return
    found = unit.evidence.answer(MembersOutOfScope(unit.mapping.pointer))
    if found is None or not found.number:
        return
    place = next(
        (
            each.source_place
            for each in unit.attribute_mappings
            if "members" in each.source_attributes
        ),
        unit.place("sourceObjectName"),
    )
    verb = "is" if found.number == 1 else "are"
    yield Finding(
        f"{counted(found.number, 'membership')} {verb} lost, because the user is out of scope, and"
        f" not repaired when the user comes in{such_as(found)}",
        "widen the scope of users, or restart provisioning after it was widened",
        place,
    )


def _is_reference(unit: AttributeMappingUnit) -> bool:
    attributes = unit.parent.source_attributes or {}
    names = unit.source_attributes
    if len(names) != 1 or not unit.parent.maps_users or not unit.parent.mapping.enabled:
        return False
    definition = attributes.get(names[0])
    return names[0] == "manager" or (definition is not None and definition.type == "Reference")


def _asks_managers(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if _is_reference(unit):
        yield ReferencesOutOfScope(unit.mapping.pointer)


def managers(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The reference is left out, and not repaired until the job is restarted."""
    evidence = unit.parent.evidence
    if evidence is None or not _is_reference(unit):
        return
    found = evidence.answer(ReferencesOutOfScope(unit.mapping.pointer))
    if found is not None and found.number:
        yield Finding(
            f"{who(found.number, 'in scope has', 'in scope have')} a"
            f" {quote(unit.source_attributes[0])} who is out of scope and is left out"
            f"{such_as(found)}",
            "widen the scope, or restart provisioning after it was widened",
            unit.source_place,
        )


RULES = (
    Rule(NAMES, "object-mapping", names, asks=_asks_names),
    Rule(RENAMED, "object-mapping", renamed, asks=_asks_renamed),
    Rule(MEMBERS, "object-mapping", members, asks=_asks_members),
    Rule(MANAGERS, "attribute-mapping", managers, asks=_asks_managers),
)

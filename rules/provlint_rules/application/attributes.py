"""Target attributes that an application is searched by, needs, or takes once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import alternatives, quote
from provlint_rules import sources
from provlint_rules.applications import recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint_rules.application_facts import Application

MATCHING = RuleInfo(
    "PL506", "matching-not-filterable", "The application is not searched by this attribute", ERROR,
    sources.ON_DEMAND,
)  # fmt: skip
ATTRIBUTES = RuleInfo(
    "PL508", "application-attribute-limit", "The application refuses what the mappings write",
    WARNING, sources.CUSTOMIZE,
)  # fmt: skip

WHOLE = ("schema", "job", "template")
"""Beginnings of the shapes that hold whole schemas; those that lost a part count as fragments."""


def _application(unit: ObjectMappingUnit) -> Application | None:
    if not unit.mapping.enabled or not (unit.maps_users or unit.maps_groups):
        return None
    found = recognise(unit.rule, generic=False)
    return None if found is None else found.application


def matching(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """The test of the connection and the match step ask the application for the attribute."""
    application = _application(unit)
    if application is None:
        return
    wanted = application.users_matching if unit.maps_users else application.groups_matching
    if not wanted:
        return
    known = {_plain(name) for name in wanted}
    kind = "users" if unit.maps_users else "groups"
    for found in unit.matching:
        name = found.mapping.target_attribute_name
        if _plain(name) not in known:
            yield Finding(
                f"{quote(application.name)} finds {kind} by {alternatives(wanted)} only, and"
                f" {quote(name)} has a matching priority",
                f"match on {alternatives(wanted)}",
                found.place("matchingPriority"),
            )


def _plain(name: str) -> str:
    """A target attribute without filter and sub-attribute of mail addresses."""
    folded = name.lower()
    return "emails" if folded.startswith("emails") else folded


def attributes(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Each user with such values fails, or keeps what was written first."""
    application = _application(unit)
    if application is None or not unit.maps_users:
        return
    yield from _missing(unit, application)
    for start in application.users_single:
        written = [each for each in unit.attribute_mappings if _begins(each, start)]
        for later in written[1:]:
            first = written[0].mapping.target_attribute_name
            name = later.mapping.target_attribute_name
            yield Finding(
                f"{quote(application.name)} takes one value in {quote(start)}, and both"
                f" {quote(first)} and {quote(name)} are mapped",
                "keep one of the two",
                later.place("targetAttributeName"),
                related=(Related("the first mapping", written[0].place("targetAttributeName")),),
            )
    for each in unit.attribute_mappings:
        name = each.mapping.target_attribute_name
        if name in application.users_create_only and each.mapping.flow_type == "Always":
            yield Finding(
                f"{quote(application.name)} takes {quote(name)} on creation only since 2020-06-16,"
                " and this mapping is applied always",
                "set `flowType` to `ObjectAddOnly`",
                each.place("targetAttributeName"),
                severity=NOTE,
            )


def _missing(unit: ObjectMappingUnit, application: Application) -> Iterator[Finding]:
    schema = unit.rule.schema
    whole = schema.configuration.document.shape.startswith(WHOLE)
    damaged = whole and schema.schema.fragment
    if damaged or not unit.attribute_mappings:
        return
    mapped = {each.mapping.target_attribute_name.lower() for each in unit.attribute_mappings}
    missing = [name for name in application.users_required if name.lower() not in mapped]
    if missing:
        yield Finding(
            f"{quote(application.name)} refuses users without {alternatives(missing, 'and')}, and"
            " no mapping writes them"
            if len(missing) > 1
            else f"{quote(application.name)} refuses users without {quote(missing[0])}, and no"
            " mapping writes it",
            f"map {alternatives(missing, 'and')}",
            unit.place("attributeMappings")._replace(part="key"),
            severity=ERROR,
        )


def _begins(unit: AttributeMappingUnit, start: str) -> bool:
    name = unit.mapping.target_attribute_name.lower()
    return name == start.lower() or name.startswith((f"{start.lower()}[", f"{start.lower()}."))


RULES = (
    Rule(MATCHING, "object-mapping", matching),
    Rule(ATTRIBUTES, "object-mapping", attributes),
)

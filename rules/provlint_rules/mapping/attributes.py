"""Source attributes that a mapping reads, directly or in its expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING, Fix, Place, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import did_you_mean, nearest, quote
from provlint_grammar.syntax import Attribute, attributes
from provlint_rules import sources
from provlint_rules.expression.inferred import results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit

UNKNOWN_SOURCE = RuleInfo(
    "PL401", "unknown-source-attribute", "A mapping reads an attribute that the source lacks",
    ERROR, sources.CUSTOMIZE, fixable=True,
)  # fmt: skip
UNAVAILABLE_SOURCE = RuleInfo(
    "PL402", "unavailable-source-attribute", "Entra ID does not offer this attribute as a source",
    ERROR, sources.KNOWN_ISSUES,
)  # fmt: skip
PHOTO = RuleInfo(
    "PL415", "photo-mapping", "A photo is mapped, which provisioning does not support", WARNING,
    sources.CUSTOMIZE,
)  # fmt: skip
RAW_ROLES = RuleInfo(
    "PL414", "raw-app-role-assignments", "Role assignments are mapped without a role function",
    ERROR, sources.CUSTOMIZE,
)  # fmt: skip

UNAVAILABLE = {
    "samaccountname": "map `onPremisesSamAccountName`, or bring it into a directory extension",
    "usertype": "compute the type upstream, or map a directory extension",
}
"""Names, in lower case, that known-issues lists as no source attributes of Entra ID."""

GRAPH_NAMES = {
    "id": "objectId",
    "mobilePhone": "mobile",
    "businessPhones": "telephoneNumber",
    "officeLocation": "physicalDeliveryOfficeName",
    "faxNumber": "facsimileTelephoneNumber",
    "onPremisesSyncEnabled": "dirSyncEnabled",
    "onPremisesImmutableId": "immutableId",
    "deletedDateTime": "deletionTimestamp",
}
"""Names of Microsoft Graph users to the names that provisioning uses."""

PHOTOS = frozenset({"thumbnailphoto", "photo", "jpegphoto"})


def read_places(unit: AttributeMappingUnit) -> Iterator[tuple[str, Place, Place | None]]:
    """Each source attribute that the mapping reads, where, and where its bare name stands.

    The last is None where a rename would have to touch two places.
    """
    expression = unit.expression
    source = unit.mapping.source
    if expression is not None and expression.tree is not None:
        single = source is None or source.type != "Attribute"
        for node in attributes(expression.tree):
            start, end = node.span
            bare = expression.place(start + 1, end - 1) if single else None
            yield node.name, expression.place(start, end), bare
    elif unit.source_attribute is not None and source is not None:
        place = Place(source.pointer + "/name")
        yield unit.source_attribute, place, place


def unknown_source(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Saving is refused with `SchemaInvalid`; names are case-sensitive."""
    known = unit.parent.source_attributes
    if known is None:
        yield from _graph_names(unit)
        return
    for name, place, bare in read_places(unit):
        if name in known or unavailable_advice(unit, name) is not None:
            continue
        stripped = name.strip()
        near = stripped if stripped in known else nearest(name, known)
        fix = None
        if near is not None and near.casefold() == stripped.casefold():
            message = (
                f"attribute {quote(name)} is spelt {quote(near)} in the source, case counts"
                if stripped == name
                else f"attribute `[{name}]` has blanks inside its brackets"
            )
            if bare is not None:
                fix = Fix(f"write {quote(near)}", (TextEdit(bare, near),))
        else:
            owner = unit.parent.mapping.source_object_name
            of = f"the source object {quote(owner)} has" if owner else "the source has"
            message = f"{of} no attribute {quote(name)}"
        hint = did_you_mean(name, () if near is None else (near,))
        if not hint and GRAPH_NAMES.get(name) in known:
            hint = f"write {quote(GRAPH_NAMES[name])}, its name in provisioning"
        yield Finding(
            message, hint or "add the attribute to the schema, or map another one", place, fix=fix
        )


def _graph_names(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Names that the source surely lacks, although the file does not say what it has."""
    parent = unit.parent
    people = parent.maps_users or not parent.mapping.source_object_name
    if parent.rule.source_system != "entra" or not people:
        return
    for name, place, bare in read_places(unit):
        written = GRAPH_NAMES.get(name)
        if written is None or name == "id":
            continue
        yield Finding(
            f"{quote(name)} is the name in Microsoft Graph; provisioning calls the attribute"
            f" {quote(written)}",
            f"write {quote(written)}",
            place,
            severity=WARNING,
            fix=Fix(f"write {quote(written)}", (TextEdit(bare, written),), "unsafe")
            if bare is not None
            else None,
        )


def unavailable_advice(unit: AttributeMappingUnit, name: str) -> str | None:
    """What to do instead of an attribute that Entra ID does not offer; None when it does."""
    if unit.parent.rule.source_system != "entra" or name in (unit.parent.source_attributes or ()):
        return None
    return UNAVAILABLE.get(name.lower())


def unavailable_source(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Some attributes are visible in Entra ID and still no source attributes."""
    for name, place, _ in read_places(unit):
        advice = unavailable_advice(unit, name)
        if advice is not None:
            yield Finding(
                f"{quote(name)} is not available as a source attribute of Entra ID", advice, place
            )


def photo(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Photos are binary and are not provisioned, but for cloud sync from Active Directory."""
    if unit.parent.rule.source_system != "entra" and not unit.parent.rule.from_hr:
        return
    for name, place, _ in read_places(unit):
        if name.lower() in PHOTOS:
            yield Finding(f"{quote(name)} cannot be provisioned", "remove the mapping", place)


def raw_roles(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The raw attribute is a structure that no application understands."""
    expression = unit.expression
    places = [place for name, place, _ in read_places(unit) if name == "appRoleAssignments"]
    if expression is not None and expression.tree is not None and places:
        raw = [node for node in results(expression.tree) if isinstance(node, Attribute)]
        places = [expression.place(*each.span) for each in raw if each.name == "appRoleAssignments"]
    for place in places:
        yield Finding(
            "`appRoleAssignments` is mapped directly, which sends its raw structure",
            "use `SingleAppRoleAssignment([appRoleAssignments])` for one role, or"
            " `AssertiveAppRoleAssignmentsComplex([appRoleAssignments])` for several",
            place,
        )


RULES = (
    Rule(UNKNOWN_SOURCE, "attribute-mapping", unknown_source),
    Rule(UNAVAILABLE_SOURCE, "attribute-mapping", unavailable_source),
    Rule(RAW_ROLES, "attribute-mapping", raw_roles),
    Rule(PHOTO, "attribute-mapping", photo),
)

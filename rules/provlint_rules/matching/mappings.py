"""The matching attributes of an object mapping, together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import counted, quote
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit

NONE = RuleInfo(
    "PL201", "no-matching-attribute", "An object mapping has no matching attribute", ERROR,
    sources.CUSTOMIZE,
)  # fmt: skip
EQUAL_PRIORITIES = RuleInfo(
    "PL202", "equal-matching-priorities", "Two matching attributes have one priority", WARNING,
    sources.ATTRIBUTE_MAPPING,
)  # fmt: skip
TOO_MANY = RuleInfo(
    "PL209", "many-matching-attributes", "An object mapping has more than two matching attributes",
    NOTE, sources.CUSTOMIZE,
)  # fmt: skip
FIXED = RuleInfo(
    "PL214", "changed-fixed-matching", "The matching attribute is fixed by the service", ERROR,
    sources.CROSS_TENANT,
)  # fmt: skip
NOT_JOINING = RuleInfo(
    "PL215", "successfactors-matching", "A SuccessFactors rule does not match on personIdExternal",
    WARNING, sources.SUCCESSFACTORS,
)  # fmt: skip

FIXED_MATCHING = {"azure2azure": "alternativeSecurityIdentifier"}
"""Template id in lower case to the one target attribute that it matches on."""

NEVER_FIXED = frozenset(
    {"mail", "userprincipalname", "originaluserprincipalname", "displayname", "employeeid",
     "mailnickname", "othermails", "proxyaddresses"}
)  # fmt: skip
"""Source attributes, in lower case, that the service never fills a fixed matching attribute from.

From which it does is documented nowhere.
"""


def none(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Without a matching attribute the service cannot find anybody in the target."""
    mapping = unit.mapping
    if not mapping.source_object_name or not mapping.enabled or not mapping.attribute_mappings:
        return
    if not unit.matching:
        name = f" {quote(mapping.name)}" if mapping.name else ""
        yield Finding(
            f"no attribute mapping of the object mapping{name} has a `matchingPriority` above 0",
            "set `matchingPriority` to 1 on the mapping of an attribute that is unique in the"
            " target",
            unit.place("attributeMappings")._replace(part="key"),
        )


def equal_priorities(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """The service tries the lowest priority first; of equals the order is undefined."""
    first: dict[int, AttributeMappingUnit] = {}
    for found in unit.matching:
        priority = found.mapping.matching_priority
        if priority not in first:
            first[priority] = found
            continue
        other = first[priority]
        yield Finding(
            f"matching attributes {quote(other.mapping.target_attribute_name)} and"
            f" {quote(found.mapping.target_attribute_name)} both have priority {priority}, so"
            " their order is undefined",
            "give each matching attribute a priority of its own",
            found.place("matchingPriority"),
            related=(Related("the other one", other.place("matchingPriority")),),
        )


def too_many(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Each costs a query per user, and each can link the wrong account."""
    matching = unit.matching
    if len(matching) > 2:
        yield Finding(
            f"{counted(len(matching), 'matching attribute')}: each one is a query for every user,"
            " and each may link a wrong account",
            "keep one or two that are unique and never change",
            matching[2].place("matchingPriority"),
        )


def fixed(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Cross-tenant synchronization refuses any other matching attribute with `schemaInvalid`."""
    wanted = FIXED_MATCHING.get(unit.rule.schema.template_id.lower())
    if wanted is None or not unit.maps_users:
        return
    for found in unit.matching:
        if found.mapping.target_attribute_name != wanted:
            yield Finding(
                f"cross-tenant synchronization matches on {quote(wanted)} only, and"
                f" {quote(found.mapping.target_attribute_name)} has a matching priority",
                f"restore the default: match on {quote(wanted)} alone",
                found.place("matchingPriority"),
            )
            continue
        names = [name for name in found.source_attributes if name.lower() in NEVER_FIXED]
        if names:
            yield Finding(
                f"cross-tenant synchronization fills {quote(wanted)} itself, and it is mapped from"
                f" {quote(names[0])}",
                f"restore the default: match on {quote(wanted)} alone",
                found.place("source/name"),
            )


def not_joining(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Pre-hires are found only through `personIdExternal`."""
    if unit.rule.source_system != "successfactors" or not unit.matching:
        return
    if not any("personIdExternal" in found.source_attributes for found in unit.matching):
        first = unit.matching[0]
        yield Finding(
            "no matching attribute reads `personIdExternal`, so SuccessFactors does not return"
            " future hires",
            "match on the attribute that `personIdExternal` is mapped to",
            first.place("matchingPriority"),
        )


RULES = (
    Rule(NONE, "object-mapping", none),
    Rule(EQUAL_PRIORITIES, "object-mapping", equal_priorities),
    Rule(TOO_MANY, "object-mapping", too_many),
    Rule(FIXED, "object-mapping", fixed),
    Rule(NOT_JOINING, "object-mapping", not_joining),
)

"""Single matching attributes: are they unique, stable, and can the target be asked for them?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Place
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import alternatives, quote
from provlint_grammar.syntax import calls
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit

SEVERAL_SOURCES = RuleInfo(
    "PL203", "matching-over-several-sources", "A matching attribute combines source attributes",
    ERROR, sources.CUSTOMIZE,
)  # fmt: skip
NOT_UNIQUE = RuleInfo(
    "PL204", "non-unique-matching", "People share the values of a matching attribute", ERROR,
    sources.PROVISIONING_LOGS,
)  # fmt: skip
MUTABLE = RuleInfo(
    "PL205", "mutable-matching", "The only matching attribute changes when people do", WARNING,
    sources.CUSTOMIZE, confidence="medium",
)  # fmt: skip
UNSTABLE = RuleInfo(
    "PL206", "unstable-matching-expression", "A matching value differs at every evaluation", ERROR,
    sources.CUSTOMIZE,
)  # fmt: skip
CONSTANT = RuleInfo(
    "PL207", "constant-matching", "A matching attribute has one value for everybody", ERROR,
    sources.CUSTOMIZE,
)  # fmt: skip
EXPRESSION = RuleInfo(
    "PL208", "matching-by-expression", "A matching value is computed, and the target must agree",
    NOTE, sources.CUSTOMIZE,
)  # fmt: skip
NOT_FILTERABLE = RuleInfo(
    "PL210", "unfilterable-matching-target", "The target cannot be searched by this attribute",
    ERROR, sources.HR_UPDATES,
)  # fmt: skip
FLOWS_NULL = RuleInfo(
    "PL211", "matching-with-null-flow", "A matching or needed attribute may be cleared", WARNING,
    sources.CLEAR_VALUES,
)  # fmt: skip
WRONG_TYPE = RuleInfo(
    "PL213", "matching-type", "A matching attribute is of a type that nothing is found by", ERROR,
    sources.CUSTOMIZE,
)  # fmt: skip

NICKNAME = RuleInfo(
    "PL216", "nickname-as-user-name", "The user name is a nickname, which two domains may share",
    WARNING, sources.CUSTOMIZE, confidence="medium",
)  # fmt: skip

SHARED = frozenset(
    {"displayname", "givenname", "surname", "sn", "department", "jobtitle", "title", "city", "l",
     "country", "co", "c", "state", "companyname", "company", "physicaldeliveryofficename",
     "employeetype", "usagelocation", "preferredlanguage", "postalcode", "streetaddress",
     "accountenabled", "issoftdeleted", "usertype", "costcenter", "division", "manager",
     "telephonenumber", "facsimiletelephonenumber", "firstname", "lastname", "fullname"}
)  # fmt: skip
"""Source attributes, in lower case, whose values people share."""

CHANGEABLE = {
    "mailnickname": (WARNING, "it changes with the name and may stand in two domains"),
    "nickname": (WARNING, "it changes with the name and may stand in two domains"),
    "mail": (NOTE, "it is empty without a mailbox and changes with the name"),
    'emails[type eq "work"].value': (NOTE, "it changes with the name"),
    "email": (NOTE, "it changes with the name"),
    "emailaddresswork": (NOTE, "it changes with the name"),
    "workemail": (NOTE, "it changes with the name"),
}
"""Source attributes, in lower case, that change or are not unique; why, and how bad that is."""

NEEDED = {
    "active-directory": frozenset({"cn", "samaccountname", "parentdistinguishedname"}),
    "entra": frozenset({"userprincipalname", "displayname", "mailnickname", "accountenabled"}),
}
"""Target system to the attributes, in lower case, without which it creates nobody."""

NONDETERMINISTIC = frozenset({"guid", "randomstring", "now"})


def _priority(unit: AttributeMappingUnit) -> Place:
    return unit.place("matchingPriority")


def several_sources(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Saving is refused: "Joining property ... has more than one SourceName"."""
    if unit.mapping.matching_priority < 1 or unit.expression is None:
        return
    names = unit.source_attributes
    if len(names) > 1:
        yield Finding(
            f"a matching attribute cannot combine {alternatives(names, 'and')}: the service"
            " refuses more than one source attribute",
            "match on one source attribute, or store the combined value in an attribute upstream",
            unit.expression.place(),
        )


def not_unique(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Two people with one value: the service links the wrong one, or fails for both."""
    if unit.mapping.matching_priority < 1 or unit.parent.maps_groups:
        return
    names = unit.source_attributes
    if len(names) == 1 and names[0].lower() in SHARED:
        yield Finding(
            f"{quote(names[0])} is not unique: people who share a value are linked to one account,"
            " or fail with `DuplicateTargetEntries`",
            "match on an attribute that is unique and never changes, such as `employeeId`,"
            " `objectId` or `userPrincipalName`",
            _priority(unit),
            severity=WARNING if names[0].lower() == "displayname" else None,
        )


def mutable(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """After a rename nobody is found, and a second account is created."""
    if unit.mapping.matching_priority < 1 or unit.parent.maps_groups:
        return
    names = unit.source_attributes
    if len(names) != 1 or len(unit.parent.matching) > 1:
        return
    known = CHANGEABLE.get(names[0].lower())
    if known is not None:
        severity, why = known
        yield Finding(
            f"{quote(names[0])} is the only matching attribute, and {why}",
            "match on `userPrincipalName`, or add one that never changes, such as `objectId` or"
            " `employeeId`",
            _priority(unit),
            severity=severity,
        )


def nickname(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The part before the at sign is unique in one domain only."""
    rule = unit.parent.rule
    if rule.source_system != "entra" or rule.target_system != "application":
        return
    is_user_name = unit.mapping.target_attribute_name.lower() == "username"
    if unit.mapping.matching_priority > 0 and len(unit.parent.matching) == 1:
        return  # `mutable-matching` says so
    if is_user_name and unit.source_attribute == "mailNickname":
        yield Finding(
            "the user name is taken from `mailNickname`, which two people may share when they are"
            " in different domains",
            "take `userPrincipalName`",
            unit.place("source/name"),
        )


def unstable(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """A value that is new each time matches nobody: every cycle creates accounts."""
    expression = unit.expression
    if unit.mapping.matching_priority < 1 or expression is None or expression.tree is None:
        return
    for call in calls(expression.tree):
        if call.name.lower() in NONDETERMINISTIC:
            yield Finding(
                f"{quote(call.name)} gives another value at every evaluation, so the matching"
                " attribute finds nobody",
                "match on an attribute of the user",
                expression.place(*call.name_span),
            )


def constant(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """One value for everybody finds one account for everybody."""
    mapping = unit.mapping
    if mapping.matching_priority < 1:
        return
    if mapping.source is None:
        yield Finding(
            f"the matching attribute {quote(mapping.target_attribute_name)} has no source",
            "map it from an attribute that is unique",
            _priority(unit),
        )
        return
    expression = unit.expression
    if expression is not None:
        valid = not expression.parsed.problems and expression.tree is not None
        if not valid or unit.source_attributes or _named(unit, NONDETERMINISTIC):
            return
    elif mapping.source.type != "Constant":
        return
    yield Finding(
        f"the matching attribute {quote(mapping.target_attribute_name)} has the same value for"
        " everybody",
        "map it from an attribute that is unique",
        _priority(unit),
    )


def _named(unit: AttributeMappingUnit, names: frozenset[str]) -> bool:
    tree = unit.expression.tree if unit.expression is not None else None
    return tree is not None and any(call.name.lower() in names for call in calls(tree))


def expression(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The target must hold the computed value; account discovery needs a direct mapping."""
    found = unit.expression
    if unit.mapping.matching_priority < 1 or found is None or found.tree is None:
        return
    call = next(calls(found.tree), None)
    if call is not None and len(unit.source_attributes) == 1:
        yield Finding(
            f"the matching value of {quote(unit.mapping.target_attribute_name)} is computed: it"
            " finds only accounts that hold exactly the result",
            "check that the target stores the same form, or match directly",
            found.place(),
        )


def not_filterable(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Entra ID does not support `$filter` on extensionAttribute1 to 15 for matching."""
    name = unit.mapping.target_attribute_name
    if unit.mapping.matching_priority < 1 or unit.parent.rule.target_system != "entra":
        return
    if re.fullmatch(r"(?i)(?:onPremisesExtensionAttributes\.)?extensionAttribute\d+", name):
        yield Finding(
            f"Entra ID cannot be searched by {quote(name)}, so the match step fails",
            "match on `employeeId`, or another attribute that Entra ID can filter on",
            unit.place("targetAttributeName"),
        )


def flows_null(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Microsoft advises against null flow on attributes that match or that creation needs."""
    rule = unit.parent.rule
    if not rule.from_hr:
        return
    target = unit.mapping.target_attribute_name
    if unit.mapping.matching_priority > 0:
        why = "it is a matching attribute"
    elif unit.source_attribute and target.lower() in NEEDED.get(rule.target_system, ()):
        why = f"nobody is created without {quote(target)}"
    else:
        return
    attributes = unit.parent.source_attributes or {}
    for name in unit.source_attributes:
        definition = attributes.get(name)
        if definition is not None and definition.flow_null_values:
            yield Finding(
                f"{quote(name)} lets null values flow, and {why}",
                "set `flowNullValues` to false on the source attribute",
                Place(definition.pointer + "/flowNullValues"),
            )


def wrong_type(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Only text and numbers identify anybody."""
    target = unit.target
    if unit.mapping.matching_priority < 1 or target is None:
        return
    if target.multivalued or target.type in ("Boolean", "DateTime", "Reference"):
        kind = "multi-valued" if target.multivalued else f"of type {target.type}"
        yield Finding(
            f"the matching attribute {quote(target.name)} is {kind}",
            "match on a single-valued attribute of type String or Integer",
            unit.place("targetAttributeName"),
        )


RULES = (
    Rule(SEVERAL_SOURCES, "attribute-mapping", several_sources),
    Rule(NOT_UNIQUE, "attribute-mapping", not_unique),
    Rule(MUTABLE, "attribute-mapping", mutable),
    Rule(NICKNAME, "attribute-mapping", nickname),
    Rule(UNSTABLE, "attribute-mapping", unstable),
    Rule(CONSTANT, "attribute-mapping", constant),
    Rule(EXPRESSION, "attribute-mapping", expression),
    Rule(NOT_FILTERABLE, "attribute-mapping", not_filterable),
    Rule(FLOWS_NULL, "attribute-mapping", flows_null),
    Rule(WRONG_TYPE, "attribute-mapping", wrong_type),
)

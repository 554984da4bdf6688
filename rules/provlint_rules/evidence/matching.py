"""Matching attributes, seen over the users in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import ERROR, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.evidence import (
    MatchesOf,
    ScopeOf,
    SharedBy,
    SharedInTarget,
    Unmatchable,
    ValuesWith,
)
from provlint.wording import alternatives, counted, quote
from provlint_grammar.syntax import calls
from provlint_rules import sources
from provlint_rules.evidence_wording import of_users, such_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.rule import Need
    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint.semantics.evidence import Question

USERS: tuple[Need, ...] = ("configuration", "users")

NO_VALUE = RuleInfo(
    "PL711", "empty-matching-value", "Users in scope have no value to be matched by", WARNING,
    sources.ON_DEMAND, needs=USERS,
)  # fmt: skip
SHARED = RuleInfo(
    "PL712", "shared-matching-value", "Users in scope share a value that must be one user's own",
    ERROR, sources.PROVISIONING_LOGS, needs=USERS,
)  # fmt: skip
SPECIAL = RuleInfo(
    "PL713", "special-matching-characters", "Matching values hold characters that break the search",
    WARNING, sources.KNOWN_ISSUES, needs=USERS,
)  # fmt: skip

IN_TARGET = RuleInfo(
    "PL714", "shared-target-value", "Accounts share a value that must find one of them", ERROR,
    sources.PROVISIONING_LOGS, needs=(*USERS, "targets"),
)  # fmt: skip
NOT_FOUND = RuleInfo(
    "PL715", "accounts-not-matched", "Matching misses people who have an account already", WARNING,
    sources.UNMATCHED_USERS, needs=(*USERS, "targets"),
)  # fmt: skip

SPECIAL_CHARACTERS = """[#%&+'"\\\\]"""
"""What breaks the query for an account, as known issues tell."""


def _asks_scope(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    yield ScopeOf(unit.mapping.pointer)
    yield Unmatchable(unit.mapping.pointer)


def no_value(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Who has no matching value is skipped before the scope is looked at."""
    evidence = unit.evidence
    if evidence is None or not unit.matching:
        return
    found = evidence.answer(Unmatchable(unit.mapping.pointer))
    results = evidence.answer(ScopeOf(unit.mapping.pointer))
    if found is None or results is None or not found.number:
        return
    first = unit.matching[0]
    sources_of = [each.source_attribute for each in unit.matching]
    names = [name for name in sources_of if name is not None]
    what = (
        f"{alternatives(names, 'and')} {'is' if len(names) == 1 else 'are'} empty"
        if len(names) == len(sources_of)
        else "no matching attribute has a value"
    )
    advice = "match by an attribute that everybody has, or fill the missing values"
    if names == ["mail"]:
        advice = "match by `userPrincipalName`; `mail` is empty without a mailbox"
    everybody = found.number == results.in_scope
    yield Finding(
        f"{what} for {of_users(found.number, results.in_scope)} in scope, who"
        f" {'is' if found.number == 1 else 'are'} skipped{such_as(found)}",
        advice,
        first.source_place,
        severity=ERROR if everybody else None,
    )


UNIQUE = frozenset(
    {("active-directory", "samaccountname"), ("active-directory", "userprincipalname"),
     ("entra", "userprincipalname"), ("application", "username")}
)  # fmt: skip
"""Target systems and attributes, in lower case, whose values are one account's own."""

MATCH_BY_UNIQUE = (
    "match by an attribute that is unique, such as `objectId` or `employeeId`, or clean the data"
)


def _asks_values(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if unit.mapping.matching_priority > 0:
        yield ValuesWith(unit.mapping.pointer, SPECIAL_CHARACTERS)


def _finds_guests(unit: AttributeMappingUnit) -> bool:
    """Whether this is the address that users are found by between tenants, whatever matches."""
    rule = unit.parent.rule
    return rule.source_system == rule.target_system == "entra" and unit.source_attribute == "mail"


def _is_unique(unit: AttributeMappingUnit) -> bool:
    """Whether two accounts of the target never have one value, though it is not matched by."""
    target = unit.mapping.target_attribute_name.lower()
    if (unit.parent.rule.target_system, target) not in UNIQUE or not unit.parent.maps_users:
        return False
    tree = unit.expression.tree if unit.expression is not None else None
    return tree is None or all(call.name.lower() != "selectuniquevalue" for call in calls(tree))


def _asks_shared(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if unit.mapping.matching_priority > 0 or _finds_guests(unit) or _is_unique(unit):
        yield SharedBy(unit.mapping.pointer)


def shared(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Two users with one value are linked to one account, or fail with DuplicateSourceEntries."""
    evidence = unit.parent.evidence
    if evidence is None or not list(_asks_shared(unit)):
        return
    found = evidence.answer(SharedBy(unit.mapping.pointer))
    if found is None or not found.values.number:
        return
    target = quote(unit.mapping.target_attribute_name)
    if unit.mapping.matching_priority > 0:
        what, outcome, advice = f"the matching attribute {target}", "", MATCH_BY_UNIQUE
    elif _finds_guests(unit):
        what, outcome, advice = "`mail`", ", who are linked to one guest", MATCH_BY_UNIQUE
    else:
        what, outcome = target, ", and the target takes it once"
        advice = "build it from what is unique, or clean the data"
    yield Finding(
        f"{counted(found.values.number, 'value')} of {what}"
        f" {'is' if found.values.number == 1 else 'are'} shared by"
        f" {counted(found.owners, 'user')} in scope{outcome}{such_as(found.values)}",
        advice,
        unit.source_place,
    )


def special(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The value stands in a filter of the query for the account."""
    evidence = unit.parent.evidence
    if evidence is None or unit.mapping.matching_priority <= 0:
        return
    found = evidence.answer(ValuesWith(unit.mapping.pointer, SPECIAL_CHARACTERS))
    if found is None or not found.number:
        return
    yield Finding(
        f"{counted(found.number, 'user')} in scope {'has' if found.number == 1 else 'have'} a"
        f" special character in the value that {quote(unit.mapping.target_attribute_name)} is"
        f" matched by{such_as(found)}",
        "match by another attribute, or clean the values; the search for such an account may fail",
        unit.source_place,
    )


def _asks_target(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if unit.mapping.matching_priority > 0:
        yield SharedInTarget(unit.mapping.pointer)


def in_target(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """More than one hit is DuplicateTargetEntries, and the user is never updated."""
    evidence = unit.parent.evidence
    if evidence is None or unit.mapping.matching_priority <= 0:
        return
    found = evidence.answer(SharedInTarget(unit.mapping.pointer))
    if found is None or not found.values.number:
        return
    one = found.values.number == 1
    yield Finding(
        f"{counted(found.values.number, 'value')} of {quote(unit.mapping.target_attribute_name)}"
        f" {'is' if one else 'are'} shared by {counted(found.owners, 'account')} in the target,"
        f" and their users are never updated{such_as(found.values)}",
        "clean the target, or match by another attribute",
        unit.place("targetAttributeName"),
    )


def _asks_matches(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    yield MatchesOf(unit.mapping.pointer)


def not_found(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Who is not found is created, although the target knows the person by another name."""
    found = unit.evidence.answer(MatchesOf(unit.mapping.pointer)) if unit.evidence else None
    if found is None or not found.accounts or not unit.matching:
        return
    missed = found.raw if found.raw.number >= found.similar.number else found.similar
    if not missed.number:
        return
    place = unit.matching[0].source_place
    hits = f"matching finds an account for {found.found:,} of {counted(found.users, 'user')}"
    severity = ERROR if missed.number * 2 > found.users else None
    whom = f"{missed.number:,} {'other' if missed.number == 1 else 'others'}"
    verb = "has" if missed.number == 1 else "have"
    if missed is found.raw:
        yield Finding(
            f"{hits} in scope, and {whom} {verb} one under the plain value that the expression"
            f" changes{such_as(missed)}",
            "match by the attribute itself, or store the computed value in the target first",
            place,
            severity=severity,
        )
        return
    yield Finding(
        f"{hits} in scope, and {whom} {verb} one by the same name:"
        f" {'the user' if missed.number == 1 else 'they'} would get a second one{such_as(missed)}",
        "match by an attribute that both sides have, or fill it in the target before the start",
        place,
        severity=severity,
    )


RULES = (
    Rule(NO_VALUE, "object-mapping", no_value, asks=_asks_scope),
    Rule(SHARED, "attribute-mapping", shared, asks=_asks_shared),
    Rule(SPECIAL, "attribute-mapping", special, asks=_asks_values),
    Rule(IN_TARGET, "attribute-mapping", in_target, asks=_asks_target),
    Rule(NOT_FOUND, "object-mapping", not_found, asks=_asks_matches),
)

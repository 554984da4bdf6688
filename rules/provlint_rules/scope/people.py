"""Clauses that are right in themselves, and let in or keep out other people than was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.filters import asks_scope
from provlint.semantics.systems import ALWAYS_PRESENT
from provlint.wording import quote
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from provlint.semantics.configuration import ClauseUnit
    from provlint.semantics.evidence import Question

NULLABLE_NEGATION = RuleInfo(
    "PL122", "nullable-negation", "A negative clause is also about users without a value", NOTE,
    sources.SCOPING, confidence="medium",
)  # fmt: skip
ALWAYS_TRUE = RuleInfo(
    "PL124", "constant-clause", "A clause is true for every object", NOTE, sources.SCOPING,
    confidence="medium",
)  # fmt: skip
LEAVERS = RuleInfo(
    "PL129", "leavers-out-of-scope", "A filter on an HR source drops the leavers", WARNING,
    sources.PLAN_HR, confidence="medium",
)  # fmt: skip
UNREAD = RuleInfo(
    "PL131", "unread-filter-attribute", "A filter tests an attribute that may not be read", NOTE,
    sources.SUCCESSFACTORS, confidence="medium",
)  # fmt: skip
GROUP_IN_FILTER = RuleInfo(
    "PL130", "group-in-user-filter", "A user filter tests an object id, as if it were a group's",
    NOTE, sources.GROUPS_IN_FILTERS_THREAD, confidence="low",
)  # fmt: skip

GUEST_MARK_TESTED = RuleInfo(
    "PL134", "guest-mark-in-filter", "A filter looks for a part of guests' names that is stripped",
    NOTE, sources.HOW_PROVISIONING_WORKS, confidence="medium",
)  # fmt: skip

ALWAYS_READ = frozenset({"personIdExternal", "userId", "perPersonUuid"})
"""SuccessFactors attributes that are read without a mapping."""

LEAVER_ATTRIBUTES = frozenset(
    {"active", "isactive", "workerstatus", "employmentstatus", "emplstatus", "status",
     "statusterminated", "terminated", "workerisactive", "activestatus",
     "activeemploymentscount"}
)  # fmt: skip
"""Names, in lower case, of HR attributes that tell who has left."""

LEAVING_DATES = frozenset(
    {"statusterminationdate", "statusterminationlastdayofwork", "terminationdate", "enddate",
     "latestterminationdate", "lastdayofwork", "lastdateworked"}
)  # fmt: skip
"""Names, in lower case, of HR attributes that only somebody who leaves has."""

LEFT = frozenset({"t", "terminated", "inactive", "left", "0", "false", "d", "discarded", "r"})
"""Values, in lower case, that HR sources give to those who have left."""


def nullable_negation(unit: ClauseUnit) -> Iterator[Finding]:
    """Users without a value fail a negative clause, too, as documented; exports show otherwise."""
    known = find_operator(unit.clause.operator_name)
    if known is None or not known.negative or unit.group.filter_set != "groups":
        return
    if known.name == "IS NOT NULL" or known.null_documented == "true":
        return
    if unit.results is not None:
        return  # told by the rule on empty values, with their number
    name = unit.clause.source_operand_name
    attribute = unit.attribute
    given = attribute is not None and (attribute.required or attribute.anchor)
    if given or name in ALWAYS_PRESENT:
        return
    settled = {"IS NULL", "IS NOT NULL"}
    for group in unit.group.scope.groups:
        for other in group.clauses:
            other_known = find_operator(other.clause.operator_name)
            same = other.clause.source_operand_name == name and other_known is not None
            if same and other_known is not None and other_known.name in settled:
                return
    yield Finding(
        f"a user without {quote(name)} fails {quote(known.name)} as documented, although the"
        " clause reads as if such users pass",
        f"add a group with `{name} IS NULL` to admit them, or a clause `{name} IS NOT NULL` to"
        " say that they are meant to stay out",
        unit.operator_place(),
        contested="null-with-negative-operators",
    )


def always_true(unit: ClauseUnit) -> Iterator[Finding]:
    """`IS NOT NULL` on an attribute that no object lacks tests nothing."""
    known = find_operator(unit.clause.operator_name)
    if known is None or unit.group.filter_set != "groups":
        return
    name = unit.clause.source_operand_name
    alone = len(unit.group.clauses) == 1
    severity = WARNING if alone and len(unit.group.scope.groups) > 1 else None
    present = _is_always_present(unit)
    if known.name == "REGEX MATCH" and _matches_every_value(unit):
        assert unit.clause.values
        yield Finding(
            f"the pattern {quote(unit.clause.values[0])} matches every value, so the clause only"
            f" asks whether {quote(name)} has one",
            "write `IS NOT NULL`, or a pattern that some values fail",
            unit.value_place(),
            severity=severity if present else None,
        )
    if known.name != "IS NOT NULL":
        return
    if present:
        yield Finding(
            f"every object has {quote(name)}, so the clause admits everybody"
            if alone
            else f"every object has {quote(name)}, so the clause tests nothing",
            "test an attribute that some objects lack, or delete the clause",
            unit.operator_place(),
            severity=severity,
        )


def _is_always_present(unit: ClauseUnit) -> bool:
    attribute = unit.attribute
    anchor = attribute is not None and attribute.anchor
    rule = unit.object_mapping.rule
    if rule.source_system == "entra":
        return anchor or unit.clause.source_operand_name in ALWAYS_PRESENT
    # The schema of Entra ID calls even `preferredLanguage` required.
    return anchor or (rule.from_hr and attribute is not None and attribute.required)


def _matches_every_value(unit: ClauseUnit) -> bool:
    """Whether nobody who has a value fails a pattern."""
    values = unit.clause.values
    if not values or not any(map(_may_match_everything, values)):
        return False
    from provlint_rules.scope.groups import analysed

    analysis, group = analysed(unit.group)
    number = unit.group.clauses.index(unit)
    if number not in group.places:
        return False
    clause = group.clauses[group.places.index(number)]
    return analysis.cover([group._replace(clauses=(clause,))]) is not None


def _may_match_everything(pattern: str) -> bool:
    """Whether a pattern names no character, or leaves an alternative empty."""
    if not re.search(r"[A-Za-z0-9@]", re.sub(r"\\.", "", pattern)):
        return True
    return any(empty in f"({pattern})" for empty in ("(|", "||", "|)"))


def _drops_leavers(unit: ClauseUnit) -> bool:
    known = find_operator(unit.clause.operator_name)
    name = unit.clause.source_operand_name.lower().replace("_", "")
    operator = known.name if known is not None else ""
    if operator == "IS NULL":
        return name in LEAVING_DATES
    if operator == "IS NOT NULL" or name not in LEAVER_ATTRIBUTES:
        return False
    # `^(A|U|T)$` names those who left, so that they stay in scope.
    pattern = "|".join(unit.clause.values or ()).lower()
    letters = "".join(re.findall(r"\[([^\]^]+)\]", pattern))
    kept = LEFT.intersection([*letters, *re.findall(r"[a-z0-9]+", pattern)])
    return operator != "REGEX MATCH" or not kept


def leavers(unit: ClauseUnit) -> Iterator[Finding]:
    """A leaver who is out of scope gets no last update, and with a skip flag stays enabled."""
    if not unit.object_mapping.rule.from_hr or unit.group.filter_set != "groups":
        return
    name = unit.clause.source_operand_name
    if not _drops_leavers(unit):
        return
    evidence = unit.object_mapping.evidence
    secrets = evidence.secrets if evidence is not None else None
    skips = secrets is not None and secrets.skip_out_of_scope_deletions
    yield Finding(
        f"the filter on {quote(name)} takes leavers out of scope before they are disabled"
        + (", and with `SkipOutOfScopeDeletions` they stay enabled" if skips else ""),
        "keep leavers in scope, and let the mapping of the account status disable them",
        unit.attribute_place(),
        severity=ERROR if skips else None,
    )


def unread(unit: ClauseUnit) -> Iterator[Finding]:
    """SuccessFactors is asked for the entities that mapped attributes need, and for few others."""
    parent = unit.object_mapping
    if parent.rule.source_system != "successfactors" or unit.group.filter_set != "groups":
        return
    name = unit.clause.source_operand_name
    read = {each for mapping in parent.attribute_mappings for each in mapping.source_attributes}
    known = parent.source_attributes
    if known is not None and name not in known:
        return  # `unknown-filter-attribute` says so
    if name and name not in read and name not in ALWAYS_READ:
        yield Finding(
            f"no mapping reads {quote(name)}, so SuccessFactors may not send it, and the clause"
            " sees an empty attribute",
            f"map {quote(name)} as well, to a target attribute that is free",
            unit.attribute_place(),
        )


def group_in_filter(unit: ClauseUnit) -> Iterator[Finding]:
    """The object id of a group in a filter on users admits nobody."""
    known = find_operator(unit.clause.operator_name)
    if known is None or known.name != "EQUALS" or not unit.object_mapping.maps_users:
        return
    if unit.clause.source_operand_name != "objectId" or unit.group.filter_set != "groups":
        return
    if unit.results is not None and unit.results.true:
        return  # it is a user's
    group = _named_group(unit)
    named = f"of the group {quote(group)}" if group else "of a group"
    yield Finding(
        "`objectId` is the id of the user: the id of a group here admits nobody"
        if group is None
        else f"the value is the id {named}, and `objectId` is the id of the user, so the clause"
        " admits nobody",
        "assign the group to the application"
        + ("; keep the clause only for one single user" if group is None else ""),
        unit.value_place(),
        severity=None if group is None else ERROR,
    )


def _named_group(unit: ClauseUnit) -> str | None:
    """The group of which the value is the id; empty if its name may not be shown."""
    evidence = unit.object_mapping.evidence
    if evidence is None:
        return None
    from provlint.semantics.evidence import NamedGroup

    return evidence.answer(NamedGroup(unit.clause.pointer))


def _asks_group(unit: ClauseUnit) -> Iterator[Question[Any]]:
    from provlint.semantics.evidence import NamedGroup

    yield from asks_scope(unit)
    if unit.clause.source_operand_name == "objectId" and unit.clause.values:
        yield NamedGroup(unit.clause.pointer)


def guest_mark(unit: ClauseUnit) -> Iterator[Finding]:
    """Mappings get the name of a guest without `#EXT#`; no page says whether filters do."""
    known = find_operator(unit.clause.operator_name)
    if known is None or known.operand not in ("text", "regex"):
        return
    if unit.object_mapping.rule.source_system != "entra":
        return
    if unit.clause.source_operand_name != "userPrincipalName":
        return
    from provlint.semantics.attribute_values import GUEST_MARK

    for index, value in enumerate(unit.clause.values or ()):
        if GUEST_MARK in value.upper().replace("\\", ""):
            yield Finding(
                f"provisioning strips the part from `#EXT#` on of a guest's `userPrincipalName`, so"
                f" this {quote(known.name)} may never see {quote(value)}",
                "test `originalUserPrincipalName`, which keeps that part",
                unit.value_place(index),
                contested="guest-user-principal-name",
            )


RULES = (
    Rule(NULLABLE_NEGATION, "clause", nullable_negation, asks=asks_scope),
    Rule(ALWAYS_TRUE, "clause", always_true),
    Rule(LEAVERS, "clause", leavers),
    Rule(UNREAD, "clause", unread),
    Rule(GUEST_MARK_TESTED, "clause", guest_mark),
    Rule(GROUP_IN_FILTER, "clause", group_in_filter, asks=_asks_group),
)

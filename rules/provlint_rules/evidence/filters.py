"""Scoping filters, seen over the users of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import ERROR, WARNING, Fix, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.evidence import CommonValues, ScopeOf, Spelling, SpellingsOf
from provlint.semantics.filter_clauses import matches
from provlint.semantics.systems import ALWAYS_PRESENT
from provlint.wording import alternatives, counted, nearest, quote
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_rules import sources
from provlint_rules.evidence_wording import of_users, such_as, who
from provlint_rules.scope.operands import speaks_of_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.rule import Need
    from provlint.semantics.configuration import ClauseUnit, FilterGroupUnit, ObjectMappingUnit
    from provlint.semantics.evidence import FilterResults, Question

USERS: tuple[Need, ...] = ("configuration", "users")

NO_USERS = RuleInfo(
    "PL701", "clause-without-users", "A clause of the filter is true for no user", ERROR,
    sources.SCOPING, fixable=True, needs=USERS,
)  # fmt: skip
NOBODY = RuleInfo(
    "PL702", "scope-without-users", "No user passes the scope", ERROR, sources.SCOPING, needs=USERS,
)  # fmt: skip
SPELT_OTHERWISE = RuleInfo(
    "PL703", "value-spelt-otherwise", "Some users have the value in other capitals or blanks",
    WARNING, sources.SCOPING, needs=USERS,
)  # fmt: skip
EVERYBODY = RuleInfo(
    "PL704", "group-for-everybody", "A filter group admits every user, so the others do nothing",
    WARNING, sources.SCOPING, needs=USERS,
)  # fmt: skip
EMPTY = RuleInfo(
    "PL705", "clause-on-empty-values", "A clause decides about users who have no value", WARNING,
    sources.SCOPING, needs=USERS,
)  # fmt: skip

WHOLE = frozenset({"EQUALS", "NOT EQUALS"})
BY_CASE = frozenset({*WHOLE, "REGEX MATCH", "NOT REGEX MATCH", "Includes", "ENDS_WITH"})
"""Operators that mind letter case; the first two compare the whole value with a text."""
MOST_COMMON = 3
"""So many values of the users are named where nothing is near."""


def _asks_of_parent(unit: ClauseUnit | FilterGroupUnit) -> Iterator[Question[Any]]:
    yield ScopeOf(unit.object_mapping.mapping.pointer)


def _asks(unit: ObjectMappingUnit) -> Iterator[Question[Any]]:
    yield ScopeOf(unit.mapping.pointer)


def _asks_values(unit: ClauseUnit) -> Iterator[Question[Any]]:
    yield from _asks_of_parent(unit)
    if _one_value(unit, BY_CASE):
        yield SpellingsOf(unit.clause.pointer)
    if _one_value(unit, WHOLE):
        yield CommonValues(unit.clause.pointer)


def _results(unit: ObjectMappingUnit) -> FilterResults | None:
    """What the scope step gives; None without users."""
    found = unit.evidence.answer(ScopeOf(unit.mapping.pointer)) if unit.evidence else None
    return found if found is not None and found.users else None


def _one_value(unit: ClauseUnit, operators: frozenset[str]) -> bool:
    """Whether the clause has one value, and one of these operators."""
    known = find_operator(unit.clause.operator_name)
    one = len(unit.clause.values or ()) == 1
    return one and known is not None and known.name in operators


def _shown(unit: ClauseUnit) -> str:
    known = find_operator(unit.clause.operator_name)
    operator = known.name if known is not None else unit.clause.operator_name
    value = f' "{unit.clause.values[0]}"' if unit.clause.values else ""
    return quote(f"{unit.clause.source_operand_name} {operator}{value}")


def no_users(unit: ClauseUnit) -> Iterator[Finding]:
    """All clauses of a group must hold, so one that never does makes the group idle."""
    results = _results(unit.object_mapping)
    if results is None or unit.group.filter_set != "groups":
        return
    found = results.clauses.get(unit.clause.pointer)
    if found is None or found.true or speaks_of_value(unit):
        return
    known = find_operator(unit.clause.operator_name)
    if known is None:
        return  # told by the rule on unknown operators
    name, users = unit.clause.source_operand_name, results.users
    severity = None if not results.passing else WARNING
    if found.empty.number == users and known.null_documented != "true":
        yield Finding(
            f"{quote(name)} is empty for {of_users(users, users)}, so {_shown(unit)} matches"
            " nobody",
            "fill the attribute before the job starts, or test another",
            unit.deciding_place,
            severity=severity,
        )
        return
    message = f"{_shown(unit)} matches 0 of {counted(users, 'user')}"
    spelt = _answer(unit, SpellingsOf(unit.clause.pointer))
    if spelt:
        yield _written_otherwise(unit, f"{message}; {_owners(spelt)}", spelt)._replace(
            severity=severity
        )
        return
    yield Finding(message, _suggestion(unit), unit.deciding_place, severity=severity)


def _answer(unit: ClauseUnit, question: Question[tuple[Spelling, ...]]) -> tuple[Spelling, ...]:
    evidence = unit.object_mapping.evidence
    return (evidence.answer(question) if evidence is not None else None) or ()


def _owners(spelt: tuple[Spelling, ...]) -> str:
    """Who has which spelling: "45 users have `sales`"."""
    count = sum(each.users for each in spelt)
    if not spelt[0].value:
        return f"{who(count, 'has', 'have')} it in other capitals or blanks"
    return f"{who(count, 'has', 'have')} {alternatives(each.value for each in spelt[:3])}"


def _written_otherwise(unit: ClauseUnit, message: str, spelt: tuple[Spelling, ...]) -> Finding:
    value = spelt[0].value
    place = unit.value_place()
    if not _one_value(unit, WHOLE):
        known = find_operator(unit.clause.operator_name)
        assert known is not None
        fix = None
        if known.operand == "regex":
            insert = TextEdit(unit.value_place(0, 0, 0), "(?i)")
            fix = Fix("begin the pattern with `(?i)`", (insert,), "unsafe")
        return Finding(message, _in_any_case(unit), place, fix=fix)
    if not value:
        return Finding(message, "write the value as the users have it; capitals count", place)
    fix = Fix(f"write {quote(value)}", (TextEdit(place, value),), "unsafe")
    return Finding(message, f"write {quote(value)}; capitals and blanks count", place, fix=fix)


def _in_any_case(unit: ClauseUnit) -> str:
    known = find_operator(unit.clause.operator_name)
    if known is not None and known.operand == "regex":
        return "clean the data, or begin the pattern with `(?i)`"
    return "clean the data, or compare with `REGEX MATCH` and `(?i)`"


def _suggestion(unit: ClauseUnit) -> str:
    name = unit.clause.source_operand_name
    if name.lower() in ("objectid", "id"):
        return "test an attribute of users; to let a group decide, assign it to the application"
    common = _answer(unit, CommonValues(unit.clause.pointer))
    value = (unit.clause.values or ("",))[0]
    near = nearest(value, (each.value for each in common))
    if near is not None:
        owners = next(each.users for each in common if each.value == near)
        return f"did you mean {quote(near)}, which {who(owners, 'has', 'have')}?"
    if common:
        values = alternatives((each.value for each in common[:MOST_COMMON]), "and")
        return f"copy the value from the users; most have {values}"
    return "compare the value with those of the users"


def nobody(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Clauses that hold for some may hold for nobody together, or for nobody who is assigned."""
    results = _results(unit)
    if results is None or results.in_scope or results.undecided:
        return
    users = counted(results.users, "user")
    if results.passing:
        if not results.assigned:
            message = f"none of {users} is assigned to the application"
            advice = "assign users or groups, or check that the files belong together"
        else:
            assigned = who(results.assigned, "is", "are")
            message = f"{assigned} assigned, and none of them passes the scope"
            advice = "widen the filter, or assign those whom it admits"
    elif unit.mapping.scope is None or not unit.mapping.scope.groups or _has_idle_clause(unit):
        return
    else:
        message = f"the filter admits 0 of {users}, although each clause matches some"
        advice = "put alternatives into groups of their own; groups are joined by OR"
    yield Finding(message, advice, unit.place("scope/groups"))


def _has_idle_clause(unit: ObjectMappingUnit) -> bool:
    """Whether the clauses themselves tell why nobody passes."""
    results = _results(unit)
    scope = unit.scope_unit
    if results is None or scope is None:
        return False
    return all(
        any(
            found is not None and not found.true
            for clause in group.clauses
            for found in (results.clauses.get(clause.clause.pointer),)
        )
        for group in scope.groups
        if group.filter_set == "groups"
    )


def spelt_otherwise(unit: ClauseUnit) -> Iterator[Finding]:
    """`EQUALS`, `Includes` and patterns are case-sensitive, and so are their contraries."""
    results = _results(unit.object_mapping)
    found = results.clauses.get(unit.clause.pointer) if results is not None else None
    if found is None or unit.group.filter_set != "groups" or not _one_value(unit, BY_CASE):
        return
    negative = unit.clause.operator_name.upper().startswith("NOT")
    spelt = tuple(
        each
        for each in _answer(unit, SpellingsOf(unit.clause.pointer))
        if not _is_told_elsewhere(unit, each.value)
    )
    if not spelt or not found.true:
        return
    verb = "lets in" if negative else "leaves out"
    owners = _owners(spelt).replace(" has ", " who has ", 1).replace(" have ", " who have ", 1)
    yield Finding(
        f"{_shown(unit)} {verb} {owners}",
        _in_any_case(unit),
        unit.value_place(),
    )


def _is_told_elsewhere(unit: ClauseUnit, value: str) -> bool:
    """Whether another clause on the attribute speaks of the spelling, so that it is known."""
    if not value:
        return False  # it may not be shown
    for group in unit.group.scope.groups:
        for other in group.clauses:
            known = find_operator(other.clause.operator_name)
            if other.clause.source_operand_name != unit.clause.source_operand_name:
                continue
            pattern = known is not None and known.operand == "regex"
            for text in other.clause.values or ():
                if text == value or (pattern and matches(text, value)):
                    return True
    return False


def everybody(unit: FilterGroupUnit) -> Iterator[Finding]:
    """Groups are joined by OR."""
    results = _results(unit.object_mapping)
    rivals = [group for group in unit.scope.groups if group.filter_set == "groups"]
    if results is None or unit.filter_set != "groups" or len(rivals) < 2 or not unit.clauses:
        return
    if results.groups.get(unit.group.pointer) != results.users:
        return
    first = unit.clauses[0].clause
    known = find_operator(first.operator_name)
    told = known is not None and known.name == "IS NOT NULL"
    if len(unit.clauses) == 1 and told and first.source_operand_name in ALWAYS_PRESENT:
        return  # told by the rule on clauses that are always true
    name = f" {quote(unit.group.name)}" if unit.group.name else ""
    rest = len(rivals) - 1
    yield Finding(
        f"the group{name} admits {of_users(results.users, results.users)}, so"
        f" {'the other group does' if rest == 1 else f'the other {rest} groups do'} nothing",
        "narrow the group, or delete the others",
        unit.place,
    )


def empty(unit: ClauseUnit) -> Iterator[Finding]:
    """As documented, users without a value fail every operator but `IS NULL`."""
    results = _results(unit.object_mapping)
    found = results.clauses.get(unit.clause.pointer) if results is not None else None
    known = find_operator(unit.clause.operator_name)
    if results is None or found is None or known is None or unit.group.filter_set != "groups":
        return
    negative = known.negative and known.null_documented != known.null_negatives_true
    name = unit.clause.source_operand_name
    if not found.empty.number or not (negative or known.name == "IS FALSE"):
        return
    if found.empty.number == results.users or _is_settled(unit):
        return
    yield Finding(
        f"{quote(name)} is empty for {of_users(found.empty.number, results.users)}, whom"
        f" {quote(known.name)} leaves out as documented{such_as(found.empty)}",
        f"add a group with `{name} IS NULL` to admit them, or a clause `{name} IS NOT NULL` to"
        " say that they are meant to stay out",
        unit.operator_place(),
        contested="null-with-negative-operators" if negative else None,
    )


def _is_settled(unit: ClauseUnit) -> bool:
    """Whether another clause says what is to become of users without a value."""
    name = unit.clause.source_operand_name
    for group in unit.group.scope.groups:
        for other in group.clauses:
            known = find_operator(other.clause.operator_name)
            presence = known is not None and known.name in ("IS NULL", "IS NOT NULL")
            if presence and other.clause.source_operand_name == name:
                return True
    return False


RULES = (
    Rule(NO_USERS, "clause", no_users, asks=_asks_values),
    Rule(NOBODY, "object-mapping", nobody, asks=_asks),
    Rule(SPELT_OTHERWISE, "clause", spelt_otherwise, asks=_asks_values),
    Rule(EVERYBODY, "filter-group", everybody, asks=_asks_of_parent),
    Rule(EMPTY, "clause", empty, asks=_asks_of_parent),
)

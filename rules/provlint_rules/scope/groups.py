"""Groups of clauses, and groups beside each other."""

from __future__ import annotations

from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING

from provlint.analysis.clauses import Test, conflict, implies, opposite, test_of
from provlint.diagnostic import ERROR, NOTE, WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.semantics.configuration import ClauseUnit, FilterGroupUnit, ScopeUnit

EMPTY_GROUP = RuleInfo(
    "PL106", "empty-filter-group", "A filter group has no clause", ERROR, sources.FILTER,
)  # fmt: skip
CONTRADICTION = RuleInfo(
    "PL110", "contradictory-clauses", "Two clauses of a group can never both hold", ERROR,
    sources.SCOPING,
)  # fmt: skip
TAUTOLOGY = RuleInfo(
    "PL111", "tautological-groups", "Groups that exclude, joined by OR, exclude nobody", ERROR,
    sources.SCOPING,
)  # fmt: skip
DUPLICATE = RuleInfo(
    "PL121", "duplicate-clause", "A clause stands twice in one group, or follows from another",
    WARNING, sources.SCOPING,
)  # fmt: skip
INPUT_FILTER = RuleInfo(
    "PL123", "input-filter-groups", "A filter stands where leaving it deprovisions nobody",
    WARNING, sources.FILTER,
)  # fmt: skip
SHADOWED = RuleInfo(
    "PL125", "shadowed-filter-group", "A group admits nobody whom another does not admit", WARNING,
    sources.SCOPING,
)  # fmt: skip
UNNAMED = RuleInfo(
    "PL126", "unnamed-filter-group", "A filter group has no title", NOTE, sources.ON_DEMAND,
)  # fmt: skip

MOST_CLAUSES = 64
"""Clauses of a group, and groups of a scope, that are compared pair by pair."""
MOST_STEPS = 20_000
"""Ways to pick one clause of each group that are tried for a tautology; then a note says so."""

CLOUD_SYNC = frozenset({"active-directory"})


def tests_of(group: FilterGroupUnit) -> list[tuple[ClauseUnit, Test]]:
    """The well-formed clauses of a group as tests."""
    found = []
    for unit in group.clauses[:MOST_CLAUSES]:
        clause = unit.clause
        test = test_of(clause.source_operand_name, clause.operator_name, clause.values)
        if test is not None:
            found.append((unit, test))
    return found


def shown(test: Test) -> str:
    """A test in the text form, in back-ticks."""
    text = f"{test.attribute} {test.operator}"
    known = find_operator(test.operator)
    if known is not None and known.arity == "binary":
        text += f' "{test.value}"'
    return quote(text)


def empty_group(unit: FilterGroupUnit) -> Iterator[Finding]:
    """By the logic of AND a group without clauses holds for everybody; no page says so."""
    if not unit.group.clauses:
        name = f" {quote(unit.group.name)}" if unit.group.name else ""
        yield Finding(
            f"the filter group{name} has no clause, and may admit everybody",
            "add a clause, or delete the group",
            unit.place,
            contested="empty-filter-group",
        )


def contradiction(unit: FilterGroupUnit) -> Iterator[Finding]:
    """Clauses of one group are joined by AND."""
    seen: set[Test] = set()
    for (first_unit, first), (second_unit, second) in combinations(tests_of(unit), 2):
        if second in seen or first == second:
            continue
        reason = conflict(first, second)
        if reason is None:
            continue
        seen.add(second)
        alternatives = first.operator == second.operator == "EQUALS"
        yield Finding(
            f"{shown(first)} and {shown(second)} stand in one group and can never both hold:"
            f" {reason}",
            "put each alternative into a group of its own; groups are joined by OR"
            if alternatives
            else "delete one of the two clauses",
            second_unit.deciding_place,
            related=(Related("the other clause", first_unit.deciding_place),),
            severity=WARNING if _rests_on_null(first, second) else None,
            contested="null-with-negative-operators" if _rests_on_null(first, second) else None,
        )


def _rests_on_null(first: Test, second: Test) -> bool:
    """Whether one asks for an empty attribute, and the other excludes a value."""
    operators = {first.operator, second.operator}
    if "IS NULL" not in operators or "IS NOT NULL" in operators:
        return False
    known = [find_operator(operator) for operator in operators]
    return any(operator is not None and operator.negative for operator in known)


def duplicate(unit: FilterGroupUnit) -> Iterator[Finding]:
    """A clause that another one implies does nothing: each of a group must hold anyway."""
    tests = tests_of(unit)
    idle: set[int] = set()
    for (i, (narrow_unit, narrow)), (j, (wide_unit, wide)) in product(enumerate(tests), repeat=2):
        if i == j or {i, j} & idle or not implies(narrow, wide):
            continue
        presence = narrow != wide and wide.operator == "IS NOT NULL"
        if (narrow == wide and j < i) or (presence and _negative(narrow)):
            continue
        idle.add(j)
        yield Finding(
            f"the clause {shown(wide)} stands twice in this group"
            if narrow == wide
            else f"{shown(wide)} follows from {shown(narrow)} in the same group, and does nothing",
            "delete one of the two" if narrow == wide else "delete it",
            wide_unit.deciding_place,
            related=(Related("the other clause", narrow_unit.deciding_place),),
            severity=NOTE if presence else None,
        )


def _negative(test: Test) -> bool:
    """Whether it is open what the test gives for an empty attribute."""
    known = find_operator(test.operator)
    return known is not None and known.negative


def tautology(unit: ScopeUnit) -> Iterator[Finding]:
    """Nobody is out of scope when every way to fail all groups contradicts itself."""
    candidates = _candidates(unit)
    steps = MOST_STEPS
    for size in range(2, min(len(candidates), 4) + 1):
        for chosen in combinations(candidates, size):
            steps -= prod(len(failures) for _, failures in chosen)
            if steps < 0:
                first = chosen[0][0]
                yield Finding(
                    f"{len(candidates)} groups exclude what others admit, too many to tell whether"
                    " they admit everybody together",
                    "put the exclusions into one group; clauses of a group are joined by AND",
                    first.place,
                    severity=NOTE,
                )
                return
            if _covers_everybody([failures for _, failures in chosen]):
                yield _tautology([group for group, _ in chosen])
                return


def _candidates(unit: ScopeUnit) -> list[tuple[FilterGroupUnit, list[Test]]]:
    """Groups that might admit everybody with others, and the ways to fail each.

    Of the fewest groups that do, every way to fail one contradicts a way to fail another: what
    contradicts nothing is a way to fail that the others must do without.
    """
    groups = [group for group in unit.groups if group.filter_set == "groups"][:MOST_CLAUSES]
    found = []
    for group in groups:
        tests = tests_of(group)
        failures = [failure for _, test in tests if (failure := opposite(test)) is not None]
        if tests and len(failures) == len(group.clauses):
            found.append((group, failures))
    rivals: dict[Test, set[int]] = {}
    by_attribute: dict[str, list[tuple[int, Test]]] = {}
    for index, (_, failures) in enumerate(found):
        for failure in failures:
            rivals.setdefault(failure, set())
            by_attribute.setdefault(failure.attribute, []).append((index, failure))
    for same in by_attribute.values():
        for (i, left), (j, right) in combinations(same, 2):
            if i != j and conflict(left, right) is not None:
                rivals[left].add(j)
                rivals[right].add(i)
    kept = set(range(len(found)))
    while True:
        idle = {
            index
            for index in kept
            if any(not (rivals[failure] - {index}) & kept for failure in found[index][1])
        }
        if not idle:
            return [found[index] for index in sorted(kept)]
        kept -= idle


def _covers_everybody(failures: Sequence[Sequence[Test]]) -> bool:
    return all(
        any(conflict(left, right) is not None for left, right in combinations(selection, 2))
        for selection in product(*failures)
    )


def _tautology(groups: Sequence[FilterGroupUnit]) -> Finding:
    tests = [tests_of(group) for group in groups]
    quoted = " or ".join(" and ".join(shown(test) for _, test in found) for found in tests)
    negative = all(
        (known := find_operator(test.operator)) is not None and known.negative
        for found in tests
        for _, test in found
    )
    unset = any(all(test.operator == "IS NULL" for _, test in found) for found in tests)
    whom = "everybody" if unset else "everybody who has a value"
    return Finding(
        f"groups are joined by OR, so {quoted} admits {whom}",
        "put the exclusions into one group; clauses of a group are joined by AND"
        if negative
        else "delete one of the groups, or the whole filter",
        groups[-1].place,
        related=tuple(
            Related("joined by OR with this group", group.place) for group in groups[:-1]
        ),
    )


def shadowed(unit: ScopeUnit) -> Iterator[Finding]:
    """A group is idle when each of another group's clauses follows from one of its own."""
    groups = [group for group in unit.groups if group.filter_set == "groups" and group.clauses]
    known = [(group, [test for _, test in tests_of(group)]) for group in groups[:MOST_CLAUSES]]
    idle: set[int] = set()
    for (i, (narrow, narrow_tests)), (j, (wide, wide_tests)) in product(enumerate(known), repeat=2):
        if i == j or i in idle or j in idle or len(wide_tests) != len(wide.clauses):
            continue
        if all(any(implies(own, test) for own in narrow_tests) for test in wide_tests):
            idle.add(i)
            name = quote(wide.group.name) if wide.group.name else "another group"
            yield Finding(
                f"{name} already admits everybody whom this group admits",
                "delete this group, or narrow the other",
                narrow.place,
                related=(Related("the wider group", wide.place),),
            )


def input_filter(unit: FilterGroupUnit) -> Iterator[Finding]:
    """`inputFilterGroups` is experimental, and made by Microsoft for cloud sync only."""
    rule = unit.scope.object_mapping.rule
    if unit.filter_set != "inputFilterGroups":
        return
    if rule.source_system in CLOUD_SYNC or rule.dialect == "cloud-sync":
        return
    yield Finding(
        "a filter in `inputFilterGroups` is applied while reading: users who fall out of it are"
        " never deprovisioned",
        "move the group to `groups`",
        unit.place,
    )


def unnamed(unit: FilterGroupUnit) -> Iterator[Finding]:
    """Provision on demand shows each clause with the title of its group."""
    if unit.filter_set == "groups" and not (unit.group.name or "").strip():
        yield Finding(
            "the filter group has no title, so provision on demand cannot say which filter decided",
            "give the group a `name`",
            unit.place,
        )


RULES = (
    Rule(EMPTY_GROUP, "filter-group", empty_group),
    Rule(CONTRADICTION, "filter-group", contradiction),
    Rule(TAUTOLOGY, "scope", tautology),
    Rule(DUPLICATE, "filter-group", duplicate),
    Rule(INPUT_FILTER, "filter-group", input_filter),
    Rule(SHADOWED, "scope", shadowed),
    Rule(UNNAMED, "filter-group", unnamed),
)

"""Groups of clauses, and groups beside each other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from provlint.analysis.screening import PlainTest, may_cancel, may_clash, may_contain, may_cover
from provlint.diagnostic import ERROR, NOTE, WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.analysis.analyze import Analysis
    from provlint.analysis.filters import Clause, Group
    from provlint.diagnostic import Place
    from provlint.semantics.configuration import FilterGroupUnit, ScopeUnit
    from provlint.semantics.filter_clauses import NullPolicy

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

STEP_LIMIT = 100_000
"""Steps that are spent on one filter; then a note says so. About half a second."""

CLOUD_SYNC = frozenset({"active-directory"})


def tests_of(group: FilterGroupUnit) -> list[PlainTest]:
    """The clauses of a group that use a known operator, as far as a first look needs them."""
    found = []
    for unit in group.clauses:
        clause = unit.clause
        known = find_operator(clause.operator_name)
        if known is not None:
            found.append(PlainTest(clause.source_operand_name, known.name, clause.values or ()))
    return found


@lru_cache(maxsize=4)
def analysis_of(unit: ScopeUnit, null_policy: NullPolicy = "documented") -> Analysis:
    """What reasons about a filter; guests' names may have their mark or not."""
    from provlint.analysis.analyze import Analysis
    from provlint.analysis.budget import Budget
    from provlint.analysis.filters import Filter
    from provlint.analysis.reasoner import Reasoner
    from provlint.semantics.filter_facts import filter_facts

    facts = filter_facts(unit.object_mapping)
    read = Filter(unit.scope, null_policy, facts.input_null_policy(null_policy))
    reasoner = Reasoner((read,), Budget(STEP_LIMIT), types=facts.types, guest_marks=True)
    return Analysis(read, reasoner)


def analysed(
    unit: FilterGroupUnit, null_policy: NullPolicy = "documented"
) -> tuple[Analysis, Group]:
    """What reasons about the filter of a group, and the group as it knows it."""
    analysis = analysis_of(unit.scope, null_policy)
    return analysis, analysis.filter.groups[unit.scope.groups.index(unit)]


def unfinished(analysis: Analysis, place: Place) -> Iterator[Finding]:
    """That the steps did not suffice, where they did not."""
    if analysis.exhausted:
        yield Finding(
            f"the filter was not looked through: the limit of {STEP_LIMIT:,} steps is reached",
            "simplify the filter, or look through it with `provlint analyze --step-limit`",
            place,
            severity=NOTE,
        )


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
    if not may_clash(tests_of(unit)):
        return
    from provlint.analysis.findings import contradiction, contradiction_help
    from provlint.analysis.reasons import reason_of_conflict

    analysis, group = analysed(unit)
    for numbers in analysis.conflicts(group):
        clauses = [group.clauses[number] for number in numbers]
        if len(clauses) == 1 and clauses[0].predicate.test != "REGEX MATCH":
            continue  # the operator is not for the attribute: told by other rules
        lenient, same = analysed(unit, "negatives-true")
        contested = not lenient.excludes(same, numbers)
        places = [unit.clauses[group.places[number]].deciding_place for number in numbers]
        yield Finding(
            f"{contradiction(clauses)}: {reason_of_conflict([each.predicate for each in clauses])}",
            contradiction_help(clauses),
            places[-1],
            related=tuple(Related("the other clause", place) for place in places[:-1]),
            severity=WARNING if contested else None,
            contested="null-with-negative-operators" if contested else None,
        )
    yield from unfinished(analysis, unit.place)


def duplicate(unit: FilterGroupUnit) -> Iterator[Finding]:
    """A clause that others imply does nothing: each of a group must hold anyway."""
    if not may_clash(tests_of(unit)):
        return
    from provlint.analysis.findings import idle_clause

    analysis, group = analysed(unit)
    if analysis.conflicts(group):
        return
    for number, numbers in sorted(analysis.implied(group).items()):
        clause, others = group.clauses[number], [group.clauses[each] for each in numbers]
        message, advice = idle_clause(clause, others)
        presence = clause.operator == "IS NOT NULL"
        if presence and all(_negative(other) for other in others):
            continue  # it says what is meant
        yield Finding(
            message,
            advice,
            unit.clauses[group.places[number]].deciding_place,
            related=tuple(
                Related("the other clause", unit.clauses[group.places[each]].deciding_place)
                for each in numbers
            ),
            severity=NOTE if presence and clause not in others else None,
        )


def _negative(clause: Clause) -> bool:
    """Whether it is open what the clause gives for an empty attribute."""
    known = find_operator(clause.operator)
    return known is not None and known.negative


def tautology(unit: ScopeUnit) -> Iterator[Finding]:
    """Nobody is out of scope when there is no way to fail all groups."""
    groups = [group for group in unit.groups if group.filter_set == "groups"]
    tests = list(map(tests_of, groups))
    spread = may_cancel(tests)
    if not spread and not may_cover(tests):
        return
    from provlint.analysis.findings import admitted

    analysis = analysis_of(unit)
    known = analysis.filter.groups[: len(groups)]
    whole = [at for at, group in enumerate(known) if group.clauses and not group.defective]
    found = analysis.cover([known[at] for at in whole])
    if found is None or len(found[0]) < 2:
        if spread:
            yield from _cancelled(analysis, groups, whole)
        yield from unfinished(analysis, unit.groups[0].place)
        return
    numbers = [whole[each] for each in found[0]]
    places = [groups[number].place for number in numbers]
    quoted = " or ".join(quote(known[number].text) for number in numbers)
    clauses = [each for number in numbers for each in known[number].clauses]
    yield Finding(
        f"groups are joined by OR, so {quoted} admits {admitted(found[1])}",
        "put the exclusions into one group; clauses of a group are joined by AND"
        if all(map(_negative, clauses))
        else "delete one of the groups, or the whole filter",
        places[-1],
        related=tuple(Related("joined by OR with this group", place) for place in places[:-1]),
    )


def _cancelled(
    analysis: Analysis, groups: Sequence[FilterGroupUnit], whole: Sequence[int]
) -> Iterator[Finding]:
    """Exclusions whose users another group admits: the last clause of each two groups."""
    known = analysis.filter.groups
    told: set[frozenset[int]] = set()
    for found in analysis.cancelled([known[at] for at in whole]):
        at, other = whole[found.group], whole[found.other]
        if frozenset((at, other)) in told:
            continue
        told.add(frozenset((at, other)))
        clause = known[at].clauses[found.clause]
        places = [groups[number].place for number in sorted((at, other))]
        yield Finding(
            f"groups are joined by OR, so {quote(clause.text)} excludes nobody: whoever fails it"
            f" passes {quote(known[other].text)}",
            "put the exclusions into one group; clauses of a group are joined by AND",
            places[1],
            related=(Related("joined by OR with this group", places[0]),),
        )


def shadowed(unit: ScopeUnit) -> Iterator[Finding]:
    """A group is idle when nobody passes it who does not pass another."""
    groups = [group for group in unit.groups if group.filter_set == "groups" and group.clauses]
    if not may_contain(list(map(tests_of, groups))):
        return
    analysis = analysis_of(unit)
    known = [group for group in analysis.filter.groups if group.filter_set == "groups"]
    found = analysis.containments([group for group in known if group.clauses or group.defective], 1)
    yield from unfinished(analysis, unit.groups[0].place)
    for number, (wide,) in sorted(found.items()):
        added = wide > number
        name = groups[number if added else wide].group.name
        other = quote(name) if name else "another group"
        yield Finding(
            f"this group admits everybody whom {other} admits, and so cancels its clauses"
            if added
            else f"{other} already admits everybody whom this group admits",
            "narrow this group, or delete one of the two"
            if added
            else "delete this group, or narrow the other",
            groups[max(number, wide)].place,
            related=(
                Related("the narrower group", groups[number].place)
                if added
                else Related("the wider group", groups[wide].place),
            ),
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

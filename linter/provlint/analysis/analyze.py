"""What is wrong inside one scoping filter, without users."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from provlint.analysis.budget import STEP_LIMIT, Budget, OutOfSteps, out_of_steps
from provlint.analysis.fewest import fewest, fewest_of
from provlint.analysis.filters import Clause, Filter, Group
from provlint.analysis.predicates import Predicate
from provlint.analysis.reasoner import Reasoner, Sought
from provlint.analysis.reasons import reason_of_conflict
from provlint.analysis.results import (
    Cancelled,
    ClauseAnalysis,
    Conflict,
    GroupAnalysis,
    Overlap,
    ScopeAnalysis,
    Verdict,
)
from provlint.analysis.screening import NEGATIVE, Rivals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from provlint.model.tree import Scope
    from provlint.semantics.filter_clauses import NullPolicy

MOST_TOGETHER = 3
"""Groups that are looked at together for whether they contain another."""
MOST_PAIRED = 64
"""Groups of a set that are held against each other."""

HAS_VALUE = Predicate("IS NULL", (), True, False)


def analyze_scope(
    scope: Scope | Mapping[str, object] | None,
    *,
    null_policy: NullPolicy = "documented",
    input_null_policy: NullPolicy | None = None,
    types: Mapping[str, str] | None = None,
    present: Collection[str] = (),
    step_limit: int = STEP_LIMIT,
) -> ScopeAnalysis:
    """Find clauses and groups that nobody passes, that everybody passes, and that do nothing.

    A user passes for whom `provlint.in_scope` says so.

    Args:
        scope: The `scope` of an object mapping, as Microsoft Graph has it or as `provlint.model`
            read it; None where there is none: everybody passes.
        null_policy: What negative operators give on an empty attribute.
        input_null_policy: The same for `inputFilterGroups`; as `null_policy` where it is left out.
        types: Attribute types by name, as the schema declares them.
        present: Attributes that every object has.
        step_limit: How many steps the analysis may take.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-filter
    """
    read = Filter(scope, null_policy, input_null_policy or null_policy)
    if read.problem:
        return ScopeAnalysis("unknown", None, None, (), (), read.problem, (), 0)
    budget = Budget(step_limit)
    return Analysis(read, Reasoner((read,), budget, types=types, present=present)).whole()


class Analysis:
    """The questions about one filter.

    Attributes:
        beyond: What could not be decided so far, in words, each once.
        exhausted: Whether the steps did not suffice for some question.
    """

    def __init__(self, read: Filter, reasoner: Reasoner) -> None:
        self.filter = read
        self.reasoner = reasoner
        self.beyond: dict[str, None] = {}
        self.exhausted = False

    def whole(self) -> ScopeAnalysis:
        """Everything at once."""
        sets = self.filter.sets
        groups: list[GroupAnalysis] = []
        for alternatives in sets:
            contained = self.containments(alternatives)
            overlaps = self.overlaps(alternatives, contained)
            groups += [
                self._group(group, contained.get(at, ()), overlaps.get(at, ()))
                for at, group in enumerate(alternatives)
            ]
        inside = self._first(self._insiders())
        outside = self._first(self._outsiders((), sets))
        verdict = self._verdict(inside, outside)
        valued: tuple[str, ...] = ()
        names = list(dict.fromkeys(name for name, _ in self.filter.predicates()))
        if verdict == "sometimes" and self._first(self._outsiders(names, sets)).verdict is False:
            verdict, valued = "with-value", self._fewest_names(names, sets)
        return ScopeAnalysis(
            verdict,
            inside.user,
            outside.user,
            valued,
            tuple(groups),
            "",
            tuple(self.beyond),
            self.reasoner.budget.steps,
        )

    # One group

    def conflicts(self, group: Group) -> list[tuple[int, ...]]:
        """Clauses of a group that nobody passes together, by number: each time the fewest.

        Without the last clause of each, somebody would pass.
        """
        found: list[tuple[int, ...]] = []
        for numbers in _by_attribute(group):
            left = list(numbers)
            while left and self.excludes(group, left):
                some = fewest(left, lambda some: self.seek(passing=_of(group, some)))
                found.append(some)
                left.remove(some[-1])
        return found

    def excludes(self, group: Group, numbers: Sequence[int]) -> bool:
        """Whether it is proved that nobody passes these clauses of a group together."""
        return self.seek(passing=_of(group, numbers)).verdict is False

    def implied(self, group: Group) -> dict[int, tuple[int, ...]]:
        """Clauses that follow from others of their group, each with the fewest such others.

        Of two that say the same, the later one follows. What follows from nothing but a clause that
        itself follows is told of the first.
        """
        found: dict[int, tuple[int, ...]] = {}
        for numbers in _by_attribute(group):
            for number in reversed(numbers):
                others = [each for each in numbers if each != number and each not in found]

                def without(some: Sequence[int], number: int = number) -> Sought:
                    clauses = _of(group, (number,))
                    return self.seek(passing=_of(group, some), failing=clauses)

                if others and without(others).verdict is False:
                    found[number] = fewest(others, without)
        return found

    # Groups of a set

    def containments(
        self, groups: Sequence[Group], most: int = MOST_TOGETHER
    ) -> dict[int, tuple[int, ...]]:
        """Groups whose users others admit, each with the fewest such others, `most` at most.

        Groups that nobody passes are left out. Of two that say the same, the later one is told.
        """
        # Whom a group with an invalid clause admits, nobody knows.
        idle = {
            at
            for at, group in enumerate(groups)
            if group.defective or self.seek(passing=group.clauses).verdict is False
        }
        rivals = Rivals([group.named for group in groups])
        found: dict[int, tuple[int, ...]] = {}
        for at in reversed(range(len(groups))):
            if at in idle:
                continue

            def outside(some: Sequence[int], at: int = at) -> Sought:
                others = [groups[each] for each in some]
                return self.seek(passing=groups[at].clauses, excluded=others)

            others = [each for each in rivals.of(at) if each not in found and each not in idle]
            containing = fewest_of(others, outside, most)
            if containing is not None:
                found[at] = containing
        return found

    def overlaps(
        self, groups: Sequence[Group], contained: Collection[int]
    ) -> dict[int, tuple[Overlap, ...]]:
        """For each group the later ones that admit some of the same users."""
        found: dict[int, tuple[Overlap, ...]] = {}
        kept = [at for at in range(len(groups))[:MOST_PAIRED] if at not in contained]
        for first, second in combinations(kept, 2):
            clauses = (*groups[first].clauses, *groups[second].clauses)
            user = self.seek(passing=clauses).user
            if user is not None:
                found[first] = (*found.get(first, ()), Overlap(groups[second].number, user))
        return found

    def cancelled(self, groups: Sequence[Group]) -> list[Cancelled]:
        """Negative clauses that exclude nobody, as another group admits whom they alone exclude.

        Both groups exclude values of one attribute. A group that another contains is left out.
        """
        found: list[Cancelled] = []
        excluding = [
            {clause.attribute for clause in group.clauses if clause.operator in NEGATIVE}
            for group in groups
        ]
        for at, group in enumerate(groups):
            for number, clause in enumerate(group.clauses):
                if clause.operator not in NEGATIVE:
                    continue
                rest = [each for each in group.clauses if each is not clause]
                rest.append(_valued(clause.attribute))
                for other, names in enumerate(excluding):
                    if other == at or clause.attribute not in names:
                        continue
                    excluded = (groups[other],)
                    if (
                        self.seek(rest, (clause,), excluded).verdict is False
                        and self.seek(rest, (clause,)).verdict
                        and self.seek(group.clauses, excluded=excluded).verdict
                    ):
                        found.append(Cancelled(at, number, other))
        return found

    # The whole filter

    def _insiders(self) -> Iterator[Sought]:
        for chosen in self.filter.alternatives():
            yield self.seek(passing=[clause for group in chosen for clause in group.clauses])

    def _outsiders(
        self, valued: Iterable[str], sets: Sequence[Sequence[Group]]
    ) -> Iterator[Sought]:
        having = list(map(_valued, valued))
        for groups in sets:
            yield self.seek(passing=having, excluded=groups)

    def cover(self, groups: Sequence[Group]) -> tuple[tuple[int, ...], tuple[str, ...]] | None:
        """Groups of one set that admit everybody together, or all who have a value of something.

        Returns:
            The fewest such groups by number, and the fewest attributes of which a value is needed;
            None where somebody with all values passes no group.
        """
        names = list(dict.fromkeys(each.attribute for group in groups for each in group.clauses))
        for having in ([], names):

            def outside(some: Sequence[int], having: Sequence[str] = having) -> Sought:
                return self.seek(
                    passing=map(_valued, having),
                    excluded=[groups[each] for each in some],
                )

            if outside(range(len(groups))).verdict is False:
                found = fewest(range(len(groups)), outside)
                return found, self._fewest_names(having, [[groups[each] for each in found]])
        return None

    def _fewest_names(
        self, names: Sequence[str], sets: Sequence[Sequence[Group]]
    ) -> tuple[str, ...]:
        """The fewest attributes of which a value is enough to pass, as it is for all of these."""
        for name in list(names):
            fewer = [each for each in names if each != name]
            if self._first(self._outsiders(fewer, sets)).verdict is False:
                names = fewer
        return tuple(names)

    def _first(self, answers: Iterable[Sought]) -> Sought:
        """The first that is yes; unknown where one is, and else no."""
        known: Sought = Sought(False)
        for each in answers:
            if each.verdict:
                return each
            if each.verdict is None:
                known = each
        return known

    # What all share

    def seek(
        self,
        passing: Iterable[Clause] = (),
        failing: Iterable[Clause] = (),
        excluded: Sequence[Group] = (),
        *,
        ordinary: bool = True,
    ) -> Sought:
        """As `Reasoner.seek`; what is beyond, and the end of the steps, are noted.

        Values with control characters, such as line breaks, are left out unless they are asked for.
        """
        try:
            found = self.reasoner.seek(passing, failing, excluded, ordinary=ordinary)
        except OutOfSteps:
            self.exhausted = True
            found = Sought(None, None, (out_of_steps(self.reasoner.budget),))
        if found.verdict is None:
            self.beyond.update(dict.fromkeys(found.beyond))
        return found

    def _verdict(self, inside: Sought, outside: Sought) -> Verdict:
        if inside.verdict is False:
            return "never"
        if outside.verdict is False:
            return "always"
        return "unknown" if None in (inside.verdict, outside.verdict) else "sometimes"

    def _verdict_of(self, clauses: Sequence[Clause], inside: Sought) -> Verdict:
        def outside(names: Iterable[str]) -> Sought:
            having = [_valued(name) for name in names]
            group = Group("", 0, "", tuple(clauses))
            return self.seek(passing=having, excluded=(group,))

        verdict = self._verdict(inside, outside(()))
        names = dict.fromkeys(clause.attribute for clause in clauses)
        if verdict == "sometimes" and outside(names).verdict is False:
            return "with-value"
        return verdict

    def _group(
        self, group: Group, contained: Sequence[int], overlaps: tuple[Overlap, ...]
    ) -> GroupAnalysis:
        conflicts = self.conflicts(group)
        implied = {} if conflicts else self.implied(group)
        inside = self.seek(passing=group.clauses)
        return GroupAnalysis(
            group.filter_set,
            group.number,
            group.title,
            group.text,
            self._verdict_of(group.clauses, inside),
            inside.user,
            tuple(self._conflict(group, some) for some in conflicts),
            tuple(contained),
            overlaps,
            tuple(
                self._clause(clause, implied.get(number, ()))
                for number, clause in enumerate(group.clauses)
            ),
        )

    def _conflict(self, group: Group, numbers: tuple[int, ...]) -> Conflict:
        clauses = _of(group, numbers)
        odd = self.seek(passing=clauses, ordinary=False)
        reason = reason_of_conflict([each.predicate for each in clauses])
        return Conflict(numbers, reason, odd.user)

    def _clause(self, clause: Clause, implied_by: tuple[int, ...]) -> ClauseAnalysis:
        inside = self.seek(passing=(clause,))
        verdict = self._verdict_of((clause,), inside)
        reason = reason_of_conflict((clause.predicate,)) if verdict == "never" else ""
        return ClauseAnalysis(
            clause.operator, clause.text, verdict, inside.user, reason, implied_by
        )


def _valued(name: str) -> Clause:
    """That an attribute has a value."""
    return Clause(name, HAS_VALUE, "IS NOT NULL", "")


def _by_attribute(group: Group) -> list[list[int]]:
    """The clauses of a group by number, those of one attribute together."""
    found: dict[str, list[int]] = {}
    for number, clause in enumerate(group.clauses):
        found.setdefault(clause.attribute, []).append(number)
    return list(found.values())


def _of(group: Group, numbers: Sequence[int]) -> list[Clause]:
    return [group.clauses[number] for number in numbers]

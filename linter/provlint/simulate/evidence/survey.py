"""Answers about the users of one object mapping."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from provlint.semantics.attribute_values import is_empty, provisioned_text
from provlint.semantics.evidence import (
    EXAMPLES,
    AttributeWith,
    ClauseResults,
    CommonValues,
    EmptyValues,
    FilterResults,
    Question,
    ScopeOf,
    SharedBy,
    SharedValues,
    Some,
    Spelling,
    SpellingsOf,
    Unmatchable,
    ValuesWith,
)
from provlint.simulate import readings
from provlint.simulate.evidence.people import Wanted, alike, name_of
from provlint.simulate.readings import READINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from provlint.model.tree import FilterClause
    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.simulate.entitlement import ScopeStep
    from provlint.simulate.evidence.people import ByScope, Held, People, Surveyed
    from provlint.simulate.flow import Flow
    from provlint.simulate.plan import MappingPlan
    from provlint.simulate.scope_results import ScopeDecision

COMMON = 200
"""So many values of an attribute are looked at for a suggestion."""

_NULL_READINGS = {READINGS[readings.NULL].name, READINGS[readings.INPUT_NULL].name}
_SEARCH = READINGS[readings.REGEX].name


class UnansweredError(Exception):
    """The inputs do not tell."""


class Survey:
    """The users of one object mapping, asked."""

    def __init__(self, unit: ObjectMappingUnit, people: People, flow: Flow) -> None:
        self._unit = unit
        self._people = people
        self._flow = flow
        self._clauses = {clause.pointer: clause for _, group in _groups(unit) for clause in group}
        self._mappings: dict[str, MappingPlan] = {
            each.mapping.pointer: mapping
            for each, mapping in zip(unit.attribute_mappings, flow.plan.mappings, strict=True)
        }

    def answer(self, question: Question[Any]) -> Any:
        """The answer to a question.

        Raises:
            UnansweredError: The inputs do not tell.
        """
        return _ANSWERS[type(question)](self, question)

    # Scope

    @cached_property
    def _by_scope(self) -> ByScope:
        return self._people.by_scope(self._flow)

    @cached_property
    def _steps(self) -> list[ScopeStep]:
        missing = self._people.missing
        return [
            self._flow.decide(bunch.people[0][1], bunch.situation, missing)
            for bunch in self._by_scope.bunches
        ]

    @cached_property
    def _inside(self) -> Surveyed:
        if any(step.in_scope is None for step in self._steps):
            raise UnansweredError
        return self._by_scope.inside([step.in_scope is True for step in self._steps])

    def scope(self, _: Question[Any]) -> FilterResults:
        """What the scope step gives."""
        tally = _Tally(self._unit, self._people.missing)
        assigned = in_scope = passing = undecided = 0
        hinging = _Examples()
        for bunch, step in zip(self._by_scope.bunches, self._steps, strict=True):
            in_scope += bunch.users * (step.in_scope is True)
            situation = bunch.situation
            assigned += bunch.users * (situation.assignment not in (None, "none", *_NESTED))
            decision = step.decision
            if decision is None:
                continue
            passing += bunch.users * (decision.in_scope is True)
            undecided += bunch.users * (decision.in_scope is None)
            if _NULL_READINGS & set(decision.contested):
                hinging.add(bunch.users, _names(bunch.people))
            tally.add(bunch.users, bunch.people, decision)
        known = any(bunch.situation.assignment is not None for bunch in self._by_scope.bunches)
        return FilterResults(
            self._people.count,
            in_scope,
            passing,
            undecided,
            assigned if known else None,
            hinging.some(),
            tally.clauses(),
            tally.groups(),
        )

    # Values of clauses, among all users

    def _clause(self, pointer: str) -> FilterClause:
        clause = self._clauses[pointer]
        if clause.source_operand_name in self._people.missing:
            raise UnansweredError
        return clause

    def spellings(self, question: Question[Any]) -> tuple[Spelling, ...]:
        """Values that differ from that of a clause by letter case and blanks only."""
        clause = self._clause(question.at)
        value = (clause.values or ("",))[0]
        wanted = Wanted(alike=alike(value))
        held = self._people.attribute(clause.source_operand_name, wanted)
        return _spellings(
            (each, text)
            for each, text in _texts(held)
            if text != value and alike(text) == wanted.alike
        )

    def common(self, question: Question[Any]) -> tuple[Spelling, ...]:
        """The values that most users have."""
        clause = self._clause(question.at)
        held = self._people.attribute(clause.source_operand_name, Wanted(most=COMMON))
        return _spellings(_texts(held))

    # Values of mappings, among the users in scope

    def _mapping(self, pointer: str) -> MappingPlan:
        mapping = self._mappings[pointer]
        if not self._people.missing.isdisjoint(mapping.reads):
            raise UnansweredError
        return mapping

    def empty(self, question: Question[Any]) -> Some:
        """Who gets no value."""
        mapping = self._mapping(question.at)
        found = _Examples()
        for each in self._inside.flows(mapping, Wanted(empty=True)):
            if each.value.value is None:  # type: ignore[attr-defined]
                found.add(each.users, each.owners)
        return found.some()

    def unmatchable(self, _: Question[Any]) -> Some:
        """Who gets no value to be matched by."""
        matching = self._flow.plan.matching
        if not self._people.missing.isdisjoint(name for each in matching for name in each.reads):
            raise UnansweredError
        return self._inside.without(matching)

    def shared(self, question: Question[Any]) -> SharedValues:
        """Values that several have."""
        return self._inside.shared(self._mapping(question.at))

    def values_with(self, question: Question[Any]) -> Some:
        """Values that a pattern is found in, or that are too long."""
        assert isinstance(question, ValuesWith)
        mapping = self._mapping(question.at)
        wanted = Wanted(pattern=question.pattern, longer_than=question.longer_than)
        held = self._inside.flows(mapping, wanted)
        return _some_of(
            (
                each._replace(value=each.value.value)  # type: ignore[attr-defined]
                for each in held
            ),
            question.pattern,
            question.longer_than,
        )

    def attribute_with(self, question: Question[Any]) -> Some:
        """Values of a source attribute that a pattern is found in."""
        assert isinstance(question, AttributeWith)
        if question.attribute in self._people.missing:
            raise UnansweredError
        held = self._inside.attribute(question.attribute, Wanted(pattern=question.pattern))
        return _some_of(held, question.pattern, None)


_NESTED = ("nested-group-member", "nested-group")

_ANSWERS: Mapping[type, Callable[[Survey, Question[Any]], Any]] = {
    ScopeOf: Survey.scope,
    SpellingsOf: Survey.spellings,
    CommonValues: Survey.common,
    EmptyValues: Survey.empty,
    Unmatchable: Survey.unmatchable,
    SharedBy: Survey.shared,
    ValuesWith: Survey.values_with,
    AttributeWith: Survey.attribute_with,
}
"""Class of a question to who answers it."""


class _Examples:
    """A number, and the first few names by the numbers of their users."""

    def __init__(self) -> None:
        self.count = 0
        self._names: list[tuple[int, str]] = []

    def add(self, count: int, names: Iterable[tuple[int, str]]) -> None:
        self.count += count
        self._names = sorted({*self._names, *names})[:EXAMPLES]

    def some(self) -> Some:
        return Some(self.count, tuple(name for _, name in self._names))


class _Tally:
    """Counts what clauses and groups give."""

    def __init__(self, unit: ObjectMappingUnit, missing: frozenset[str]) -> None:
        self._groups = list(_groups(unit))
        self._missing = missing
        self._true: Counter[str] = Counter()
        self._admitted: Counter[str] = Counter()
        self._undecided: set[str] = set()
        self._empty: dict[str, _Examples] = {}
        self._inside: dict[str, _Examples] = {}

    def add(
        self,
        count: int,
        people: Iterable[tuple[int, Mapping[str, object]]],
        decision: ScopeDecision,
    ) -> None:
        people = tuple(people)
        results = iter(decision.clauses)
        for pointer, clauses in self._groups:
            found = []
            for clause in clauses:
                result = next(results)
                found.append(result.result)
                name = clause.source_operand_name
                empty = self._empty.setdefault(clause.pointer, _Examples())
                inside = self._inside.setdefault(clause.pointer, _Examples())
                if is_empty(people[0][1].get(name)):
                    empty.add(count, _names(people))
                if result.result == "true":
                    self._true[clause.pointer] += count
                    if _SEARCH in result.contested:
                        values = ((at, provisioned_text(each.get(name))) for at, each in people)
                        inside.add(count, _distinct(values))
            if found and all(each == "true" for each in found):
                self._admitted[pointer] += count
            elif "unknown" in found and "false" not in found:
                self._undecided.add(pointer)

    def clauses(self) -> dict[str, ClauseResults]:
        return {
            clause.pointer: ClauseResults(
                self._true[clause.pointer],
                self._empty[clause.pointer].some(),
                self._inside[clause.pointer].some(),
            )
            for _, clauses in self._groups
            for clause in clauses
            if clause.source_operand_name not in self._missing and clause.pointer in self._empty
        }

    def groups(self) -> dict[str, int]:
        return {
            pointer: self._admitted[pointer]
            for pointer, clauses in self._groups
            if clauses and pointer not in self._undecided
        }


def _groups(unit: ObjectMappingUnit) -> Iterator[tuple[str, tuple[FilterClause, ...]]]:
    """Pointer and clauses of every filter group, in the order in which results come."""
    scope = unit.mapping.scope
    if scope is not None:
        for groups in (scope.groups, scope.input_filter_groups, scope.category_filter_groups):
            for group in groups:
                yield group.pointer, group.clauses


def _names(people: Iterable[tuple[int, Mapping[str, object]]]) -> list[tuple[int, str]]:
    return [(at, name_of(values, at)) for at, values in people]


def _distinct(values: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    first: dict[str, int] = {}
    for at, text in values:
        first.setdefault(text, at)
    return [(at, text) for text, at in first.items()]


def _texts(held: Iterable[Held]) -> Iterator[tuple[Held, str]]:
    """The values that are single texts, Booleans or numbers."""
    for each in held:
        if not is_empty(each.value) and not isinstance(each.value, (list, tuple, dict)):
            yield each, provisioned_text(each.value)


def _spellings(found: Iterable[tuple[Held, str]]) -> tuple[Spelling, ...]:
    counts: Counter[str] = Counter()
    for each, text in found:
        counts[text] += each.users
    return tuple(Spelling(text, count) for text, count in counts.most_common())


def _some_of(held: Iterable[Held], pattern: str, longer_than: int | None) -> Some:
    """Those of which the pattern is found in a text, or a text is too long."""
    compiled = re.compile(pattern) if pattern else None
    count = 0
    examples: dict[str, None] = {}
    for each in held:
        for item in each.value if isinstance(each.value, (list, tuple)) else (each.value,):
            text = provisioned_text(item)
            long = longer_than is not None and len(text) > longer_than
            if text and (long or (compiled is not None and compiled.search(text))):
                count += each.users
                if len(examples) < EXAMPLES:
                    examples[text] = None
                break
    return Some(count, tuple(examples))

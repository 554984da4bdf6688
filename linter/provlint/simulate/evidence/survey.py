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
    CommonValues,
    EmptyValues,
    Failing,
    FilterResults,
    OmittedBy,
    Question,
    ReferencesOutOfScope,
    ScopeOf,
    SharedBy,
    SharedValues,
    Some,
    Spelling,
    SpellingsOf,
    Unmatchable,
    ValuesWith,
)
from provlint.semantics.filter_clauses import missed_by_case
from provlint.simulate import readings
from provlint.simulate.evidence.examples import Examples, names
from provlint.simulate.evidence.filter_tally import FilterTally, groups_of
from provlint.simulate.evidence.people import Wanted, alike
from provlint.simulate.readings import READINGS
from provlint_grammar.scoping_filter.operators import find_operator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from provlint.model.tree import FilterClause
    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.simulate.entitlement import ScopeStep
    from provlint.simulate.evidence.people import ByScope, Held, People, Surveyed
    from provlint.simulate.flow import Flow
    from provlint.simulate.plan import MappingPlan

COMMON = 200
"""So many values of an attribute are looked at for a suggestion, or for their letter case."""

_NULL_READINGS = {READINGS[readings.NULL].name, READINGS[readings.INPUT_NULL].name}


class UnansweredError(Exception):
    """The inputs do not tell."""


class Survey:
    """The users of one object mapping, asked.

    Attributes:
        flow: The object mapping, ready to run.
        people: All users.
    """

    def __init__(self, unit: ObjectMappingUnit, people: People, flow: Flow) -> None:
        self._unit = unit
        self.people = people
        self.flow = flow
        self._clauses = {clause.pointer: clause for _, group in groups_of(unit) for clause in group}
        self._mappings: dict[str, MappingPlan] = {
            each.mapping.pointer: mapping
            for each, mapping in zip(unit.attribute_mappings, flow.plan.mappings, strict=True)
        }

    # Scope

    @cached_property
    def _by_scope(self) -> ByScope:
        return self.people.by_scope(self.flow)

    @cached_property
    def _steps(self) -> list[ScopeStep]:
        missing = self.people.missing
        return [
            self.flow.decide(bunch.people[0][1], bunch.situation, missing)
            for bunch in self._by_scope.bunches
        ]

    @cached_property
    def inside(self) -> Surveyed:
        """The users in scope.

        Raises:
            UnansweredError: That cannot be told of everybody.
        """
        if any(step.in_scope is None for step in self._steps):
            raise UnansweredError
        return self._by_scope.inside([step.in_scope is True for step in self._steps])

    def scope(self, _: Question[Any]) -> FilterResults:
        """What the scope step gives."""
        return self._results

    @cached_property
    def _results(self) -> FilterResults:
        tally = FilterTally(self._unit, self.people.missing)
        assigned = in_scope = passing = undecided = 0
        hinging = Examples()
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
                hinging.add(bunch.users, names(bunch.people))
            tally.add(bunch.users, bunch.people, decision)
        known = any(bunch.situation.assignment is not None for bunch in self._by_scope.bunches)
        return FilterResults(
            self.people.count,
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
        if clause.source_operand_name in self.people.missing:
            raise UnansweredError
        return clause

    def spellings(self, question: Question[Any]) -> tuple[Spelling, ...]:
        """Values that a clause misses by letter case, or blanks at the ends, only."""
        clause = self._clause(question.at)
        value = (clause.values or ("",))[0]
        operator = find_operator(clause.operator_name)
        if operator is not None and operator.name not in ("EQUALS", "NOT EQUALS"):
            wanted = Wanted(most=COMMON + 1)
            most = tuple(self.people.attribute(clause.source_operand_name, wanted))
            if len(most) > COMMON:
                raise UnansweredError  # names of people, not words that people share
            return _spellings(
                (each, text) for each, text in _texts(most) if missed_by_case(operator, value, text)
            )
        held = self.people.attribute(clause.source_operand_name, Wanted(spelt_as=value))
        return _spellings(
            (each, text)
            for each, text in _texts(held)
            if text != value and alike(text) == alike(value)
        )

    def common(self, question: Question[Any]) -> tuple[Spelling, ...]:
        """The values that most users have, for a clause that is true for nobody."""
        clause = self._clause(question.at)
        if self._results.clauses[question.at].true:
            raise UnansweredError
        held = self.people.attribute(clause.source_operand_name, Wanted(most=COMMON))
        return _spellings(_texts(held))

    # Values of mappings, among the users in scope

    def planned(self, pointer: str) -> MappingPlan:
        """An attribute mapping, ready to run.

        Raises:
            UnansweredError: The export lacks what it reads.
        """
        mapping = self._mappings[pointer]
        if not self.people.missing.isdisjoint(mapping.reads):
            raise UnansweredError
        return mapping

    def empty(self, question: Question[Any]) -> Some:
        """Who gets no value."""
        mapping = self.planned(question.at)
        found = Examples()
        for each in self.inside.flows(mapping, Wanted(empty=True)):
            if each.value.value is None:  # type: ignore[attr-defined]
                found.add(each.users, each.owners)
        return found.some()

    def unmatchable(self, _: Question[Any]) -> Some:
        """Who gets no value to be matched by."""
        matching = self.flow.plan.matching
        if not self.people.missing.isdisjoint(name for each in matching for name in each.reads):
            raise UnansweredError
        return self.inside.without(matching)

    def shared(self, question: Question[Any]) -> SharedValues:
        """Values that several have."""
        return self.inside.shared(self.planned(question.at))

    def values_with(self, question: Question[Any]) -> Some:
        """Values that a pattern is found in, or that are too long."""
        assert isinstance(question, ValuesWith)
        mapping = self.planned(question.at)
        wanted = Wanted(pattern=question.pattern, longer_than=question.longer_than)
        held = self.inside.flows(mapping, wanted)
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
        if question.attribute in self.people.missing:
            raise UnansweredError
        held = self.inside.attribute(question.attribute, Wanted(pattern=question.pattern))
        return _some_of(held, question.pattern, None)

    def failing(self, question: Question[Any]) -> Some:
        """For whom an expression fails, and why."""
        found = Examples()
        for each in self.inside.flows(self.planned(question.at), Wanted()):
            flow = each.value
            if flow.outcome in ("error", "escrow"):  # type: ignore[attr-defined]
                problem = flow.problem or flow.outcome  # type: ignore[attr-defined]
                found.add(each.users, [(each.owners[0][0], problem)])
        return found.some()

    def omitted(self, question: Question[Any]) -> Some:
        """Whose records leave out what a mapping reads."""
        mapping = self._mappings[question.at]
        found = Examples()
        for name in mapping.reads:
            wanted = Wanted(every=True) if name in self.people.missing else Wanted(empty=True)
            for each in self.people.attribute(name, wanted):
                if is_empty(each.value):
                    found.add(each.users, each.owners)
        return found.some()

    def references(self, question: Question[Any]) -> Some:
        """Who refers to somebody who is known, and not in scope."""
        mapping = self.planned(question.at)
        identities, known = self.identities, self.people.identities()
        for name in self._keys():
            wanted = Wanted(every=True)
            known |= _folded_texts(self.people.attribute(name, wanted))
            identities |= _folded_texts(self.inside.attribute(name, wanted))
        found = Examples()
        for row in self.inside.rows((mapping,)):
            value = row.flows[0].value
            if isinstance(value, str) and value:
                who = value.lower()
                if who in known and who not in identities:
                    found.add(1, [(row.number, row.name)])
        return found.some()

    def _keys(self) -> list[str]:
        """Source attributes that people are referred to by where they have no object ids."""
        if self.flow.plan.source_system == "entra":
            return []
        matching = (each.text for each in self.flow.plan.matching if each.kind == "attribute")
        return [name for name in matching if name not in self.people.missing]

    @cached_property
    def _named(self) -> dict[str, str]:
        """The object ids of the users in scope, in lower case, and what they are called."""
        found = {}
        for row in self.inside.rows((), ("objectId", "id")):
            identity = provisioned_text(row.values[0]) or provisioned_text(row.values[1])
            if identity:
                found[identity.lower()] = row.name
        return found

    @property
    def identities(self) -> set[str]:
        """The object ids of the users in scope, in lower case."""
        return set(self._named)

    def names_of(self, identities: set[str]) -> tuple[str, ...]:
        """What some users in scope are called, in the order of the users."""
        return tuple(name for identity, name in self._named.items() if identity in identities)


_NESTED = ("nested-group-member", "nested-group")

ANSWERS: Mapping[type, Callable[[Survey, Question[Any]], Any]] = {
    ScopeOf: Survey.scope,
    SpellingsOf: Survey.spellings,
    CommonValues: Survey.common,
    EmptyValues: Survey.empty,
    Unmatchable: Survey.unmatchable,
    SharedBy: Survey.shared,
    ValuesWith: Survey.values_with,
    AttributeWith: Survey.attribute_with,
    Failing: Survey.failing,
    OmittedBy: Survey.omitted,
    ReferencesOutOfScope: Survey.references,
}
"""Class of a question to who answers it."""


def _texts(held: Iterable[Held]) -> Iterator[tuple[Held, str]]:
    """The values that are single texts, Booleans or numbers."""
    for each in held:
        if not is_empty(each.value) and not isinstance(each.value, (list, tuple, dict)):
            yield each, provisioned_text(each.value)


def _folded_texts(held: Iterable[Held]) -> set[str]:
    return {text.lower() for _, text in _texts(held)}


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

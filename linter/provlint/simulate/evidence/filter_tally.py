"""Counts what the clauses and groups of a filter give."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import is_empty, provisioned_text
from provlint.semantics.evidence import ClauseResults
from provlint.simulate import readings
from provlint.simulate.evidence.examples import Examples, names
from provlint.simulate.readings import READINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from provlint.model.tree import FilterClause
    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.simulate.scope_results import ScopeDecision

_SEARCH = READINGS[readings.REGEX].name


class FilterTally:
    """Counts what clauses and groups give."""

    def __init__(self, unit: ObjectMappingUnit, missing: frozenset[str]) -> None:
        self._groups = list(groups_of(unit))
        self._missing = missing
        self._true: Counter[str] = Counter()
        self._admitted: Counter[str] = Counter()
        self._undecided: set[str] = set()
        self._empty: dict[str, Examples] = {}
        self._within: dict[str, Examples] = {}

    def add(
        self,
        count: int,
        people: Iterable[tuple[int, Mapping[str, object]]],
        decision: ScopeDecision,
    ) -> None:
        """Count users whom the filter treats alike, of whom some are given."""
        people = tuple(people)
        results = iter(decision.clauses)
        for pointer, clauses in self._groups:
            found = []
            for clause in clauses:
                result = next(results)
                found.append(result.result)
                name = clause.source_operand_name
                empty = self._empty.setdefault(clause.pointer, Examples())
                inside = self._within.setdefault(clause.pointer, Examples())
                if is_empty(people[0][1].get(name)):
                    empty.add(count, names(people))
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
        """What each clause gives, by pointer."""
        return {
            clause.pointer: ClauseResults(
                self._true[clause.pointer],
                self._empty[clause.pointer].some(),
                self._within[clause.pointer].some(),
            )
            for _, clauses in self._groups
            for clause in clauses
            if clause.source_operand_name not in self._missing and clause.pointer in self._empty
        }

    def groups(self) -> dict[str, int]:
        """How many users each group admits, by pointer."""
        return {
            pointer: self._admitted[pointer]
            for pointer, clauses in self._groups
            if clauses and pointer not in self._undecided
        }


def groups_of(unit: ObjectMappingUnit) -> Iterator[tuple[str, tuple[FilterClause, ...]]]:
    """Pointer and clauses of every filter group, in the order in which results come."""
    scope = unit.mapping.scope
    if scope is not None:
        for groups in (scope.groups, scope.input_filter_groups, scope.category_filter_groups):
            for group in groups:
                yield group.pointer, group.clauses


def _distinct(values: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    first: dict[str, int] = {}
    for at, text in values:
        first.setdefault(text, at)
    return [(at, text) for text, at in first.items()]

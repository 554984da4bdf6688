"""Who is in scope, as one expression of SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate import readings
from provlint.simulate.columnar.conditions.clauses import ClauseCondition
from provlint.simulate.readings import DEFAULTS
from provlint.simulate.scope import INPUT_SET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from provlint.simulate.clause import ClauseTest
    from provlint.simulate.columnar.conditions.clauses import Ask, Column
    from provlint.simulate.scope import ScopeFilter

UNDECIDED = "CAST(NULL AS BOOLEAN)"


class FilterCondition:
    """The filter sets of an object mapping.

    DuckDB stops at the first group that admits a user and at the first clause of a group that
    fails. Within a group clauses that cost less go first.

    Attributes:
        clauses: Every clause; none where the filter is invalid, which decides for nobody.
    """

    def __init__(
        self,
        scope: ScopeFilter,
        columns: Mapping[str, Column],
        options: Mapping[str, str],
        types: Mapping[str, str],
    ) -> None:
        """Make a filter ready.

        Args:
            scope: The filter.
            columns: The columns of the users, named `u`, by attribute.
            options: Option by key of `READINGS`, as far as it is not the first: of empty values and
                of several values.
            types: Types of attributes by name, as the schema declares them.
        """
        self._invalid = bool(scope.invalid_reasons)
        self._sets: dict[str, list[list[ClauseCondition]]] = {}
        chosen = {**DEFAULTS, **options}

        def clause(test: ClauseTest, null_key: str) -> ClauseCondition:
            name = test.attribute
            return ClauseCondition(test, columns[name], types.get(name), chosen, null_key)

        for group in () if self._invalid else scope.groups:
            null_key = readings.INPUT_NULL if group.filter_set == INPUT_SET else readings.NULL
            clauses = sorted((clause(each, null_key) for each in group.tests), key=_cost)
            self._sets.setdefault(group.filter_set, []).append(clauses)
        self.clauses = tuple(
            clause for groups in self._sets.values() for clauses in groups for clause in clauses
        )

    def in_scope(self, ask: Ask) -> str:
        """TRUE, FALSE, or NULL where a user is undecided.

        Args:
            ask: Gives what the reference path told of a clause, as SQL; NULL where it told nothing.
        """
        if self._invalid:
            return UNDECIDED
        certain = self._passing(ask, undecided=False)
        possible = self._passing(ask, undecided=True)
        between = f"WHEN {possible} THEN {UNDECIDED} " if possible != certain else ""
        return f"CASE WHEN {certain} THEN TRUE {between}ELSE FALSE END"

    def _passing(self, ask: Ask, *, undecided: bool) -> str:
        return _all(
            _any(
                _all(clause.sql(ask, undecided=undecided) for clause in clauses)
                for clauses in groups
            )
            for groups in self._sets.values()
        )


def _cost(clause: ClauseCondition) -> int:
    return clause.cost


def _all(conditions: Iterable[str]) -> str:
    return _joined(conditions, " AND ")


def _any(conditions: Iterable[str]) -> str:
    return _joined(conditions, " OR ")


def _joined(conditions: Iterable[str], word: str) -> str:
    """Conditions in brackets; of none, and of a group without clauses, TRUE."""
    found = list(conditions)
    if len(found) < 2:
        return found[0] if found else "TRUE"
    return f"({word.join(found)})"

"""Scoping filters as analysis reads them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from provlint.analysis.predicates import Predicate, predicate_of
from provlint.semantics.filter_clauses import defect_of, groups_of
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.scoping_filter import tree
from provlint_grammar.scoping_filter.graph import ShapeError
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_grammar.scoping_filter.printer import print_clause, print_filter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provlint.model.tree import Scope
    from provlint.semantics.filter_clauses import NullPolicy, PlainClause, PlainGroup

INPUT_SET = "inputFilterGroups"


class Clause(NamedTuple):
    """A valid clause.

    Attributes:
        attribute: The source attribute.
        predicate: What is asked of its value.
        operator: The operator in its canonical spelling.
        text: The clause in the text form of filters.
    """

    attribute: str
    predicate: Predicate
    operator: str
    text: str


class Group(NamedTuple):
    """Clauses that must all hold.

    Attributes:
        filter_set: `groups`, `inputFilterGroups` or `categoryFilterGroups`.
        number: Its place in the set, from 0.
        title: Its title; empty where it has none.
        clauses: Its valid clauses.
        places: The number of each of these among all clauses of the group.
        defective: Whether the group has an invalid clause.
    """

    filter_set: str
    number: int
    title: str
    clauses: tuple[Clause, ...]
    places: tuple[int, ...] = ()
    defective: bool = False

    @property
    def text(self) -> str:
        """The group in the text form of filters, without its title."""
        return " AND ".join(clause.text for clause in self.clauses) or "()"

    @property
    def named(self) -> dict[str, str]:
        """The one value that each attribute must have, where a clause names it."""
        return {
            attribute: predicate.values[0]
            for attribute, predicate, *_ in self.clauses
            if predicate.test == "EQUALS" and not predicate.negated and len(predicate.values) == 1
        }

    @property
    def asked(self) -> frozenset[tuple[str, Predicate]]:
        """What the clauses ask for, in no order."""
        return frozenset((clause.attribute, clause.predicate) for clause in self.clauses)


class Filter:
    """The three filter sets of an object mapping.

    Attributes:
        groups: All groups, in the order of the sets.
        plain: The same as they stand.
        sets: The groups of each set that has any: one of each must hold.
        problem: Why the filter is invalid; empty where it is not.
    """

    __slots__ = ("groups", "plain", "problem", "sets")

    def __init__(
        self,
        scope: Scope | Mapping[str, object] | None,
        null_policy: NullPolicy,
        input_null_policy: NullPolicy,
    ) -> None:
        self.problem = ""
        self.plain: tuple[PlainGroup, ...] = ()
        try:
            self.plain = tuple(groups_of(scope))
        except ShapeError as error:
            self.problem = str(error)
        problems: list[str] = []
        policies = {INPUT_SET: input_null_policy}
        self.groups = tuple(
            _group(each, policies.get(each.filter_set, null_policy), problems)
            for each in self.plain
        )
        if problems:
            self.problem = problems[0]
        sets: dict[str, list[Group]] = {}
        for group in self.groups:
            sets.setdefault(group.filter_set, []).append(group)
        self.sets: tuple[tuple[Group, ...], ...] = tuple(map(tuple, sets.values()))

    def alternatives(self) -> Iterator[tuple[Group, ...]]:
        """Every choice of one group of each set: a user passes who passes all of one choice."""
        return product(*self.sets)

    def predicates(self) -> Iterator[tuple[str, Predicate]]:
        """Attributes and what is asked of them, clause by clause."""
        for group in self.groups:
            for clause in group.clauses:
                yield clause.attribute, clause.predicate


def _group(group: PlainGroup, null_policy: NullPolicy, problems: list[str]) -> Group:
    clauses: list[Clause] = []
    places: list[int] = []
    for place, each in enumerate(group.clauses):
        operator = find_operator(each.operator)
        defect = defect_of(each, operator)
        if defect or operator is None:
            problems.append(defect)
            continue
        predicate = predicate_of(operator, each.values, null_policy)
        text = print_clause(_written(each))
        clauses.append(Clause(each.attribute, predicate, operator.name, text))
        places.append(place)
    defective = len(clauses) < len(group.clauses)
    return Group(*group[:3], tuple(clauses), tuple(places), defective)


def filter_texts(scope: Scope | Mapping[str, object] | None) -> dict[str, str]:
    """The text form of each filter set that has a group.

    Raises:
        ShapeError: The value is no scope.
    """
    sets: dict[str, list[tree.Group]] = {}
    for group in groups_of(scope):
        clauses = tuple(_written(each) for each in group.clauses)
        sets.setdefault(group.filter_set, []).append(tree.Group(group.title, clauses))
    return {name: print_filter(tree.Filter(tuple(groups))) for name, groups in sets.items()}


def _written(clause: PlainClause) -> tree.Clause:
    operator = find_operator(clause.operator)
    if operator is None:
        return tree.Clause(*clause)
    values = () if operator.arity == "unary" else clause.values
    return tree.Clause(clause.attribute, operator.name, values)

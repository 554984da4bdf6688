"""Whether reasoning about a filter could find anything: what a look at its clauses tells.

Most filters name an attribute once, or list the values of one. A lint of such a file does without
automata, and without importing them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class PlainTest(NamedTuple):
    """A valid clause: attribute, canonical operator, operands."""

    attribute: str
    operator: str
    values: tuple[str, ...]


_PREFIX = re.compile(r"\^[\w {@/:,-]+")
"""A pattern that asks for no more than how a value begins."""
NEGATIVE = frozenset({"NOT EQUALS", "NOT REGEX MATCH", "!&", "IS FALSE"})
"""Operators that exclude."""
_COVERING = NEGATIVE | {"REGEX MATCH", "IS NOT NULL", "IS TRUE", "&", "Includes", "Greater_Than"}
"""Tests that nearly all values may pass, or one of two."""

_MISPLACED = re.compile(r"[^\\\[(|^]\^|[^\\]\$[^$)|]|\(\?!\)|^\$.")
"""An anchor in the midst of a pattern, which may then match nothing."""
_SUSPICIOUS = {
    "REGEX MATCH": _MISPLACED,
    "NOT REGEX MATCH": re.compile(r"^\^?\(?\.?[*+]?\)?\$?$"),
}
"""Patterns that perhaps no value matches, or every value."""


def may_clash(tests: Sequence[PlainTest]) -> bool:
    """Whether clauses of one group may exclude each other, or one may follow from others."""
    for same in _by_attribute(tests):
        if len(same) == 1:
            test = same[0]
            pattern = _SUSPICIOUS.get(test.operator)
            if pattern is not None and any(map(pattern.search, test.values)):
                return True
        elif not _are_independent(same):
            return True
    return False


def _are_independent(tests: Sequence[PlainTest]) -> bool:
    """Whether tests of one attribute plainly exclude different values, and no more."""
    values: list[str] = []
    prefixes: list[str] = []
    for test in tests:
        if test.operator == "NOT REGEX MATCH" and all(map(_PREFIX.fullmatch, test.values)):
            prefixes += (pattern[1:] for pattern in test.values)
        elif test.operator == "NOT EQUALS":
            values += test.values
        elif test.operator != "IS NOT NULL":
            return False
    prefixes.sort()
    return (
        len(set(values)) == len(values)
        and all(values)
        and sum(test.operator == "IS NOT NULL" for test in tests) < 2
        and not any(after.startswith(before) for before, after in pairwise(prefixes))
        and not any(value.startswith(tuple(prefixes)) for value in values)
    )


def may_cover(groups: Sequence[Sequence[PlainTest]]) -> bool:
    """Whether groups of one set may admit everybody together."""
    operators: list[dict[str, set[str]]] = []
    for tests in groups:
        found: dict[str, set[str]] = {}
        for test in tests:
            found.setdefault(test.attribute, set()).add(test.operator)
        operators.append(found)
    asked = Counter(attribute for found in operators for attribute in found)
    for at, found in enumerate(operators):
        if not found or not all(each <= _COVERING for each in found.values()):
            continue
        for attribute, own in found.items():
            if asked[attribute] > 1 and any(
                # `NOT EQUALS` beside a group with `IS NULL` is how to keep people without a value.
                attribute in other and not (other[attribute] == {"IS NULL"} and own <= NEGATIVE)
                for number, other in enumerate(operators)
                if number != at
            ):
                return True
    return False


def may_cancel(groups: Sequence[Sequence[PlainTest]]) -> bool:
    """Whether two groups of one set exclude values of the same attribute."""
    asked = Counter(
        attribute
        for tests in groups
        for attribute in {test.attribute for test in tests if test.operator in NEGATIVE}
    )
    return any(number > 1 for number in asked.values())


def may_contain(groups: Sequence[Sequence[PlainTest]]) -> bool:
    """Whether one group of a set may contain another."""
    attributes = [{test.attribute for test in tests} for tests in groups]
    rivals = Rivals([named_values(tests) for tests in groups])
    return any(
        attributes[other] <= attributes[at] for at in range(len(groups)) for other in rivals.of(at)
    )


def named_values(tests: Iterable[PlainTest]) -> dict[str, str]:
    """The one value that each attribute must have, where a clause names it."""
    return {
        test.attribute: test.values[0]
        for test in tests
        if test.operator == "EQUALS" and len(test.values) == 1
    }


class Rivals:
    """For each of many groups the others that may admit some of the same users.

    A list of values, one group each, is looked through once and not pair by pair.
    """

    def __init__(self, named: Sequence[Mapping[str, str]]) -> None:
        self._named = named
        self._unnamed = [at for at, values in enumerate(named) if not values]
        self._by_value: dict[str, dict[str, list[int]]] = {}
        for at, values in enumerate(named):
            for attribute, value in list(values.items())[:1]:
                self._by_value.setdefault(attribute, {}).setdefault(value, []).append(at)

    def of(self, at: int) -> list[int]:
        """The numbers of the groups that may admit some users of another one."""
        return [other for other in self.against(self._named[at]) if other != at]

    def against(self, named: Mapping[str, str]) -> list[int]:
        """The numbers of the groups that may admit users with these values, ascending."""
        found = list(self._unnamed)
        for attribute, by_value in self._by_value.items():
            if attribute in named:
                found += by_value.get(named[attribute], ())
            else:
                found += (other for others in by_value.values() for other in others)
        return sorted(found)


def _by_attribute(tests: Sequence[PlainTest]) -> Iterable[list[PlainTest]]:
    found: dict[str, list[PlainTest]] = {}
    for test in tests:
        found.setdefault(test.attribute, []).append(test)
    return found.values()

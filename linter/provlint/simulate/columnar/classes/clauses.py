"""Classes of the attributes that filters ask for: what a clause may depend on, not what it gives.

Two values of an attribute are of one class where every clause on the attribute gives the same under
every open reading. Users of the same classes pass or fail the filter alike, so one of them is asked
of the reference path. A value that is short, ASCII and not blank is put into a class by SQL, as far
as `provlint.simulate.columnar.conditions` is proven equal; the class of any other value is told
by the reference path, once for each distinct value.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import GUEST_MARK, is_empty
from provlint.simulate import readings
from provlint.simulate.clause import Choices, ClauseTest
from provlint.simulate.columnar.conditions.clauses import GUEST_ATTRIBUTE
from provlint.simulate.columnar.conditions.operators import LONGEST, lowered
from provlint.simulate.columnar.encoding import decode, quoted
from provlint.simulate.columnar.sql import HOME, is_ascii
from provlint.simulate.readings import DEFAULTS, READINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from provlint.simulate.columnar.conditions.operators import Ladder
    from provlint.simulate.columnar.lookups import Lookups
    from provlint.simulate.scope import ScopeFilter

EMPTY = 0
"""The class of empty values."""

MOST_CLASSES = 1 << 18
"""Classes of simple values of one attribute."""

MOST_RUNS = 400


class AttributeClasses:
    """The classes of one attribute.

    Attributes:
        name: The source attribute.
        tests: The clauses on it, with the reading that settles empty values in each.
    """

    def __init__(
        self,
        name: str,
        tests: Iterable[tuple[ClauseTest, str]],
        type_name: str | None,
        column: str,
        lookups: Lookups,
    ) -> None:
        """Ask for the classes that the reference path must tell.

        Args:
            name: The source attribute.
            tests: The clauses on it.
            type_name: Its type by the schema.
            column: Its column, as SQL.
            lookups: Where the reference path is asked.
        """
        self.name = name
        self.tests = tuple(tests)
        self._type_name = type_name
        self._known: dict[object, int] = {}
        found = [_ladders(test) for test, _ in self.tests]
        ladders = dict.fromkeys(each for of_test in found for each in of_test or ())
        simple = prod(len(ladder) + 1 for ladder in ladders)
        lowered = None not in found and simple <= MOST_CLASSES
        self._ladders = tuple(ladders) if lowered else None
        self._simple_classes = simple if lowered else 0
        if lowered and name == GUEST_ATTRIBUTE:
            self._simple_classes += simple * simple
        self._column = column
        self._lookup = lookups.ask([column], self._route(), self._told, ("BIGINT",))

    @property
    def size(self) -> int:
        """One more than the largest class; known when the lookups have run."""
        return self._told_from + len(self._known)

    @property
    def sql(self) -> str:
        """The class of each user as SQL; known when the lookups have run."""
        column = self._column
        lines = [f"WHEN {column} IS NULL OR {column} = '' THEN {EMPTY}"]
        simple = self._simple()
        if simple is not None:
            # Where nobody asks for another class, every value is simple.
            route = simple if self._lookup.asked else "TRUE"
            lines.append(f"WHEN {route} THEN {' + '.join(['1', *self._terms(column)])}")
        return f"CASE {' '.join(lines)} ELSE {self._lookup.result()} END"

    @property
    def _told_from(self) -> int:
        """The first class that the reference path tells."""
        return EMPTY + 1 + self._simple_classes

    def _simple(self) -> str | None:
        """The values that SQL puts into classes; None where there are none."""
        column = self._column
        if self._ladders is None:
            return None
        conditions = [f"{column} >= '!'", is_ascii(column), f"strlen({column}) <= {LONGEST}"]
        if any("regexp_matches" in rung for ladder in self._ladders for rung in ladder):
            conditions.append(f"NOT contains({column}, chr(10))")
        if self.name == GUEST_ATTRIBUTE:
            # Of a guest the home name counts too, which must be no empty text.
            conditions.append(f"NOT starts_with({column}, {quoted(GUEST_MARK)})")
        return f"({' AND '.join(conditions)})"

    def _terms(self, column: str) -> list[str]:
        """What makes up the class of a simple value, less one."""
        terms = self._rungs(column, 1)
        if self.name == GUEST_ATTRIBUTE:
            step = prod(len(ladder) + 1 for ladder in self._ladders or ())
            home = " + ".join([str(step), *self._rungs(HOME, step)])
            terms.append(
                f"CASE WHEN contains({column}, {quoted(GUEST_MARK)}) THEN {home} ELSE 0 END"
            )
        return terms

    def _rungs(self, column: str, step: int) -> list[str]:
        """The rung on each ladder, times its step."""
        terms = []
        for ladder in self._ladders or ():
            cases = " ".join(
                f"WHEN {rung.format(v=column)} THEN {at * step}"
                for at, rung in enumerate(ladder, 1)
            )
            terms.append(f"CASE {cases} ELSE 0 END")
            step *= len(ladder) + 1
        return terms

    def _route(self) -> str:
        """The values of which the reference path tells the class."""
        asked = f"{self._column} <> ''"
        simple = self._simple()
        return asked if simple is None else f"{asked} AND NOT {simple}"

    def _told(self, key: Sequence[str | None]) -> tuple[int]:
        """The class of one value by the reference path."""
        value = decode(key[0])
        profile = (
            is_empty(value),
            tuple(self._profile(test, value, null_key) for test, null_key in self.tests),
        )
        return (self._told_from + self._known.setdefault(profile, len(self._known)),)

    def _profile(self, test: ClauseTest, value: object, null_key: str) -> tuple[object, ...]:
        """What a clause gives under every choice of the readings that it may look up."""
        if test.defect:
            return ()
        met: list[str] = []
        while True:
            choices = [[option.word for option in READINGS[key].options] for key in met]
            found: list[object] = []
            news: dict[str, None] = {}
            for number, words in enumerate(product(*choices)):
                if number >= MOST_RUNS:
                    # Too many to compare: the value is a class of its own.
                    return (repr(value),)
                run = Choices({**DEFAULTS, **dict(zip(met, words, strict=True))})
                found.append(test.run(value, self._type_name, run, null_key=null_key))
                news.update(run.met)
            added = [key for key in news if key not in met]
            if not added:
                return (tuple(met), tuple(found))
            met = sorted([*met, *added])


def classes_of(
    scope: ScopeFilter, types: Mapping[str, str], columns: Mapping[str, str], lookups: Lookups
) -> list[AttributeClasses]:
    """The attributes that a filter asks for, each once."""
    by_name: dict[str, list[tuple[ClauseTest, str]]] = {}
    every = [(group.filter_set, test) for group in scope.groups for test in group.tests]
    for filter_set, test in every:
        null_key = readings.INPUT_NULL if filter_set == "inputFilterGroups" else readings.NULL
        by_name.setdefault(test.attribute, []).append((test, null_key))
    return [
        AttributeClasses(name, tests, types.get(name), columns[name], lookups)
        for name, tests in by_name.items()
    ]


def _ladders(test: ClauseTest) -> list[Ladder] | None:
    """What a clause depends on for a simple text; None where only the reference path can tell."""
    if test.defect or test.operator is None or test.compare is None:
        return []
    operator = lowered(test)
    if operator is None or not all(
        value.isascii() and "\0" not in value and len(value) <= LONGEST for value in test.values
    ):
        return None
    found: list[Ladder] = []
    for value in test.values or ("",):
        ladder = operator.ladder(value)
        if ladder is None:
            return None
        if ladder:
            found.append(ladder)
    return found

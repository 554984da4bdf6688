"""Scoping filters in SQL: not what a clause gives, but what it may depend on.

Two values of an attribute are of one class where every clause on the attribute gives the same under
every open reading. Users of the same classes pass or fail the filter alike, so one of them is asked
of the reference path. A value that is short, ASCII and not blank is put into a class by SQL, as far
as `linear_pattern` and the comparisons below are proven equal; the class of any other value is told
by the reference path, once for each distinct value.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from provlint.simulate import readings
from provlint.simulate.attribute_values import GUEST_MARK, is_empty
from provlint.simulate.clause import Choices, ClauseTest
from provlint.simulate.columnar.encoding import decode, quoted
from provlint.simulate.columnar.staging import home_name
from provlint.simulate.readings import DEFAULTS, READINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provlint.simulate.scope import ScopeFilter

EMPTY = -1
FALLBACK = 1 << 40
"""Classes from here on were told by the reference path."""

LONGEST = 10_000
"""Characters of the longest text that SQL puts into a class."""

MOST_BITS = 18

GUEST_ATTRIBUTE = "userPrincipalName"
MOST_RUNS = 400


class AttributeClasses:
    """The classes of one attribute.

    Attributes:
        name: The source attribute.
        tests: The clauses on it, with the reading that settles empty values in each.
    """

    def __init__(
        self, name: str, tests: Iterable[tuple[ClauseTest, str]], type_name: str | None
    ) -> None:
        self.name = name
        self.tests = tuple(tests)
        self._type_name = type_name
        self._known: dict[object, int] = {}
        bits = [self._bits(test) for test, _ in self.tests]
        flat = [bit for found in bits if found is not None for bit in found]
        lowered = None not in bits and len(flat) <= MOST_BITS
        self._lowered: list[str] | None = list(dict.fromkeys(flat)) if lowered else None

    def _bits(self, test: ClauseTest) -> list[str] | None:
        """What the clause depends on for a plain text, as conditions on `{v}`; None if unknown."""
        if test.defect or test.operator is None or test.compare is None:
            return []
        operator = test.operator
        name = operator.name if operator.name in _LOWERED else operator.opposite
        lower = _LOWERED.get(name)
        if lower is None or not all(
            value.isascii() and "\0" not in value and len(value) <= LONGEST for value in test.values
        ):
            return None
        found: list[str] = []
        for value in test.values:
            conditions = lower(value)
            if conditions is None:
                return None
            found += conditions
        return found

    def simple(self, column: str) -> str | None:
        """The values that SQL puts into classes; None where there are none."""
        if self._lowered is None:
            return None
        conditions = [f"{column} >= '!'", f"strlen({column}) = length({column})"]
        conditions.append(f"strlen({column}) <= {LONGEST}")
        if any("regexp_matches" in bit for bit in self._lowered):
            conditions.append(f"NOT contains({column}, chr(10))")
        if self.name == GUEST_ATTRIBUTE:
            # Of a guest the home name counts too.
            conditions.append(f"{home_name(column)} >= '!'")
        return f"({' AND '.join(conditions)})"

    def expression(self, column: str, fallback: str) -> str:
        """The class of a column as SQL."""
        simple = self.simple(column)
        lines = [f"WHEN {column} IS NULL OR {column} = '' THEN {EMPTY}"]
        if simple is not None and self._lowered is not None:
            terms = self._terms(column)
            lines.append(f"WHEN {simple} THEN {' + '.join(terms) or '0'}")
        return f"CASE {' '.join(lines)} ELSE {fallback} END"

    def _terms(self, column: str) -> list[str]:
        """The bits that make up the class of a simple value."""
        bits = self._lowered or []
        terms = [
            f"CASE WHEN {bit.format(v=column)} THEN {1 << at} ELSE 0 END"
            for at, bit in enumerate(bits)
        ]
        if self.name == GUEST_ATTRIBUTE:
            home = f"({home_name(column)})"
            first = len(bits)
            of_home = [
                f"CASE WHEN {bit.format(v=home)} THEN {1 << (first + at)} ELSE 0 END"
                for at, bit in enumerate(bits)
            ]
            whole = " + ".join([*of_home, str(1 << (2 * first))])
            mark = quoted(GUEST_MARK)
            terms.append(f"CASE WHEN contains({column}, {mark}) THEN {whole} ELSE 0 END")
        return terms

    def route(self, column: str) -> str:
        """The values of which the reference path tells the class."""
        simple = self.simple(column)
        asked = f"{column} IS NOT NULL AND {column} <> ''"
        return asked if simple is None else f"{asked} AND NOT {simple}"

    def told(self, key: Sequence[str | None]) -> int:
        """The class of one value by the reference path."""
        value = decode(key[0])
        profile = (
            is_empty(value),
            tuple(self._profile(test, value, null_key) for test, null_key in self.tests),
        )
        return FALLBACK + self._known.setdefault(profile, len(self._known))

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


def classes_of(scope: ScopeFilter, types: dict[str, str]) -> list[AttributeClasses]:
    """The attributes that a filter asks for, each once."""
    by_name: dict[str, list[tuple[ClauseTest, str]]] = {}
    every = [(group.filter_set, test) for group in scope._groups for test in group.tests]
    for filter_set, test in every:
        null_key = readings.INPUT_NULL if filter_set == "inputFilterGroups" else readings.NULL
        by_name.setdefault(test.attribute, []).append((test, null_key))
    return [AttributeClasses(name, tests, types.get(name)) for name, tests in by_name.items()]


def _equals(value: str) -> list[str]:
    return [f"{{v}} = {_literal(value)}"]


def _includes(value: str) -> list[str]:
    return [f"contains({{v}}, {_literal(value)})"]


def _ends_with(value: str) -> list[str]:
    return [
        f"ends_with({{v}}, {_literal(value)})",
        f"ends_with(lower({{v}}), {_literal(value.lower())})",
    ]


def _is_null(_: str) -> list[str]:
    return []


def _regex(value: str) -> list[str] | None:
    from provlint.dotnet import regex

    found = []
    for pattern in (value, rf"\A(?:{value})\z"):
        try:
            linear = regex.linear_pattern(regex.parse(pattern))
        except (regex.RegexSyntaxError, regex.RegexUnsupported):
            return None
        if linear is None:
            return None
        found.append(f"regexp_matches({{v}}, {_literal(linear.ascii)})")
    return found


def _literal(text: str) -> str:
    return quoted(text).replace("{", "{{").replace("}", "}}")


_LOWERED = {
    "EQUALS": _equals,
    "Includes": _includes,
    "ENDS_WITH": _ends_with,
    "IS NULL": _is_null,
    "REGEX MATCH": _regex,
}

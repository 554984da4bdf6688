"""What a clause asks of a value, as a set of values.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from provlint.semantics.attribute_values import whole_number
from provlint.semantics.filter_clauses import matches
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.analysis.languages.language import Language
    from provlint.dotnet.regex.tree import Node
    from provlint.semantics.filter_clauses import NullPolicy
    from provlint_grammar.scoping_filter.operators import Operator

Test = Literal[
    "EQUALS",
    "IS TRUE",
    "IS FALSE",
    "IS NULL",
    "REGEX MATCH",
    "Greater_Than",
    "Greater_Than_OR_EQUALS",
    "Includes",
    "ENDS_WITH",
    "&",
    "undocumented",
]

_NEGATED: dict[str, Test] = {
    "NOT EQUALS": "EQUALS",
    "NOT REGEX MATCH": "REGEX MATCH",
    "IS NOT NULL": "IS NULL",
    "!&": "&",
}
"""Operators that are, on a value that is there, the opposite of another."""
_TESTS: dict[str, Test] = {each: each for each in get_args(Test)}

INTEGER_TESTS = frozenset({"Greater_Than", "Greater_Than_OR_EQUALS", "&"})
BOOLEAN_TESTS = frozenset({"IS TRUE", "IS FALSE"})


class Predicate(NamedTuple):
    """A clause without its attribute.

    Attributes:
        test: The operator, without its negation.
        values: The operands; one of them is enough.
        negated: Whether a value that is there passes if it fails the test.
        on_null: Whether an empty attribute passes; None where nobody knows.
    """

    test: Test
    values: tuple[str, ...]
    negated: bool
    on_null: bool | None


def predicate_of(operator: Operator, values: tuple[str, ...], null_policy: NullPolicy) -> Predicate:
    """What a valid clause asks of a value."""
    name = operator.name
    settled = operator.null_documented
    if null_policy == "negatives-true":
        settled = operator.null_negatives_true
    on_null = {"true": True, "false": False}.get(settled)
    negated = name in _NEGATED
    test = _NEGATED.get(name) or _TESTS.get(name, "undocumented")
    if test == "undocumented":
        return Predicate(test, (name, *values), False, None)
    kept = () if operator.arity == "unary" else tuple(dict.fromkeys(values))
    return Predicate(test, kept, negated, on_null)


@lru_cache(maxsize=1024)
def language_of(test: Test, values: tuple[str, ...], numbers: bool) -> Language | None:
    """The values that pass a test, by their text; None where no automaton describes them.

    Args:
        test: The test; not `&`.
        values: The operands.
        numbers: Whether the values are integers, and no texts.
    """
    from provlint.analysis.languages import plain
    from provlint.analysis.languages.numbers import Integers

    if test == "EQUALS":
        return plain.exactly(values)
    if test in BOOLEAN_TESTS:
        return plain.exactly(("true" if test == "IS TRUE" else "false",), ignore_case=True)
    if test == "IS NULL":
        return plain.NOTHING_AT_ALL
    if test == "Includes":
        return plain.including(values)
    if test == "ENDS_WITH":
        return plain.ending_with(values)
    if test in INTEGER_TESTS:
        if not numbers:
            return plain.NOTHING_AT_ALL
        bounds = [number for value in values if (number := whole_number(value)) is not None]
        return Integers(min(bounds) + (test == "Greater_Than"))
    return _pattern_language(values) if test == "REGEX MATCH" else None


def _pattern_language(patterns: tuple[str, ...]) -> Language | None:
    from provlint.analysis.languages.patterns.language import PatternLanguage
    from provlint.dotnet.regex.tree import Alternation

    roots = roots_of(patterns)
    if roots is None:
        return None
    root = roots[0] if len(roots) == 1 else Alternation(roots)
    return PatternLanguage(root, lambda text: _found(patterns, text))


@lru_cache(maxsize=1024)
def roots_of(patterns: tuple[str, ...]) -> tuple[Node, ...] | None:
    """The trees of patterns; None where .NET refuses one, or its versions disagree on it."""
    from provlint.dotnet import regex
    from provlint.dotnet.regex.support import check_supported

    try:
        parsed = [regex.parse(pattern) for pattern in patterns]
        for pattern in parsed:
            check_supported(pattern)
    except (regex.RegexSyntaxError, regex.RegexUnsupported):
        return None
    return tuple(pattern.root for pattern in parsed)


def _found(patterns: tuple[str, ...], text: str) -> bool | None:
    results = [matches(pattern, text) for pattern in patterns]
    if True in results:
        return True
    return None if None in results else False


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_ESCAPE = re.compile(r"\\(?:[abcefnrtv0]|x[0189]|u00[0189]|P|p)")


def names_controls(predicate: Predicate) -> bool:
    """Whether an operand speaks of control characters, such as line breaks."""
    escapes = predicate.test == "REGEX MATCH"
    return any(
        _CONTROL.search(value) or (escapes and _CONTROL_ESCAPE.search(value))
        for value in predicate.values
    )


def beyond(predicate: Predicate) -> str:
    """Why no automaton describes a predicate exactly, in words; empty where one does."""
    if predicate.test == "undocumented":
        return f"nothing says what `{predicate.values[0]}` tests"
    if predicate.test != "REGEX MATCH":
        return ""
    from provlint.analysis.languages.patterns import reach
    from provlint.wording import quote

    roots = roots_of(predicate.values)
    if roots is None:
        return f"{quote(predicate.values[0])} holds what no two versions of .NET agree on"
    found = next(filter(None, map(reach.beyond, roots)), "")
    return f"{quote(predicate.values[0])} holds a {found}" if found else ""

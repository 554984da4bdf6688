"""Why no value passes some clauses, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.predicates import BOOLEAN_TESTS, INTEGER_TESTS
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.analysis.predicates import Predicate


def reason_of_conflict(predicates: Sequence[Predicate]) -> str:
    """Why no value passes all of these, of which none can be left out."""
    if len(predicates) == 1:
        return _alone(predicates[0])
    if len(predicates) > 2:
        return f"no value passes all {len(predicates)}"
    for first, second in (predicates, predicates[::-1]):
        reason = _pair(first, second)
        if reason:
            return reason
    return "no value passes both"


def _alone(predicate: Predicate) -> str:
    if predicate.test == "EQUALS" and not any(predicate.values):
        return "an empty value is no value"
    if predicate.test == "REGEX MATCH":
        if predicate.negated:
            return f"every value matches {quote(predicate.values[0])}"
        return f"no value matches {quote(predicate.values[0])}"
    if predicate.test in INTEGER_TESTS:
        return "the attribute holds no such integer"
    if predicate.test in BOOLEAN_TESTS:
        return "the attribute holds no Booleans"
    return "no value passes it"


def _pair(left: Predicate, right: Predicate) -> str:
    if left.test == "IS NULL" and not left.negated:
        return "an empty attribute passes no test but `IS NULL`"
    if {left.test, right.test} == BOOLEAN_TESTS:
        return "no value is both true and false"
    same = (left.test, left.values) == (right.test, right.values)
    if same and left.negated is not right.negated:
        return "one is the opposite of the other"
    if left.test == "EQUALS" and not left.negated:
        return _of_value(left.values, right)
    if left.test == right.test == "REGEX MATCH" and not (left.negated or right.negated):
        return f"no value matches both {quote(left.values[0])} and {quote(right.values[0])}"
    return ""


def _of_value(values: tuple[str, ...], test: Predicate) -> str:
    """Why the only values that can be fail a test."""
    if test.test == "EQUALS" and not test.negated:
        return "no value equals both"
    if len(values) != 1 or not test.values:
        return ""
    value, operand = quote(values[0]), quote(test.values[0])
    verbs = {
        ("ENDS_WITH", False): "does not end with",
        ("Includes", False): "does not include",
        ("REGEX MATCH", False): "does not match",
        ("REGEX MATCH", True): "matches",
        ("Greater_Than", False): "is not greater than",
        ("Greater_Than_OR_EQUALS", False): "is less than, or is no number to compare with",
        ("&", False): "shares no bit with",
        ("&", True): "shares a bit with",
    }
    verb = verbs.get((test.test, test.negated))
    return f"{value} {verb} {operand}" if verb else ""

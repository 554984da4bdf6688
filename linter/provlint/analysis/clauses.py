"""What two clauses on one attribute say about each other.

Everything here is certain under the documented semantics: a whole value is compared, case counts,
an unset attribute fails every test but `IS NULL`. What is not certain gives no answer.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.scoping_filter.operators import find_operator


class Test(NamedTuple):
    """A clause, reduced to what can be reasoned about.

    Attributes:
        attribute: Name of the attribute.
        operator: Canonical spelling.
        value: The operand; the empty string for unary operators.
    """

    attribute: str
    operator: str
    value: str = ""


def test_of(attribute: str, operator: str, values: tuple[str, ...] | None) -> Test | None:
    """The test that a clause makes; None when the clause is not well-formed."""
    known = find_operator(operator)
    if known is None or known.support != "supported":
        return None
    if known.arity == "unary":
        return Test(attribute, known.name)
    if not values or len(values) != 1:
        return None
    return Test(attribute, known.name, values[0])


def opposite(test: Test) -> Test | None:
    """The test that holds where this one fails, on a value that is there."""
    known = find_operator(test.operator)
    if known is None or not known.opposite:
        return None
    return test._replace(operator=known.opposite)


def conflict(left: Test, right: Test) -> str | None:
    """Why no value passes both tests, in words; None when some value might."""
    if left.attribute != right.attribute:
        return None
    for first, second in ((left, right), (right, left)):
        reason = _conflict(first, second)
        if reason is not None:
            return reason
    return None


def _conflict(left: Test, right: Test) -> str | None:
    if left.operator == "IS NULL" and right.operator != "IS NULL":
        return "an empty attribute passes no test but `IS NULL`"
    if left.operator == "IS TRUE" and right.operator == "IS FALSE":
        return "no value is both true and false"
    if opposite(left) == right:
        return "one is the opposite of the other"
    if left.operator == "EQUALS":
        return _conflict_with_value(left.value, right)
    if left.operator == right.operator == "REGEX MATCH":
        first, second = _prefix(left.value), _prefix(right.value)
        if first and second and not first.startswith(second) and not second.startswith(first):
            return f"no value begins with both `{first}` and `{second}`"
    low = _lower_bound(left)
    if low is not None and right.operator == "EQUALS":
        return _conflict_with_value(right.value, left)
    return None


def _prefix(pattern: str) -> str:
    """The text that every value matching the pattern begins with, as far as that is plain."""
    if not pattern.startswith("^") or "|" in pattern or "(?" in pattern:
        return ""
    length = 1
    while length < len(pattern) and (pattern[length].isalnum() or pattern[length] in " _-,@/:"):
        length += 1
    if length < len(pattern) and pattern[length] in "*?{":
        length -= 1  # the last character need not be there
    return pattern[1:length]


def _conflict_with_value(value: str, test: Test) -> str | None:
    """Why the value `value` fails a test."""
    wanted = test.value
    if test.operator == "EQUALS" and wanted != value:
        return "no value equals both"
    if test.operator == "NOT EQUALS" and wanted == value:
        return "one is the opposite of the other"
    if test.operator == "ENDS_WITH" and not value.endswith(wanted):
        return f"`{value}` does not end with `{wanted}`"
    if test.operator == "Includes" and wanted not in value:
        return f"`{value}` does not include `{wanted}`"
    low = _lower_bound(test)
    if low is not None and is_integer(value) and int(value) < low:
        return f"`{value}` is not that great"
    if test.operator in ("REGEX MATCH", "NOT REGEX MATCH"):
        found = regex_matches(wanted, value)
        if found is not None and found is not (test.operator == "REGEX MATCH"):
            verb = "does not match" if test.operator == "REGEX MATCH" else "matches"
            return f"`{value}` {verb} `{wanted}`"
    return None


def _lower_bound(test: Test) -> int | None:
    if not is_integer(test.value):
        return None
    if test.operator == "Greater_Than":
        return int(test.value) + 1
    return int(test.value) if test.operator == "Greater_Than_OR_EQUALS" else None


def is_integer(text: str) -> bool:
    """Whether a text is a whole number of at most 18 digits, as the service compares them."""
    return text.isascii() and text.isdecimal() and len(text) <= 18


def regex_matches(pattern: str, value: str) -> bool | None:
    """Whether .NET finds the pattern in the value; None where that is not settled."""
    from provlint.dotnet import regex

    try:
        return regex.compile(pattern).is_match(value)
    except (regex.RegexSyntaxError, regex.RegexUnsupported, regex.RegexTimeout):
        return None


def implies(left: Test, right: Test) -> bool:
    """Whether every value that passes `left` passes `right`, for certain."""
    if left.attribute != right.attribute:
        return False
    if left == right:
        return True
    if right.operator == "IS NOT NULL":
        return left.operator != "IS NULL"
    if left.operator == "EQUALS" and right.operator not in ("IS NULL", "IS TRUE", "IS FALSE"):
        return _passes(left.value, right)
    low, other = _lower_bound(left), _lower_bound(right)
    return low is not None and other is not None and low >= other


def _passes(value: str, test: Test) -> bool:
    wanted = test.value
    if test.operator == "NOT EQUALS":
        return value != wanted
    if test.operator == "ENDS_WITH":
        return value.endswith(wanted)
    if test.operator == "Includes":
        return wanted in value
    low = _lower_bound(test)
    if low is not None:
        return is_integer(value) and int(value) >= low
    if test.operator in ("REGEX MATCH", "NOT REGEX MATCH"):
        return regex_matches(wanted, value) is (test.operator == "REGEX MATCH")
    return False

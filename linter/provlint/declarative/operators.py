"""The operators of conditions, by the names that Azure Policy and PSRule give them.

Source: https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#conditions
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from provlint.dotnet.regex import RegexSyntaxError, RegexTimeout, RegexUnsupported
from provlint.dotnet.regex import compile as compile_regex
from provlint.wording import quote

if TYPE_CHECKING:
    from provlint.declarative.nouns.noun import Value
    from provlint.dotnet.regex.regex import Regex

_CASELESS = "(?i)"
_META = re.compile(r"[\\*+?|{}\[\]()^$.]")

Scalar = str | int | float | bool
Takes = Literal["value", "list", "text", "pattern", "number", "true or false", "count"]


class UndecidedError(Exception):
    """A condition took more work than it may; what it gives is not guessed."""

    help = "simplify the pattern: no repetition inside a repetition, no reference to a group"


@dataclass(frozen=True)
class Operator:
    """An operator.

    Attributes:
        name: As rules write it.
        takes: What stands after it.
        about: When it holds, for the documentation.
        test: Whether it holds for one value and one operand, with the letter case settled; None
            for an operator that looks at the whole field.
        negates: The operator that it is the opposite of.
    """

    name: str
    takes: Takes
    about: str
    test: Callable[[Scalar, Scalar], bool] | None = None
    negates: str = ""


def text_of(value: Scalar) -> str:
    """A value as text: `true`, `5`, `1.5`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def escape(value: Scalar) -> str:
    """A value as a pattern that finds it as it is."""
    return _META.sub(r"\\\g<0>", text_of(value))


def number_of(value: Scalar | None) -> float | None:
    """A value as a number, where it is one: `500` or `"500"`."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value) if len(value) < 32 and value.strip()[:1] in "+-.0123456789" else None
    except ValueError:
        return None


def _equal(value: Scalar, operand: Scalar) -> bool:
    if isinstance(operand, int | float) and not isinstance(operand, bool):
        return number_of(value) == operand
    return text_of(value) == text_of(operand)


def _like(value: Scalar, operand: Scalar) -> bool:
    return fnmatchcase(text_of(value), text_of(operand).replace("[", "[[]"))


def _match(value: Scalar, operand: Scalar) -> bool:
    text = text_of(value)
    try:
        return regex(text_of(operand)).is_match(text)
    except RegexTimeout:
        raise UndecidedError(
            f"the pattern {quote(text_of(operand).removeprefix(_CASELESS))} takes too many steps"
            f" on {quote(text)}"
        ) from None


@lru_cache(maxsize=1024)
def regex(pattern: str) -> Regex:
    """A pattern as .NET reads it.

    Raises:
        RegexSyntaxError: .NET refuses it.
        RegexUnsupported: It holds a construct whose behaviour is not reproduced.
    """
    return compile_regex(pattern)


def pattern_problem(pattern: str) -> str:
    """What is wrong with a pattern; empty for nothing."""
    try:
        regex(pattern)
    except (RegexSyntaxError, RegexUnsupported) as error:
        return str(error)
    return ""


def _compare(test: Callable[[float, float], bool]) -> Callable[[Scalar, Scalar], bool]:
    def compare(value: Scalar, operand: Scalar) -> bool:
        left, right = number_of(value), number_of(operand)
        return left is not None and right is not None and test(left, right)

    return compare


def _contains(value: Scalar, operand: Scalar) -> bool:
    return text_of(operand) in text_of(value)


_OPERATORS = (
    Operator("equals", "value", "it is the same", _equal),
    Operator("notEquals", "value", "it is another, or missing", negates="equals"),
    Operator("in", "list", "it is one of them", _equal),
    Operator("notIn", "list", "it is none of them, or missing", negates="in"),
    Operator("like", "text", "it fits; `*` stands for any text, `?` for one character", _like),
    Operator("notLike", "text", "it does not fit, or is missing", negates="like"),
    Operator("match", "pattern", "the .NET regular expression is found in it", _match),
    Operator("notMatch", "pattern", "it is not found, or it is missing", negates="match"),
    Operator("contains", "text", "the text is in it; of a list: one item is the same", _contains),
    Operator("notContains", "text", "that is not so, or it is missing", negates="contains"),
    Operator(
        "startsWith",
        "text",
        "it begins so",
        lambda value, operand: text_of(value).startswith(text_of(operand)),
    ),
    Operator("notStartsWith", "text", "it begins otherwise, or is missing", negates="startsWith"),
    Operator(
        "endsWith",
        "text",
        "it ends so",
        lambda value, operand: text_of(value).endswith(text_of(operand)),
    ),
    Operator("notEndsWith", "text", "it ends otherwise, or is missing", negates="endsWith"),
    Operator("less", "number", "it is a number below", _compare(lambda a, b: a < b)),
    Operator(
        "lessOrEquals", "number", "it is a number, and not above", _compare(lambda a, b: a <= b)
    ),
    Operator("greater", "number", "it is a number above", _compare(lambda a, b: a > b)),
    Operator(
        "greaterOrEquals", "number", "it is a number, and not below", _compare(lambda a, b: a >= b)
    ),
    Operator("exists", "true or false", "`true`: the file says something; `false`: it does not"),
    Operator("hasValue", "true or false", "as `exists`, but the empty text counts as nothing"),
    Operator("count", "count", "so many items are in the list; 0 for a missing one"),
    Operator("length", "count", "so many characters are in the text"),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({each.name: each for each in _OPERATORS})
"""Operator by its name."""

BOUNDS = ("equals", "notEquals", "less", "lessOrEquals", "greater", "greaterOrEquals")
"""What may stand after `count` and `length` in place of a number."""


def holds(name: str, value: Value, operand: Any, *, case_sensitive: bool) -> bool:
    """Whether an operator holds for a field.

    On a list every item must pass; `contains` asks for one item. A list of operands is a choice.

    Raises:
        UndecidedError: A regular expression takes too many steps.
    """
    operator = OPERATORS[name]
    items: tuple[Scalar, ...] = value if isinstance(value, tuple) else ()
    if value is not None and not isinstance(value, tuple):
        items = (value,)
    if name in ("exists", "hasValue"):
        found = bool(items) if name == "exists" else any(item != "" for item in items)
        return found is bool(operand)
    if name == "count":
        return _within(len(items), operand)
    if name == "length":
        return bool(items) and all(_within(len(text_of(item)), operand) for item in items)
    positive = OPERATORS[operator.negates or name]
    test = positive.test
    if positive.name == "contains" and isinstance(value, tuple):
        test = _equal
    assert test is not None
    choices = operand if isinstance(operand, list | tuple) else (operand,)
    fold = not case_sensitive and positive.takes not in ("number", "pattern")
    if positive.takes == "pattern" and not case_sensitive:
        choices = [f"{_CASELESS}{choice}" for choice in choices]

    def passes(item: Scalar) -> bool:
        return any(test(_folded(item, fold), _folded(choice, fold)) for choice in choices)

    if operator.negates:
        return not any(passes(item) for item in items)
    if positive.name == "contains":
        return any(passes(item) for item in items)
    return bool(items) and all(passes(item) for item in items)


def _folded(value: Scalar, fold: bool) -> Scalar:
    return value.casefold() if fold and isinstance(value, str) else value


def _within(number: int, operand: Any) -> bool:
    if not isinstance(operand, Mapping):
        return number == int(operand)
    return all(holds(name, number, bound, case_sensitive=True) for name, bound in operand.items())

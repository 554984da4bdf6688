"""Values of clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING, Fix, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.filters import asks_scope
from provlint.wording import counted, quote
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import ClauseUnit

SEVERAL_VALUES = RuleInfo(
    "PL105", "several-values", "A clause holds several values, which means nothing certain", ERROR,
    sources.FILTER_CLAUSE,
)  # fmt: skip
WILDCARD = RuleInfo(
    "PL114", "wildcard-in-value", "A wildcard or a list stands where text is compared literally",
    WARNING, sources.SCOPING, confidence="medium",
)  # fmt: skip
REGEX_AS_TEXT = RuleInfo(
    "PL115", "regex-as-text", "A regular expression stands where text is compared literally",
    WARNING, sources.SCOPING, confidence="medium",
)  # fmt: skip
NON_INTEGER = RuleInfo(
    "PL116", "non-integer-value", "A number is compared with text that is no whole number", ERROR,
    sources.ON_DEMAND,
)  # fmt: skip
PADDED = RuleInfo(
    "PL117", "padded-value", "A value begins or ends with a blank", WARNING, sources.SCOPING,
    fixable=True,
)  # fmt: skip
DATE = RuleInfo(
    "PL118", "date-in-filter", "A filter compares dates, which filters cannot do", WARNING,
    sources.DATES_IN_FILTERS_THREAD, confidence="medium",
)  # fmt: skip

LITERAL = frozenset({"EQUALS", "NOT EQUALS", "Includes", "ENDS_WITH"})
"""Operators that take their value as it stands."""

_REGEX_SIGNS = r"^\^|(?<!\\)\$$|\.[*+]|\\[.dws]|\[[^\]]+\][*+{]?|\(\?|\([^)]*\|[^)]*\)"
_LIST_SIGNS = r"\w+(?:,\w+)+|\w+(?:, \w+){2,}"
"""`A,B` and `A, B, C`; `Oslo, Norway` is the name of one place."""
_DATE_SIGNS = r"\d{4}-\d\d-\d\d(?:[T ].*)?$|\d{1,2}[./]\d{1,2}[./]\d{4}$|(?i:now|today|utcnow)\(\)?"


def several_values(unit: ClauseUnit) -> Iterator[Finding]:
    """The portal makes one value a clause; what several mean is documented nowhere."""
    values = unit.clause.values or ()
    if len(values) > 1:
        name = unit.clause.source_operand_name
        yield Finding(
            f"the clause on {quote(name)} has {counted(len(values), 'value')}, and what that means"
            " is documented nowhere",
            "make one group for each value, or use `REGEX MATCH` with `^(?:a|b)$`",
            unit.value_place(1),
            contested="several-values-in-one-clause",
        )


def _literal_value(unit: ClauseUnit) -> str | None:
    known = find_operator(unit.clause.operator_name)
    values = unit.clause.values or ()
    return values[0] if known is not None and known.name in LITERAL and values else None


def _is_confirmed(unit: ClauseUnit) -> bool:
    """Whether users have the value just as it stands, so that it is what was meant."""
    results = unit.results
    if results is None:
        return False
    known = find_operator(unit.clause.operator_name)
    if known is not None and known.negative:
        return bool(unit.users - results.empty.number - results.true)
    return bool(results.true)


def _owners(unit: ClauseUnit) -> str:
    """How many users have the value, where that is known: none, or it would be confirmed."""
    return "" if unit.results is None else f"; 0 of {counted(unit.users, 'user')} have it"


def _looks_like_regex(value: str) -> bool:
    return re.search(_REGEX_SIGNS, value) is not None


def wildcard(unit: ClauseUnit) -> Iterator[Finding]:
    """There are no wildcards and no lists: `Sales*` is seven characters."""
    value = _literal_value(unit)
    if value is None or _looks_like_regex(value) or _is_confirmed(unit):
        return
    known = find_operator(unit.clause.operator_name)
    operator = known.name if known is not None else ""
    if "*" in value or re.search(r"\w\?\w|.\?$", value):
        found, hint = "wildcard", "use `Includes`, `ENDS_WITH` or `REGEX MATCH`"
    elif re.search(r"[^;|\n]+[;|\n][^;|\n]", value) or re.fullmatch(_LIST_SIGNS, value):
        found, hint = "list", "make one group for each value, or use `REGEX MATCH`"
    else:
        return
    yield Finding(
        f"{quote(operator)} compares {quote(value)} as it stands: the {found} in it is plain text"
        + _owners(unit),
        hint,
        unit.value_place(),
    )


def regex_as_text(unit: ClauseUnit) -> Iterator[Finding]:
    """The signs of a regular expression mean nothing outside the regex operators."""
    value = _literal_value(unit)
    if value is None or not _looks_like_regex(value) or _is_confirmed(unit):
        return
    known = find_operator(unit.clause.operator_name)
    operator = known.name if known is not None else ""
    instead = "NOT REGEX MATCH" if known is not None and known.negative else "REGEX MATCH"
    yield Finding(
        f"{quote(operator)} compares {quote(value)} as it stands, and it looks like a regular"
        f" expression{_owners(unit)}",
        f"use `{instead}`, or write the value itself",
        unit.value_place(),
    )


def non_integer(unit: ClauseUnit) -> Iterator[Finding]:
    """`Greater_Than` and the bit tests need whole numbers; anything else is an invalid filter."""
    known = find_operator(unit.clause.operator_name)
    values = unit.clause.values or ()
    if known is None or known.operand not in ("integer", "mask") or not values or not values[0]:
        return
    pattern = r"[0-9]+" if known.operand == "integer" else r"-?[0-9]+"
    if re.fullmatch(pattern, values[0]) is None:
        yield Finding(
            f"{quote(known.name)} needs a whole number, and the value is {quote(values[0])}",
            "write a whole number such as `10`; the service takes anything else for an invalid"
            " filter and fails the scope step",
            unit.value_place(),
        )


def padded(unit: ClauseUnit) -> Iterator[Finding]:
    """A blank at an end is part of the value and almost never in the data."""
    value = _literal_value(unit)
    known = find_operator(unit.clause.operator_name)
    # `Includes " and "` and `ENDS_WITH " (External)"` mean their blanks.
    if value is None or known is None or known.name == "Includes":
        return
    text = value.rstrip() if known.name == "ENDS_WITH" else value.strip()
    if not text or text == value or _is_confirmed(unit):
        return
    first = value.index(text)
    blanks = ((0, first), (first + len(text), len(value)))
    edits = tuple(TextEdit(unit.value_place(0, *part), "") for part in blanks if part[0] < part[1])
    yield Finding(
        f"the value {quote(value)} begins or ends with a blank, which is compared too"
        + _owners(unit),
        f"write {quote(text)}",
        unit.value_place(),
        fix=Fix("remove the blanks", edits, "unsafe"),
    )


def date(unit: ClauseUnit) -> Iterator[Finding]:
    """Filters know neither the current time nor the type date."""
    known = find_operator(unit.clause.operator_name)
    values = unit.clause.values or ()
    if known is None or not values or known.operand in ("regex", "none"):
        return
    if re.match(_DATE_SIGNS, values[0].strip()):
        yield Finding(
            f"the value {quote(values[0])} is a date, and filters compare dates as plain text",
            "compute a flag upstream and test that",
            unit.value_place(),
        )


def speaks_of_value(unit: ClauseUnit) -> bool:
    """Whether a rule here says that the value is not what it was meant to be."""
    told = (wildcard, regex_as_text, padded, date, several_values)
    return any(True for rule in told for _ in rule(unit))


RULES = (
    Rule(SEVERAL_VALUES, "clause", several_values),
    Rule(WILDCARD, "clause", wildcard, asks=asks_scope),
    Rule(REGEX_AS_TEXT, "clause", regex_as_text, asks=asks_scope),
    Rule(NON_INTEGER, "clause", non_integer),
    Rule(PADDED, "clause", padded, asks=asks_scope),
    Rule(DATE, "clause", date),
)

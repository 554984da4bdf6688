"""Scoping filters as groups of clauses, whatever they were read from, and what makes them invalid.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from provlint.model.tree import Scope
from provlint.semantics.attribute_values import whole_number
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.scoping_filter.graph import SETS, from_graph
from provlint_grammar.scoping_filter.operators import suggest_operator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provlint.dotnet.regex.regex import Regex
    from provlint_grammar.scoping_filter.operators import Operator

NullPolicy = Literal["documented", "negatives-true"]
"""What negative operators give on an empty attribute: false, or true."""


class PlainClause(NamedTuple):
    """A clause as it stands: attribute, operator as spelt, operands."""

    attribute: str
    operator: str
    values: tuple[str, ...]


class PlainGroup(NamedTuple):
    """A group of clauses, with its filter set, its number in it from 0, and its title."""

    filter_set: str
    number: int
    title: str
    clauses: tuple[PlainClause, ...]


def groups_of(scope: Scope | Mapping[str, object] | None) -> list[PlainGroup]:
    """Every group of a scope, in the order of the sets.

    Args:
        scope: The `scope` of an object mapping, as Microsoft Graph has it or as `provlint.model`
            read it; None where there is none.

    Raises:
        ShapeError: The value is no scope.
    """
    if isinstance(scope, Scope):
        sets = (scope.groups, scope.input_filter_groups, scope.category_filter_groups)
        return [
            PlainGroup(
                name,
                number,
                group.name or "",
                tuple(
                    PlainClause(
                        clause.source_operand_name, clause.operator_name, clause.values or ()
                    )
                    for clause in group.clauses
                ),
            )
            for name, groups in zip(SETS, sets, strict=True)
            for number, group in enumerate(groups)
        ]
    return [
        PlainGroup(
            name,
            number,
            group.name,
            tuple(
                PlainClause(each.attribute, each.operator, each.values) for each in group.clauses
            ),
        )
        for name in SETS
        for number, group in enumerate(from_graph(scope, name).groups)
    ]


def defect_of(clause: PlainClause, operator: Operator | None) -> str:
    """Why a clause is invalid, whoever the user is; empty where it is not."""
    if not clause.attribute:
        return "the clause names no attribute"
    if operator is None:
        advice = suggest_operator(clause.operator)
        found = f"{quote(clause.operator)} is not an operator of scoping filters"
        return f"{found}; {advice.advice}" if advice is not None else found
    if operator.support == "unsupported":
        return f"{quote(operator.name)} is not supported in scoping filters"
    if operator.arity == "unary":
        return ""
    if operator.arity == "binary" and not clause.values:
        return f"{quote(operator.name)} needs a value, found none"
    for value in clause.values:
        problem = _OPERAND_DEFECT.get(operator.operand, _no_defect)(value)
        if problem:
            return problem
    return ""


def _no_defect(_: str) -> str:
    return ""


def _not_an_integer(value: str) -> str:
    return "" if whole_number(value) is not None else f"the value {quote(value)} is not an integer"


def _not_a_pattern(value: str) -> str:
    return _compiled(value)[1]


_OPERAND_DEFECT: Mapping[str, Callable[[str], str]] = {
    "integer": _not_an_integer,
    "mask": _not_an_integer,
    "regex": _not_a_pattern,
}


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> tuple[Regex | None, str]:
    """The pattern ready to run, or why .NET refuses it; neither where provlint cannot tell."""
    from provlint.dotnet import regex

    try:
        return regex.compile(pattern), ""
    except regex.RegexSyntaxError as error:
        return None, f"the pattern {quote(pattern)} is not valid in .NET: {error.message}"
    except regex.RegexUnsupported:
        return None, ""


def matches(pattern: str, text: str, *, whole: bool = False) -> bool | None:
    """Whether .NET finds the pattern in the text; None where that is not settled."""
    from provlint.dotnet.regex import RegexTimeout

    compiled, _ = _compiled(rf"\A(?:{pattern})\z" if whole else pattern)
    if compiled is None:
        return None
    try:
        return compiled.is_match(text)
    except RegexTimeout:
        return None


_RANGES = r"\[[^\]]*[A-Za-z]-[A-Za-z]|\\[pP]\{L"
"""Classes of letters, with which a pattern may mean one case."""


def missed_by_case(operator: Operator, operand: str, text: str) -> bool:
    """Whether a clause on a part of a value misses a text by letter case alone.

    Args:
        operator: `REGEX MATCH`, `Includes`, `ENDS_WITH` or a contrary of one of them.
        operand: The value of the clause.
        text: A value of the attribute.
    """
    if operator.operand == "regex":
        if re.search(_RANGES, operand) or matches(operand, text) is not False:
            return False
        return matches(f"(?i){operand}", text) is True
    folded, small = text.lower(), operand.lower()
    if operator.name == "Includes":
        return operand not in text and small in folded
    if operator.name == "ENDS_WITH":
        return not text.endswith(operand) and folded.endswith(small)
    return False

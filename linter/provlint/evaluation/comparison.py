"""Comparisons: `=` `<>` `<` `<=` `>` `>=`.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#iif
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.evaluation.coercion import as_text, numeric
from provlint.evaluation.readings import (
    DATE_COMPARISON,
    DATEDIFF_COUNTING,
    EQUALITY_CASE,
    IIF_NULL,
    NUMBER_TEXT,
    ORDERING,
)
from provlint.evaluation.values import Date
from provlint_grammar.syntax import Attribute, Call, Comparison, Number

if TYPE_CHECKING:
    from provlint.evaluation.state import Run, State
    from provlint.evaluation.values import Value
    from provlint_grammar.syntax import Expression


def comparison(node: Comparison, left: Run, right: Run) -> Run:
    """The closure of a comparison, from those of its sides."""
    operator = node.operator
    attributes = (type(node.left) is Attribute, type(node.right) is Attribute)

    if _counts(node.left) and type(node.right) is Number:
        return _of_difference(operator, left, right)

    def run(state: State) -> Value:
        one, other = left(state), right(state)
        if one is None or other is None:
            # The condition check fails, whatever the operator.
            state.note(IIF_NULL)
            return False
        if (one == "" and attributes[0]) or (other == "" and attributes[1]):
            state.note(IIF_NULL)
            return False
        return _compared(state, operator, one, other)

    return run


def _counts(node: Expression) -> bool:
    return type(node) is Call and node.name.lower() == "datediff"


def _of_difference(operator: str, left: Run, right: Run) -> Run:
    """DateDiff compared with a number, where the way of counting seldom decides."""

    def run(state: State) -> Value:
        mark = state.noted()
        state.other_count = None
        count, bound = left(state), right(state)
        other = state.other_count
        answer = _compared(state, operator, count, bound)
        if (
            other is not None
            and state.notes is not None
            and DATEDIFF_COUNTING not in state.notes[:mark]
            and _compared(state, operator, other, bound) == answer
        ):
            state.notes = [name for name in state.notes if name != DATEDIFF_COUNTING] or None
        return answer

    return run


def _compared(state: State, operator: str, one: Value, other: Value) -> bool:
    if operator in ("=", "<>"):
        return _equal(state, one, other) is (operator == "=")
    return _ordered(state, operator, one, other)


def _equal(state: State, one: Value, other: Value) -> bool:
    if type(one) is str and type(other) is str:
        first, second = one, other
    elif type(one) is Date and type(other) is Date:
        state.note(DATE_COMPARISON)
        return bool(one.moment.ticks == other.moment.ticks)
    elif type(one) is type(other) and type(one) in (bool, int):
        return bool(one == other)
    else:
        first, second = as_text(state, one), as_text(state, other)
        if first != second:
            numbers = numeric(one), numeric(other)
            if None not in numbers and numbers[0] == numbers[1]:
                state.note(NUMBER_TEXT)
    if first == second:
        return True
    if len(first) == len(second) and first.lower() == second.lower():
        state.note(EQUALITY_CASE)
    return False


def _ordered(state: State, operator: str, one: Value, other: Value) -> bool:
    first: Any = numeric(one)
    second: Any = numeric(other)
    if first is not None and second is not None:
        if type(one) is str or type(other) is str:
            state.note(ORDERING)
    elif type(one) is Date and type(other) is Date:
        state.note(DATE_COMPARISON)
        first, second = one.moment.ticks, other.moment.ticks
    else:
        state.note(ORDERING)
        from provlint.dotnet.strings import compare

        first, second = compare(as_text(state, one), as_text(state, other)), 0
    if operator == "<":
        return bool(first < second)
    if operator == "<=":
        return bool(first <= second)
    if operator == ">":
        return bool(first > second)
    return bool(first >= second)

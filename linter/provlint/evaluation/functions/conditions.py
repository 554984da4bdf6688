"""True or false.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#ispresent
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation.coercion import as_text, numeric, shown
from provlint.evaluation.readings import (
    BLANK_IS_VALUE,
    CBOOL_TEXT,
    IIF_CONDITION,
    IIF_NULL,
    IS_STRING,
    NOT_TEXT,
)
from provlint.evaluation.state import TRUSTED_SOURCES, Failure

if TYPE_CHECKING:
    from provlint.evaluation.compiler import CallSite
    from provlint.evaluation.state import Run, State
    from provlint.evaluation.values import Value


def holds(state: State, value: Value) -> bool:
    """Whether a condition of IIF that is no comparison holds."""
    if type(value) is bool:
        return value
    if value is None or value == "":
        state.note(IIF_NULL)
        return False
    number = numeric(value)
    if number is not None:
        state.note(IIF_CONDITION)
        return bool(number != 0)
    text = as_text(state, value, 0)
    if text in ("True", "False"):
        return text == "True"
    state.note(IIF_CONDITION)
    if text.isascii() and text.lower() in ("true", "false"):
        return text.lower() == "true"
    raise Failure(
        f"the condition is {shown(value)}; expected True or False",
        "compare the value, or ask for it by `IsPresent`",
        argument=0,
    )


def to_boolean(state: State, value: Value) -> Value:
    """CBool(expression): True for a number other than 0, or for a comparison that holds."""
    if type(value) is bool:
        return value
    if type(value) is int:
        return value != 0
    if value is None:
        state.note(CBOOL_TEXT)
        return False
    if type(value) is str:
        state.note(CBOOL_TEXT)
        word = value.strip().lower()
        if word in ("true", "false"):
            return word == "true"
    number = numeric(value)
    if number is None:
        raise Failure(
            f"found {shown(value)}; expected a number, `True` or `False`",
            'compare the value: `CBool([attribute] = "value")`',
            argument=0,
        )
    return bool(number != 0)


def negate(state: State, value: Value) -> Value:
    """Not(source): False for True, and True for anything else."""
    if type(value) is bool:
        return not value
    if value is None:
        state.note(NOT_TEXT)
        return True
    if type(value) is list:
        value = as_text(state, value, 0)
    if type(value) is not str:
        return True
    word = value.strip().lower()
    if word == "true" and value != "True":
        state.note(NOT_TEXT)
    return word != "true"


def is_null(call: CallSite) -> Run:
    """IsNull(expression): whether the value is absent; an empty text is not."""
    return _presence(call, lambda value: value is None)


def is_absent_or_empty(call: CallSite) -> Run:
    """IsNullOrEmpty(expression): whether the value is absent or an empty text."""
    return _presence(call, lambda value: value is None or value == "")


def is_present(call: CallSite) -> Run:
    """IsPresent(expression): the contrary of IsNullOrEmpty."""
    return _presence(call, lambda value: value is not None and value != "")


def _presence(call: CallSite, test: Test) -> Run:
    source = call.run(0)
    # As the condition of IIF the page calls these tests unsupported on absent attributes, while
    # Microsoft's default mappings from Entra ID and Active Directory rest on them.
    doubtful = call.conditional and not call.trusted
    blanks = call.name != "IsNull"

    def run(state: State) -> Value:
        mark = state.noted()
        value = source(state)
        if value is None or value == "":
            if blanks:
                state.settle(mark)
            if doubtful and state.context.source not in TRUSTED_SOURCES:
                state.note(IIF_NULL)
        elif blanks and type(value) is str and not value.strip():
            state.note(BLANK_IS_VALUE)
        return test(value)

    return run


def is_text(state: State, value: Value) -> Value:
    """IsString(expression): whether the value can be read as a text."""
    if type(value) is not str:
        state.note(IS_STRING)
    return value is not None and type(value) is not list


if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[Value], bool]

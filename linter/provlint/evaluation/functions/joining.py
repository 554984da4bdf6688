"""Append, Prepend and Join.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#join
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation.coercion import as_list, as_text, check_length
from provlint.evaluation.readings import JOIN_NULL
from provlint.evaluation.state import TEXT_LIMIT
from provlint.evaluation.values import Roles

if TYPE_CHECKING:
    from provlint.evaluation.compiler import CallSite
    from provlint.evaluation.state import Run, State
    from provlint.evaluation.values import Value


def append(state: State, first: Value, second: Value) -> Value:
    """Append(source, suffix), and Prepend(prefix, source): one text directly after the other."""
    if type(first) is not str:
        first = as_text(state, first, 0)
    if type(second) is not str:
        second = as_text(state, second, 1)
    text = first + second
    if len(text) > TEXT_LIMIT:
        check_length(len(text))
    return text


def join(call: CallSite) -> Run:
    """Join(separator, source, ...): the sources that are not empty, with the separator between."""
    separator_run = call.run(0)
    runs = tuple(call.run(index) for index in range(1, len(call.runs)))
    constant = call.literal(0)

    def run(state: State) -> Value:
        separator = constant if constant is not None else separator_run(state)
        if type(separator) is not str:
            separator = as_text(state, separator, 0)
        parts = []
        for source in runs:
            value = source(state)
            if type(value) is str:
                if value:
                    parts.append(value)
            elif value is None:
                state.note(JOIN_NULL)
            elif type(value) is list or type(value) is Roles:
                items = as_list(state, value)
                parts.extend(filter(None, [as_text(state, item) for item in items]))
            else:
                parts.append(as_text(state, value))
        if len(parts) * len(separator) + sum(map(len, parts)) > TEXT_LIMIT:
            check_length(sum(map(len, parts)) + len(separator) * (len(parts) - 1))
        return separator.join(parts)

    return run

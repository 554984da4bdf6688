"""Functions that evaluate only what they need: IIF, Switch, Coalesce and others.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#switch
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation.coercion import as_text
from provlint.evaluation.functions.conditions import holds
from provlint.evaluation.readings import (
    COALESCE_EMPTY,
    IGNORE_FLOW_NESTED,
    NULL_AS_TEXT,
    SWITCH_DUPLICATE_KEY,
    SWITCH_NO_MATCH,
    UNIQUE_CASE,
    UNIQUE_NESTED,
    UNIQUE_NULL,
)
from provlint.evaluation.state import Failure, Signal
from provlint_grammar.syntax import Comparison, Text

if TYPE_CHECKING:
    from provlint.evaluation.compiler import CallSite
    from provlint.evaluation.state import Run, State
    from provlint.evaluation.values import Value


def choose(call: CallSite) -> Run:
    """IIF(condition, valueIfTrue, valueIfFalse)."""
    condition, if_true, if_false = call.run(0), call.run(1), call.run(2)
    compares = type(call.nodes[0]) is Comparison
    risk_true, risk_false = call.risky(1), call.risky(2)

    def run(state: State) -> Value:
        answer = condition(state)
        if not compares and type(answer) is not bool:
            answer = holds(state, answer)
        if answer:
            if risk_false:
                state.probe(if_false)
            return if_true(state)
        if risk_true:
            state.probe(if_true)
        return if_false(state)

    return run


def switch(call: CallSite) -> Run:
    """Switch(source, defaultValue, key, value, ...): the value of the key that equals the source.

    Keys are compared with regard to case; the key `""` stands for an absent source too.
    """
    source, default = call.run(0), call.runs[1]
    keys = [call.run(index) for index in range(2, len(call.runs), 2)]
    values = [call.run(index) for index in range(3, len(call.runs), 2)]
    risky = [index for index in range(len(values)) if call.risky(2 * index + 3)]
    risky_default = call.risky(1)
    literal = all(call.literal(index) is not None for index in range(2, len(call.runs), 2))
    table: dict[str, int] = {}
    repeated: set[str] = set()
    if literal:
        for index, node in enumerate(call.nodes[2::2]):
            assert type(node) is Text
            if node.value in table:
                repeated.add(node.value)
            table.setdefault(node.value, index)

    def find(state: State, text: str) -> int:
        found = -1
        for index, key in enumerate(keys):
            value = key(state)
            if value is None:
                state.note(NULL_AS_TEXT)
                value = ""
            if as_text(state, value, 2 * index + 2) == text:
                if found >= 0:
                    state.note(SWITCH_DUPLICATE_KEY)
                    break
                found = index
        return found

    def run(state: State) -> Value:
        mark = state.noted()
        value = source(state)
        if value is None or value == "":
            state.settle(mark)
        text = "" if value is None else as_text(state, value, 0)
        if literal:
            found = table.get(text, -1)
            if text in repeated:
                state.note(SWITCH_DUPLICATE_KEY)
        else:
            found = find(state, text)
        for index in risky:
            if index != found:
                state.probe(values[index])
        if found >= 0:
            if risky_default and default is not None:
                state.probe(default)
            return values[found](state)
        if default is None:
            state.note(SWITCH_NO_MATCH)
            return None
        return default(state)

    return run


def coalesce(call: CallSite) -> Run:
    """Coalesce(source, ...): the first source that is not null."""
    runs = [call.run(index) for index in range(len(call.runs))]
    risky = [call.risky(index) for index in range(len(runs))]
    last = len(runs) - 1

    def run(state: State) -> Value:
        for index, source in enumerate(runs):
            value = source(state)
            if value is not None:
                if value == "" and index < last:
                    state.note(COALESCE_EMPTY)
                for later in range(index + 1, last + 1):
                    if risky[later]:
                        state.probe(runs[later])
                return value
        return None

    return run


def ignore_flow(call: CallSite) -> Run:
    """IgnoreFlowIfNullOrEmpty(expression): drops the attribute when the value is null or empty."""
    source = call.run(0)
    nested = not call.outermost

    def run(state: State) -> Value:
        mark = state.noted()
        value = source(state)
        if value is None or value == "":
            state.settle(mark)
            if nested:
                state.note(IGNORE_FLOW_NESTED)
            raise Signal("dropped")
        return value

    return run


def first_free(call: CallSite) -> Run:
    """SelectUniqueValue(rule, rule, ...): the first value that is not in use in the target."""
    runs = [call.run(index) for index in range(len(call.runs))]
    nested = not call.outermost

    def run(state: State) -> Value:
        if nested:
            state.note(UNIQUE_NESTED)
        for index, rule in enumerate(runs):
            value = rule(state)
            if value is None or value == "":
                state.note(UNIQUE_NULL)
                continue
            text = as_text(state, value, index)
            taken, exactly = state.context.is_taken(text)
            if not taken:
                return text
            if not exactly:
                state.note(UNIQUE_CASE)
        raise Failure(
            f"all {len(runs)} values are in use or empty; the entry is held in escrow",
            "add another rule that makes a different value",
            escrow=True,
        )

    return run

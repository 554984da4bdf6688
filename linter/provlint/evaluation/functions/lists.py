"""Lists of values.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#item
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation.coercion import as_integer, as_list, as_text
from provlint.evaluation.readings import (
    COUNT_NULL,
    DUPLICATES_COMPARISON,
    ITEM_INDEX,
    NULL_AS_TEXT,
    SPLIT_DELIMITER,
    SPLIT_TRIMMING,
)
from provlint.evaluation.state import LIST_LIMIT, Failure
from provlint.evaluation.values import plain_text

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value


def count(state: State, source: Value) -> Value:
    """Count(attribute): the number of values."""
    if source is None:
        state.note(COUNT_NULL)
        return 0
    return len(as_list(state, source))


def item(state: State, source: Value, index: Value) -> Value:
    """Item(attribute, index): one value, counted from 1."""
    number = as_integer(state, index, 1)
    values = as_list(state, source)
    if source is None:
        state.note(ITEM_INDEX)
        raise Failure(
            f"there is no value number {number}: the list is absent",
            'guard it: `Switch(source, ..., "", ...)`',
            argument=0,
        )
    if number < 1:
        state.note(ITEM_INDEX)
        raise Failure(
            f"the index is {number}; expected 1 or more",
            "count from 1, the first value",
            argument=1,
        )
    if number > len(values):
        raise Failure(
            f"there is no value number {number}: the list has {len(values)}",
            "take a smaller number, or make sure that there are enough values",
            argument=1,
        )
    return values[number - 1]


def distinct(state: State, source: Value) -> Value:
    """RemoveDuplicates(attribute): each value once, in the order in which they come."""
    if source is None:
        state.note(NULL_AS_TEXT)
        return None
    found: dict[str, Value] = {}
    for value in as_list(state, source):
        found.setdefault(plain_text(value), value)
    if len({text.lower() for text in found}) < len(found):
        state.note(DUPLICATES_COMPARISON)
    return list(found.values())


def split(state: State, source: Value, delimiter: Value) -> Value:
    """Split(source, delimiter): the parts of a text as a list."""
    if source is None:
        state.note(NULL_AS_TEXT)
        return None
    text, mark = as_text(state, source, 0), as_text(state, delimiter, 1)
    if len(mark) != 1:
        state.note(SPLIT_DELIMITER)
    if mark and text.count(mark) >= LIST_LIMIT:
        raise Failure(
            f"the list would have more than {LIST_LIMIT:,} values, the limit of provlint",
            "evaluate with a shorter value",
        )
    from provlint.dotnet.strings import split as split_text
    from provlint.dotnet.strings import trim

    parts = split_text(text, mark)
    trimmed = [trim(part) for part in parts]
    if trimmed != parts:
        state.note(SPLIT_TRIMMING)
    return trimmed

"""Parts of texts.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#mid
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation.coercion import as_integer, as_text, shown
from provlint.evaluation.readings import (
    INSTR_COMPARISON,
    LIST_AS_TEXT,
    MID_OUT_OF_RANGE,
    STRIP_SPACES,
    WORD_DELIMITERS,
)
from provlint.evaluation.state import Failure

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value


def to_text(state: State, value: Value) -> Value:
    """CStr(value): the text of a number, a reference or a truth value."""
    return as_text(state, value, 0)


def left(state: State, source: Value, count: Value) -> Value:
    """Left(string, numChars): the first characters; all of them for a negative number."""
    number = as_integer(state, count, 1)
    if source is None:
        return ""
    text = as_text(state, source, 0)
    if number < 0:
        return text
    if text.isascii():
        return text[:number]
    from provlint.dotnet.strings import left as left_units

    return left_units(text, number)


def middle(state: State, source: Value, start: Value, length: Value) -> Value:
    """Mid(source, start, length): a part; the first character is number 1."""
    first = as_integer(state, start, 1)
    count = as_integer(state, length, 2)
    text = as_text(state, source, 0)
    from provlint.dotnet.strings import length as length_of
    from provlint.dotnet.strings import mid

    if count == 0:
        state.note(MID_OUT_OF_RANGE)
        return ""
    if first < 1 or count < 0 or (first > length_of(text) and text):
        state.note(MID_OUT_OF_RANGE)
        return text
    if text.isascii():
        return text[first - 1 : first - 1 + count]
    return mid(text, first, count)


def position(
    state: State, source: Value, sought: Value, start: Value = None, kind: Value = None
) -> Value:
    """InStr(value1, value2, start, compareType): the place of a text in another one, or 0."""
    text, part = as_text(state, source, 0), as_text(state, sought, 1)
    first = 1 if start is None else as_integer(state, start, 2)
    if first < 1:
        raise Failure(
            f"the start is {first}; expected 1 or more",
            "count from 1, the first character",
            argument=2,
        )
    if kind not in (None, "vbTextCompare", "vbBinaryCompare"):
        raise Failure(
            f"found {shown(kind)}; expected `vbTextCompare` or `vbBinaryCompare`",
            "write one of the two words without quotation marks",
            argument=3,
        )
    from provlint.dotnet.strings import in_string

    found = in_string(text, part, first, ignore_case=kind == "vbTextCompare")
    if kind is None:
        from provlint.dotnet.strings import fold

        if in_string(fold(text), fold(part), first) != found:
            state.note(INSTR_COMPARISON)
    return found


def without_blanks(state: State, source: Value) -> Value:
    """StripSpaces(source): the text without blanks, inner ones too."""
    text = as_text(state, source, 0).replace(" ", "")
    if not text.isprintable():
        from provlint.dotnet.strings import without_white_space

        if without_white_space(text) != text:
            state.note(STRIP_SPACES)
    return text


def trim(state: State, source: Value) -> Value:
    """Trim(value): the text without white space at both ends; of a list, each value."""
    from provlint.dotnet.strings import trim as trim_text

    if type(source) is list:
        state.note(LIST_AS_TEXT)
        return [trim_text(as_text(state, item, 0)) for item in source]
    return trim_text(as_text(state, source, 0))


def word(state: State, source: Value, number: Value, delimiters: Value) -> Value:
    """Word(string, wordNumber, delimiters): one word; each character of delimiters separates."""
    index = as_integer(state, number, 1)
    if source is None:
        return ""
    text = as_text(state, source, 0)
    marks = as_text(state, delimiters, 2)
    if index < 1:
        return ""
    from provlint.dotnet.strings import split_at_characters

    parts = split_at_characters(text, marks) if marks else [text]
    words = [part for part in parts if part]
    found = words[index - 1] if index <= len(words) else ""
    counted = parts[index - 1] if index <= len(parts) else ""
    if found != counted or (len(parts) == 1 and found):
        state.note(WORD_DELIMITERS)
    return found

"""Letter case.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#pcase
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.evaluation.coercion import as_text
from provlint.evaluation.readings import LETTER_CASE, PCASE_APOSTROPHE, PCASE_FIRST

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value

_APOSTROPHES = ("'", "\u2019", "\u02bc")


def lower(state: State, source: Value, culture: Value = None) -> Value:
    """ToLower(source, culture): small letters, by the rules of a culture or of none."""
    if type(source) is not str:
        source = as_text(state, source, 0)
    if culture is None and source.isascii():
        return source.lower()
    return _changed(state, source, culture, capital=False)


def upper(state: State, source: Value, culture: Value = None) -> Value:
    """ToUpper(source, culture): capitals, by the rules of a culture or of none."""
    if type(source) is not str:
        source = as_text(state, source, 0)
    if culture is None and source.isascii():
        return source.upper()
    return _changed(state, source, culture, capital=True)


def _changed(state: State, text: str, culture: Value, *, capital: bool) -> str:
    from provlint.dotnet import strings

    name = "" if culture is None else as_text(state, culture, 1)
    changed = strings.upper(text, name) if capital else strings.lower(text, name)
    if capital:
        if any(len(letter.upper()) > 1 for letter in text):
            state.note(LETTER_CASE)
    elif "\u03a3" in text and text.lower() != changed:
        state.note(LETTER_CASE)
    return changed


def proper(state: State, source: Value, separators: Value = None) -> Value:
    """PCase(source, wordSeparators): a capital at the beginning of each word, small elsewhere."""
    text = as_text(state, source, 0)
    from provlint.dotnet import strings

    small = strings.lower(text)
    if separators is None:
        titled = strings.title_case(small)
        if any(sign in text for sign in _APOSTROPHES):
            state.note(PCASE_APOSTROPHE)
        return titled
    marks = as_text(state, separators, 1)
    letters = []
    at_start = True
    for letter in small:
        if at_start and letter not in marks:
            if not letter.isalpha():
                state.note(PCASE_FIRST)
            letter = strings.upper(letter)
        at_start = letter in marks
        letters.append(letter)
    return "".join(letters)

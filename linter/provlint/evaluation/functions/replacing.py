"""Replace, which does one of five things by the places that are filled.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#replace
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from provlint.evaluation.coercion import as_text, check_length, shown
from provlint.evaluation.readings import (
    REPLACE_GROUP,
    REPLACE_NO_MATCH,
    REPLACE_NULL,
    REPLACE_PLACES,
    REPLACE_SHORT,
)
from provlint.evaluation.state import Failure

if TYPE_CHECKING:
    from provlint.dotnet.regex.regex import Regex
    from provlint.evaluation.compiler import CallSite
    from provlint.evaluation.state import Run, State
    from provlint.evaluation.values import Value

SOURCE, OLD, PATTERN, GROUP, NEW, OTHER, TEMPLATE = range(7)
PLACES: Final = (
    "source", "oldValue", "regexPattern", "regexGroupName", "replacementValue",
    "replacementAttributeName", "template",
)  # fmt: skip

MODES: Final = {
    frozenset({OLD, NEW}): "text",
    frozenset({OLD, TEMPLATE}): "template",
    frozenset({PATTERN, NEW}): "pattern",
    frozenset({PATTERN, GROUP, NEW}): "group",
    frozenset({PATTERN, GROUP, OTHER}): "other",
}
"""The documented combinations of places beside the source."""

WORK_LIMIT: Final = 32_000_000
"""Characters that a pattern may write at most."""


def mode_of(call: CallSite) -> tuple[str, bool]:
    """What a call of Replace does, and whether a place with `""` had to be overlooked.

    The mode is a value of `MODES`, or "" for a combination that is not documented.
    """
    given = {index for index in range(1, 7) if call.given(index)}
    mode = MODES.get(frozenset(given))
    if mode is not None and call.literal(OLD) != "":
        return mode, False
    filled = {index for index in given if index == NEW or call.literal(index) != ""}
    return MODES.get(frozenset(filled), ""), filled != given


def replace(call: CallSite) -> Run:
    """Replace(source, oldValue, regexPattern, regexGroupName, replacementValue, ...)."""
    mode, overlooked = mode_of(call)
    short = len(call.runs) < len(PLACES)
    source = call.run(SOURCE)
    if not mode:
        return _undocumented(call)
    work = {
        "text": _text,
        "template": _template,
        "pattern": _pattern,
        "group": _group,
        "other": _other,
    }[mode](call)

    def run(state: State) -> Value:
        if short:
            state.note(REPLACE_SHORT)
        if overlooked:
            state.note(REPLACE_PLACES)
        value = source(state)
        if mode == "other":
            if value is not None and value != "":
                return value
            text = ""
        elif value is None:
            state.note(REPLACE_NULL)
            text = ""
        else:
            text = as_text(state, value, SOURCE)
        return work(state, text)

    return run


def _undocumented(call: CallSite) -> Run:
    given = [PLACES[index] for index in range(1, 7) if call.given(index)]
    named = " and ".join(given) if given else "nothing beside the source"

    def run(state: State) -> Value:
        state.note(REPLACE_PLACES)
        raise Failure(
            f"`Replace` has {named}; no page says what that gives",
            "give oldValue and replacementValue, oldValue and template, or regexPattern and"
            " replacementValue, and leave the other places empty",
        )

    return run


def _text(call: CallSite) -> Work:
    old, new = call.run(OLD), call.run(NEW)

    def work(state: State, text: str) -> Value:
        return _replaced(text, _required(state, old, OLD), as_text(state, new(state), NEW))

    return work


def _template(call: CallSite) -> Work:
    old, template = call.run(OLD), call.run(TEMPLATE)

    def work(state: State, text: str) -> Value:
        return _replaced(
            as_text(state, template(state), TEMPLATE), _required(state, old, OLD), text
        )

    return work


def _required(state: State, run: Run, place: int) -> str:
    text = as_text(state, run(state), place)
    if not text:
        state.note(REPLACE_PLACES)
        raise Failure(
            f"the {PLACES[place]} is empty; expected a text to look for",
            f"give the {PLACES[place]}",
            argument=place,
        )
    return text


def _replaced(text: str, old: str, new: str) -> str:
    from provlint.dotnet.strings import replace as replace_text

    check_length(len(text) + text.count(old) * (len(new) - len(old)))
    return replace_text(text, old, new)


def _pattern(call: CallSite) -> Work:
    pattern, new = call.run(PATTERN), call.run(NEW)

    def work(state: State, text: str) -> Value:
        regex = _regex(call, state, pattern)
        replacement = as_text(state, new(state), NEW)
        _check_work(text, replacement)
        found = regex.replace(text, replacement)
        check_length(len(found))
        return found

    return work


def _check_work(text: str, replacement: str) -> None:
    most = (len(text) + 1) * (len(replacement) + 1)
    if any(sign in replacement for sign in ("$_", "$`", "$'")):
        most += replacement.count("$") * len(text) * (len(text) + 1)
    if most > WORK_LIMIT:
        raise Failure(
            f"the pattern could write more than {WORK_LIMIT:,} characters, the limit of provlint",
            "evaluate with shorter values",
        )


def _group(call: CallSite) -> Work:
    pattern, group, new = call.run(PATTERN), call.run(GROUP), call.run(NEW)

    def work(state: State, text: str) -> Value:
        from provlint.dotnet.strings import from_units, to_units

        regex = _regex(call, state, pattern)
        name = _group_name(state, regex, _required(state, group, GROUP))
        replacement = as_text(state, new(state), NEW)
        _check_work(text, replacement)
        units = to_units(text)
        pieces: list[str] = []
        copied = 0
        captured: list[str] = []
        for start, end in _group_spans(regex, units, name):
            if start < copied:
                state.note(REPLACE_GROUP)
                continue
            pieces += [units[copied:start], to_units(replacement)]
            captured.append(units[start:end])
            copied = end
        pieces.append(units[copied:])
        rest = "\0".join(pieces[::2])
        if any(part and part in rest for part in captured):
            state.note(REPLACE_GROUP)
        check_length(sum(map(len, pieces)))
        return from_units("".join(pieces))

    return work


def _other(call: CallSite) -> Work:
    pattern, group, other = call.run(PATTERN), call.run(GROUP), call.run(OTHER)

    def work(state: State, _: str) -> Value:
        regex = _regex(call, state, pattern)
        name = _group_name(state, regex, _required(state, group, GROUP))
        value = other(state)
        if value is None:
            state.note(REPLACE_NO_MATCH)
            return None
        match = regex.match(as_text(state, value, OTHER))
        captures = match.groups[name] if match is not None else ()
        if not captures:
            state.note(REPLACE_NO_MATCH)
            return None
        return captures[-1].value

    return work


def _group_name(state: State, regex: Regex, name: str) -> str:
    if name not in regex.group_names:
        state.note(REPLACE_GROUP)
        raise Failure(
            f"the pattern has no group {shown(name)}",
            f"name a group of the pattern so: `(?<{name}>...)`",
            argument=GROUP,
        )
    return name


def _group_spans(regex: Regex, units: str, name: str) -> list[tuple[int, int]]:
    """Where the group captured last in each match, in UTF-16 units."""
    number = regex.pattern.group_numbers[name]
    find = regex._finder(units, True)
    found = []
    position = last = 0
    while position <= len(units):
        spans = find(position, last)
        if spans is None:
            break
        whole = spans[0]
        assert whole is not None
        span = spans.get(number)
        if span is not None:
            found.append(span)
        last = whole[1]
        position = whole[1] + 1 if whole[0] == whole[1] else whole[1]
    return found


def _regex(call: CallSite, state: State, run: Run) -> Regex:
    from provlint.dotnet.regex import RegexSyntaxError, hint

    pattern = _required(state, run, PATTERN)
    try:
        return _compiled(pattern)
    except RegexSyntaxError as error:
        failure = Failure(
            f"the pattern is not valid in .NET: {error.message}",
            hint(pattern, error) or "correct the pattern",
            argument=PATTERN,
        )
        failure.span = call.span_in(PATTERN, error.position - 1)
        raise failure from None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Regex:
    from provlint.dotnet import regex

    return regex.compile(pattern)


if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[State, str], Value]

"""A trace in words: one line for each step, indented below the call that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.evaluation.values import Roles, plain_text
from provlint_grammar.catalogue import find_function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.evaluation.trace import Step
    from provlint.evaluation.values import Value

LONGEST: Final = 120
"""Characters of a value or a part of an expression that one line shows."""

_ELAPSED: Final = {"d": "day", "h": "hour", "n": "minute", "s": "second"}
_CALENDAR: Final = {"yyyy": "calendar year", "m": "calendar month", "ww": "week (from Sunday)"}
_TURNED: Final = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

_MODES: Final = {
    ("oldValue", "replacementValue"): "every occurrence of oldValue in source becomes"
    " replacementValue",
    ("oldValue", "template"): "every occurrence of oldValue in template becomes source",
    ("regexPattern", "replacementValue"): "every match of regexPattern in source becomes"
    " replacementValue",
    ("regexPattern", "regexGroupName", "replacementValue"): "what the group captures in every match"
    " becomes replacementValue",
    ("regexPattern", "regexGroupName", "replacementAttributeName"): "source itself if it has a"
    " value, else what the group captures in the other attribute",
}


def shown(value: Value) -> str:
    """A value as a trace shows it: texts in quotation marks, lists in brackets."""
    if value is None:
        return "null"
    if type(value) is str:
        return f'"{_clipped(value)}"'
    if type(value) is list:
        return _clipped("[" + ", ".join(map(shown, value)) + "]")
    if type(value) is Roles:
        return _clipped("roles [" + ", ".join(shown(role.value) for role in value.roles) + "]")
    return _clipped(plain_text(value))


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def lines(step: Step) -> Iterator[str]:
    """The lines of a trace, without line breaks."""
    yield from _lines(step, "", "")


def _lines(step: Step, label: str, indent: str) -> Iterator[str]:
    head = f"{indent}{label}: " if label else indent
    if step.kind == "omitted":
        yield f"{head}(left empty)"
        return
    if step.state == "not-evaluated" and step.kind != "constant":
        yield f"{head}{_clipped(step.text)} (not evaluated)"
        return
    if step.kind == "constant":
        yield f"{head}{_clipped(step.text)}"
        return
    yield f"{head}{_title(step)} {_result(step)}"
    indent += "  "
    if step.kind == "comparison":
        test = date_test(step)
        if test:
            yield f"{indent}{test}"
        for argument in step.arguments:
            if argument.kind in ("call", "comparison"):
                yield from _lines(argument, "", indent)
            elif argument.kind == "attribute":
                yield f"{indent}{_title(argument)} {_result(argument)}"
        return
    names = _names(step)
    if step.name.lower() == "replace":
        yield from _replace_lines(step, names, indent)
        return
    for index, (argument, name) in enumerate(zip(step.arguments, names, strict=True)):
        if argument.kind == "omitted":
            continue
        if argument.state == "not-evaluated" and _is_branch(step.name.lower(), index):
            yield f"{indent}{name}: {_clipped(argument.text)} (not taken)"
            continue
        yield from _lines(argument, name, indent)


def _is_branch(function: str, index: int) -> bool:
    """Whether an argument is evaluated only where it is taken."""
    if function == "iif":
        return index > 0
    if function == "switch":
        return index % 2 == 1
    return function in ("coalesce", "selectuniquevalue") and index > 0


def _replace_lines(step: Step, names: list[str], indent: str) -> Iterator[str]:
    given = tuple(
        name
        for name, argument in zip(names[1:], step.arguments[1:], strict=True)
        if argument.kind != "omitted"
    )
    mode = _MODES.get(given)
    if mode:
        yield f"{indent}({mode})"
    for argument, name in zip(step.arguments, names, strict=True):
        yield from _lines(argument, name, indent)
    for name in _places("Replace")[len(names) :]:
        yield f"{indent}{name}: (left out)"


def _title(step: Step) -> str:
    if step.kind == "call":
        return step.name
    if step.kind == "attribute":
        return f"[{step.name}]"
    return _clipped(step.text)


def _result(step: Step) -> str:
    if step.state == "value":
        return f"-> {shown(step.value)}"
    if step.state == "error":
        return f"failed: {step.message}"
    if step.state == "dropped":
        return "drops the attribute"
    return "skips the object"


def _places(name: str) -> list[str]:
    function = find_function(name)
    return [] if function is None else [parameter.name for parameter in function.parameters]


def _names(step: Step) -> list[str]:
    """The names of the places; those that repeat are numbered."""
    function = find_function(step.name)
    names = []
    for index in range(len(step.arguments)):
        parameter = function.parameter(index) if function is not None else None
        if parameter is None or function is None:
            names.append(f"argument {index + 1}")
        elif parameter.repeating:
            repeating = [each for each in function.parameters if each.repeating]
            first = function.parameters.index(repeating[0])
            names.append(f"{parameter.name}{(index - first) // len(repeating) + 1}")
        else:
            names.append(parameter.name)
    return names


# ---------------------------------------------------------------------- tests of dates


def date_test(step: Step) -> str | None:
    """What a comparison of DateDiff with a number means, in words; None for others.

    DateDiff counts whole elapsed units for days and less, cut off towards zero, and calendar
    boundaries for weeks, months and years; a test means accordingly.
    """
    left, right = step.arguments
    operator = step.name
    if right.kind == "call":
        left, right, operator = right, left, _TURNED[operator]
    bound = _whole(right)
    if left.kind != "call" or left.name.lower() != "datediff" or len(left.arguments) != 3:
        return None
    unit = left.arguments[0].value
    if bound is None or unit not in (*_ELAPSED, *_CALENDAR):
        return None
    first, second = left.arguments[1], left.arguments[2]
    if _is_now(second) and not _is_now(first):
        first, second = second, first
        operator, bound = _TURNED[operator], -bound
    if operator in (">", "<"):
        operator, bound = (">=", bound + 1) if operator == ">" else ("<=", bound - 1)
    if unit in _CALENDAR:
        return _calendar_test(operator, bound, _CALENDAR[unit], first, second)
    name = _ELAPSED[unit]
    if _is_now(first):
        return _test_from_now(operator, bound, name, _thing(second))
    return _test_between(operator, bound, name, _thing(first), _thing(second))


def _test_from_now(operator: str, bound: int, unit: str, thing: str) -> str:
    def at(units: int) -> str:
        """The moment so many units before the thing, or after it where negative."""
        if units == 0:
            return f"{thing}"
        side = "before" if units > 0 else "after"
        return f"{_count(abs(units), unit)} {side} {thing}"

    # The count is n from n+1 units before the thing (exclusive) to n units before it; at 0 it
    # stands for two units, one on either side.
    lower = bound if bound > 0 else bound - 1
    upper = bound + 1 if bound >= 0 else bound
    if operator == ">=":
        return f"true until {at(lower)}"
    if operator == "<=":
        return f"true from {at(upper)} on"
    span = f"from {at(upper)} until {at(lower)}"
    return f"true {span}" if operator == "=" else f"true except {span}"


def _test_between(operator: str, bound: int, unit: str, first: str, second: str) -> str:
    side = "after" if bound >= 0 else "before"
    number = _count(abs(bound), unit, "whole")
    if operator == ">=" and bound > 0:
        return f"true when {second} is {number} or more after {first}"
    if operator == "<=" and bound < 0:
        return f"true when {second} is {number} or more before {first}"
    if operator == ">=":
        return f"true when {second} is less than {_count(1 - bound, unit)} before {first}, or later"
    if operator == "<=":
        return (
            f"true when {second} is less than {_count(bound + 1, unit)} after {first}, or earlier"
        )
    same = f"{number} {side}" if bound else f"less than {_count(1, unit)} from"
    return f"true when {second} is {'' if operator == '=' else 'not '}{same} {first}"


def _calendar_test(operator: str, bound: int, unit: str, first: Step, second: Step) -> str:
    one = "the present one" if _is_now(first) else f"that of {_thing(first)}"
    other = f"the {unit} of {_thing(second)}"
    if bound == 0:
        relation = {">=": f"is {one} or later", "<=": f"is {one} or earlier"}.get(
            operator, f"is {'' if operator == '=' else 'not '}{one}"
        )
        return f"true when {other} {relation}"
    side = "after" if bound > 0 else "before"
    plural = unit.replace("year", "years").replace("month", "months").replace("week", "weeks")
    number = f"{abs(bound)} {unit if abs(bound) == 1 else plural}"
    if operator in ("=", "<>"):
        return f"true when {other} is {'' if operator == '=' else 'not '}{number} {side} {one}"
    beyond = (operator == ">=") == (bound > 0)
    way = {True: "later", False: "earlier"}[operator == ">="]
    degree = "or more" if beyond else f"or {way}"
    return f"true when {other} is {number} {side} {one} {degree}".replace(
        f"{number} {side} {one} or more", f"{number} or more {side} {one}"
    )


def _count(number: int, unit: str, kind: str = "") -> str:
    noun = f"{kind} {unit}" if kind else unit
    return f"{number} {noun if number == 1 else noun + 's'}"


def _whole(step: Step) -> int | None:
    text = plain_text(step.value) if step.kind == "constant" else ""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _is_now(step: Step) -> bool:
    return step.kind == "call" and step.name.lower() == "now"


def _thing(step: Step) -> str:
    """What a date is called: its attribute, where there is only one, else its expression."""
    while step.kind == "call" and step.name.lower() == "cdate" and len(step.arguments) == 1:
        step = step.arguments[0]
    if _is_now(step):
        return "now"
    if step.kind == "call" and step.name.lower() == "switch" and step.arguments:
        # The guard against an empty date.
        step = step.arguments[0] if step.arguments[0].kind == "attribute" else step
    if step.kind == "constant" and type(step.value) is str:
        return step.value
    return f"[{step.name}]" if step.kind == "attribute" else _clipped(step.text)

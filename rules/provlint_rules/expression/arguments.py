"""Numbers and places of arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING, Fix, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import counted, quote
from provlint_grammar.catalogue import find_function
from provlint_grammar.syntax import Attribute, Invalid, Omitted, Text
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit
    from provlint_grammar.catalogue import Function
    from provlint_grammar.syntax import Call, Expression

COUNT = RuleInfo(
    "PL314", "argument-count", "A call has too many or too few arguments", ERROR,
    sources.FUNCTIONS,
)  # fmt: skip
SHIFTED = RuleInfo(
    "PL315", "shifted-arguments", "A forgotten place shifts all arguments behind it", ERROR,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip
MISSING = RuleInfo(
    "PL316", "missing-required-argument", "The place of a required argument is empty", ERROR,
    sources.FUNCTIONS,
)  # fmt: skip
SURPLUS = RuleInfo(
    "PL317", "surplus-empty-places", "A call has more empty places than arguments", WARNING,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip


def known_in(unit: CallUnit) -> Function | None:
    """The function, where it means in this dialect what the catalogue says."""
    known = find_function(unit.call.name)
    return None if known is None or set(known.dialects) == {"connect"} else known


def filled(call: Call) -> int:
    """The number of arguments without the empty places at the end."""
    number = len(call.arguments)
    while number and isinstance(call.arguments[number - 1], Omitted):
        number -= 1
    return number


SHIFTING = frozenset(
    {"unescaped-quote", "unclosed-string", "unopened-string", "unclosed-attribute"}
)
"""Problems that may swallow a comma, so that the arguments cannot be counted."""


def uncertain(unit: CallUnit) -> bool:
    """Whether a syntax error makes the number of arguments of the call uncertain."""
    span = unit.call.span
    return any(isinstance(node, Invalid) for node in unit.call.arguments) or any(
        problem.code in SHIFTING and span.start <= problem.span.start <= span.end
        for problem in unit.expression.parsed.problems
    )


def forgotten_place(unit: CallUnit, known: Function) -> bool:
    """Whether the number of arguments is that of the one known slip of this function."""
    call = unit.call
    number = len(call.arguments)
    if known.name == "Switch":
        return number >= 3 and number % 2 == 1 and filled(call) == number
    if known.name != "FormatDateTime" or number != 3 or _three_places(unit):
        return False
    return not isinstance(call.arguments[1], Omitted)


def _three_places(unit: CallUnit) -> bool:
    """Cloud sync has `FormatDateTime` without the place for styles, as its own page prints."""
    return unit.expression.dialect == "cloud-sync"


def count(unit: CallUnit) -> Iterator[Finding]:
    """The catalogue says how many arguments each function takes."""
    call, known = unit.call, known_in(unit)
    if known is None or uncertain(unit) or forgotten_place(unit, known):
        return
    number = len(call.arguments)
    if known.name == "FormatDateTime" and number == 3 and _three_places(unit):
        return
    if known.accepts(number) or (
        known.maximum is not None and number > known.maximum and filled(call) <= known.maximum
    ):
        return
    span = call.span
    if known.maximum is not None and any(
        problem.code == "missing-comma" and span.start <= problem.span.start < span.end
        for problem in unit.expression.parsed.problems
    ):
        return  # two arguments may be one that was torn apart
    yield Finding(
        f"{quote(known.name)} takes {_wanted(known)}, and this call has {number or 'none'}",
        f"the form is `{known.form}`",
        unit.place(),
    )


def _wanted(known: Function) -> str:
    least, most = known.minimum, known.maximum
    if most == 0:
        return "no argument"
    if known.step == 2:
        return f"an even number of arguments, at least {least}"
    if most is None:
        return f"at least {counted(least, 'argument')}"
    if least == most:
        return counted(least, "argument")
    return f"{least} {'or' if most == least + 1 else 'to'} {most} arguments"


def shifted(unit: CallUnit) -> Iterator[Finding]:
    """Switch without its default, FormatDateTime without its styles, Replace one comma short."""
    call, known = unit.call, known_in(unit)
    if known is None or uncertain(unit):
        return
    if known.name == "Replace":
        yield from _shifted_replace(unit)
        return
    if not forgotten_place(unit, known):
        return
    first = call.arguments[0]
    place = unit.expression.place(first.span.end, first.span.end)
    fix = Fix("insert the empty place", (TextEdit(place, ", "),), "unsafe")
    if known.name == "Switch":
        yield Finding(
            f"this `Switch` has {len(call.arguments)} arguments, an odd number: the default value"
            " is forgotten, so that every key and value is shifted by one",
            "leave the place of the default empty: `Switch(source, , key1, value1, …)`",
            unit.place(),
            fix=fix,
        )
    else:
        yield Finding(
            "`FormatDateTime` takes four arguments: here the input format stands in the place of"
            " the styles",
            "leave the second place empty: `FormatDateTime(source, , inputFormat, outputFormat)`",
            unit.place(),
            fix=fix,
        )


def _shifted_replace(unit: CallUnit) -> Iterator[Finding]:
    """A replacement in the place of the group name: one comma short."""
    call = unit.call
    places = (*call.arguments, *(None for _ in range(7 - len(call.arguments))))
    source, old, pattern, group, value, attribute, template = (
        None if node is None or isinstance(node, Omitted) else node for node in places[:7]
    )
    if source is None or value is not None or attribute is not None or template is not None:
        return
    if group is None and pattern is not None and old is not None:
        arguments = filled(call)
        if arguments == 3 and isinstance(pattern, (Text, Attribute)):
            start, end = old.span.end, call.arguments[-1].span.end
            yield Finding(
                "`Replace` has seven places, and the third is a pattern, not the replacement",
                "write `Replace(source, oldValue, , , replacementValue, , )`",
                unit.place(pattern),
                fix=Fix(
                    "move the replacement to its place",
                    (
                        TextEdit(
                            unit.expression.place(start, end), f", , , {unit.text(pattern)}, , "
                        ),
                    ),
                    "unsafe",
                ),
            )
        return
    if group is None or (old is None) == (pattern is None):
        return
    if pattern is not None and isinstance(group, Text) and f"<{group.value}>" in _pattern(pattern):
        return
    yield Finding(
        f"the fourth place of `Replace` is the name of a regex group, and"
        f" {quote(unit.text(group))} stands there; the replacement belongs one place further on",
        "insert a comma before it:"
        " `Replace(source, oldValue, regexPattern, , replacementValue, , )`",
        unit.place(group),
        fix=Fix("insert the empty place", _one_place_on(unit, group), "unsafe"),
    )


def _one_place_on(unit: CallUnit, node: Expression) -> tuple[TextEdit, ...]:
    """Edits that move an argument one place on, and keep the number of places within seven."""
    edits = [TextEdit(unit.expression.place(node.span.start, node.span.start), ", ")]
    arguments = unit.call.arguments
    if len(arguments) == 7:
        start, end = arguments[5].span.end, arguments[6].span.end
        edits.append(TextEdit(unit.expression.place(start, end), ""))
    return tuple(edits)


def _pattern(node: object) -> str:
    return node.value if isinstance(node, Text) else ""


def missing(unit: CallUnit) -> Iterator[Finding]:
    """Only optional arguments may be left out by an empty place."""
    call, known = unit.call, known_in(unit)
    if known is None or uncertain(unit) or forgotten_place(unit, known):
        return
    number = filled(call)
    for index, node in enumerate(call.arguments):
        if not isinstance(node, Omitted):
            continue
        parameter = known.parameter(index)
        if parameter is None or not parameter.required:
            continue
        if index >= known.minimum and index >= number and not parameter.repeating:
            continue
        lenient = known.may_stand_empty(index)
        if lenient and unit.expression.dialect == "cloud-sync":
            continue
        span = node.span
        yield Finding(
            f"{quote(parameter.name)}, argument {index + 1} of {quote(known.name)}, is required,"
            " and its place is empty",
            f"fill it; the form is `{known.form}`",
            unit.expression.place(max(span.start - 1, 0), max(span.end, span.start) + 1),
            severity=WARNING if lenient else None,
        )


def surplus(unit: CallUnit) -> Iterator[Finding]:
    """Microsoft shows trailing commas up to the last optional argument, not beyond."""
    call, known = unit.call, known_in(unit)
    if known is None or known.maximum is None or uncertain(unit):
        return
    most = known.maximum
    if len(call.arguments) > most >= filled(call):
        start = call.arguments[most - 1].span.end if most else call.arguments[0].span.start
        place = unit.expression.place(start, call.arguments[-1].span.end)
        found = (
            f"takes at most {counted(most, 'argument')}, and commas follow after that"
            if most
            else "takes no argument, and commas stand between its brackets"
        )
        yield Finding(
            f"{quote(known.name)} {found}",
            "delete the surplus commas",
            place,
            fix=Fix("delete the surplus commas", (TextEdit(place, ""),)),
            contested="surplus-empty-places",
        )


RULES = (
    Rule(COUNT, "call", count),
    Rule(SHIFTED, "call", shifted, frozenset({"Switch", "FormatDateTime", "Replace"})),
    Rule(MISSING, "call", missing),
    Rule(SURPLUS, "call", surplus),
)

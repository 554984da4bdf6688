"""Constants in the places of arguments: closed lists, types and ranges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING, Fix, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import alternatives, counted, nearest, quote
from provlint_grammar.syntax import Attribute, BareLiteral, Call, Enumeration, Number, Omitted, Text
from provlint_rules import sources
from provlint_rules.expression.arguments import forgotten_place, known_in
from provlint_rules.expression.inferred import of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit
    from provlint_grammar.catalogue import Parameter
    from provlint_grammar.syntax import Expression

CLOSED_LIST = RuleInfo(
    "PL318", "invalid-constant", "A constant is not one of those that the function knows", ERROR,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip
TYPE = RuleInfo(
    "PL319", "argument-type", "An argument is of another type than the function takes", ERROR,
    sources.FUNCTIONS,
)  # fmt: skip
RANGE = RuleInfo(
    "PL321", "argument-range", "A number is outside the range that the function takes", ERROR,
    sources.FUNCTIONS,
)  # fmt: skip

BARE_WORDS = frozenset({"compareType"})
"""Parameters whose values are words of the language, not texts."""
SOFT_NUMBERS = frozenset({"BitAnd"})
"""Functions for which no page says what text in the place of a number does."""


def _parameters(unit: CallUnit) -> Iterator[tuple[Expression, Parameter]]:
    known = known_in(unit)
    if known is None or forgotten_place(unit, known):
        return
    number = len(unit.call.arguments)
    if not known.accepts(number) and number <= (known.maximum or number):
        return  # with places missing, nobody knows which argument stands in which
    for index, node in enumerate(unit.call.arguments):
        parameter = known.parameter(index)
        if parameter is not None and not isinstance(node, Omitted):
            yield node, parameter


def closed_list(unit: CallUnit) -> Iterator[Finding]:
    """Intervals, DateTimeStyles and compare types are closed lists."""
    for node, parameter in _parameters(unit):
        if parameter.name == "culture":
            yield from _culture(unit, node)
        if (
            parameter.name in ("delimiter", "delimiters")
            and isinstance(node, Text)
            and (not node.value)
        ):
            yield Finding(
                f"the {parameter.name} of {quote(unit.call.name)} is empty, so nothing is split",
                "write the character that stands between the parts",
                unit.place(node),
                severity=WARNING,
                contested="split-delimiter",
            )
        if not parameter.values:
            continue
        bare = parameter.name in BARE_WORDS
        if bare and isinstance(node, Text):
            yield from _quoted_word(unit, node, parameter)
            continue
        if isinstance(node, (Enumeration, BareLiteral)):
            found = node.name
        elif isinstance(node, (Text, Number)):
            found = node.value if isinstance(node, Text) else node.text
        else:
            continue
        if found in parameter.values or _styles(found, parameter):
            continue
        near = nearest(found, parameter.values)
        same = near is not None and near.casefold() == found.casefold()
        quoted = isinstance(node, Text)
        fix = None
        if near is not None:
            text = f'"{near}"' if quoted else near
            fix = Fix(f"write {quote(near)}", (TextEdit(unit.place(node), text),), "unsafe")
        yield Finding(
            f"{quote(found)} is no {parameter.name} of {quote(unit.call.name)}",
            f"write {alternatives(parameter.values[:12])}",
            unit.place(node),
            fix=fix,
            severity=WARNING if same else None,
        )


def _quoted_word(unit: CallUnit, node: Text, parameter: Parameter) -> Iterator[Finding]:
    """The page has the two words without quotation marks; a text is documented nowhere."""
    near = nearest(node.value, parameter.values)
    fix = None
    if near is not None:
        fix = Fix(f"write {quote(near)}", (TextEdit(unit.place(node), near),), "unsafe")
    yield Finding(
        f"{quote(unit.text(node))} is a text, and `{parameter.name}` of {quote(unit.call.name)} is"
        " a word without quotation marks",
        f"write {alternatives(parameter.values)}",
        unit.place(node),
        fix=fix,
        severity=WARNING if near is not None else None,
    )


CULTURE = r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{4,8})*"
"""Names of cultures as RFC 4646 has them."""


def _culture(unit: CallUnit, node: Expression) -> Iterator[Finding]:
    if isinstance(node, Text) and node.value and not re.fullmatch(CULTURE, node.value):
        yield Finding(
            f"{quote(node.value)} is no culture of {quote(unit.call.name)}",
            "write a name of RFC 4646 such as `en-US`, or leave the place empty",
            unit.place(node),
            severity=WARNING,
        )


def _styles(found: str, parameter: Parameter) -> bool:
    """Whether a text lists several flags, or is the number of some: .NET accepts both."""
    if parameter.name.lower() != "datetimestyles":
        return False
    return found.isdecimal() or (
        "," in found and all(part.strip() in parameter.values for part in found.split(","))
    )


def argument_type(unit: CallUnit) -> Iterator[Finding]:
    """Numbers may be quoted; text that is no number may not stand for one."""
    for node, parameter in _parameters(unit):
        if isinstance(node, (Attribute, Call)):
            yield from _mismatch(unit, node, parameter)
        if unit.call.name.lower() in DATE_TEXTS and node is unit.call.arguments[0]:
            yield from _no_date(unit, node)
        if parameter.type != "number" or parameter.values:
            continue
        soft = unit.call.name in SOFT_NUMBERS
        if isinstance(node, Text) and not _is_number(node.value):
            yield Finding(
                f"{quote(parameter.name)} of {quote(unit.call.name)} is a number, and"
                f" {quote(node.value)} is none",
                "write a number, such as `3`",
                unit.place(node),
                severity=WARNING if soft else None,
            )
        elif isinstance(node, (Text, Number)) and "." in _digits(node):
            yield Finding(
                f"{quote(parameter.name)} of {quote(unit.call.name)} is a whole number, and"
                f" {quote(_digits(node))} is none",
                "write a whole number",
                unit.place(node),
                severity=WARNING,
            )


MISFITS = {
    "boolean": ("date", "list", "number", "roles"),
    "condition": ("date", "list", "roles"),
    "date": ("boolean", "list", "number", "roles"),
    "list": ("boolean", "date", "number", "roles"),
    "number": ("boolean", "date", "list", "roles"),
    "text": ("list", "roles"),
}
"""What a parameter takes to the types that it does not."""
DATE_TEXTS = frozenset({"cdate", "formatdatetime", "numfromdate"})
"""Functions, in lower case, whose first argument is the text of a date."""
WORDS_OF_LISTS = frozenset({"Word"})
"""Functions with a place for text that the page calls multi-valued."""


def _mismatch(unit: CallUnit, node: Attribute | Call, parameter: Parameter) -> Iterator[Finding]:
    """An argument that is of another type for everybody."""
    name = unit.call.name
    gives = type_of(unit.expression, node)
    misfits = MISFITS.get(parameter.type, ())
    if name.lower() in DATE_TEXTS and node is unit.call.arguments[0]:
        misfits = ("boolean", "list", "number", "roles")
    if gives in misfits and name not in WORDS_OF_LISTS:
        from provlint.semantics.inference import article

        takes = parameter.type if parameter.type != "condition" else "boolean"
        yield Finding(
            f"{quote(parameter.name)} of {quote(name)} is {article(takes)}, and"
            f" {quote(unit.text(node))} gives {article(gives)}",
            "take one value with `Item`"
            if gives == "list"
            else f"use an expression that gives {article(takes)}",
            unit.place(node),
            severity=WARNING,
            contested="list-as-text" if (parameter.type, gives) == ("text", "list") else None,
        )
    elif name == "Item" and parameter.type == "list" and gives == "text":
        number = integer(unit.call.arguments[1]) if len(unit.call.arguments) > 1 else None
        if number is not None and number > 1:
            yield Finding(
                f"{quote(unit.text(node))} gives one text, and `Item` asks for value {number}",
                "split it first: `Item(Split(source, delimiter), index)`",
                unit.place(node),
                severity=WARNING,
                contested="single-value",
            )


def _no_date(unit: CallUnit, node: Expression) -> Iterator[Finding]:
    """A constant without a digit is a date in no format."""
    if isinstance(node, Text) and not any(letter.isdecimal() for letter in node.value):
        yield Finding(
            f"{quote(unit.call.name)} reads a date, and {quote(node.value)} is none",
            "write a date such as `2026-12-31T00:00:00Z`, or an attribute",
            unit.place(node),
            severity=WARNING,
            contested="not-a-date",
        )


def _digits(node: Text | Number) -> str:
    return node.value if isinstance(node, Text) else node.text


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\s*[+-]?\d+(?:\.\d+)?\s*|&[Hh][0-9A-Fa-f]+", text) is not None


def integer(node: Expression | None) -> int | None:
    """The whole number that a constant is; None for anything else."""
    if isinstance(node, (Text, Number)):
        text = _digits(node).strip()
        if re.fullmatch(r"[+-]?\d{1,18}", text):
            return int(text)
    return None


_FROM_ONE = {"mid": (1, "start"), "item": (1, "index"), "word": (1, "WordNumber"),
             "instr": (2, "start")}  # fmt: skip
"""Functions, in lower case, to the index of an argument that counts from 1, and its name."""


def argument_range(unit: CallUnit) -> Iterator[Finding]:
    """Positions count from 1; RandomString has a length that its parts must fit."""
    arguments = unit.call.arguments
    name = unit.call.name.lower()
    if name in _FROM_ONE:
        index, parameter = _FROM_ONE[name]
        value = integer(arguments[index]) if len(arguments) > index else None
        if value is not None and value < 1:
            yield Finding(
                f"`{parameter}` of {quote(unit.call.name)} counts from 1, and {value} stands there",
                "write `1` for the first",
                unit.place(arguments[index]),
                severity=WARNING,
            )
        if value is not None and name in ("item", "word"):
            yield from _beyond(unit, value)
    if name == "mid" and len(arguments) > 2:
        length = integer(arguments[2])
        if length is not None and length < 1:
            yield Finding(
                f"a length of {length} takes nothing out of the text",
                "write a length of at least `1`",
                unit.place(arguments[2]),
                severity=WARNING,
                contested="mid-out-of-range",
            )
    if name == "randomstring" and len(arguments) >= 5:
        yield from _random_string(unit, arguments)


def _beyond(unit: CallUnit, index: int) -> Iterator[Finding]:
    """Behind the last part of a constant, `Item` fails and `Word` gives nothing."""
    source, marks = unit.call.arguments[0], unit.call.arguments[-1]
    words = unit.call.name.lower() == "word"
    if not words:
        split = source if isinstance(source, Call) and source.name.lower() == "split" else None
        if split is None or len(split.arguments) != 2:
            return
        source, marks = split.arguments
    texts = of(unit.expression, source).values
    if not texts or not isinstance(marks, Text) or not marks.value:
        return
    cut = _words if words else str.split
    short = [text for text in texts if len(cut(text, marks.value)) < index]
    if not short or (words and len(short) < len(texts)):
        return
    parts = counted(len(cut(short[0], marks.value)), "word" if words else "part")
    yield Finding(
        f"{quote(short[0])} has {parts}, so {quote(unit.call.name)} with index {index}"
        f" {'gives an empty text' if words else 'fails'}",
        "write the index of a part that is there, or correct the text",
        unit.place(unit.call.arguments[1]),
        severity=WARNING if words or len(short) < len(texts) else None,
    )


def _words(text: str, marks: str) -> list[str]:
    """The words between any of the marks; those of `Word` are never empty."""
    return [word for word in re.split(f"[{re.escape(marks)}]", text) if word]


def _random_string(unit: CallUnit, arguments: tuple[Expression, ...]) -> Iterator[Finding]:
    length, *parts = (integer(node) for node in arguments[:5])
    if length is not None and not 1 <= length <= 256:
        yield Finding(
            f"the length of `RandomString` is {length}, and 1 to 256 is possible",
            "write a length of at most `256`",
            unit.place(arguments[0]),
        )
        return
    for part, node in zip(parts, arguments[1:5], strict=True):
        if part is not None and part < 0:
            yield Finding(
                f"a minimum of `RandomString` is {part}; expected 0 or more",
                "write `0` where any number will do",
                unit.place(node),
            )
            return
    numbers = [part for part in parts if part is not None]
    if length is not None and len(numbers) == 4 and sum(numbers) > length:
        yield Finding(
            f"the minimums of `RandomString` add up to {sum(numbers)}, more than its length of"
            f" {length}",
            "raise the length, or lower the minimums",
            unit.place(arguments[0]),
        )


RULES = (
    Rule(CLOSED_LIST, "call", closed_list),
    Rule(TYPE, "call", argument_type),
    Rule(RANGE, "call", argument_range, frozenset({*_FROM_ONE, "randomstring"})),
)

"""Calls that do less, or something else, than they seem to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.syntax import Call, Comparison, Number, Omitted, Text, calls, walk
from provlint_rules import sources
from provlint_rules.expression.inferred import known, of, results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit, ExpressionUnit
    from provlint_grammar.syntax import Expression

FAR_DATE = RuleInfo(
    "PL359", "unreadable-file-time", "NumFromDate gets a date that it cannot turn into a number",
    WARNING, sources.SUCCESSFACTORS, confidence="medium",
)  # fmt: skip
EMPTY_MATCH = RuleInfo(
    "PL360", "empty-regex-match", "A pattern of Replace finds the empty text between characters",
    WARNING, "https://learn.microsoft.com/dotnet/standard/base-types/quantifiers-in-regular-expressions",
)  # fmt: skip
USELESS = RuleInfo(
    "PL361", "useless-call", "A call gives back what it gets", NOTE, sources.FUNCTIONS,
    profile="strict",
)  # fmt: skip
DEEP = RuleInfo(
    "PL362", "deep-nesting", "IIF is nested so deep that nobody reads it", NOTE,
    sources.FUNCTIONS + "#switch", profile="strict",
)  # fmt: skip
PROPER_CASE = RuleInfo(
    "PL363", "proper-case-of-names", "PCase without separators changes names such as O'Neil", NOTE,
    sources.FUNCTIONS + "#pcase", profile="strict",
)  # fmt: skip
DATE_TEST = RuleInfo(
    "PL364", "date-test-direction", "What a comparison of dates means, in words", NOTE,
    sources.FUNCTIONS + "#datediff", profile="strict",
)  # fmt: skip

DEEPEST = 5
"""Levels of IIF that are still read."""
_REPEATABLE = frozenset({"normalizediacritics", "removeduplicates", "stripspaces", "trim"})
_CASES = frozenset({"tolower", "toupper", "pcase"})
_ZONE = r"(?:[Zz]|[+-]\d\d(?::?\d\d)?)\s*$"
_YEAR = r"\b\d{4}\b"


def file_time(unit: CallUnit) -> Iterator[Finding]:
    """The page wants ISO 8601 with an offset; SuccessFactors writes 9999 for "never"."""
    for node in results(unit.call.arguments[0]) if unit.call.arguments else ():
        if not isinstance(node, Text) or not re.search(_YEAR, node.value):
            continue
        if "9999" in re.findall(_YEAR, node.value):
            yield Finding(
                f"`NumFromDate` does not take {quote(node.value)}: a date in the year 9999 fails",
                "for an account that never expires, give `9223372036854775807` without"
                " `NumFromDate`",
                unit.place(node),
            )
        elif not re.search(_ZONE, node.value[8:]):
            yield Finding(
                f"{quote(node.value)} has no offset, and which zone `NumFromDate` then assumes is"
                " documented nowhere",
                "add the offset: `2026-03-16T00:00:00+00:00`",
                unit.place(node),
                severity=NOTE,
                contested="date-without-offset",
            )


def empty_match(unit: CallUnit) -> Iterator[Finding]:
    """`.*` finds the text, and then the nothing behind it: the replacement comes twice."""
    arguments = unit.call.arguments
    if len(arguments) < 5 or not isinstance(arguments[1], Omitted):
        return
    pattern, group, value = arguments[2:5]
    if not isinstance(pattern, Text) or not isinstance(group, Omitted):
        return
    if not isinstance(value, Text) or not re.sub(r"\$(?:\{\w+\}|\d+|&)", "", value.value):
        return
    from provlint.dotnet import regex

    try:
        parsed = regex.parse(pattern.value)
    except (regex.RegexSyntaxError, regex.RegexUnsupported):
        return
    if regex.always_matches(parsed):
        yield Finding(
            f"{quote(pattern.value)} also finds the empty text, so {quote(value.value)} is put in"
            " where nothing was found",
            "require at least one character: `+` in place of `*`, or anchor the pattern with `^`",
            unit.place(pattern),
        )


def useless(unit: CallUnit) -> Iterator[Finding]:
    """Nothing breaks; the next reader wonders why it is there."""
    name, arguments = unit.call.name.lower(), unit.call.arguments
    why = ""
    if name == "coalesce":
        yield from _unreached(unit)
    elif name == "join":
        given = [node for node in arguments[1:] if not isinstance(node, Omitted)]
        if len(given) == 1 and of(unit.expression, given[0]).type == "text":
            why = "joins one value"
    elif name == "redact" and arguments and isinstance(arguments[0], (Text, Number)):
        why = "hides a constant, which stands in the mapping for everybody to read"
    elif name == "append" and arguments and _is(arguments[0], "append"):
        if unit.parent is None or unit.parent.call.name.lower() != "append":
            why = "continues another `Append`; one `Join` reads better"
    elif name == "ignoreflowifnullorempty" and arguments:
        found = of(unit.expression, arguments[0])
        if not (found.may_be_null or found.may_be_empty):
            why = "never drops anything, because its value is never empty"
    elif arguments and isinstance(arguments[0], Call):
        inner = arguments[0].name.lower()
        if name in _REPEATABLE and inner == name:
            why = "does again what the call inside it did"
        elif name in _CASES and inner in _CASES:
            why = f"undoes or repeats the `{arguments[0].name}` inside it"
    if why:
        yield Finding(f"this {quote(unit.call.name)} {why}", "leave it out", unit.name_place())


def _is(node: Expression, name: str) -> bool:
    return isinstance(node, Call) and node.name.lower() == name


def _unreached(unit: CallUnit) -> Iterator[Finding]:
    """Coalesce stops at the first source that is never null."""
    inference = known(unit.expression)
    for node, after in zip(unit.call.arguments, unit.call.arguments[1:], strict=False):
        if inference.of(node).type != "any" and not inference.of(node).may_be_null:
            yield Finding(
                f"{quote(unit.text(node))} is never null, so `Coalesce` does not reach what"
                " follows",
                "leave out what follows, or put it first",
                unit.place(after),
            )
            return


def deep(unit: ExpressionUnit) -> Iterator[Finding]:
    """A table of keys and values is read line by line; so is Switch on joined values."""
    if unit.tree is None:
        return
    stack: list[tuple[Expression, int, Call | None]] = [(unit.tree, 0, None)]
    deepest, outermost = 0, None
    while stack:
        node, depth, first = stack.pop()
        if _is(node, "iif"):
            assert isinstance(node, Call)
            depth, first = depth + 1, first or node
            if depth > deepest:
                deepest, outermost = depth, first
        if isinstance(node, Call):
            stack.extend((argument, depth, first) for argument in node.arguments)
        elif isinstance(node, Comparison):
            stack.extend(((node.left, depth, first), (node.right, depth, first)))
    if deepest > DEEPEST and outermost is not None:
        yield Finding(
            f"`IIF` is nested {deepest} levels deep",
            'write `Switch([a], default, "key", value, …)`; for two attributes, a `Switch` on'
            ' `Join("+", [a], [b])`',
            unit.place(*outermost.name_span),
        )


def proper_case(unit: CallUnit) -> Iterator[Finding]:
    """Without separators the rules of .NET's `ToTitleCase` decide."""
    arguments = unit.call.arguments
    if len(arguments) > 1 and not isinstance(arguments[1], Omitted):
        return
    yield Finding(
        "`PCase` without separators leaves to .NET what becomes of `O'Neil`, `McBride` and"
        " `Anne-Marie`",
        'name the separators: `PCase(source, " -\'")`',
        unit.name_place(),
        contested="pcase-apostrophe",
    )


def date_test(unit: ExpressionUnit) -> Iterator[Finding]:
    """`DateDiff("d", Now(), d)` is positive before the day, which is easily turned round."""
    if unit.tree is None or not any(_is(call, "datediff") for call in calls(unit.tree)):
        return
    from provlint.evaluation.trace import Frame, steps
    from provlint.evaluation.words import date_test as in_words

    nowhere = Frame(unit.tree)
    for node in walk(unit.tree):
        if not isinstance(node, Comparison):
            continue
        meaning = in_words(steps(nowhere, node))
        if meaning:
            shown = meaning.replace("`", "'")
            yield Finding(
                f"this comparison means: `{shown}`",
                "turn the operator round if the contrary is meant",
                unit.place(*node.span),
                contested="datediff-counting",
            )


RULES = (
    Rule(FAR_DATE, "call", file_time, frozenset({"NumFromDate"})),
    Rule(EMPTY_MATCH, "call", empty_match, frozenset({"Replace"})),
    Rule(USELESS, "call", useless),
    Rule(DEEP, "expression", deep),
    Rule(PROPER_CASE, "call", proper_case, frozenset({"PCase"})),
    Rule(DATE_TEST, "expression", date_test),
)

"""Dates and their formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.syntax import Attribute, Call, Text, text_offset
from provlint_rules import sources
from provlint_rules.expression.inferred import type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit

WITHOUT_CDATE = RuleInfo(
    "PL320", "date-without-cdate", "A date function gets text instead of a date", WARNING,
    sources.FUNCTIONS + "#cdate",
)  # fmt: skip
FORMAT_LETTERS = RuleInfo(
    "PL336", "date-format-letters", "A date format uses the letters of something else", WARNING,
    sources.FUNCTIONS + "#formatdatetime", confidence="medium",
)  # fmt: skip
TIME_DEPENDENT = RuleInfo(
    "PL337", "time-dependent", "The result changes with time, and nobody evaluates it again", NOTE,
    sources.HOW_PROVISIONING_WORKS, profile="strict",
)  # fmt: skip

MOVED_DAY = RuleInfo(
    "PL372", "day-of-another-zone", "A date with an offset may become the day before", NOTE,
    sources.FUNCTIONS + "#formatdatetime", profile="strict", confidence="medium",
)  # fmt: skip

_DATE_ARGUMENTS = {"dateadd": (2,), "datediff": (1, 2)}


def without_cdate(unit: CallUnit) -> Iterator[Finding]:
    """The page wraps every text in `CDate` before it is counted with."""
    for index in _DATE_ARGUMENTS[unit.call.name.lower()]:
        node = unit.call.arguments[index] if len(unit.call.arguments) > index else None
        text = isinstance(node, Call) and type_of(unit.expression, node) == "text"
        if node is None or not (text or isinstance(node, (Attribute, Text))):
            continue
        yield Finding(
            f"{quote(unit.call.name)} takes a date, and gets text here",
            "wrap it in `CDate(…)`",
            unit.place(node),
        )


_SLIPS = (
    (r"Y{2,4}", "`Y` stands for nothing in .NET", "write `yyyy` for the year"),
    (r"D{1,4}", "`D` stands for nothing in .NET", "write `d` or `dd` for the day"),
    (r"(?<=[yd][-/. ])m{1,2}(?![a-z])|(?<![a-zA-Z:])m{1,2}(?=[-/. ][yd])",
     "`m` is the minute", "write `M` or `MM` for the month"),
    (r"\bh{1,2}(?=:)(?!.*t)", "`h` is the hour of a 12-hour clock, and `tt` is missing",
     "write `HH` for the hour of a 24-hour clock, or add `tt`"),
    (r"H{1,2}(?=.*t)", "`H` is the hour of a 24-hour clock, and `tt` is of the other one",
     "write `h` or `hh` with `tt`, or leave `tt` out"),
)  # fmt: skip


def format_letters(unit: CallUnit) -> Iterator[Finding]:
    """.NET's letters: `M` month, `m` minute, `H` 24 hours, `h` 12 hours with `tt`."""
    for node in unit.call.arguments[-2:]:
        if not isinstance(node, Text):
            continue
        if node is unit.call.arguments[-1] and node.value != node.value.strip():
            yield Finding(
                f"the format {quote(node.value)} begins or ends with a blank, which flows too",
                f"write {quote(node.value.strip())}",
                unit.place(node),
            )
        literal = re.sub(r"'[^']*'|\"[^\"]*\"", lambda found: "_" * len(found[0]), node.value)
        for pattern, why, hint in _SLIPS:
            found = re.search(pattern, literal)
            if found is None:
                continue
            start = text_offset(node, unit.expression.text, found.start())
            end = text_offset(node, unit.expression.text, found.end())
            yield Finding(
                f"in the format {quote(node.value)}, {why}",
                hint,
                unit.expression.place(start, end),
            )


def time_dependent(unit: CallUnit) -> Iterator[Finding]:
    """An incremental cycle takes only objects that changed; the passing of a day is no change."""
    yield Finding(
        "`Now()` is evaluated only when the user changes in the source, so a date may pass without"
        " effect",
        "let a value in the source change on that day, or restart the job then",
        unit.name_place(),
    )


_LITERAL = r"'[^']*'|\"[^\"]*\"|\\\\."
"""Parts of a format that stand for themselves."""


def moved_day(unit: CallUnit) -> Iterator[Finding]:
    """`zzz` turns the time into UTC before the day is taken from it."""
    formats = unit.call.arguments[-2:]
    if len(unit.call.arguments) < 3 or not all(isinstance(node, Text) for node in formats):
        return
    read, written = (re.sub(_LITERAL, "", node.value) for node in formats if isinstance(node, Text))
    zone = re.search("z{1,3}|K", read)
    if zone is None or "d" not in written or re.search("[hHmsKzfFt]", written):
        return
    source = unit.call.arguments[0]
    if isinstance(source, Text):
        yield from _moved(unit, source)
        return
    time = "T00:30:00" if re.search("[hH]", read) else ""
    yield Finding(
        f"the day is taken in UTC, so {quote(f'2026-03-16{time}+02:00')} becomes 15 March",
        f"take the date without its offset: `Left({unit.text(source)}, 10)` with the format"
        " `yyyy-MM-dd`",
        unit.place(formats[0]),
        contested="format-time-zone",
    )


def _moved(unit: CallUnit, source: Text) -> Iterator[Finding]:
    """The day of a constant is known."""
    from provlint.evaluation import compile_expression

    given = re.match(r"\d{4}-\d\d-(\d\d)", source.value)
    result = compile_expression(unit.call, dialect=unit.expression.dialect).run({})
    if given is None or result.outcome != "value":
        return
    if given[1].lstrip("0") not in {
        day.lstrip("0") for day in re.findall(r"\d\d?", result.texts[0])
    }:
        yield Finding(
            f"the day is taken in UTC, so {quote(source.value)} becomes {quote(result.texts[0])}",
            "write the date without its offset",
            unit.place(source),
            contested="format-time-zone",
        )


RULES = (
    Rule(WITHOUT_CDATE, "call", without_cdate, frozenset({"DateAdd", "DateDiff"})),
    Rule(FORMAT_LETTERS, "call", format_letters, frozenset({"FormatDateTime"})),
    Rule(MOVED_DAY, "call", moved_day, frozenset({"FormatDateTime"})),
    Rule(TIME_DEPENDENT, "call", time_dependent, frozenset({"Now"})),
)

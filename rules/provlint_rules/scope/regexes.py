"""Regular expressions in clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Fix, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.filters import asks_scope
from provlint.wording import counted, quote
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.dotnet.regex import Pattern
    from provlint.semantics.configuration import ClauseUnit

INVALID = RuleInfo(
    "PL112", "invalid-regex", "A regular expression does not compile in .NET", ERROR,
    sources.SCOPING,
)  # fmt: skip
UNANCHORED = RuleInfo(
    "PL113", "unanchored-regex", "A regular expression also matches inside longer values", WARNING,
    sources.UNANCHORED_REGEX_THREAD, fixable=True,
)  # fmt: skip
ESCAPED_STAR = RuleInfo(
    "PL119", "escaped-star", "A regular expression looks for a literal star", ERROR,
    sources.ESCAPED_STAR_THREAD, fixable=True,
)  # fmt: skip
UNESCAPED_DOT = RuleInfo(
    "PL120", "unescaped-dot", "A dot in a domain matches any character", WARNING, sources.SCOPING,
    fixable=True,
)  # fmt: skip

ONE_VALUE = RuleInfo(
    "PL132", "regex-for-one-value", "A regular expression asks for one value", NOTE,
    sources.SCOPING, profile="strict",
)  # fmt: skip

SLOW = RuleInfo(
    "PL133", "slow-regex", "A regular expression takes very long on some values", WARNING,
    "https://learn.microsoft.com/dotnet/standard/base-types/backtracking-in-regular-expressions",
    confidence="medium",
)  # fmt: skip

_DOMAIN_DOT = r"(?<=[A-Za-z0-9])(?<!\\[A-Za-z])\.(?=[A-Za-z]{2,})(?![^\[]*\])"


_MARK = r"(?:[-_@/:#]|\\[-.@/\\])"
_BEGINNING = rf"(?s)\^.*{_MARK}"
_ENDING = rf"(?s){_MARK}.*\$"
"""`^CTR-` and `@contoso\\.com$` stop at a mark, so that they are meant to be open at one end."""


def _pattern(unit: ClauseUnit) -> str | None:
    known = find_operator(unit.clause.operator_name)
    values = unit.clause.values
    if known is None or known.operand != "regex" or not values or not values[0]:
        return None
    return values[0]


def _parsed(pattern: str) -> Pattern | None:
    from provlint.dotnet import regex

    try:
        return regex.parse(pattern)
    except (regex.RegexSyntaxError, regex.RegexUnsupported):
        return None


def invalid(unit: ClauseUnit) -> Iterator[Finding]:
    """The service runs on .NET; its verdict on a pattern is final."""
    pattern = _pattern(unit)
    if pattern is None:
        return
    from provlint.dotnet import regex

    try:
        regex.parse(pattern)
    except regex.RegexSyntaxError as error:
        end = min(max(error.position, 1), len(pattern))
        yield Finding(
            f"the regular expression {quote(pattern)} does not compile: {error.message}",
            "correct the pattern; .NET syntax applies",
            unit.value_place(0, end - 1, end),
        )
    except regex.RegexUnsupported as error:
        yield Finding(
            f"the regular expression {quote(pattern)} was not checked: {error.reason}",
            "simplify the pattern",
            unit.value_place(),
            severity=WARNING,
        )


def unanchored(unit: ClauseUnit) -> Iterator[Finding]:
    """`REGEX MATCH` searches: a pattern without `^` and `$` is found inside longer values."""
    text = _pattern(unit)
    if text is None or unit.group.filter_set != "groups":
        return
    pattern = _parsed(text)
    if pattern is None:
        return
    from provlint.dotnet.regex.queries import is_anchored_end, is_anchored_start

    start, end = is_anchored_start(pattern), is_anchored_end(pattern)
    open_start, open_end = re.match(r"\^?\.[*+]", text), re.search(r"(?<!\\)\.[*+]\$?$", text)
    if (start or open_start) and (end or open_end):
        return
    if (start and re.fullmatch(_BEGINNING, text)) or (end and re.fullmatch(_ENDING, text)):
        return
    if start or end or (open_start and open_end):
        where = "begins" if start else "ends"
        message = f"{quote(text)} also matches every longer value that {where} like that"
        severity = NOTE
    else:
        message = f"{quote(text)} also matches inside longer values, because the service searches"
        severity = WARNING
    results = unit.results
    if results is not None:
        from provlint_rules.evidence_wording import of_users, such_as

        inside = results.inside
        if inside.number:
            verb = "has" if inside.number == 1 else "have"
            message += f": {of_users(inside.number, unit.users)} {verb} one{such_as(inside)}"
            severity = WARNING
        else:
            message += f", though none of {counted(unit.users, 'user')} has one"
            severity = NOTE
    first = int(text.startswith("^"))
    last = len(text) - int(text.endswith("$") and not text.endswith("\\$"))
    before, after = ("^(?:", ")$") if "|" in text else ("^", "$")
    whole = before + text[first:last] + after
    edits = (
        TextEdit(unit.value_place(0, 0, first), before),
        TextEdit(unit.value_place(0, last, len(text)), after),
    )
    yield Finding(
        message,
        f"write {quote(whole)} to compare the whole value",
        unit.value_place(),
        fix=Fix(
            "anchor the pattern",
            tuple(edit for edit in edits if edit.text != text[edit.place.start : edit.place.end]),
            "unsafe",
        ),
        severity=severity,
        contested="regex-searches",
    )


def escaped_star(unit: ClauseUnit) -> Iterator[Finding]:
    r"""The page's own example was `.\*@domain.com` until August 2023: it matches a literal star."""
    text = _pattern(unit)
    found = re.search(r"\.\\\*(?=\\?@)|(?<!\\)\\\*(?=@)", text) if text is not None else None
    if text is None or found is None:
        return
    place = unit.value_place(0, *found.span())
    yield Finding(
        rf"`\*` in {quote(text)} matches a star character; old documentation printed it so",
        "write `.*` for any characters",
        place,
        fix=Fix("write `.*`", (TextEdit(place, ".*"),), "unsafe"),
    )


def dots_of_domain(pattern: str) -> list[re.Match[str]]:
    """The unescaped dots between the names of a domain, behind the last at sign of a pattern."""
    domain = pattern.rfind("@")
    found = re.finditer(_DOMAIN_DOT, pattern) if domain >= 0 else ()
    return [match for match in found if match.start() > domain]


def unescaped_dot(unit: ClauseUnit) -> Iterator[Finding]:
    r"""`contoso.com` also matches `contosoXcom`; `\.` is the dot itself."""
    text = _pattern(unit)
    found = [] if text is None else dots_of_domain(text)
    if text is None or not found:
        return
    domain = text.rindex("@")
    fixed = text[:domain] + re.sub(_DOMAIN_DOT, r"\\.", text[domain:])
    places = [unit.value_place(0, *match.span()) for match in found]
    yield Finding(
        f"the dot in {quote(text[domain + 1 :].removesuffix('$'))} matches any character",
        rf"write `\.` for the dot: {quote(fixed)}",
        places[0],
        fix=Fix("escape the dots", tuple(TextEdit(place, r"\.") for place in places), "unsafe"),
    )


def one_value(unit: ClauseUnit) -> Iterator[Finding]:
    """`EQUALS` says the same, and needs no escaping."""
    text = _pattern(unit)
    found = re.fullmatch(r"\^((?:[^\\.$|?*+()\[\]{}^]|\\[^\w\s])+)\$", text or "")
    if found is None:
        return
    known = find_operator(unit.clause.operator_name)
    instead = "NOT EQUALS" if known is not None and known.negative else "EQUALS"
    value = re.sub(r"\\(.)", r"\1", found[1])
    yield Finding(
        f"{quote(text or '')} asks for one value, for which `{instead}` needs no pattern",
        f"use `{instead}` with {quote(value)}",
        unit.operator_place(),
    )


_REPEATED_GROUP = r"\)(?:[*+]|\{\d+,\})"
"""Without one, no repetition is repeated; most patterns need not be parsed to see that."""
SLOWLY = "repeats a repetition, which takes very long on a long value that does not match"
REPEAT_ONCE = "repeat once: `a+` in place of `(a+)+`"


def slow_part(text: str) -> tuple[int, int] | None:
    """Where a pattern has the part that takes very long; None where it has none.

    Args:
        text: A pattern; one that .NET refuses has no such part.
    """
    if not re.search(_REPEATED_GROUP, text):
        return None
    pattern = _parsed(text)
    if pattern is None:
        return None
    from provlint.dotnet.regex.queries import nested_repetition

    node = nested_repetition(pattern)
    return None if node is None else (pattern.position(node.start), pattern.position(node.end))


def slow(unit: ClauseUnit) -> Iterator[Finding]:
    """.NET tries every way to cut the value before it gives up."""
    text = _pattern(unit)
    place = None if text is None else slow_part(text)
    if text is not None and place is not None:
        yield Finding(
            f"{quote(text[slice(*place)])} {SLOWLY}", REPEAT_ONCE, unit.value_place(0, *place)
        )


RULES = (
    Rule(INVALID, "clause", invalid),
    Rule(UNANCHORED, "clause", unanchored, asks=asks_scope),
    Rule(ESCAPED_STAR, "clause", escaped_star),
    Rule(UNESCAPED_DOT, "clause", unescaped_dot),
    Rule(ONE_VALUE, "clause", one_value),
    Rule(SLOW, "clause", slow),
)

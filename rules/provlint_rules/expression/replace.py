"""`Replace`: its modes and its regular expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import alternatives, quote
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.syntax import Enumeration, Omitted, Text, text_offset
from provlint_rules import sources
from provlint_rules.expression.arguments import shifted, uncertain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.dotnet.regex import Pattern
    from provlint.semantics.configuration import CallUnit
    from provlint_grammar.syntax import Expression

_PAGE = sources.FUNCTIONS + "#replace"

MODE = RuleInfo(
    "PL322", "replace-mode", "The places of Replace form none of its documented modes", ERROR,
    _PAGE,
)  # fmt: skip
INVALID_REGEX = RuleInfo(
    "PL323", "invalid-expression-regex", "The pattern of Replace does not compile in .NET", ERROR,
    _PAGE,
)  # fmt: skip
UNKNOWN_GROUP = RuleInfo(
    "PL324", "unknown-regex-group", "Replace names a group that its pattern does not have", ERROR,
    _PAGE,
)  # fmt: skip


class Places(NamedTuple):
    """The seven places of `Replace`; None for an empty one."""

    source: Expression | None
    old_value: Expression | None
    pattern: Expression | None
    group_name: Expression | None
    replacement: Expression | None
    replacement_attribute: Expression | None
    template: Expression | None


def places(unit: CallUnit) -> Places | None:
    """The places of a call; None when there are too many, or one is a syntax error."""
    arguments = unit.call.arguments
    if len(arguments) > 7 or uncertain(unit):
        return None
    found = [None if isinstance(node, Omitted) else node for node in arguments]
    return Places(*found, *(None for _ in range(7 - len(found))))


def mode(unit: CallUnit) -> Iterator[Finding]:
    """Microsoft documents five ways to fill the places; no page says what the others do."""
    found = places(unit)
    if found is None or found.source is None:
        return
    compares = next((node for node in unit.call.arguments if _compares(node)), None)
    if compares is not None:
        yield Finding(
            f"{quote(unit.text(compares))} is no argument of `Replace`, which minds capitals",
            "leave it out; to pass over capitals, begin a pattern in the third place with `(?i)`",
            unit.place(compares),
        )
        return
    _, old, pattern, group, value, attribute, template = found
    results = value is not None or attribute is not None or template is not None
    if old is None and pattern is None:
        yield Finding(
            "`Replace` has neither `oldValue` nor `regexPattern`, so there is nothing to look for",
            "fill the second place with a text, or the third with a pattern",
            unit.place(),
        )
    elif old is not None and pattern is not None and results:
        yield Finding(
            "`Replace` has both `oldValue` and `regexPattern`, which no documented mode has",
            "leave one of the two places empty",
            unit.place(pattern),
            severity=WARNING,
            contested="replace-with-both",
        )
    elif (not results and next(shifted(unit), None) is None) or (
        pattern is None and group is None and value is None and template is None
    ):
        yield Finding(
            "`Replace` has neither `replacementValue` nor `template`, so nothing is replaced",
            'fill the fifth place; to delete what was found, write `""`',
            unit.place(),
        )
    elif attribute is not None and group is None and pattern is not None and value is None:
        yield Finding(
            "`replacementAttributeName` needs a `regexGroupName`, which says what to take from it",
            "name a group of the pattern in the fourth place",
            unit.place(attribute),
            severity=WARNING,
        )
    elif results and not _documented(found):
        names = [name for name, node in zip(PLACES, found[1:], strict=True) if node is not None]
        yield Finding(
            f"`Replace` has {alternatives(names, 'and')}, which no documented mode has together",
            "fill the places of one mode, and leave the others empty",
            unit.place(),
            severity=WARNING,
            contested="replace-places",
        )


def _compares(node: Expression) -> bool:
    """Whether somebody brings the compare type of `InStr`, or of Visual Basic's Replace."""
    name = node.value if isinstance(node, Text) else getattr(node, "name", "")
    return isinstance(node, (Text, Enumeration)) and name.lower() in COMPARE_TYPES


COMPARE_TYPES = frozenset({"vbbinarycompare", "vbtextcompare"})
PLACES = (
    "oldValue", "regexPattern", "regexGroupName", "replacementValue", "replacementAttributeName",
    "template",
)  # fmt: skip
MODES = frozenset(
    {
        frozenset({"oldValue", "replacementValue"}),
        frozenset({"oldValue", "template"}),
        frozenset({"regexPattern", "replacementValue"}),
        frozenset({"regexPattern", "regexGroupName", "replacementValue"}),
        frozenset({"regexPattern", "regexGroupName", "replacementAttributeName"}),
    }
)
"""The places that are filled beside the source in each documented mode."""


def _documented(found: Places) -> bool:
    """Whether the filled places are those of a mode; a text `""` may stand for an empty place."""
    given = {name for name, node in zip(PLACES, found[1:], strict=True) if node is not None}
    filled = {
        name
        for name, node in zip(PLACES, found[1:], strict=True)
        if node is not None
        and (name == "replacementValue" or not (isinstance(node, Text) and not node.value))
    }
    return given in MODES or filled in MODES


def _parsed(node: Expression | None) -> Pattern | None:
    if not isinstance(node, Text):
        return None
    from provlint.dotnet import regex

    try:
        return regex.parse(node.value)
    except (regex.RegexSyntaxError, regex.RegexUnsupported):
        return None


def invalid_regex(unit: CallUnit) -> Iterator[Finding]:
    """The service runs on .NET; its verdict on a pattern is final."""
    found = places(unit)
    if found is None or not isinstance(found.pattern, Text):
        return
    from provlint.dotnet import regex

    node = found.pattern
    try:
        regex.parse(node.value)
    except regex.RegexSyntaxError as error:
        at = min(max(error.position - 1, 0), max(len(node.value) - 1, 0))
        start = text_offset(node, unit.expression.text, at)
        end = text_offset(node, unit.expression.text, min(at + 1, len(node.value)))
        hint = (
            "write `(?<name>…)`; `(?P<name>…)` is Python's form"
            if "(?P" in node.value
            else "correct the pattern; .NET syntax applies"
        )
        yield Finding(
            f"the regular expression {quote(node.value)} does not compile: {error.message}",
            hint,
            unit.expression.place(start, max(end, start + 1)),
        )
    except regex.RegexUnsupported as error:
        yield Finding(
            f"the regular expression {quote(node.value)} was not checked: {error.reason}",
            "simplify the pattern",
            unit.place(node),
            severity=WARNING,
        )


def unknown_group(unit: CallUnit) -> Iterator[Finding]:
    """A wrong group name fails; a wrong `${name}` in the replacement is written as it stands."""
    found = places(unit)
    if found is None:
        return
    pattern = _parsed(found.pattern)
    if pattern is None:
        return
    names = [name for name in pattern.group_numbers if not name.isdecimal()]
    known = set(pattern.group_numbers)
    hint = (
        f"write {alternatives(names)}, as in the pattern"
        if names
        else "name a group in the pattern, with `(?<name>…)`"
    )
    group = found.group_name
    if isinstance(group, Text) and group.value and group.value not in known:
        value, attribute = found.replacement, found.replacement_attribute
        if value is not None or attribute is not None:
            yield Finding(f"the pattern has no group {quote(group.value)}", hint, unit.place(group))
    replacement = found.replacement
    if isinstance(replacement, Text):
        for name in _references(replacement.value):
            if name not in known:
                yield Finding(
                    f"the replacement names group {quote(name)}, which the pattern does not have:"
                    " the text flows as it stands",
                    hint,
                    unit.place(replacement),
                    severity=WARNING,
                )


def _references(replacement: str) -> Iterator[str]:
    import re

    for found in re.finditer(r"\$(?:\$|\{(\w+)\}|(\d+))", replacement):
        name = found[1] or found[2]
        if name is not None:
            yield name


_REPLACE = frozenset({"Replace"})

RULES = (
    Rule(MODE, "call", mode, _REPLACE),
    Rule(INVALID_REGEX, "call", invalid_regex, _REPLACE),
    Rule(UNKNOWN_GROUP, "call", unknown_group, _REPLACE),
)

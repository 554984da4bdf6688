"""Expressions that are right, and whose effect is another one than most people expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.syntax import Attribute, Call, Text, text_offset
from provlint_rules import sources
from provlint_rules.expression.inferred import of, results, type_of
from provlint_rules.scope.regexes import REPEAT_ONCE, SLOWLY, dots_of_domain, slow_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit, ExpressionUnit
    from provlint_grammar.syntax import Expression

POSITION = RuleInfo(
    "PL366", "uncertain-position", "A position may lie behind the end, or in no fixed order", NOTE,
    sources.FUNCTIONS + "#mid", profile="strict",
)  # fmt: skip
CASE_ALONE = RuleInfo(
    "PL367", "case-not-written", "A value that differs in its capitals only is not written", NOTE,
    sources.FUNCTIONS + "#tolower", profile="strict",
)  # fmt: skip
PATTERN = RuleInfo(
    "PL368", "careless-pattern", "A pattern of Replace finds more than it says, or takes very long",
    NOTE, sources.FUNCTIONS + "#replace", confidence="medium",
)  # fmt: skip
ROLES_STAY = RuleInfo(
    "PL369", "roles-that-stay", "A role that is taken away stays in the application", NOTE,
    sources.CUSTOMIZE, profile="strict",
)  # fmt: skip


MANY_VALUED = frozenset({"otherMails", "otherTelephone", "proxyAddresses", "servicePrincipalName"})
"""Attributes with several values in Entra ID or Active Directory, whatever a file says of them."""
_DIRECTORIES = ("entra", "active-directory")
_SAME_ORDER = frozenset({"removeduplicates", "trim"})


def position(unit: CallUnit) -> Iterator[Finding]:
    """Behind the end .NET and Connect differ; lists of a directory come in any order."""
    arguments = unit.call.arguments
    if len(arguments) < 2:
        return
    number = _whole(arguments[1])
    source = arguments[0]
    if unit.call.name.lower() == "item":
        while isinstance(source, Call) and source.name.lower() in _SAME_ORDER and source.arguments:
            source = source.arguments[0]
        several = isinstance(source, Attribute) and (
            type_of(unit.expression, source) == "list"
            or (unit.expression.rule.source_system in _DIRECTORIES and source.name in MANY_VALUED)
        )
        if number is not None and several:
            yield Finding(
                f"the values of {quote(unit.text(source))} come in no fixed order, so value"
                f" {number} may be another one each time",
                "map an attribute with one value",
                unit.place(arguments[1]),
            )
        return
    if number is None or number < 2:
        return
    shortest = of(unit.expression, source).minimum_length
    if shortest < number:
        yield Finding(
            f"`Mid` begins at character {number}, and a value of fewer characters may come back"
            " whole, or empty",
            "test the form of the value upstream, or take the part with `Replace` and a pattern",
            unit.place(arguments[1]),
            contested="mid-out-of-range",
        )


def _whole(node: Expression) -> int | None:
    text = node.value if isinstance(node, Text) else getattr(node, "text", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def case_alone(unit: ExpressionUnit) -> Iterator[Finding]:
    """Unless `caseExact` is true, the service takes the two values for the same one."""
    mapping, target = unit.attribute_mapping.mapping, unit.attribute_mapping.target
    if unit.tree is None or target is None or target.case_exact:
        return
    if mapping.matching_priority or mapping.flow_type == "ObjectAddOnly":
        return
    for node in results(unit.tree):
        if isinstance(node, Call) and node.name.lower() in ("tolower", "toupper"):
            yield Finding(
                f"target attribute {quote(target.name)} has `caseExact` false, so a value that"
                " differs from the old one in its capitals only is not written",
                "set `caseExact` to true on the target attribute, or expect the new capitals in new"
                " accounts only",
                unit.place(*node.name_span),
            )


def pattern(unit: CallUnit) -> Iterator[Finding]:
    """`@contoso.com` also finds `@contosoXcom`; `(a+)+` tries every way to cut a text."""
    node = unit.call.arguments[2] if len(unit.call.arguments) > 2 else None
    if not isinstance(node, Text):
        return
    found = dots_of_domain(node.value)
    if found:
        start, end = (text_offset(node, unit.expression.text, at) for at in found[0].span())
        yield Finding(
            f"the dot in {quote(node.value)} matches any character",
            r"write `\\.` for the dot",
            unit.expression.place(start, end),
        )
    slow = slow_part(node.value)
    if slow is not None:
        start, end = (text_offset(node, unit.expression.text, at) for at in slow)
        yield Finding(
            f"{quote(node.value[slice(*slow)])} {SLOWLY}",
            REPEAT_ONCE,
            unit.expression.place(start, end),
            severity=WARNING,
        )


def roles_stay(unit: CallUnit) -> Iterator[Finding]:
    """The one function adds roles with PATCH, the other replaces them."""
    yield Finding(
        "`AppRoleAssignmentsComplex` only adds roles: one that is taken away stays in the"
        " application",
        "write `AssertiveAppRoleAssignmentsComplex([appRoleAssignments])`, if the application"
        " takes it",
        unit.name_place(),
    )


RULES = (
    Rule(POSITION, "call", position, frozenset({"Item", "Mid"})),
    Rule(CASE_ALONE, "expression", case_alone),
    Rule(PATTERN, "call", pattern, frozenset({"Replace"})),
    Rule(ROLES_STAY, "call", roles_stay, frozenset({"AppRoleAssignmentsComplex"})),
)

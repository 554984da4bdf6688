"""`SelectUniqueValue`: where it may stand, and whether its rules lead to a free value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.printer import equal
from provlint_grammar.syntax import (
    Attribute,
    Call,
    Invalid,
    Omitted,
    calls,
    walk,
)
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit
    from provlint_grammar.syntax import Expression

_PAGE = sources.FUNCTIONS + "#selectuniquevalue"

NESTED = RuleInfo(
    "PL325", "nested-select-unique-value", "SelectUniqueValue stands inside another call", ERROR,
    _PAGE,
)  # fmt: skip
MISPLACED = RuleInfo(
    "PL326", "misplaced-select-unique-value", "SelectUniqueValue is not possible in this mapping",
    ERROR, _PAGE,
)  # fmt: skip
DIACRITICS = RuleInfo(
    "PL327", "unique-value-diacritics", "The search for a unique value breaks on some letters",
    NOTE, _PAGE, profile="strict",
)  # fmt: skip
EQUAL_RULES = RuleInfo(
    "PL358", "equal-unique-values", "Two rules of SelectUniqueValue give the same value", WARNING,
    _PAGE,
)  # fmt: skip
RUN_OUT = RuleInfo(
    "PL371", "exhausted-unique-values", "SelectUniqueValue runs out of values for namesakes", NOTE,
    _PAGE, profile="strict",
)  # fmt: skip

MOST_RULES = 50
"""Rules of one call that are compared."""


def nested(unit: CallUnit) -> Iterator[Finding]:
    """It must be the outermost call; other functions belong into its rules."""
    if unit.parent is not None:
        yield Finding(
            f"`SelectUniqueValue` stands inside {quote(unit.parent.call.name)}, and must be the"
            " outermost call",
            f"move {quote(unit.parent.call.name)} into each of its rules",
            unit.name_place(),
        )


def misplaced(unit: CallUnit) -> Iterator[Finding]:
    """Only from Workday, SuccessFactors or the inbound API to AD, and only on creation."""
    if unit.parent is not None:
        return
    mapping = unit.expression.attribute_mapping.mapping
    rule = unit.expression.rule
    wrong_source = rule.source_system != "unknown" and not rule.from_hr
    wrong_target = rule.target_system not in ("unknown", "active-directory")
    if wrong_source or wrong_target:
        yield Finding(
            "`SelectUniqueValue` works only from Workday, SuccessFactors or API-driven provisioning"
            " to Active Directory",
            "build the value with `Join`, and make it unique upstream",
            unit.name_place(),
        )
    elif mapping.matching_priority > 0:
        yield Finding(
            "`SelectUniqueValue` stands in a matching attribute, which nobody could be found by",
            "set `matchingPriority` to 0",
            unit.name_place(),
        )
    elif mapping.flow_type not in ("", "ObjectAddOnly"):
        yield Finding(
            f"`SelectUniqueValue` needs `flowType` `ObjectAddOnly`, and the mapping has"
            f" {quote(mapping.flow_type)}",
            "set `flowType` to `ObjectAddOnly`, in the portal *Only during object creation*",
            unit.name_place(),
        )


def diacritics(unit: CallUnit) -> Iterator[Finding]:
    """The LDAP search does not escape special letters."""
    for rule in unit.call.arguments:
        names = {call.name.lower() for call in calls(rule)}
        reads = any(isinstance(node, Attribute) for node in walk(rule))
        if reads and isinstance(rule, (Call, Attribute)) and "normalizediacritics" not in names:
            yield Finding(
                "a value with diacritics breaks the search in Active Directory",
                "wrap the rule in `NormalizeDiacritics`",
                unit.place(rule),
            )
            return


def equal_rules(unit: CallUnit) -> Iterator[Finding]:
    """When the first value is taken, so is the second, and the user is held in escrow."""
    rules = _rules(unit)
    if len(rules) < 2:
        return
    from provlint_rules.expression.coincidences import coinciding, identifier

    found = False
    for index, rule in enumerate(rules):
        for earlier in rules[:index]:
            if equal(rule, earlier):
                found = True
                yield Finding(
                    "this rule of `SelectUniqueValue` is equal to an earlier one, so it never"
                    " finds a free value",
                    f"make a different value, for instance with `[{identifier(unit)}]` or a number"
                    " at its end",
                    unit.place(rule),
                    related=(Related("the earlier rule", unit.place(earlier)),),
                )
                break
    if not found:
        yield from coinciding(unit, rules)


def run_out(unit: CallUnit) -> Iterator[Finding]:
    """Two people of one name may work together; so may three."""
    rules = _rules(unit)
    if len(rules) > 1:
        from provlint_rules.expression.coincidences import exhausted

        yield from exhausted(unit, rules)


def _rules(unit: CallUnit) -> list[Expression]:
    """The rules that are there, of a call that can be understood."""
    given = unit.call.arguments[:MOST_RULES]
    if any(isinstance(node, Invalid) for rule in given for node in walk(rule)):
        return []
    return [rule for rule in given if not isinstance(rule, Omitted)]


_NAME = frozenset({"SelectUniqueValue"})

RULES = (
    Rule(NESTED, "call", nested, _NAME),
    Rule(MISPLACED, "call", misplaced, _NAME),
    Rule(DIACRITICS, "call", diacritics, _NAME),
    Rule(EQUAL_RULES, "call", equal_rules, _NAME),
    Rule(RUN_OUT, "call", run_out, _NAME),
)

"""`SelectUniqueValue`: where it may stand, and whether its rules lead to a free value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import counted, quote
from provlint_grammar.printer import equal
from provlint_grammar.syntax import (
    Attribute,
    Call,
    Invalid,
    Number,
    Omitted,
    Text,
    attributes,
    calls,
    walk,
)
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit
    from provlint_grammar.syntax import Expression
    from provlint_rules.expression.coincidences import Coincidence

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
    found = False
    for index, rule in enumerate(rules):
        for earlier in rules[:index]:
            if equal(rule, earlier):
                found = True
                yield Finding(
                    "this rule of `SelectUniqueValue` is equal to an earlier one, so it never"
                    " finds a free value",
                    f"make a different value, for instance with `[{_identifier(unit)}]` or a number"
                    " at its end",
                    unit.place(rule),
                    related=(Related("the earlier rule", unit.place(earlier)),),
                )
                break
    if not found and len(rules) > 1:
        yield from _equal_for_some(unit, rules)


def _equal_for_some(unit: CallUnit, rules: list[Expression]) -> Iterator[Finding]:
    """Rules that are written differently; people are made up only where they may tell more."""
    read = [frozenset(node.name for node in attributes(rule)) for rule in rules]
    some = frozenset().union(*read) - read[0].intersection(*read)
    lacking = [name for name in sorted(some) if not _always_given(unit, name)]
    same = any(names and names in read[:index] for index, names in enumerate(read))
    if not lacking and not same:
        return
    from provlint_rules.expression.coincidences import People

    people = People(rules)
    for each in people.usually():
        if not any(_chooses(rules[index], "") for index in each.rules):
            yield _coincide(unit, rules, each, "")
    for name in lacking:
        for each in people.without(name):
            # Where a later rule gives another value, the user is not held.
            if each.rules[-1] == len(rules) - 1 and not any(
                _chooses(rules[index], name) for index in each.rules
            ):
                middle = re.search("(?i)middle|second|initial|additional", name)
                severity = None if middle else NOTE
                where = f" where {quote(f'[{name}]')} is empty"
                yield _coincide(unit, rules, each, where)._replace(severity=severity)


def _coincide(unit: CallUnit, rules: list[Expression], found: Coincidence, where: str) -> Finding:
    *earlier, last = found.rules
    numbers = ", ".join(str(index + 1) for index in earlier)
    advice = f"add a last rule with `[{_identifier(unit)}]`, or with a number at its end"
    return Finding(
        f"rules {numbers} and {last + 1} of `SelectUniqueValue` give the same value{where}, such as"
        f" {quote(found.value)}",
        advice if where else "make a different value in each rule, or leave one of them out",
        unit.place(rules[last]),
        related=tuple(Related(f"rule {at + 1}", unit.place(rules[at])) for at in earlier),
    )


def run_out(unit: CallUnit) -> Iterator[Finding]:
    """Two people of one name may work together; so may three."""
    rules = _rules(unit)
    if len(rules) < 2 or any(_tells_apart(unit, rule, rules[0]) for rule in rules):
        return
    yield Finding(
        f"no rule of `SelectUniqueValue` holds a number or an id, so the user"
        f" after {counted(len(rules), 'namesake')} is held in escrow",
        f"add a last rule with `[{_identifier(unit)}]`, or with a number at its end",
        unit.place(rules[-1]),
    )
    cut = {
        node.name
        for rule in rules
        for call in calls(rule)
        if call.name.lower() in ("left", "mid")
        for node in attributes(call)
    }
    if not cut:
        return
    from provlint_rules.expression.coincidences import People

    people = People(rules)
    for name in sorted(cut.intersection(people.names)):
        for each in people.with_one_letter(name):
            if not any(_chooses(rules[index], name) for index in each.rules):
                where = f" where {quote(f'[{name}]')} is one letter"
                yield _coincide(unit, rules, each, where)


def _rules(unit: CallUnit) -> list[Expression]:
    """The rules that are there, of a call that can be understood."""
    given = unit.call.arguments[:MOST_RULES]
    if any(isinstance(node, Invalid) for rule in given for node in walk(rule)):
        return []
    return [rule for rule in given if not isinstance(rule, Omitted)]


def _chooses(rule: Expression, name: str) -> bool:
    """Whether a rule gives this or that by another attribute, so that one person tells little."""
    conditions = (
        call.arguments[0]
        for call in calls(rule)
        if call.name.lower() in ("iif", "switch") and call.arguments
    )
    return any(node.name != name for each in conditions for node in attributes(each))


_IDENTIFIES = r"(?:I[dD]|GUID|Guid|Number)(?![a-z])|(?i:id|number|username)$"
_EVERYBODY_HAS = "(?i)first|last|given|sur|family|^sn$|display|legal|preferred|full"
"""Names of attributes that nobody lacks: people have a first and a last name."""


def _always_given(unit: CallUnit, name: str) -> bool:
    parent = unit.expression.attribute_mapping.parent
    known = (parent.source_attributes or {}).get(name)
    if known is not None and (known.required or known.anchor):
        return True
    matching = {each for mapping in parent.matching for each in mapping.source_attributes}
    if name in matching:
        return True
    return bool(re.search(_IDENTIFIES, name) or re.search(_EVERYBODY_HAS, name))


def _identifier(unit: CallUnit) -> str:
    """The attribute of the source that nobody shares, as far as it is known."""
    for mapping in unit.expression.attribute_mapping.parent.matching:
        if mapping.source_attributes:
            return mapping.source_attributes[0]
    system = unit.expression.rule.source_system
    return {"workday": "WorkerID", "successfactors": "personIdExternal"}.get(system, "employeeId")


_JOINING = frozenset({"append", "join", "prepend"})
_RANDOM = frozenset({"guid", "randomstring"})


def _tells_apart(unit: CallUnit, rule: Expression, first: Expression) -> bool:
    """Whether a rule has what namesakes do not share: an id, a number of its own, or chance."""
    if any(_identifies(unit, node.name) for node in attributes(rule)):
        return True
    if any(call.name.lower() in _RANDOM for call in calls(rule)):
        return True
    return bool(_numbers(rule) - _numbers(first))


def _identifies(unit: CallUnit, name: str) -> bool:
    parent = unit.expression.attribute_mapping.parent
    matching = {each for mapping in parent.matching for each in mapping.source_attributes}
    return name in matching or re.search(_IDENTIFIES, name) is not None


def _numbers(rule: Expression) -> set[str]:
    """The constants with a digit that become part of the value."""
    found = set()
    for call in calls(rule):
        for node in call.arguments if call.name.lower() in _JOINING else ():
            text = node.value if isinstance(node, Text) else ""
            text = node.text if isinstance(node, Number) else text
            if any(letter.isdecimal() for letter in text):
                found.add(text)
    return found


_NAME = frozenset({"SelectUniqueValue"})

RULES = (
    Rule(NESTED, "call", nested, _NAME),
    Rule(MISPLACED, "call", misplaced, _NAME),
    Rule(DIACRITICS, "call", diacritics, _NAME),
    Rule(EQUAL_RULES, "call", equal_rules, _NAME),
    Rule(RUN_OUT, "call", run_out, _NAME),
)

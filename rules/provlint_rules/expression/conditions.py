"""Conditions and tables: IIF and Switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.printer import equal
from provlint_grammar.syntax import (
    Attribute,
    Call,
    Comparison,
    Invalid,
    Number,
    Omitted,
    Text,
    walk,
)
from provlint_rules import sources
from provlint_rules.expression.inferred import of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import CallUnit
    from provlint.semantics.inference import Verdict
    from provlint_grammar.syntax import Expression

_IIF = sources.FUNCTIONS + "#iif"
_SWITCH = sources.FUNCTIONS + "#switch"

EMPTY_CONDITION = RuleInfo(
    "PL330", "condition-on-empty", "IIF tests for emptiness, which fails on HR sources", WARNING,
    _IIF,
)  # fmt: skip
CONSTANT = RuleInfo(
    "PL331", "constant-condition", "A condition has the same outcome for everybody", WARNING, _IIF,
)  # fmt: skip
DUPLICATE_KEY = RuleInfo(
    "PL332", "duplicate-switch-key", "A Switch has one key twice", ERROR, _SWITCH,
)  # fmt: skip
UNREACHABLE_KEY = RuleInfo(
    "PL333", "unreachable-switch-key", "A key of a Switch can never be met", WARNING, _SWITCH,
)  # fmt: skip
TESTED_SOURCE = RuleInfo(
    "PL334", "switch-on-test", "The source of a Switch is a test for presence", NOTE, _SWITCH,
)  # fmt: skip
ENTRA_SWITCH = RuleInfo(
    "PL335", "switch-from-entra", "A Switch on an Entra ID attribute may clear the target", NOTE,
    _SWITCH, profile="strict",
)  # fmt: skip

EMPTINESS = frozenset({"isnull", "isnullorempty", "ispresent"})


def _literal(node: Expression) -> str | None:
    if isinstance(node, Text):
        return node.value
    return node.text if isinstance(node, Number) else None


def empty_condition(unit: CallUnit) -> Iterator[Finding]:
    """On an empty source the check itself fails; Switch with the key "" does not."""
    if not unit.call.arguments or not unit.expression.rule.from_hr:
        return
    condition = unit.call.arguments[0]
    tested: Expression | None = None
    if isinstance(condition, Call) and condition.name.lower() in EMPTINESS and condition.arguments:
        tested = condition.arguments[0]
    elif isinstance(condition, Comparison) and condition.operator in ("=", "<>"):
        if _literal(condition.right) == "":
            tested = condition.left
        elif _literal(condition.left) == "":
            tested = condition.right
    if tested is not None and isinstance(tested, (Attribute, Call)):
        shown = unit.text(tested)
        yield Finding(
            f"`IIF` tests whether {quote(shown)} is empty, and on an HR source that check fails for"
            " exactly those users",
            f'write `Switch({shown}, {shown}, "", "Other")`',
            unit.place(condition),
            contested="iif-with-empty-source",
        )


def constant(unit: CallUnit) -> Iterator[Finding]:
    """Two constants compared, one thing compared with itself, or two branches alike."""
    arguments = unit.call.arguments
    if not arguments:
        return
    condition = arguments[0]
    if any(isinstance(node, Invalid) for node in walk(condition)):
        return
    if isinstance(condition, Comparison):
        left, right = _literal(condition.left), _literal(condition.right)
        if (left is not None and right is not None) or equal(condition.left, condition.right):
            yield Finding(
                f"the condition {quote(unit.text(condition))} is the same for everybody",
                "compare an attribute with a constant",
                unit.place(condition),
            )
            return
        verdict = _verdict(unit, condition)
        if verdict is not None:
            yield Finding(
                f"the condition {quote(unit.text(condition))} is always"
                f" {'true' if verdict.holds else 'false'}: {verdict.why}",
                "compare with a value that the other side can have",
                unit.place(condition),
                contested="equality-case" if verdict.case else None,
            )
            return
    elif _literal(condition) is not None:
        yield Finding(
            "the condition is a constant, so it is the same for everybody",
            "compare an attribute with a constant",
            unit.place(condition),
        )
        return
    elif isinstance(condition, Call):
        outcome = of(unit.expression, condition)
        if outcome.type == "boolean" and outcome.constant is not None:
            yield Finding(
                f"the condition {quote(unit.text(condition))} is always"
                f" {outcome.constant.lower()}, because its value is never"
                f" {'anything else' if _settles(condition) else 'empty'}",
                "test an attribute, not a value that is put together",
                unit.place(condition),
            )
            return
    branches = arguments[1:]
    if len(branches) != 2 or isinstance(branches[0], (Invalid, Omitted)):
        return
    if equal(branches[0], branches[1]):
        yield Finding(
            "both branches of this `IIF` are equal",
            "write the value without `IIF`, or correct one branch",
            unit.place(branches[1]),
            related=(Related("the other branch", unit.place(branches[0])),),
        )


def _verdict(unit: CallUnit, condition: Comparison) -> Verdict | None:
    if not isinstance(condition.left, Call) and not isinstance(condition.right, Call):
        return None
    from provlint.semantics.inference import compared

    left, right = of(unit.expression, condition.left), of(unit.expression, condition.right)
    return compared(condition.operator, left, right)


def _settles(condition: Call) -> bool:
    """Whether the condition is of another kind than a test for emptiness."""
    while condition.name.lower() == "not" and isinstance(condition.arguments[0], Call):
        condition = condition.arguments[0]
    return condition.name.lower() not in EMPTINESS


def _keys(unit: CallUnit) -> list[tuple[str, Expression]]:
    """The constant keys of a Switch whose number of arguments is right."""
    arguments = unit.call.arguments
    if len(arguments) < 4 or len(arguments) % 2:
        return []
    found = [(_literal(node), node) for node in arguments[2::2]]
    return [(text, node) for text, node in found if text is not None]


def duplicate_key(unit: CallUnit) -> Iterator[Finding]:
    """The first is taken, if the service does not refuse the table."""
    seen: dict[str, Expression] = {}
    for text, node in _keys(unit):
        other = seen.setdefault(text, node)
        if other is not node:
            yield Finding(
                f"key {quote(text)} stands twice in this `Switch`",
                "delete one of the two pairs",
                unit.place(node),
                related=(Related("the first", unit.place(other)),),
                contested="duplicate-switch-keys",
            )


def _is_boolean(unit: CallUnit, name: str) -> bool:
    """Whether a source attribute is a boolean of Entra ID."""
    definitions = unit.expression.attribute_mapping.parent.source_attributes or {}
    definition = definitions.get(name)
    known = definition is not None and definition.type == "Boolean"
    return known and unit.expression.rule.source_system == "entra"


def unreachable_key(unit: CallUnit) -> Iterator[Finding]:
    """Keys are compared case-sensitively with what the source gives."""
    keys = _keys(unit)
    source = unit.call.arguments[0] if unit.call.arguments else None
    boolean = isinstance(source, Attribute) and _is_boolean(unit, source.name)
    if not keys or not (boolean or isinstance(source, Call)):
        return
    from provlint.semantics.inference import as_text, from_values, never_equal

    assert source is not None
    # Entra ID writes `True` or `False`; other sources have words of their own.
    given = from_values(("False", "True"), null=True) if boolean else of(unit.expression, source)
    given = as_text(given) if given.may_be_null else given
    for text, node in keys:
        why = None
        if text == "" and not given.may_be_empty and given.type != "any":
            why = "the result is never empty", False
        elif given.type not in ("list", "roles", "reference"):
            why = never_equal(given, from_values((text,)))
        if why is not None:
            yield Finding(
                f"key {quote(text)} of this `Switch` is never met: {why[0]}",
                "write the key as the source gives it",
                unit.place(node),
                contested="boolean-text" if boolean else None,
            )


def tested_source(unit: CallUnit) -> Iterator[Finding]:
    """Microsoft's page advises against it, and two of its samples do it."""
    source = unit.call.arguments[0] if unit.call.arguments else None
    if isinstance(source, Call) and source.name.lower() in EMPTINESS:
        yield Finding(
            f"Microsoft advises against {quote(source.name)} as the source of a `Switch`",
            'test the attribute itself with the key `""`',
            unit.place(source),
            severity=WARNING if len(unit.call.arguments) % 2 else None,
            contested="switch-on-test",
        )


def entra_switch(unit: CallUnit) -> Iterator[Finding]:
    """When another attribute changes and this one does not, the value may come out as null."""
    if unit.expression.rule.source_system != "entra" or not unit.call.arguments:
        return
    source = unit.call.arguments[0]
    if isinstance(source, Attribute) and source.name != "IsSoftDeleted":
        yield Finding(
            f"with Entra ID as the source this `Switch` on {quote(source.name)} may give null when"
            " only other attributes change",
            "write nested `IIF` calls if the target is cleared now and then",
            unit.name_place(),
        )


_IIF_ONLY = frozenset({"IIF"})
_SWITCH_ONLY = frozenset({"Switch"})

RULES = (
    Rule(EMPTY_CONDITION, "call", empty_condition, _IIF_ONLY),
    Rule(CONSTANT, "call", constant, _IIF_ONLY),
    Rule(DUPLICATE_KEY, "call", duplicate_key, _SWITCH_ONLY),
    Rule(UNREACHABLE_KEY, "call", unreachable_key, _SWITCH_ONLY),
    Rule(TESTED_SOURCE, "call", tested_source, _SWITCH_ONLY),
    Rule(ENTRA_SWITCH, "call", entra_switch, _SWITCH_ONLY),
)

"""Where a value may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.printer import equal
from provlint_grammar.syntax import (
    Attribute,
    BareLiteral,
    Call,
    Comparison,
    Omitted,
    Text,
    attributes,
)
from provlint_rules import sources
from provlint_rules.expression.inferred import of, results, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.diagnostic import Place
    from provlint.semantics.configuration import AttributeMappingUnit, CallUnit
    from provlint_grammar.syntax import Expression

UNGUARDED_DATE = RuleInfo(
    "PL353", "unguarded-date", "A date function fails where its attribute is empty", NOTE,
    sources.WORKDAY_EXPRESSIONS, profile="strict", confidence="medium",
)  # fmt: skip
HALF_VALUE = RuleInfo(
    "PL354", "half-value", "A value is put together even where a part of it is empty", NOTE,
    sources.FUNCTIONS + "#append", profile="strict", confidence="medium",
)  # fmt: skip
NO_REST = RuleInfo(
    "PL355", "switch-without-rest", "A Switch gives nothing for an empty or unforeseen value",
    NOTE, sources.FUNCTIONS + "#switch", profile="strict", confidence="medium",
)  # fmt: skip
COALESCE = RuleInfo(
    "PL356", "coalesce-on-empty", "Coalesce does not pass over the empty texts of an HR source",
    NOTE, sources.FUNCTIONS + "#coalesce", confidence="medium",
)  # fmt: skip
NO_CONTAINER = RuleInfo(
    "PL357", "container-may-be-missing", "An expression may name no container for a new user",
    WARNING, "https://learn.microsoft.com/entra/identity/saas-apps/workday-inbound-tutorial",
)  # fmt: skip

_DATES = {"cdate": (0,), "formatdatetime": (0,), "numfromdate": (0,), "datefromnum": (0,),
          "dateadd": (2,), "datediff": (1, 2)}  # fmt: skip
"""Functions, in lower case, to the places that must hold a date."""
_PARTS = ("@", "\\")
"""Marks that make half a value useless."""


def _may_be_missing(unit: CallUnit, node: Expression) -> bool:
    found = of(unit.expression, node)
    if not (found.may_be_null or found.may_be_empty) or not any(attributes(node)):
        return False
    return not all(_guarded(unit, name) for name in {each.name for each in attributes(node)})


def _guarded(unit: CallUnit, name: str) -> bool:
    """Whether a condition around the call rules out that the attribute is empty."""
    inner, outer = unit, unit.parent
    while outer is not None:
        span, arguments = inner.call.span, outer.call.arguments
        for index, node in enumerate(arguments):
            if node.span.start <= span.start and span.end <= node.span.end:
                if _guards(outer.call, index, name):
                    return True
                break
        inner, outer = outer, outer.parent
    return False


def _guards(call: Call, index: int, name: str) -> bool:
    function = call.name.lower()
    if function == "iif" and index in (1, 2) and call.arguments:
        return _says_present(call.arguments[0], name) is (index == 1)
    if function == "switch" and index % 2 == 1:
        if name not in {each.name for each in attributes(call.arguments[0])}:
            return False
        if index > 1:
            key = call.arguments[index - 1]
            return isinstance(key, Text) and key.value != ""
        return any(isinstance(key, Text) and not key.value for key in call.arguments[2::2])
    return False


def _says_present(condition: Expression, name: str) -> bool | None:
    """True: it holds only where the attribute has a value; False: only where it has none."""
    if isinstance(condition, Call) and condition.arguments:
        function, argument = condition.name.lower(), condition.arguments[0]
        if function == "not":
            inner = _says_present(argument, name)
            return None if inner is None else not inner
        if isinstance(argument, Attribute) and argument.name == name:
            return {"ispresent": True, "isnullorempty": False}.get(function)
    if isinstance(condition, Comparison):
        sides = (condition.left, condition.right)
        constant = next((side.value for side in sides if isinstance(side, Text)), None)
        if constant is None or name not in {each.name for each in attributes(condition)}:
            return None
        if condition.operator == "=":
            return constant != ""
        return True if condition.operator == "<>" and constant == "" else None
    return None


def unguarded_date(unit: CallUnit) -> Iterator[Finding]:
    """The Workday guide guards inside: `CDate(Switch([d], [d], "", "9999-12-31"))`."""
    for index in _DATES[unit.call.name.lower()]:
        node = unit.call.arguments[index] if len(unit.call.arguments) > index else None
        if isinstance(node, (Attribute, Call)) and _may_be_missing(unit, node):
            shown = written(unit.expression, node)
            yield Finding(
                f"{quote(unit.call.name)} fails for users without {quote(shown)}",
                f'guard it: `Switch({shown}, {shown}, "", "9999-12-31")`'
                if isinstance(node, Attribute)
                else 'make sure that it is never empty, with a `Switch` that has the key `""`',
                unit.place(node),
                contested="not-a-date",
            )


def half_value(unit: CallUnit) -> Iterator[Finding]:
    """Without its name part an address is its domain alone."""
    name, arguments = unit.call.name.lower(), unit.call.arguments
    parts = arguments if name == "append" else arguments[1:]
    marks = [node.value for node in arguments if isinstance(node, Text)]
    if not any(mark in text for text in marks for mark in _PARTS):
        return
    for node in parts:
        if isinstance(node, (Attribute, Call)) and _may_be_missing(unit, node):
            others = [each for each in parts if each is not node and not isinstance(each, Omitted)]
            alone = len(others) == 1 and isinstance(others[0], Text) and others[0].value
            gives = f"{quote(alone)} alone flows" if alone else "half a value flows"
            yield Finding(
                f"where {quote(written(unit.expression, node))} is empty, {gives}",
                "let nothing flow in that case:"
                f' `IgnoreFlowIfNullOrEmpty(Switch(source, {unit.call.name}(…), "", ""))`',
                unit.place(node),
                contested="null-as-text",
            )


def no_rest(unit: CallUnit) -> Iterator[Finding]:
    """No key "" and no default: null flows, and the target keeps or loses its value."""
    arguments = unit.call.arguments
    mapping = unit.expression.attribute_mapping.mapping
    if not unit.expression.rule.from_hr or len(arguments) < 4 or len(arguments) % 2:
        return
    if not isinstance(arguments[1], Omitted) or mapping.default_value:
        return
    if any(isinstance(key, Text) and not key.value for key in arguments[2::2]):
        return
    source = of(unit.expression, arguments[0])
    if source.may_be_null or source.may_be_empty:
        yield Finding(
            f"this `Switch` gives nothing where {quote(unit.text(arguments[0]))} is empty or none"
            " of its keys",
            'fill the place of the default, or add the key `""`',
            unit.name_place(),
            contested="switch-no-match",
        )


def coalesce(unit: CallUnit) -> Iterator[Finding]:
    """HR sources send empty texts, and the page passes over null only."""
    if not unit.expression.rule.from_hr:
        return
    for node in unit.call.arguments[:-1]:
        if isinstance(node, Attribute):
            yield Finding(
                f"an HR source sends an empty text where {quote(node.name)} has no value, and"
                " `Coalesce` passes over null only",
                f'write `Switch([{node.name}], [{node.name}], "", …)`',
                unit.place(node),
                contested="coalesce-empty",
            )
            return


def no_container(mapping: AttributeMappingUnit) -> Iterator[Finding]:
    """It must always evaluate to a container that exists."""
    target, unit = mapping.mapping.target_attribute_name.lower(), mapping.expression
    if target != "parentdistinguishedname" or mapping.mapping.default_value:
        return
    if mapping.parent.rule.target_system not in ("active-directory", "unknown"):
        return
    lone = mapping.source_attribute or (None if unit is None else unit.lone_attribute)
    if lone is not None and _may_be_absent(mapping, lone):
        yield _without_container(lone, mapping.source_place)
    if unit is None or unit.tree is None:
        return
    found = {id(node) for node in results(unit.tree)}
    for call in unit.calls():
        name, arguments = call.call.name.lower(), call.call.arguments
        for index, node in enumerate(arguments):
            if id(node) not in found:
                continue
            if _is_nothing(node):
                place = call.name_place() if isinstance(node, Omitted) else call.place(node)
                default = name == "switch" and equal(node, arguments[1])
                why = "it has no default" if default else "one of its results is empty"
                yield Finding(
                    f"this {quote(call.call.name)} may name no container, because {why}",
                    "give a container that exists, as the default",
                    place,
                )
            elif isinstance(node, Attribute) and _may_be_absent(mapping, node.name):
                followed = name == "coalesce" and index + 1 < len(arguments)
                guarded = _guards(call.call, index, node.name) or _guarded(call, node.name)
                if not followed and not guarded:
                    yield _without_container(node.name, call.place(node))


def _may_be_absent(mapping: AttributeMappingUnit, name: str) -> bool:
    known = (mapping.parent.source_attributes or {}).get(name)
    return known is None or not (known.required or known.anchor)


def _without_container(name: str, place: Place) -> Finding:
    return Finding(
        f"{quote(f'[{name}]')} may be empty, and a new user without it gets no container",
        "give a container that exists as the default value of the mapping, or with a `Switch` that"
        ' has the key `""`',
        place,
        severity=NOTE,
    )


def _is_nothing(node: Expression) -> bool:
    if isinstance(node, BareLiteral):
        return node.name.lower() == "null"
    return isinstance(node, Omitted) or (isinstance(node, Text) and not node.value)


RULES = (
    Rule(UNGUARDED_DATE, "call", unguarded_date, frozenset(_DATES)),
    Rule(HALF_VALUE, "call", half_value, frozenset({"Append", "Join"})),
    Rule(NO_REST, "call", no_rest, frozenset({"Switch"})),
    Rule(COALESCE, "call", coalesce, frozenset({"Coalesce"})),
    Rule(NO_CONTAINER, "attribute-mapping", no_container),
)

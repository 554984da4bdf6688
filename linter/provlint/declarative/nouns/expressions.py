"""Mapping expressions and the calls in them, as rules see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from provlint.declarative.nouns import wrapping
from provlint.declarative.nouns.around import of_mapping
from provlint.declarative.nouns.noun import Family, Field, Noun, Value, table
from provlint.semantics.expressions import CallUnit
from provlint_grammar import syntax

if TYPE_CHECKING:
    from provlint.declarative.published import Argument
    from provlint.diagnostic import Place
    from provlint.semantics.expressions import ExpressionUnit
    from provlint_grammar.syntax import Expression

KINDS = {
    syntax.Attribute: "attribute",
    syntax.Call: "call",
    syntax.Comparison: "comparison",
    syntax.Number: "number",
    syntax.Omitted: "omitted",
    syntax.Text: "constant",
}
"""Node to the word for its kind; `other` for the rest."""


def _depth(tree: Expression | None) -> int:
    """How many calls stand inside one another at most; 0 for none."""
    deepest = 0
    pending = [(tree, 0)] if tree is not None else []
    while pending:
        node, depth = pending.pop()
        depth += type(node) is syntax.Call
        deepest = max(deepest, depth)
        pending.extend((child, depth) for child in syntax.children(node))
    return deepest


def _constants(unit: ExpressionUnit) -> tuple[str, ...]:
    if unit.tree is None:
        return ()
    return tuple(node.value for node in syntax.walk(unit.tree) if type(node) is syntax.Text)


def _functions(unit: ExpressionUnit) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.call.name for each in unit.calls()))


EXPRESSION = Noun(
    "expression",
    "a mapping expression",
    "expression",
    lambda unit: iter((unit,)),
    lambda unit: unit.pointer,
    "",
    "expression",
    table(
        Field(
            "expression",
            "text",
            "the expression as it is written",
            lambda unit: unit.text,
            key="expression",
        ),
        Field(
            "depth",
            "number",
            "how many calls stand inside one another at most",
            lambda unit: _depth(unit.tree),
        ),
        Field(
            "outerFunction",
            "text",
            "name of the outermost function; nothing where the expression is no call",
            lambda unit: unit.tree.name if type(unit.tree) is syntax.Call else None,
        ),
        Field("functions", "list", "names of the functions that it calls, each once", _functions),
        Field(
            "sourceAttributes",
            "list",
            "names of the source attributes that it reads, each once",
            lambda unit: unit.attribute_names,
        ),
        Field("constants", "list", "the texts in quotation marks", _constants),
        Field(
            "dialect",
            "text",
            "`app-provisioning` or `cloud-sync`",
            lambda unit: unit.dialect,
        ),
        Field(
            "targetAttributeName",
            "text",
            "name of the target attribute that it is for",
            lambda unit: unit.attribute_mapping.mapping.target_attribute_name or None,
        ),
        Field(
            "matchingPriority",
            "number",
            "that of the mapping around it",
            lambda unit: unit.attribute_mapping.mapping.matching_priority,
        ),
        Field(
            "flowType",
            "text",
            "that of the mapping around it",
            lambda unit: unit.attribute_mapping.mapping.flow_type,
        ),
        *of_mapping(lambda unit: unit.attribute_mapping.parent),
    ),
    lambda sample: wrapping.attribute_mapping(_mapping(sample)),
    frozenset({"expression"}),
    inside={"calls": ("functionCall", lambda unit: unit.calls())},
    tree=lambda unit: unit,
    home=lambda unit: unit.place(),
)


def _mapping(sample: Any) -> dict[str, Any]:
    expression = sample.get("expression", "")
    return {"targetAttributeName": "", "source": {"type": "Function", "expression": expression}}


def _argument(unit: CallUnit, number: str) -> Expression | None:
    index = int(number) - 1
    return unit.call.arguments[index] if index < len(unit.call.arguments) else None


def argument_text(unit: CallUnit, number: str) -> Value:
    """The text of an argument: a constant without its quotation marks, the rest as written."""
    node = _argument(unit, number)
    if node is None or type(node) is syntax.Omitted:
        return None
    return node.value if type(node) is syntax.Text else unit.text(node)


def _argument_kind(unit: CallUnit, number: str) -> Value:
    node = _argument(unit, number)
    return None if node is None else KINDS.get(type(node), "other")


def argument_place(unit: CallUnit, number: str) -> Place:
    """Where an argument stands; the name of the function, where it is missing."""
    node = _argument(unit, number)
    return unit.name_place() if node is None else unit.place(node)


def _outer(unit: CallUnit) -> tuple[str, ...]:
    """Names of the functions around a call, the innermost first."""
    names = []
    parent = unit.parent
    while parent is not None:
        names.append(parent.call.name)
        parent = parent.parent
    return tuple(names)


def _below(unit: CallUnit) -> Iterator[CallUnit]:
    """The calls in the arguments of a call, the outermost first."""
    pending = [(argument, unit) for argument in reversed(unit.call.arguments)]
    while pending:
        node, parent = pending.pop()
        if isinstance(node, syntax.Call):
            parent = CallUnit(unit.expression, node, parent)
            yield parent
        pending.extend((child, parent) for child in reversed(syntax.children(node)))


def argument_numbers(unit: CallUnit, chosen: Argument) -> Iterator[str]:
    """The places that are meant: that one, one of those, `any` or `last`."""
    count = len(unit.call.arguments)
    if chosen == "any":
        yield from map(str, range(1, count + 1))
    elif chosen == "last":
        yield str(max(count, 1))
    else:
        yield from map(str, (chosen,) if isinstance(chosen, int) else chosen)


def _arguments(unit: CallUnit, first: int = 1, step: int = 1) -> tuple[str, ...]:
    """The texts of arguments, an empty place as the empty text."""
    places = range(first, len(unit.call.arguments) + 1, step)
    return tuple(str(argument_text(unit, str(place)) or "") for place in places)


def _of_switch(unit: CallUnit, first: int) -> tuple[str, ...]:
    """Every second argument of a `Switch` from there on.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#switch
    """
    return _arguments(unit, first, 2) if unit.call.name.casefold() == "switch" else ()


FUNCTION_CALL = Noun(
    "functionCall",
    "a call of a function, wherever it stands in an expression",
    "call",
    lambda unit: iter((unit,)),
    lambda unit: unit.expression.pointer,
    "",
    "function",
    table(
        Field("function", "text", "name of the function", lambda unit: unit.call.name),
        Field("text", "text", "the call as it is written", lambda unit: unit.text(unit.call)),
        Field(
            "argumentCount",
            "number",
            "how many arguments it has, empty ones included",
            lambda unit: len(unit.call.arguments),
        ),
        Field(
            "arguments",
            "list",
            "its arguments as `argument.1` has them, an empty place as the empty text",
            _arguments,
        ),
        Field(
            "switchKeys",
            "list",
            "the keys of a `Switch`; nothing for another function",
            lambda unit: _of_switch(unit, 3),
        ),
        Field(
            "switchValues",
            "list",
            "the values of a `Switch`, without the default; nothing for another function",
            lambda unit: _of_switch(unit, 4),
        ),
        Field(
            "depth",
            "number",
            "1 for the outermost call, 2 for one in its arguments, and so on",
            lambda unit: len(_outer(unit)) + 1,
        ),
        Field("inside", "list", "names of the functions around it, the nearest first", _outer),
        Field(
            "sourceAttributes",
            "list",
            "names of the source attributes in its arguments, each once",
            lambda unit: tuple(dict.fromkeys(a.name for a in syntax.attributes(unit.call))),
        ),
        Field(
            "targetAttributeName",
            "text",
            "name of the target attribute that the expression is for",
            lambda unit: unit.expression.attribute_mapping.mapping.target_attribute_name or None,
        ),
        *of_mapping(lambda unit: unit.expression.attribute_mapping.parent),
    ),
    lambda sample: wrapping.attribute_mapping(_mapping(sample)),
    frozenset({"expression"}),
    families=(
        Family(
            "argument.",
            "argument.1",
            "text",
            "an argument, from 1: a constant without its quotation marks, the rest as it is"
            " written; nothing for an empty place",
            argument_text,
            argument_place,
            numbered=True,
        ),
        Family(
            "argumentKind.",
            "argumentKind.1",
            "text",
            "`constant`, `attribute`, `call`, `number`, `comparison`, `omitted` or `other`",
            _argument_kind,
            argument_place,
            numbered=True,
        ),
    ),
    inside={"calls": ("functionCall", _below)},
    tree=lambda unit: unit.expression,
    home=lambda unit: unit.place(),
)

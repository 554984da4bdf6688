"""Inference over a syntax tree: each node once, without recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.inference import functions
from provlint.semantics.inference.facts import (
    ANY,
    BOOLEAN,
    NO_BLANKS,
    NOTHING,
    NULL,
    Inferred,
    from_values,
    number,
)
from provlint.semantics.inference.truth import compared
from provlint_grammar.syntax import (
    Attribute,
    BareLiteral,
    Call,
    Comparison,
    Enumeration,
    Keyword,
    Macro,
    Number,
    Omitted,
    Text,
    children,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.model.tree import AttributeDefinition
    from provlint.semantics.inference.facts import Type
    from provlint_grammar.syntax import Expression

_TYPES: dict[str, Type] = {
    "Boolean": "boolean",
    "Integer": "number",
    "Reference": "reference",
    "String": "text",
    "DateTime": "text",
}
"""Graph's attribute types; a date of the source arrives as text of the source's form."""

ROLES = "appRoleAssignments"
OBJECT_ID = Inferred("text", False, False, 36, 36, NO_BLANKS)
"""What Entra ID calls `objectId`: 32 digits and four hyphens."""


class Inference:
    """What is known of every node of one tree."""

    __slots__ = ("_found", "attributes", "given", "tree")

    def __init__(
        self,
        tree: Expression,
        attributes: Mapping[str, AttributeDefinition] | None = None,
        given: Mapping[str, Inferred] | None = None,
    ) -> None:
        self.tree = tree
        self.attributes = attributes
        self.given = given
        self._found: dict[int, Inferred] = {}
        self._infer(tree)

    def of(self, node: Expression) -> Inferred:
        """What is known of a node of the tree; `any` for a node of another tree."""
        return self._found.get(id(node), ANY)

    def _infer(self, tree: Expression) -> None:
        found = self._found
        stack: list[tuple[Expression, bool]] = [(tree, False)]
        while stack:
            node, ready = stack.pop()
            below = children(node)
            if below and not ready:
                stack.append((node, True))
                stack.extend((child, False) for child in below)
            elif below:
                found[id(node)] = self._inner(node, [found[id(child)] for child in below])
            else:
                found[id(node)] = self._leaf(node)

    def _inner(self, node: Expression, given: list[Inferred]) -> Inferred:
        if isinstance(node, Call):
            return functions.transfer(node.name, given, node.arguments)
        if isinstance(node, Comparison):
            verdict = compared(node.operator, *given)
            return BOOLEAN if verdict is None else functions.answer(verdict.holds)
        return ANY

    def _leaf(self, node: Expression) -> Inferred:
        if isinstance(node, Text):
            return from_values((node.value,))
        if isinstance(node, Attribute):
            return self._attribute(node.name)
        if isinstance(node, Number):
            return _number(node.text)
        if isinstance(node, Call):
            return functions.transfer(node.name, [], ())
        if isinstance(node, Omitted):
            return NULL
        if isinstance(node, BareLiteral):
            word = node.name.lower()
            return NULL if word == "null" else from_values((word.capitalize(),))
        if isinstance(node, Keyword):
            return NOTHING
        if isinstance(node, Macro):
            return Inferred("text", False, False, 1, None, NO_BLANKS)
        if isinstance(node, Enumeration):
            return from_values((node.name,))
        return ANY

    def _attribute(self, name: str) -> Inferred:
        if self.given is not None and name in self.given:
            return self.given[name]
        if name == ROLES:
            return Inferred("roles")
        if name == "objectId":
            return OBJECT_ID
        definition = None if self.attributes is None else self.attributes.get(name)
        if definition is None:
            return ANY
        if definition.multivalued:
            return Inferred("list")
        return Inferred(
            _TYPES.get(definition.type, "any"), maximum_length=stated_length(definition)
        )


def stated_length(definition: AttributeDefinition) -> int | None:
    """The metadata entry `MaximumLength` of a definition, where it has a sensible one.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-attributedefinition
    """
    text = definition.metadata.get("MaximumLength", "") if definition.metadata else ""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 10 else None


def _number(text: str) -> Inferred:
    """A number flows as it is written: `007` keeps its zeros."""
    folded = text.lower()
    try:
        if folded.startswith("&h"):
            return number(int(folded[2:], 16))
        value = int(text)
    except ValueError:
        return from_values((text,), type_="number")
    return from_values((text,), type_="number")._replace(least=value, greatest=value)


_LAST: list[Inference] = []


def inference(
    tree: Expression, attributes: Mapping[str, AttributeDefinition] | None = None
) -> Inference:
    """What is known of a tree and of all its nodes; the last tree asked for is remembered.

    Args:
        tree: An expression.
        attributes: Definitions of the source attributes by name; None when they are not known.
    """
    if _LAST and _LAST[0].tree is tree and _LAST[0].attributes is attributes:
        return _LAST[0]
    found = Inference(tree, attributes)
    _LAST[:] = [found]
    return found


def infer(
    tree: Expression,
    attributes: Mapping[str, AttributeDefinition] | None = None,
    given: Mapping[str, Inferred] | None = None,
) -> Inferred:
    """What is known of the result of an expression.

    Args:
        tree: An expression.
        attributes: Definitions of the source attributes by name; None when they are not known.
        given: What is known of source attributes by name, beyond their definitions: of the users
            that the question is about.
    """
    if given is not None:
        return Inference(tree, attributes, given).of(tree)
    return inference(tree, attributes).of(tree)

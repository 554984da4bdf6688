"""What rules ask of the inference; imported when the first of them asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.catalogue import find_function
from provlint_grammar.syntax import Attribute, Call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import ExpressionUnit
    from provlint.semantics.inference import Inference, Inferred
    from provlint_grammar.syntax import Expression


def known(unit: ExpressionUnit) -> Inference:
    """What is known of every part of an expression that has a tree."""
    from provlint.semantics.inference import inference

    assert unit.tree is not None
    return inference(unit.tree, unit.attribute_mapping.parent.source_attributes)


def of(unit: ExpressionUnit, node: Expression) -> Inferred:
    """What is known of one part of an expression."""
    return known(unit).of(node)


def written(unit: ExpressionUnit, node: Expression) -> str:
    """The characters of a part as the user wrote them."""
    return unit.text[node.span.start : node.span.end]


def type_of(unit: ExpressionUnit, node: Expression) -> str:
    """The type of a part; most follow from the catalogue and the definitions alone."""
    if isinstance(node, Call):
        function = find_function(node.name)
        if function is not None and function.returns != "any" and node.name.lower() != "trim":
            return function.returns
        if not node.arguments:
            return "any"
    elif isinstance(node, Attribute):
        definitions = unit.attribute_mapping.parent.source_attributes or {}
        definition = definitions.get(node.name)
        if definition is None or (definition.type == "String" and not definition.multivalued):
            return "any" if definition is None else "text"
    return of(unit, node).type


_CARRIERS = frozenset({"ignoreflowifnullorempty", "redact"})


def results(tree: Expression) -> Iterator[Expression]:
    """The parts of an expression that give its result, each alone: branches, values, rules.

    Empty places count: `IIF([a] = "b", "c", )` gives `"c"` or nothing. A Switch without default
    ends in the Omitted node of its second place.
    """
    stack = [tree]
    while stack:
        node = stack.pop()
        name = node.name.lower() if isinstance(node, Call) else ""
        arguments = node.arguments if isinstance(node, Call) else ()
        if name == "iif" and len(arguments) == 3:
            stack.extend(reversed(arguments[1:]))
        elif name == "switch" and len(arguments) >= 4 and len(arguments) % 2 == 0:
            stack.extend(reversed(arguments[1::2]))
        elif name in ("coalesce", "selectuniquevalue") and arguments:
            stack.extend(reversed(arguments))
        elif name in _CARRIERS and len(arguments) == 1:
            stack.append(arguments[0])
        else:
            yield node

"""What rules ask of the inference; imported when the first of them asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

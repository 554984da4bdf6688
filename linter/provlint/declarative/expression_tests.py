"""What conditions ask of a parsed expression, and where the answer stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.syntax import Call, attributes, children

if TYPE_CHECKING:
    from collections.abc import Set

    from provlint.declarative.nouns.noun import Thing
    from provlint.diagnostic import Place
    from provlint.semantics.expressions import ExpressionUnit
    from provlint_grammar.syntax import Expression


def _expression(thing: Thing) -> ExpressionUnit | None:
    if thing.noun.tree is None:
        return None
    found: ExpressionUnit | None = thing.noun.tree(thing.unit)
    return found


def _tree(thing: Thing, expression: ExpressionUnit) -> Expression | None:
    """The tree of the expression, or for a call the call alone."""
    call: Expression | None = getattr(thing.unit, "call", None)
    return expression.tree if call is None else call


def attribute_named(thing: Thing, names: Set[str]) -> Place | None:
    """Where the expression reads the first attribute with one of the names; case does not count."""
    expression = _expression(thing)
    tree = None if expression is None else _tree(thing, expression)
    if expression is None or tree is None:
        return None
    folded = {name.casefold() for name in names}
    for attribute in attributes(tree):
        if attribute.name.casefold() in folded:
            return expression.place(attribute.span.start, attribute.span.end)
    return None


def nesting_of(thing: Thing, function: str) -> tuple[int, Place | None]:
    """How many calls of a function stand inside one another, and where the innermost stands."""
    expression = _expression(thing)
    tree = None if expression is None else _tree(thing, expression)
    if expression is None or tree is None:
        return 0, None
    folded = function.casefold()
    deepest, innermost = 0, None
    pending: list[tuple[Expression, int]] = [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node, Call) and node.name.casefold() == folded:
            depth += 1
            if depth > deepest:
                deepest, innermost = depth, node
        pending.extend((child, depth) for child in reversed(children(node)))
    return deepest, None if innermost is None else expression.place(*innermost.name_span)

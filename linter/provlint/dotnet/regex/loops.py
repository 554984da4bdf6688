"""Loops as .NET runs them: it merges a loop directly inside a loop into one.

That is visible: `(?>a+){2,}` matches `aa`, because the two loops become one, and a merged loop
over empty matches captures fewer times. Observed with .NET 8, 9 and 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.dotnet.regex.queries import is_nullable
from provlint.dotnet.regex.tree import (
    Alternation,
    Atomic,
    CharacterClass,
    Concatenation,
    Dot,
    Empty,
    Group,
    Literal,
    Node,
    Quantified,
)

if TYPE_CHECKING:
    from typing import TypeGuard


class Loop:
    """A loop after merging. `atomic` loops over one unit never give back what they took."""

    __slots__ = ("atomic", "body", "lazy", "maximum", "minimum")

    def __init__(
        self, minimum: int, maximum: int | None, lazy: bool, body: Node, atomic: bool = False
    ) -> None:
        self.minimum = minimum
        self.maximum = maximum
        self.lazy = lazy
        self.body = body
        self.atomic = atomic


def bare(node: Node) -> Node:
    """Return what a node comes down to: without plain groups, empty neighbours and `{1}`."""
    while True:
        if isinstance(node, Group) or (
            isinstance(node, Quantified) and node.minimum == 1 and node.maximum == 1
        ):
            node = node.body
        elif isinstance(node, Concatenation):
            parts = [part for part in node.parts if not is_nothing(part)]
            if len(parts) != 1:
                return node
            node = parts[0]
        elif isinstance(node, Alternation) and len(node.branches) == 1:
            node = node.branches[0]
        else:
            return node


def is_nothing(node: Node) -> bool:
    """Tell whether a node comes down to nothing at all, such as `(?:)` or `a{0}`."""
    if isinstance(node, Group):
        return is_nothing(node.body)
    if isinstance(node, Concatenation):
        return all(is_nothing(part) for part in node.parts)
    return isinstance(node, Empty) or (isinstance(node, Quantified) and node.maximum == 0)


def _is_once(node: Node) -> TypeGuard[Quantified]:
    return isinstance(node, Quantified) and node.minimum == 1 and node.maximum == 1


def is_unit(node: Node) -> bool:
    """Tell whether a node matches exactly one unit, always."""
    node = bare(node)
    return isinstance(node, (CharacterClass, Dot)) or (
        isinstance(node, Literal) and len(node.units) == 1
    )


def merged(node: Quantified) -> Loop:
    """Return the loop that .NET makes of a quantified node and the loops directly inside it."""
    outer = Loop(node.minimum, node.maximum, node.lazy, node.body)
    inner = _inner_loop(outer)
    if inner is None or inner.lazy != outer.lazy:
        return outer
    if outer.minimum == 0 and inner.minimum > 1:
        return outer
    if inner.maximum is not None and inner.maximum < inner.minimum * 2:
        return outer
    maximum = (
        None if outer.maximum is None or inner.maximum is None else outer.maximum * inner.maximum
    )
    if inner.maximum == 0:
        maximum = 0
    return Loop(outer.minimum * inner.minimum, maximum, outer.lazy, inner.body, inner.atomic)


def _inner_loop(outer: Loop) -> Loop | None:
    body = bare(outer.body)
    if isinstance(body, Quantified):
        return None if body.maximum == 0 else merged(body)
    if isinstance(body, Atomic):
        run = bare(body.body)
        if isinstance(run, Quantified) and not run.lazy and is_unit(run.body):
            inner = merged(run)
            inner.atomic = True
            return inner
    other = loop_or_nothing(body, outer.lazy)
    return None if other is None else Loop(0, 1, outer.lazy, other)


def loop_or_nothing(node: Node, lazy: bool) -> Node | None:
    """Return X when a node is `X|`, or `|X` where the loop around it is lazy; else None.

    .NET 10 makes an optional X of it.
    """
    if not isinstance(node, Alternation):
        return None
    branches = tuple(reversed(node.branches)) if lazy else node.branches
    if is_nothing(branches[0]) or not all(is_nothing(branch) for branch in branches[1:]):
        return None
    return branches[0]


def is_lazy_over_empty(node: Quantified) -> bool:
    """Tell whether a node is a lazy loop without upper limit whose body can match empty text."""
    loop = merged(node)
    return loop.lazy and loop.maximum is None and loop.minimum < 2 and is_nullable(loop.body)


def is_repeated_loop_or_nothing(node: Quantified) -> bool:
    """Tell whether a node is a loop, at least once, over a choice between a loop and nothing."""
    if node.minimum == 0 or node.maximum == 1:
        return False
    other = loop_or_nothing(bare(node.body), node.lazy)
    if other is None:
        return False
    inner = bare(other)
    if isinstance(inner, Atomic):
        inner = bare(inner.body)
    return isinstance(inner, Quantified) and inner.lazy == node.lazy and merged(inner).minimum > 0

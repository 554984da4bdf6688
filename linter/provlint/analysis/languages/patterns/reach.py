"""Which patterns a finite automaton carries."""

from __future__ import annotations

from provlint.dotnet.regex.queries import walk
from provlint.dotnet.regex.tree import (
    Anchor,
    Atomic,
    Backreference,
    Capture,
    Conditional,
    Look,
    Node,
)

_NAMES = {Backreference: "back-reference", Atomic: "atomic group", Conditional: "conditional"}


def beyond(root: Node) -> str:
    """The first construct that a finite automaton does not carry, in words; empty for none."""
    return next(filter(None, map(beyond_alone, walk(root))), "")


def beyond_alone(node: Node) -> str:
    """The same for a node, its parts left aside."""
    if isinstance(node, Capture) and (node.balances is not None or node.number is None):
        return "balancing group"
    if isinstance(node, Look) and not node.ahead and not _is_plain(node.body):
        return "look-behind that looks ahead"
    return _NAMES.get(type(node), "")


def _is_plain(body: Node) -> bool:
    """Whether what stands in a look-behind depends on nothing behind its end."""
    return not any(
        isinstance(node, Look)
        or (isinstance(node, Anchor) and node.kind not in ("beginning", "line-beginning"))
        for node in walk(body)
    )

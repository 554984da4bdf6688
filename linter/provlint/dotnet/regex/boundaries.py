r"""Loops that .NET never lets give back characters before `\b` or `\B`, though it should.

`\D+\B` on `eki` stops at the end and fails in .NET 10. .NET takes each unit of such a loop for good
because it believes that a shorter one cannot match either. Its versions differ in the loops.
"""

from __future__ import annotations

from provlint.dotnet.regex.loops import bare
from provlint.dotnet.regex.queries import children, is_nullable, walk
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Atomic,
    Capture,
    CharacterClass,
    Concatenation,
    Group,
    Literal,
    Look,
    Node,
    Quantified,
)

_BOUNDARIES = ("boundary", "not-boundary")


def hasty_loops(root: Node) -> list[Quantified]:
    """Return the loops over a class that stand before a boundary and that .NET treats so."""
    found: list[Quantified] = []
    for node in walk(root):
        if isinstance(node, Concatenation):
            for index, part in enumerate(node.parts):
                for following in node.parts[index + 1 :]:
                    for kind in _first_boundaries(following):
                        found += [loop for loop in _last_loops(part) if _is_hasty(loop, kind)]
                    if not is_nullable(following):
                        break
    return found


def _is_hasty(loop: Quantified, kind: str) -> bool:
    body = bare(loop.body)
    if not isinstance(body, CharacterClass) or body.subtraction is not None:
        return False
    if kind == "not-boundary":
        # `\D`, `\W`, and the same written as a class.
        return len(body.items) == 1 and any(
            body.items[0] == (name, not body.negated) for name in ("d", "w")
        )
    # A negated class of nothing but word characters.
    return body.negated and all(_holds_words(low, high) for low, high in body.items)


def _holds_words(low: int | str, high: int | bool) -> bool:
    if isinstance(low, str):
        return False
    from provlint.dotnet.regex.classes import intersection, named

    return intersection(((low, int(high)),), named("w")) == ((low, int(high)),)


def _first_boundaries(node: Node) -> set[str]:
    """Return the boundaries with which a node may begin."""
    if isinstance(node, Anchor):
        return {node.kind} & set(_BOUNDARIES)
    if isinstance(node, Concatenation):
        kinds: set[str] = set()
        for part in node.parts:
            kinds |= _first_boundaries(part)
            if not is_nullable(part):
                break
        return kinds
    if isinstance(node, Look) and (node.negative or not node.ahead):
        return set()
    if isinstance(node, Literal):
        return set()
    return {kind for child in children(node) for kind in _first_boundaries(child)}


def _last_loops(node: Node) -> list[Quantified]:
    """Return the loops over one unit, of variable length, with which a node may end."""
    if isinstance(node, Quantified):
        if isinstance(bare(node.body), CharacterClass):
            return [node] if node.minimum > 0 and node.maximum != node.minimum else []
        return _last_loops(node.body)
    if isinstance(node, Concatenation):
        loops: list[Quantified] = []
        for part in reversed(node.parts):
            loops += _last_loops(part)
            if not is_nullable(part):
                break
        return loops
    if isinstance(node, Alternation):
        return [loop for branch in node.branches for loop in _last_loops(branch)]
    if isinstance(node, (Group, Capture, Atomic)):
        return _last_loops(node.body)
    return []

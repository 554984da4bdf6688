"""Constructs that .NET accepts and whose result is not reproduced here.

Both are defects of .NET's own matcher: its versions 8 and 10 disagree about them.
"""

from __future__ import annotations

from typing import NamedTuple

from provlint.dotnet.regex.errors import RegexUnsupported
from provlint.dotnet.regex.queries import is_nullable, walk
from provlint.dotnet.regex.tree import Alternation, Empty, Group, Node, Pattern, Quantified

LAZY_EMPTY = "lazy loop over an empty match"
LOOP_OR_NOTHING = "repeated choice between a loop and nothing"

_REASONS = {
    LAZY_EMPTY: "`*?` and `+?` on a part that can match empty text give wrong places, exceptions "
    "or hangs in .NET, and differ between .NET 8 and 10",
    LOOP_OR_NOTHING: "`(?:a+|)+` does not match empty text in .NET 10, and does in .NET 8 and 9",
}


class Unstable(NamedTuple):
    """A construct that is not reproduced: its name, the reason, its UTF-16 range in the pattern."""

    construct: str
    reason: str
    start: int
    end: int


def unstable_constructs(pattern: Pattern) -> list[Unstable]:
    """Return the constructs of a pattern that are not reproduced."""
    found = []
    for node in walk(pattern.root):
        if isinstance(node, Quantified):
            name = _problem(node)
            if name is not None:
                found.append(Unstable(name, _REASONS[name], node.start, node.end))
    return found


def check_supported(pattern: Pattern) -> None:
    """Check that a pattern can be run.

    Raises:
        RegexUnsupported: It holds a construct that is not reproduced.
    """
    for problem in unstable_constructs(pattern):
        raise RegexUnsupported(problem.construct, problem.reason)


def _problem(node: Quantified) -> str | None:
    if node.lazy and node.maximum is None and node.minimum < 2 and is_nullable(node.body):
        return LAZY_EMPTY
    if node.minimum == 0 or node.maximum == 1:
        return None
    body = _bare(node.body)
    if isinstance(body, Alternation) and len(body.branches) > 1:
        for empty, other in ((-1, 0), (0, -1)):
            loop = _bare(body.branches[other])
            if (
                isinstance(body.branches[empty], Empty)
                and isinstance(loop, Quantified)
                and loop.minimum > 0
                and loop.lazy == node.lazy
            ):
                return LOOP_OR_NOTHING
    return None


def _bare(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.body
    return node

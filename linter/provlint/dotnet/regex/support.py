"""Constructs that .NET accepts and whose result is not reproduced here.

All are defects of .NET's own matcher, and its versions 8 and 10 disagree about them.
"""

from __future__ import annotations

from provlint.dotnet.regex.errors import RegexUnsupported
from provlint.dotnet.regex.loops import is_lazy_over_empty, is_repeated_loop_or_nothing
from provlint.dotnet.regex.queries import walk
from provlint.dotnet.regex.tree import Anchor, Pattern, Quantified

LAZY_EMPTY = "lazy loop over an empty match"
LOOP_OR_NOTHING = "repeated choice between a loop and nothing"
HASTY_LOOP = "loop over a negated class before a word boundary"

BOUNDARIES = ("boundary", "not-boundary")

_REASONS = {
    HASTY_LOOP: "`\\D+\\B`, `\\W+\\B` and `[^a-z]+\\b` never give back a character in .NET 10; "
    ".NET 8 and 9 do in part",
    LAZY_EMPTY: "`*?` and `+?` on a part that can match empty text give wrong places, exceptions "
    "or hangs in .NET, and differ between .NET 8 and 10",
    LOOP_OR_NOTHING: "`(?:a+|)+` does not match empty text in .NET 10, and does in .NET 8 and 9",
}


class Unstable:
    """A construct that is not reproduced: its name, the reason, its UTF-16 range in the pattern."""

    __slots__ = ("construct", "end", "reason", "start")

    def __init__(self, construct: str, node: Quantified) -> None:
        self.construct = construct
        self.reason = _REASONS[construct]
        self.start = node.start
        self.end = node.end


def unstable_constructs(pattern: Pattern) -> list[Unstable]:
    """Return the constructs of a pattern that are not reproduced."""
    found = []
    nodes = walk(pattern.root)
    for node in nodes:
        if isinstance(node, Quantified):
            name = _problem(node)
            if name is not None:
                found.append(Unstable(name, node))
    if any(isinstance(node, Anchor) and node.kind in BOUNDARIES for node in nodes):
        from provlint.dotnet.regex.boundaries import hasty_loops

        found += [Unstable(HASTY_LOOP, loop) for loop in hasty_loops(pattern.root)]
    return found


def check_supported(pattern: Pattern) -> None:
    """Check that a pattern can be run.

    Raises:
        RegexUnsupported: It holds a construct that is not reproduced.
    """
    for problem in unstable_constructs(pattern):
        raise RegexUnsupported(problem.construct, problem.reason)


def _problem(node: Quantified) -> str | None:
    if is_lazy_over_empty(node):
        return LAZY_EMPTY
    return LOOP_OR_NOTHING if is_repeated_loop_or_nothing(node) else None

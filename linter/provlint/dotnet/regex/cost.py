"""How long a backtracking run can take: decides whether Python's `re` may run a pattern.

`re` has no time limit. A pattern goes to it only when a bound on its work is known: a polynomial
in the length of the text. Loops that could be walked in more than one way have no such bound here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from provlint.dotnet.regex.classes import Ranges, equivalents, intersection, union
from provlint.dotnet.regex.program import unit_set
from provlint.dotnet.regex.queries import is_anchored_start
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Backreference,
    Capture,
    Concatenation,
    Empty,
    Group,
    Literal,
    Look,
    Node,
    Pattern,
    Quantified,
)

MOST_POSITIONS = 200
GREATEST_FACTOR = 1_000_000


class Cost(NamedTuple):
    """At most `factor` x (length + 1) ** `degree` steps."""

    factor: int
    degree: int

    def of(self, length: int) -> int:
        """Return the bound for a text of this many units."""
        return int(self.factor * (length + 1) ** self.degree)


def cost_of(pattern: Pattern) -> Cost | None:
    """Return a bound on the work of a search, or None when none is known."""
    one = Cost(1, 1) if _is_deterministic(pattern.root) else _cost(pattern.root)
    if one is None:
        return None
    return one if is_anchored_start(pattern) else Cost(one.factor, one.degree + 1)


def _cost(node: Node) -> Cost | None:
    if isinstance(node, (Capture, Group, Look)):
        return _cost(node.body)
    if isinstance(node, Concatenation):
        factor, degree = 1, 0
        for part in node.parts:
            cost = _cost(part)
            if cost is None:
                return None
            factor *= cost.factor
            degree += cost.degree
        return Cost(factor, degree) if factor <= GREATEST_FACTOR else None
    if isinstance(node, Alternation):
        costs = [_cost(branch) for branch in node.branches]
        known = [cost for cost in costs if cost is not None]
        if len(known) < len(costs):
            return None
        return Cost(sum(cost.factor for cost in known), max(cost.degree for cost in known))
    if isinstance(node, Quantified):
        return _loop_cost(node)
    return Cost(1, 1) if isinstance(node, Backreference) else Cost(1, 0)


def _loop_cost(node: Quantified) -> Cost | None:
    minimum, maximum = node.minimum, node.maximum
    if maximum == 0:
        return Cost(1, 0)
    if minimum == maximum and unit_set(node.body) is not None:
        return Cost(1, 0)
    if maximum == 1:
        body = _cost(node.body)
        return body and Cost(body.factor + 1, body.degree)
    return Cost(1, 1) if _is_deterministic(node) else None


class _Ambiguous(Exception):  # noqa: N818 - used for control flow only
    pass


def _is_deterministic(node: Node) -> bool:
    """Tell whether each unit of a text leaves at most one way to go on inside a node."""
    automaton = _Automaton()
    try:
        automaton.visit(node)
    except _Ambiguous:
        return False
    for following in automaton.follow:
        if _overlap([automaton.sets[position] for position in following]):
            return False
    return True


def _overlap(sets: list[Ranges]) -> bool:
    seen: Ranges = ()
    for ranges in sets:
        if intersection(seen, ranges):
            return True
        seen = union([*seen, *ranges])
    return False


# Where a part can begin, where it can end, whether it can be empty.
_Part = tuple[list[int], list[int], bool]


class _Automaton:
    """The positions of a pattern and which may follow which (Glushkov's construction)."""

    def __init__(self) -> None:
        self.sets: list[Ranges] = []
        self.follow: list[set[int]] = []

    def visit(self, node: Node) -> _Part:
        ranges = unit_set(node)
        if ranges is not None:
            position = self._position(ranges)
            return [position], [position], False
        if isinstance(node, Literal):
            positions = [self._position(_unit_ranges(unit, node)) for unit in node.units]
            for left, right in pairwise(positions):
                self.follow[left].add(right)
            return positions[:1], positions[-1:], False
        if isinstance(node, Concatenation):
            part: _Part = ([], [], True)
            for child in node.parts:
                part = self._join(part, self.visit(child))
            return part
        if isinstance(node, Alternation):
            return self._choose([self.visit(branch) for branch in node.branches])
        if isinstance(node, (Capture, Group)):
            return self.visit(node.body)
        if isinstance(node, Quantified):
            return self._repeat(node)
        if isinstance(node, (Anchor, Empty)):
            return [], [], True
        raise _Ambiguous

    def _position(self, ranges: Ranges) -> int:
        if len(self.sets) >= MOST_POSITIONS:
            raise _Ambiguous
        self.sets.append(ranges)
        self.follow.append(set())
        return len(self.sets) - 1

    def _connect(self, lasts: list[int], firsts: list[int]) -> None:
        for last in lasts:
            for first in firsts:
                # The same step in two ways: two paths over one text.
                if first in self.follow[last]:
                    raise _Ambiguous
                self.follow[last].add(first)

    def _join(self, left: _Part, right: _Part) -> _Part:
        self._connect(left[1], right[0])
        firsts = left[0] + right[0] if left[2] else left[0]
        lasts = left[1] + right[1] if right[2] else right[1]
        self._check_firsts(firsts)
        return firsts, lasts, left[2] and right[2]

    def _choose(self, parts: list[_Part]) -> _Part:
        firsts = [position for part in parts for position in part[0]]
        lasts = [position for part in parts for position in part[1]]
        self._check_firsts(firsts)
        if sum(part[2] for part in parts) > 1:
            raise _Ambiguous
        return firsts, lasts, any(part[2] for part in parts)

    def _repeat(self, node: Quantified) -> _Part:
        if node.maximum == 0:
            return [], [], True
        firsts, lasts, nullable = self.visit(node.body)
        if node.maximum != 1:
            if nullable:
                raise _Ambiguous
            self._connect(lasts, firsts)
        elif nullable and node.minimum == 0:
            raise _Ambiguous
        return firsts, lasts, nullable or node.minimum == 0

    def _check_firsts(self, firsts: list[int]) -> None:
        if _overlap([self.sets[position] for position in firsts]):
            raise _Ambiguous


def _unit_ranges(unit: str, node: Literal) -> Ranges:
    units = equivalents(unit) if node.ignore_case else unit
    return union([(ord(member), ord(member)) for member in units])

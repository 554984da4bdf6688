"""The positions of a pattern and which may follow which (Glushkov's construction).

It answers whether a part can be walked in more than one way, which is what makes backtracking
explode.
"""

from __future__ import annotations

from itertools import pairwise

from provlint.dotnet.regex.classes import Ranges, equivalents, intersection, union
from provlint.dotnet.regex.program import unit_set
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Capture,
    Concatenation,
    Empty,
    Group,
    Literal,
    Node,
    Quantified,
)

MOST_POSITIONS = 200
MOST_PAIRS = 20_000


class TooComplex(Exception):  # noqa: N818 - it is an answer, not a failure
    """The part holds a construct that has no positions, or too many positions."""


# Where a part can begin, where it can end, whether it can be empty.
_Part = tuple[list[int], list[int], bool]


class Automaton:
    """The automaton of one part of a pattern.

    Attributes:
        sets: The units that each position matches.
        follow: The positions that may come next.
        doubled: Whether some step, or nothing, can be taken in two ways.
        firsts: The positions with which the part can begin.

    Raises:
        TooComplex: From the constructor.
    """

    def __init__(self, node: Node) -> None:
        self.sets: list[Ranges] = []
        self.follow: list[set[int]] = []
        self.doubled = False
        self.firsts = self._visit(node)[0]

    def is_deterministic(self) -> bool:
        """Tell whether each unit of a text leaves at most one way to go on."""
        if self.doubled or self._overlap(self.firsts):
            return False
        return not any(self._overlap(following) for following in self.follow)

    def is_explosive(self) -> bool:
        """Tell whether some text leads from a position back to itself in two ways.

        Only then can the number of ways grow exponentially with the text. The part must be a loop.
        """
        if self.doubled:
            return True
        forward: dict[tuple[int, int], set[tuple[int, int]]] = {}
        waiting = [(position, position) for position in range(len(self.sets))]
        while waiting:
            pair = waiting.pop()
            if pair in forward:
                continue
            if len(forward) > MOST_PAIRS:
                raise TooComplex
            forward[pair] = {
                (left, right)
                for left in self.follow[pair[0]]
                for right in self.follow[pair[1]]
                if left == right or intersection(self.sets[left], self.sets[right])
            }
            waiting.extend(forward[pair])
        return any(pair[0] != pair[1] and _reaches_back(pair, forward) for pair in forward)

    def _overlap(self, positions: list[int] | set[int]) -> bool:
        seen: Ranges = ()
        for position in positions:
            if intersection(seen, self.sets[position]):
                return True
            seen = union([*seen, *self.sets[position]])
        return False

    def _visit(self, node: Node) -> _Part:
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
                part = self._join(part, self._visit(child))
            return part
        if isinstance(node, Alternation):
            return self._choose([self._visit(branch) for branch in node.branches])
        if isinstance(node, (Capture, Group)):
            return self._visit(node.body)
        if isinstance(node, Quantified):
            return self._repeat(node)
        if isinstance(node, (Anchor, Empty)):
            return [], [], True
        raise TooComplex

    def _position(self, ranges: Ranges) -> int:
        if len(self.sets) >= MOST_POSITIONS:
            raise TooComplex
        self.sets.append(ranges)
        self.follow.append(set())
        return len(self.sets) - 1

    def _connect(self, lasts: list[int], firsts: list[int]) -> None:
        for last in lasts:
            for first in firsts:
                if first in self.follow[last]:
                    self.doubled = True
                self.follow[last].add(first)

    def _join(self, left: _Part, right: _Part) -> _Part:
        self._connect(left[1], right[0])
        firsts = left[0] + right[0] if left[2] else left[0]
        lasts = left[1] + right[1] if right[2] else right[1]
        return firsts, lasts, left[2] and right[2]

    def _choose(self, parts: list[_Part]) -> _Part:
        firsts = [position for part in parts for position in part[0]]
        lasts = [position for part in parts for position in part[1]]
        nullable = sum(part[2] for part in parts)
        if nullable > 1:
            self.doubled = True
        return firsts, lasts, nullable > 0

    def _repeat(self, node: Quantified) -> _Part:
        if node.maximum == 0:
            return [], [], True
        firsts, lasts, nullable = self._visit(node.body)
        if nullable and (node.maximum != 1 or node.minimum == 0):
            self.doubled = True
        if node.maximum != 1:
            self._connect(lasts, firsts)
        return firsts, lasts, nullable or node.minimum == 0


def _reaches_back(
    start: tuple[int, int], forward: dict[tuple[int, int], set[tuple[int, int]]]
) -> bool:
    """Tell whether a pair of different positions leads to a pair of equal ones."""
    seen = {start}
    waiting = [start]
    while waiting:
        for following in forward[waiting.pop()]:
            if following[0] == following[1]:
                return True
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return False


def _unit_ranges(unit: str, node: Literal) -> Ranges:
    units = equivalents(unit) if node.ignore_case else unit
    return union([(ord(member), ord(member)) for member in units])

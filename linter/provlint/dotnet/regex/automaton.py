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
MOST_WORK = 50_000
MOST_RANGES = 5_000


class TooComplex(Exception):  # noqa: N818 - it is an answer, not a failure
    """The part holds a construct that has no positions, or too many positions."""


_Pair = tuple[int, int]

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
        # Equal sets have one kind; which kinds share a unit is computed once.
        self.kinds: list[int] = []
        self.kind_of: dict[Ranges, int] = {}
        self.shared: dict[tuple[int, int], bool] = {}
        self.firsts = self._visit(node)[0]

    def is_deterministic(self) -> bool:
        """Tell whether each unit of a text leaves at most one way to go on."""
        if self.doubled or self._overlap(self.firsts):
            return False
        return not any(self._overlap(following) for following in self.follow)

    def is_explosive(self) -> bool:
        """Tell whether some text leads from a position back to itself in two ways.

        Only then can the number of ways grow exponentially with the text. The part must be a loop.

        Raises:
            TooComplex: The answer takes too long.
        """
        if self.doubled:
            return True
        # All pairs of positions that one text can lead to, from one position, and the way back.
        backward: dict[_Pair, set[_Pair]] = {}
        same = [(position, position) for position in range(len(self.sets))]
        seen = set(same)
        waiting = list(same)
        work = 0
        while waiting:
            pair = waiting.pop()
            for left in self.follow[pair[0]]:
                for right in self.follow[pair[1]]:
                    work += 1
                    if work > MOST_WORK:
                        raise TooComplex
                    if left != right and not self._share(left, right):
                        continue
                    backward.setdefault((left, right), set()).add(pair)
                    if (left, right) not in seen:
                        seen.add((left, right))
                        waiting.append((left, right))
        # The same pairs, walked back from pairs of one position.
        returning: set[_Pair] = set()
        waiting = list(same)
        while waiting:
            for before in backward.get(waiting.pop(), ()):
                if before not in returning:
                    returning.add(before)
                    waiting.append(before)
        return any(left != right for left, right in returning)

    def _share(self, left: int, right: int) -> bool:
        kinds = (self.kinds[left], self.kinds[right])
        if kinds not in self.shared:
            self.shared[kinds] = bool(intersection(self.sets[left], self.sets[right]))
        return self.shared[kinds]

    def _overlap(self, positions: list[int] | set[int]) -> bool:
        """Tell whether two of these positions share a unit; yes when there are very many ranges."""
        if sum(len(self.sets[position]) for position in positions) > MOST_RANGES:
            return True
        ranges = sorted(each for position in positions for each in self.sets[position])
        return any(after[0] <= before[1] for before, after in pairwise(ranges))

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
        self.kinds.append(self.kind_of.setdefault(ranges, len(self.kind_of)))
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


def _unit_ranges(unit: str, node: Literal) -> Ranges:
    units = equivalents(unit) if node.ignore_case else unit
    return union([(ord(member), ord(member)) for member in units])

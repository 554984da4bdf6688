"""The units that a pattern tells apart, and what its anchors ask of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.languages.alphabet import Alphabet
from provlint.dotnet.regex import classes
from provlint.dotnet.regex.program import unit_set
from provlint.dotnet.regex.tree import Anchor, CharacterClass, Dot, Literal, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.dotnet.regex.classes import Ranges

LINE_FEED: Ranges = ((10, 10),)

# What is known of what came before: that nothing did, or the kind of the last unit.
_BEGINNING, _WORD, _LINE_FEED = 1, 2, 4


class Letters:
    """The letters of one pattern.

    Attributes:
        sets: Units that are in the same of these sets are one letter.
        beginning: The kind of what stands before the first unit.
    """

    beginning = _BEGINNING

    def __init__(self, nodes: Sequence[Node]) -> None:
        taken: dict[tuple[Node, int], Ranges] = {}
        for node in nodes:
            if isinstance(node, Literal):
                for index, unit in enumerate(node.units):
                    taken[node, index] = _units_like(unit, node.ignore_case)
            elif isinstance(node, (CharacterClass, Dot)):
                found = unit_set(node)
                assert found is not None
                taken[node, 0] = found
        anchors = {node.kind for node in nodes if isinstance(node, Anchor)}
        asked: list[Ranges] = []
        self._told = 0
        if anchors & {"boundary", "not-boundary"}:
            self._told |= _WORD
            asked.append(classes.boundary_words())
        if anchors & {"line-beginning", "line-end", "final-line-end"}:
            asked.append(LINE_FEED)
        if "line-beginning" in anchors:
            self._told |= _LINE_FEED
        self._alphabet = Alphabet((*taken.values(), *asked))
        self.sets = self._alphabet.sets
        holders = {ranges: self._alphabet.holders(ranges) for ranges in self.sets}
        self._of = {key: holders[ranges] for key, ranges in taken.items()}
        words = classes.boundary_words() if self._told & _WORD else ()
        self._words = holders.get(words, frozenset())
        self._feeds = holders.get(LINE_FEED, frozenset())

    def letter_of(self, unit: int) -> int:
        """The letter of a unit."""
        return self._alphabet.letter_of(unit)

    def of(self, node: Node, index: int = 0) -> frozenset[int]:
        """The letters that a node takes; `index` is the unit of a literal."""
        return self._of[node, index]

    def kind(self, letter: int) -> int:
        """What the anchors of the pattern can tell of a letter that came before."""
        word = _WORD if letter in self._words else 0
        feed = _LINE_FEED if letter in self._feeds else 0
        return (word | feed) & self._told

    def is_line_feed(self, letter: int) -> bool:
        """Whether a letter is the line feed."""
        return letter in self._feeds

    def holds(self, kind: str, before: int, letter: int, ends: bool) -> bool:
        """Whether an anchor holds, `final-line-end` excepted.

        Args:
            kind: As in `Anchor`.
            before: The kind of what came before.
            letter: The letter that follows.
            ends: Whether none does.
        """
        if kind in ("beginning", "search-start"):
            return before == _BEGINNING
        if kind == "end":
            return ends
        if kind == "line-beginning":
            return bool(before & (_BEGINNING | _LINE_FEED))
        if kind == "line-end":
            return ends or letter in self._feeds
        changes = bool(before & _WORD) is not (letter in self._words)
        return changes is (kind == "boundary")


def _units_like(unit: str, ignore_case: bool) -> Ranges:
    units = classes.equivalents(unit) if ignore_case else unit
    return classes.union([(ord(member), ord(member)) for member in units])

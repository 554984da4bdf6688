"""Values that read like data: what an example is made of where one of them fits.

They come from the operands of the clauses, as they stand and changed a little: a longer value,
other letter case. An example is never taken on trust: it is tried on every clause.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from provlint.analysis.languages.alphabet import most_readable
from provlint.dotnet.regex import classes
from provlint.dotnet.regex.tree import (
    Alternation,
    Atomic,
    Backreference,
    Capture,
    CharacterClass,
    Concatenation,
    Dot,
    Group,
    Literal,
    Look,
    Node,
    Quantified,
)
from provlint.dotnet.regex.units import from_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provlint.analysis.predicates import Predicate

MOST = 60
"""Candidates for one attribute."""
MOST_BASES = 24
"""Candidates that are operands as they stand."""
_SAMPLES = 8
"""Texts that are made of one pattern."""
_LONGEST = 80
"""Characters of a candidate."""
_NAME = "user"


def candidates(predicates: Iterable[Predicate]) -> tuple[str, ...]:
    """Texts to try on the clauses of one attribute, the most telling first."""
    bases: list[str] = []
    for each in predicates:
        bases += _plain(each)
    bases = list(dict.fromkeys(bases))
    generic = ["other@example.com"] if any("@" in base for base in bases) else []
    found = (
        *bases[:MOST_BASES],
        *generic,
        "Other",
        *(variant for base in bases for variant in _longer(base)),
        *(variant for base in bases for variant in (base.lower(), base.upper(), base.title())),
    )
    kept = (text for text in dict.fromkeys(found) if 0 < len(text) <= _LONGEST)
    return tuple(islice(kept, MOST))


def _plain(predicate: Predicate) -> Iterator[str]:
    """What the operands of a clause stand for."""
    if predicate.test in ("EQUALS", "Includes"):
        yield from predicate.values
    elif predicate.test == "ENDS_WITH":
        for value in predicate.values:
            yield _NAME + value if value.startswith("@") else value
    elif predicate.test == "REGEX MATCH":
        from provlint.analysis.predicates import roots_of

        for root in roots_of(predicate.values) or ():
            for units in samples(root):
                text = from_units(units)
                yield _NAME + text if text.startswith("@") else text


def _longer(text: str) -> tuple[str, ...]:
    if text.startswith("@"):
        return (_NAME + text,)
    if text.isdecimal():
        return ("2" + text, text + "0")
    return ("Pre" + text, text + " 2", text + ".example")


def samples(root: Node) -> Iterator[str]:
    """Some texts of UTF-16 units that a pattern matches, or nearly."""
    for choice in range(_SAMPLES):
        yield _Sampler(choice).text(root)


class _Sampler:
    """Walks a pattern once; a number says which way to go wherever there are several."""

    def __init__(self, choice: int) -> None:
        self._choice = choice
        self._groups: dict[int, str] = {}
        self._length = 0

    def _choose(self, ways: int) -> int:
        self._choice, way = divmod(self._choice, ways)
        return way

    def text(self, node: Node) -> str:
        if self._length > _LONGEST:
            return ""
        found = self._text(node)
        self._length += len(found) if isinstance(node, (Literal, CharacterClass, Dot)) else 0
        return found

    def _text(self, node: Node) -> str:
        if isinstance(node, Literal):
            return node.units
        if isinstance(node, CharacterClass):
            members = classes.resolve(node)
            return chr(most_readable(members)) if members else ""
        if isinstance(node, Dot):
            return "X"
        if isinstance(node, (Group, Atomic)):
            return self.text(node.body)
        if isinstance(node, Capture):
            found = self.text(node.body)
            if node.number is not None:
                self._groups[node.number] = found
            return found
        if isinstance(node, Backreference):
            return self._groups.get(node.number, "")
        if isinstance(node, Alternation):
            return self.text(node.branches[self._choose(len(node.branches))])
        if isinstance(node, Concatenation):
            return "".join(map(self.text, node.parts))
        if isinstance(node, Look):
            # What must stand before a place is text; what must follow it is matched there.
            return "" if node.ahead or node.negative else self.text(node.body)
        return self._repeated(node) if isinstance(node, Quantified) else ""

    def _repeated(self, node: Quantified) -> str:
        if node.maximum is None and node.minimum <= len(_NAME) and _takes_letters(node.body):
            return _NAME if node.minimum or not self._choose(2) else ""
        rounds = node.minimum
        if rounds == 0 and node.maximum != 0:
            rounds = self._choose(2)
        return "".join(self.text(node.body) for _ in range(min(rounds, _LONGEST)))


def _takes_letters(node: Node) -> bool:
    if isinstance(node, (Group, Capture)):
        return _takes_letters(node.body)
    if isinstance(node, CharacterClass):
        members = classes.resolve(node)
        return all(classes.contains(members, ord(letter)) for letter in _NAME)
    return isinstance(node, Dot)

"""Values that read like data: what an example is made of where one of them fits.

They come from the operands of the clauses, as they stand and changed a little: a longer value,
other letter case. An example is never taken on trust: it is tried on every clause.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from provlint.analysis.languages.alphabet import most_readable
from provlint.dotnet.regex import classes
from provlint.dotnet.regex.tree import (
    Alternation,
    Atomic,
    Capture,
    CharacterClass,
    Concatenation,
    Dot,
    Group,
    Literal,
    Node,
    Quantified,
)
from provlint.dotnet.regex.units import from_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provlint.analysis.predicates import Predicate

MOST = 60
"""Candidates for one attribute."""
_SAMPLES = 6
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
        *bases,
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


def samples(node: Node) -> tuple[str, ...]:
    """Some texts of UTF-16 units that a pattern matches, or nearly."""
    if isinstance(node, Literal):
        return (node.units,)
    if isinstance(node, CharacterClass):
        found = classes.resolve(node)
        return (chr(most_readable(found)),) if found else ()
    if isinstance(node, Dot):
        return ("X",)
    if isinstance(node, (Group, Capture, Atomic)):
        return samples(node.body)
    if isinstance(node, Alternation):
        each = (text for branch in node.branches for text in samples(branch))
        return tuple(islice(each, _SAMPLES))
    if isinstance(node, Concatenation):
        return _joined(tuple(map(samples, node.parts)))
    return _repeated(node) if isinstance(node, Quantified) else ("",)


def _joined(parts: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    if len(parts) > 2 * _LONGEST:
        return ()
    return tuple("".join(each) for each in islice(product(*parts), _SAMPLES))


def _repeated(node: Quantified) -> tuple[str, ...]:
    inner = samples(node.body)
    if node.minimum > _LONGEST:
        return ()
    if node.maximum is None and node.minimum <= len(_NAME) and _takes_letters(node.body):
        return (_NAME, "") if node.minimum == 0 else (_NAME,)
    shortest = tuple(text * node.minimum for text in inner) or ("",)
    return shortest if node.minimum or node.maximum == 0 else (*shortest[:1], *inner)


def _takes_letters(node: Node) -> bool:
    if isinstance(node, (Group, Capture)):
        return _takes_letters(node.body)
    if isinstance(node, CharacterClass):
        found = classes.resolve(node)
        return all(classes.contains(found, ord(letter)) for letter in _NAME)
    return isinstance(node, Dot)

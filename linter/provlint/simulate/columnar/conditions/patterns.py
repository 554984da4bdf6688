"""Regular expressions as conditions of SQL.

A pattern that stands for a few texts, such as `^(NO|SE)$` or `^svc`, is compared as these texts,
which is exact for every value and takes a fraction of the time. Any other pattern goes to RE2, for
the values for which RE2 is proven to answer as .NET does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint.dotnet import regex
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Capture,
    Concatenation,
    Empty,
    Group,
    Literal,
    Node,
)
from provlint.dotnet.regex.units import from_units
from provlint.simulate.inputs.sql import sql_text

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_TEXTS = 64
"""Texts that a pattern is compared as."""

_STARTS = frozenset({"beginning"})
_ENDS = {"end": "end", "final-line-end": "final"}
_WEAKER = {"": 0, "final": 1, "end": 2}


class Search(NamedTuple):
    """Whether a pattern is found in a text, as SQL with `{v}` for the text.

    Attributes:
        ascii: For short texts of ASCII without line feeds.
        basic: The same for texts without characters above U+FFFF; None where SQL cannot tell.
        everywhere: Whether the first is exact for every text.
        whole: Whether it finds whole texts only, where there is no line feed.
    """

    ascii: str
    basic: str | None
    everywhere: bool
    whole: bool


class _Piece(NamedTuple):
    """A text that a pattern finds, in UTF-16 units, and where."""

    starts: bool
    units: str
    end: str


def search_of(pattern: str) -> Search | None:
    """The search for a pattern of .NET; None where only .NET's own engine answers right."""
    try:
        tree = regex.parse(pattern)
    except (regex.RegexSyntaxError, regex.RegexUnsupported):
        return None
    whole = regex.is_anchored_start(tree) and regex.is_anchored_end(tree)
    pieces = _pieces(tree.root)
    texts = None if pieces is None else _condition(pieces)
    if texts is not None:
        return Search(texts, texts, True, whole)
    linear = regex.linear_pattern(tree)
    if linear is None:
        return None
    ascii_form, basic = (
        None if form is None else f"regexp_matches({{v}}, {literal(form)})"
        for form in (linear.ascii, linear.basic)
    )
    assert ascii_form is not None
    return Search(ascii_form, basic, False, whole)


def literal(text: str) -> str:
    """A text as SQL within a condition that has `{v}` for the value."""
    return sql_text(text).replace("{", "{{").replace("}", "}}")


def _pieces(node: Node) -> frozenset[_Piece] | None:
    """The texts that a part of a pattern stands for; None where they are many, or not plain."""
    if isinstance(node, Empty):
        return frozenset({_Piece(False, "", "")})
    if isinstance(node, Literal):
        return None if node.ignore_case else frozenset({_Piece(False, node.units, "")})
    if isinstance(node, Anchor):
        if node.kind in _STARTS:
            return frozenset({_Piece(True, "", "")})
        return frozenset({_Piece(False, "", _ENDS[node.kind])}) if node.kind in _ENDS else None
    if isinstance(node, Group) or (isinstance(node, Capture) and node.balances is None):
        return _pieces(node.body)
    if isinstance(node, Alternation):
        every = [_pieces(branch) for branch in node.branches]
        found = frozenset(piece for some in every for piece in some or ())
        return None if None in every or len(found) > MOST_TEXTS else found
    if isinstance(node, Concatenation):
        return _joined(node.parts)
    return None


def _joined(parts: Iterable[Node]) -> frozenset[_Piece] | None:
    found = frozenset({_Piece(False, "", "")})
    for part in parts:
        following = _pieces(part)
        if following is None:
            return None
        pairs = [(before, after) for before in found for after in following]
        if len(pairs) > MOST_TEXTS or any(_overlap(*pair) for pair in pairs):
            return None
        found = frozenset(
            _Piece(
                before.starts or after.starts,
                before.units + after.units,
                max(before.end, after.end, key=_WEAKER.__getitem__),
            )
            for before, after in pairs
        )
    return found


def _overlap(before: _Piece, after: _Piece) -> bool:
    """Whether there is text before the beginning, or behind the end."""
    return bool((before.units and after.starts) or (before.end and after.units))


def _condition(pieces: Iterable[_Piece]) -> str | None:
    whole: list[str] = []
    found: list[str] = []
    for starts, units, end in sorted(pieces):
        text = from_units(units)
        if any("\ud800" <= character <= "\udfff" for character in text):
            return None
        # `$` holds before a line feed at the end too.
        ends = [text, f"{text}\n"] if end == "final" else [text]
        if starts and end:
            whole += ends
        elif end:
            found += [f"ends_with({{v}}, {literal(each)})" for each in ends]
        else:
            found.append(f"{'starts_with' if starts else 'contains'}({{v}}, {literal(text)})")
    if len(whole) == 1:
        found.insert(0, f"{{v}} = {literal(whole[0])}")
    elif whole:
        found.insert(0, f"{{v}} IN ({', '.join(map(literal, whole))})")
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"

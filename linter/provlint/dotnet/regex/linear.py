"""Patterns for an engine of linear time, such as RE2 in DuckDB.

Such an engine reads code points and knows no look-around, so a pattern goes there only in part:
the caller routes each text by what it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.dotnet.regex import classes
from provlint.dotnet.regex.queries import is_nullable, walk
from provlint.dotnet.regex.support import unstable_constructs
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Capture,
    CharacterClass,
    Concatenation,
    Dot,
    Empty,
    Group,
    Literal,
    Node,
    Quantified,
)
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.dotnet.regex.tree import Pattern

MOST_REPETITIONS = 1000

_ASCII: classes.Ranges = ((0, 9), (11, 127))
# Without surrogates: a text with a character of two units never comes here.
_BASIC: classes.Ranges = ((0, 9), (11, 0xD7FF), (0xE000, 0xFFFF))


class LinearPattern(NamedTuple):
    """A pattern in the syntax of RE2.

    Attributes:
        ascii: For texts of ASCII characters without line feeds.
        basic: For texts without line feeds and without characters above U+FFFF, or None when the
            pattern needs .NET's word boundary.
        replaceable: Whether replacing gives the same result too: the pattern cannot match empty
            text and no group has two places.
    """

    ascii: str
    basic: str | None
    replaceable: bool


def linear_pattern(pattern: Pattern) -> LinearPattern | None:
    """Translate a pattern for RE2, or return None when RE2 would not give the same answer.

    Texts that neither form is for, those with line feeds or emoji, stay with `Regex`.
    """
    if unstable_constructs(pattern):
        return None
    ascii_form = _Writer(_ASCII).text(pattern.root)
    if ascii_form is None:
        return None
    nodes = walk(pattern.root)
    numbers = [node.number for node in nodes if isinstance(node, Capture)]
    replaceable = not is_nullable(pattern.root) and len(set(numbers)) == len(numbers)
    return LinearPattern(ascii_form, _Writer(_BASIC).text(pattern.root), replaceable)


class _Writer:
    def __init__(self, universe: classes.Ranges) -> None:
        self.universe = universe

    def text(self, node: Node) -> str | None:
        if isinstance(node, Literal):
            return "".join(self._unit(unit, node.ignore_case) for unit in node.units)
        if isinstance(node, CharacterClass):
            return self._class(classes.resolve(node))
        if isinstance(node, Dot):
            return self._class(classes.NOT_LINE_FEED)
        if isinstance(node, Empty):
            return ""
        if isinstance(node, Anchor):
            return self._anchor(node.kind)
        if isinstance(node, (Concatenation, Alternation)):
            children = node.parts if isinstance(node, Concatenation) else node.branches
            texts = [self.text(child) for child in children]
            known = [text for text in texts if text is not None]
            if len(known) < len(texts):
                return None
            return "".join(known) if isinstance(node, Concatenation) else f"(?:{'|'.join(known)})"
        if isinstance(node, Group):
            body = self.text(node.body)
            return body and f"(?:{body})"
        if isinstance(node, Capture):
            if node.number is None or node.balances is not None:
                return None
            body = self.text(node.body)
            return None if body is None else f"({body})"
        return self._quantified(node) if isinstance(node, Quantified) else None

    def _quantified(self, node: Quantified) -> str | None:
        minimum, maximum = node.minimum, node.maximum
        if minimum > MOST_REPETITIONS or (maximum is not None and maximum > MOST_REPETITIONS):
            return None
        if is_nullable(node.body) and (maximum != 1 or node.lazy):
            return None
        if maximum == 0 and any(isinstance(inner, Capture) for inner in walk(node.body)):
            return None
        body = self.text(node.body)
        if not body:
            return body
        limit = "" if maximum is None else maximum
        return f"(?:{body}){{{minimum},{limit}}}{'?' if node.lazy else ''}"

    def _anchor(self, kind: str) -> str | None:
        # No text with a line feed comes here, so a line is the text.
        if kind in ("beginning", "line-beginning"):
            return r"\A"
        if kind in ("end", "final-line-end", "line-end"):
            return r"\z"
        if self.universe == _ASCII and kind in ("boundary", "not-boundary"):
            return r"\b" if kind == "boundary" else r"\B"
        return None

    def _unit(self, unit: str, ignore_case: bool) -> str:
        units = classes.equivalents(unit) if ignore_case else unit
        return self._class(classes.union([(ord(member), ord(member)) for member in units]))

    def _class(self, ranges: classes.Ranges) -> str:
        kept = classes.intersection(ranges, self.universe)
        if not kept:
            return r"[^\x{0}-\x{10ffff}]"
        return "[" + "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in kept) + "]"

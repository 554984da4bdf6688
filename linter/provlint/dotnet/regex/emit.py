"""Translation to Python's `re`: explicit classes of UTF-16 units, no flags.

Only patterns whose meaning is the same in both engines are translated; the exact matcher runs the
others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.dotnet.regex import classes
from provlint.dotnet.regex.queries import is_nullable, walk
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Backreference,
    Capture,
    CharacterClass,
    Concatenation,
    Dot,
    Empty,
    Group,
    Literal,
    Look,
    Node,
    Pattern,
    Quantified,
)

if TYPE_CHECKING:
    import re

# The index of a group that never holds anything.
NEVER = -1

# `re` takes some milliseconds to compile a class such as `\w`, which is a thousand characters long.
LONGEST_TEXT = 50_000

_ANCHORS = {
    "beginning": r"\A",
    "end": r"\Z",
    "final-line-end": r"(?=\n?\Z)",
    "line-beginning": r"(?<![^\n])",
    "line-end": r"(?![^\n])",
}


class Translation:
    """A pattern for `re`, to run on a `str` of UTF-16 units.

    There are two forms: one for ASCII texts, with small classes that compile fast, and one for all.

    Attributes:
        ascii: The form for ASCII texts.
        indices: The group of `re` for each group number of .NET, or `NEVER`.
        groups_agree: Whether what the groups hold is the same too; the place of a match always is.
    """

    __slots__ = ("_full", "_root", "_tried", "ascii", "groups_agree", "indices")

    def __init__(
        self, root: Node, compiled: re.Pattern[str], indices: dict[int, int], groups_agree: bool
    ) -> None:
        self._root = root
        self._full: re.Pattern[str] | None = None
        self._tried = False
        self.ascii = compiled
        self.indices = indices
        self.groups_agree = groups_agree

    @property
    def full(self) -> re.Pattern[str] | None:
        """The form for texts with any units, compiled when first used; None when very long."""
        if not self._tried:
            import re

            self._tried = True
            text = _Translator(classes.ANY).text(self._root)
            assert text is not None
            self._full = re.compile(text) if len(text) <= LONGEST_TEXT else None
        return self._full


def translate(pattern: Pattern) -> Translation | None:
    """Translate a pattern, or return None when `re` would not do the same."""
    import re

    translator = _Translator(_ASCII)
    text = translator.text(pattern.root)
    if text is None:
        return None
    nodes = walk(pattern.root)
    looped = any(
        isinstance(inner, Capture)
        for node in nodes
        if isinstance(node, Quantified)
        for inner in walk(node.body)
    )
    if looped and any(isinstance(node, Backreference) for node in nodes):
        return None
    try:
        compiled = re.compile(text)
    except (re.error, OverflowError, RecursionError):
        # Look-behind of variable width, a reference to a group that is still open.
        return None
    return Translation(pattern.root, compiled, translator.indices, not looped)


_ASCII: classes.Ranges = ((0, 127),)


class _Translator:
    def __init__(self, universe: classes.Ranges) -> None:
        self.universe = universe
        self.indices: dict[int, int] = {0: 0}
        self.groups = 0
        self.in_negative = False

    def unit(self, ranges: classes.Ranges) -> str:
        if self.universe == classes.ANY:
            return class_text(ranges)
        return class_text(classes.intersection(ranges, self.universe))

    def text(self, node: Node) -> str | None:
        if isinstance(node, Literal):
            return "".join(map(self._folded if node.ignore_case else _plain, node.units))
        if isinstance(node, CharacterClass):
            return self.unit(classes.resolve(node))
        if isinstance(node, Dot):
            return self.unit(classes.ANY if node.newline else classes.NOT_LINE_FEED)
        if isinstance(node, Empty):
            return ""
        if isinstance(node, Anchor):
            return self._anchor(node)
        if isinstance(node, Concatenation):
            parts = [self.text(part) for part in node.parts]
            known = [part for part in parts if part is not None]
            return "".join(known) if len(known) == len(parts) else None
        if isinstance(node, Alternation):
            branches = [self.text(branch) for branch in node.branches]
            sure = [branch for branch in branches if branch is not None]
            return f"(?:{'|'.join(sure)})" if len(sure) == len(branches) else None
        if isinstance(node, Group):
            body = self.text(node.body)
            return None if body is None else f"(?:{body})"
        if isinstance(node, Capture):
            return self._capture(node)
        if isinstance(node, Look):
            return self._look(node)
        if isinstance(node, Quantified):
            return self._quantified(node)
        if isinstance(node, Backreference) and not node.ignore_case:
            index = self.indices.get(node.number)
            return f"(?:\\{index})" if index and index != NEVER else None
        return None

    def _folded(self, unit: str) -> str:
        units = classes.equivalents(unit)
        return self.unit(classes.union([(ord(member), ord(member)) for member in units]))

    def _anchor(self, node: Anchor) -> str | None:
        if node.kind in ("boundary", "not-boundary"):
            word = self.unit(classes.boundary_words())
            if node.kind == "boundary":
                return f"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
            return f"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))"
        return _ANCHORS.get(node.kind)

    def _capture(self, node: Capture) -> str | None:
        if node.number is None or node.balances is not None or node.number in self.indices:
            return None
        if self.in_negative:
            # What is captured in a negative look-around is lost when it ends.
            self.indices[node.number] = NEVER
        else:
            self.groups += 1
            self.indices[node.number] = self.groups
        body = self.text(node.body)
        if body is None:
            return None
        return f"(?:{body})" if self.indices[node.number] == NEVER else f"({body})"

    def _look(self, node: Look) -> str | None:
        inside = walk(node.body)
        if any(isinstance(inner, Backreference) for inner in inside):
            return None
        lasting = not node.negative and not self.in_negative
        if lasting and not node.ahead and any(isinstance(inner, Capture) for inner in inside):
            return None
        outer, self.in_negative = self.in_negative, self.in_negative or node.negative
        body = self.text(node.body)
        self.in_negative = outer
        if body is None:
            return None
        return f"(?{'' if node.ahead else '<'}{'!' if node.negative else '='}{body})"

    def _quantified(self, node: Quantified) -> str | None:
        minimum, maximum = node.minimum, node.maximum
        if maximum != 1 and is_nullable(node.body):
            return None
        if maximum == 0:
            # .NET drops the part, and what it would capture.
            return None if any(isinstance(inner, Capture) for inner in walk(node.body)) else ""
        body = self.text(node.body)
        if body is None:
            return None
        limit = "" if maximum is None else maximum
        lazy = "?" if node.lazy else ""
        return f"(?:{body}){{{minimum},{limit}}}{lazy}"


def _plain(unit: str) -> str:
    return unit_text(ord(unit))


def unit_text(unit: int) -> str:
    """Return a unit as `re` reads it, inside and outside a class."""
    if unit > 127 or 48 <= unit <= 57 or 65 <= unit <= 90 or 97 <= unit <= 122:
        return chr(unit)
    return f"\\x{unit:02x}"


def class_text(ranges: classes.Ranges) -> str:
    """Return a class that matches exactly one unit of a set."""
    if ranges == classes.ANY:
        return r"[\x00-\uffff]"
    if not ranges:
        return r"[^\x00-\uffff]"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return unit_text(ranges[0][0])
    inverse = classes.complement(ranges)
    if len(inverse) < len(ranges):
        return f"[^{_items(inverse)}]"
    return f"[{_items(ranges)}]"


def _items(ranges: classes.Ranges) -> str:
    parts = []
    for low, high in ranges:
        parts.append(unit_text(low))
        if high > low:
            parts.append("-" + unit_text(high) if high > low + 1 else unit_text(high))
    return "".join(parts)

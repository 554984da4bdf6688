"""Questions about a pattern that need no text: cheap enough for the linter."""

from __future__ import annotations

from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Atomic,
    Backreference,
    Capture,
    CharacterClass,
    Concatenation,
    Conditional,
    Dot,
    Empty,
    Group,
    Literal,
    Look,
    Node,
    Pattern,
    Quantified,
)


def children(node: Node) -> tuple[Node, ...]:
    """Return the direct parts of a node."""
    if isinstance(node, Concatenation):
        return node.parts
    if isinstance(node, Alternation):
        return node.branches
    if isinstance(node, (Group, Capture, Atomic, Look, Quantified)):
        return (node.body,)
    if isinstance(node, Conditional):
        parts = (node.condition, node.yes, node.no)
        return tuple(part for part in parts if isinstance(part, Node))
    return ()


def walk(root: Node) -> list[Node]:
    """Return a node and everything below it, each before its parts, in the order of the text."""
    found = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(children(node)))
    return found


def nested_repetition(pattern: Pattern) -> Quantified | None:
    """The first part that takes exponential time where the pattern fails behind it: `(a+)+$`.

    It repeats without bound what may be nothing but another such repetition, so that a text can be
    cut in very many ways, all of which are tried before the match is given up.
    """
    waiting: list[tuple[Node, bool]] = [(pattern.root, False)]
    while waiting:
        node, followed = waiting.pop()
        if isinstance(node, Quantified):
            if followed and node.maximum is None and _may_be_repetition(node.body):
                return node
        elif isinstance(node, (Atomic, Look)):
            followed = False  # what they matched is never taken back
        elif isinstance(node, Concatenation):
            parts = []
            for part in reversed(node.parts):
                parts.append((part, followed))
                followed = followed or not _may_be_skipped(part)
            waiting.extend(parts)
            continue
        waiting.extend((part, followed) for part in reversed(children(node)))
    return None


def _may_be_repetition(node: Node) -> bool:
    """Tell whether a node can match by nothing but a part that is repeated without bound."""
    if isinstance(node, Quantified):
        return node.maximum is None
    if isinstance(node, (Group, Capture)):
        return _may_be_repetition(node.body)
    if isinstance(node, Alternation):
        return any(_may_be_repetition(branch) for branch in node.branches)
    if isinstance(node, Concatenation):
        needed = [part for part in node.parts if not _may_be_skipped(part)]
        if len(needed) > 1:
            return _may_be_one_letter(needed)
        return any(_may_be_repetition(part) for part in needed or node.parts)
    return False


_LETTERS_AND_DIGITS: tuple[tuple[int, int], ...] = ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A))


def _may_be_one_letter(parts: list[Node]) -> bool:
    """Tell whether one letter or digit, any number of times, can be all the parts: `[a-z]+.`."""
    from provlint.dotnet.regex.classes import intersection
    from provlint.dotnet.regex.program import unit_set

    common = _LETTERS_AND_DIGITS
    unbounded = False
    for part in parts:
        while isinstance(part, (Group, Capture, Quantified)):
            unbounded = unbounded or (isinstance(part, Quantified) and part.maximum is None)
            part = part.body
        ranges = unit_set(part)
        if ranges is None:
            return False
        common = intersection(common, ranges)
    return unbounded and bool(common)


def _may_be_skipped(node: Node) -> bool:
    """Tell whether a node can stand for nothing at every place, which an anchor cannot."""
    if isinstance(node, Quantified):
        return node.minimum == 0 or _may_be_skipped(node.body)
    if isinstance(node, (Group, Capture)):
        return _may_be_skipped(node.body)
    if isinstance(node, Concatenation):
        return all(_may_be_skipped(part) for part in node.parts)
    if isinstance(node, Alternation):
        return any(_may_be_skipped(branch) for branch in node.branches)
    return isinstance(node, Empty)


def is_nullable(node: Node) -> bool:
    """Tell whether a node can match the empty text somewhere (it may answer yes too often)."""
    if isinstance(node, (Literal, Dot, CharacterClass)):
        return False
    if isinstance(node, Quantified):
        return node.minimum == 0 or is_nullable(node.body)
    if isinstance(node, Concatenation):
        return all(is_nullable(part) for part in node.parts)
    if isinstance(node, Alternation):
        return any(is_nullable(branch) for branch in node.branches)
    if isinstance(node, (Group, Capture, Atomic)):
        return is_nullable(node.body)
    if isinstance(node, Conditional):
        return is_nullable(node.yes) or node.no is None or is_nullable(node.no)
    return isinstance(node, (Empty, Anchor, Look, Backreference))


def can_match_empty(pattern: Pattern) -> bool:
    """Tell whether the pattern can match the empty text.

    True may be too careful where anchors, references or conditions rule it out; false is sure.
    """
    return is_nullable(pattern.root)


def always_matches(pattern: Pattern) -> bool:
    """Tell whether the pattern matches every text, because it can match nothing, anywhere."""
    return _matches_nothing(pattern.root)


def _matches_nothing(node: Node) -> bool:
    if isinstance(node, Quantified):
        return node.minimum == 0 or _matches_nothing(node.body)
    if isinstance(node, Concatenation):
        return all(_matches_nothing(part) for part in node.parts)
    if isinstance(node, Alternation):
        return any(_matches_nothing(branch) for branch in node.branches)
    if isinstance(node, Group) or (isinstance(node, Capture) and node.balances is None):
        return _matches_nothing(node.body)
    return isinstance(node, Empty)


def is_anchored_start(pattern: Pattern) -> bool:
    r"""Tell whether every match begins at the beginning of the text (`^` or `\A`)."""
    return starts_at_beginning(pattern.root)


def starts_at_beginning(node: Node) -> bool:
    """Tell the same of a part of a pattern."""
    return _is_anchored(node, ("beginning",), False)


def is_anchored_end(pattern: Pattern) -> bool:
    r"""Tell whether every match ends at the end of the text (`$`, `\Z` or `\z`).

    `$` and `\Z` also hold before one final line feed.
    """
    return _is_anchored(pattern.root, ("end", "final-line-end"), True)


def _is_anchored(node: Node, kinds: tuple[str, ...], at_end: bool) -> bool:
    if isinstance(node, Anchor):
        return node.kind in kinds
    if isinstance(node, Concatenation):
        for part in reversed(node.parts) if at_end else node.parts:
            if _is_anchored(part, kinds, at_end):
                return True
            # An anchor next to the edge, a look-around or an inline nothing leaves the place open.
            if not isinstance(part, (Anchor, Look, Empty)):
                return False
        return False
    if isinstance(node, Alternation):
        return all(_is_anchored(branch, kinds, at_end) for branch in node.branches)
    if isinstance(node, (Group, Capture, Atomic)):
        return _is_anchored(node.body, kinds, at_end)
    if isinstance(node, Quantified):
        return node.minimum > 0 and _is_anchored(node.body, kinds, at_end)
    if isinstance(node, Conditional):
        return node.no is not None and all(
            _is_anchored(branch, kinds, at_end) for branch in (node.yes, node.no)
        )
    return False


def literal(pattern: Pattern) -> str | None:
    """Return the text that the pattern matches when it is nothing but that text, else None.

    Anchors are not part of it: `^abc$` gives None. A case-insensitive literal gives None.
    """
    units = _literal(pattern.root)
    if units is None:
        return None
    from provlint.dotnet.regex.units import from_units

    return from_units(units)


def _literal(node: Node) -> str | None:
    if isinstance(node, Literal):
        return None if node.ignore_case and not _is_caseless(node.units) else node.units
    if isinstance(node, Empty):
        return ""
    if isinstance(node, Group):
        return _literal(node.body)
    if isinstance(node, Concatenation):
        found = [_literal(part) for part in node.parts]
        known = [part for part in found if part is not None]
        return "".join(known) if len(known) == len(found) else None
    if (
        isinstance(node, CharacterClass)
        and not node.negated
        and node.subtraction is None
        and not node.ignore_case
        and len(node.items) == 1
    ):
        low, high = node.items[0]
        if isinstance(low, int) and low == high:
            return chr(low)
    return None


def _is_caseless(units: str) -> bool:
    return units.isascii() and units.lower() == units.upper()

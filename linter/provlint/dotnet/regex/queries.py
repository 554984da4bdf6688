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


def has_nested_repetition(pattern: Pattern) -> bool:
    """Tell whether a repetition without bound repeats nothing but another one: `(a+)+`."""
    for node in walk(pattern.root):
        if isinstance(node, Quantified) and node.maximum is None:
            body = node.body
            while isinstance(body, (Group, Capture)):
                body = body.body
            if isinstance(body, Quantified) and body.maximum is None:
                return True
    return False


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

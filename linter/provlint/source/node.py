"""Recorded places of values, for texts whose places cannot be found by scanning."""

from __future__ import annotations


class Node:
    """Place of one value in the text, with the places of what it holds.

    Attributes:
        start: First code point of the value.
        end: One past the last code point.
        members: Of an object: key to `(key start, key end, value)`; the last of equal keys.
        items: Of an array: its items.
        content: Of a string: range of its characters without the quotes.
        style: How the characters of a string are written: `json`, or a YAML scalar style.
        value: Of a YAML string: what was decoded.
    """

    __slots__ = ("content", "end", "items", "members", "start", "style", "value")

    def __init__(self, start: int, end: int, style: str = "json") -> None:
        self.start = start
        self.end = end
        self.members: dict[str, tuple[int, int, Node]] | None = None
        self.items: list[Node] | None = None
        self.content: tuple[int, int] | None = None
        self.style = style
        self.value = ""

"""Places of values in a text, found on demand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from provlint.source.characters import decode_content
from provlint.source.pointer import split
from provlint_grammar.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from provlint.source.node import Node

_NEVER = (-1, -1)


class _Place:
    __slots__ = ("content", "key", "node", "value")

    def __init__(
        self,
        key: tuple[int, int],
        value: tuple[int, int],
        content: tuple[int, int] | None,
        node: Node | None = None,
    ) -> None:
        self.key = key
        self.value = value
        self.content = content
        self.node = node


class Positions:
    """Finds the places of values by their JSON pointers.

    A pointer that leads nowhere gives the place of the nearest object or array that would hold
    it: its key, or its bracket when it has no key. So a missing thing has a place too.
    Of equal keys the last counts, as in `json`.

    Args:
        text: The decoded text.
        root: Places recorded by the tolerant reader or the YAML reader. Without it the text must
            be valid JSON and is scanned.
        unique: No object repeats a key, so that a scan may stop at the first.
    """

    __slots__ = ("_places", "_root", "_text", "_unique")

    def __init__(self, text: str, root: Node | None = None, *, unique: bool = False) -> None:
        self._text = text
        self._root = root
        self._unique = unique
        self._places: dict[str, _Place] = {}

    def locate(self, pointers: Iterable[str]) -> None:
        """Find several pointers in one pass over the text; later calls for them are free.

        Raises:
            ValueError: A pointer is neither empty nor begins with `/`.
        """
        missing = [pointer for pointer in dict.fromkeys(pointers) if pointer not in self._places]
        if not missing:
            return
        if self._root is not None:
            for pointer in missing:
                self._places[pointer] = _recorded(self._root, split(pointer))
            return
        root = _Branch()
        for pointer in missing:
            branch = root
            for segment in split(pointer):
                branch = branch.children.setdefault(segment, _Branch())
            branch.wanted = True
        scan = _Scan(self._text, unique=self._unique)
        scan.run(root)
        for pointer in missing:
            self._places[pointer] = scan.place(split(pointer))

    def value(self, pointer: str) -> Span:
        """Return the range of the value, quotes and brackets included."""
        return Span(*self._place(pointer).value)

    def key(self, pointer: str) -> Span:
        """Return the range of the member's key with its quotes; of an array item, the value."""
        place = self._place(pointer)
        return Span(*(place.value if place.key == _NEVER else place.key))

    def string_style(self, pointer: str) -> str | None:
        """Return how the string is written: `json`, or a style of YAML; None for other values."""
        place = self._place(pointer)
        if place.content is None:
            return None
        return "json" if place.node is None else place.node.style

    def string_range(self, pointer: str, start: int, end: int) -> Span:
        """Return where the characters `start` to `end` of the decoded string stand in the text.

        Indexes outside the string are drawn in. A value that is not a string gives its range.
        """
        place = self._place(pointer)
        if place.content is None:
            return Span(*place.value)
        start_of_content, end_of_content = place.content
        if place.node is None or place.node.style == "json":
            decoding = decode_content(self._text, start_of_content, end_of_content)
        else:
            from provlint.source.yaml_scalar import align_scalar

            value, style = place.node.value, place.node.style
            decoding = align_scalar(self._text, start_of_content, end_of_content, value, style)
        return Span(decoding.offset(start), decoding.offset(max(start, end)))

    def _place(self, pointer: str) -> _Place:
        if pointer not in self._places:
            self.locate((pointer,))
        return self._places[pointer]


def _holder(key: tuple[int, int], value: tuple[int, int]) -> _Place:
    bracket = (value[0], min(value[0] + 1, value[1]))
    place = bracket if key == _NEVER else key
    return _Place(place, place, None)


def _recorded(root: Node, segments: list[str]) -> _Place:
    node = root
    key = _NEVER
    for segment in segments:
        if node.members is not None and segment in node.members:
            key_start, key_end, child = node.members[segment]
            key = (key_start, key_end)
        elif node.items is not None and (index := _index(segment)) is not None:
            if index >= len(node.items):
                return _holder(key, (node.start, node.end))
            child = node.items[index]
            key = _NEVER
        else:
            return _holder(key, (node.start, node.end))
        node = child
    return _Place(key, (node.start, node.end), node.content, node)


def _index(segment: str) -> int | None:
    if segment.isascii() and segment.isdigit() and (segment == "0" or segment[0] != "0"):
        return int(segment) if len(segment) < 10 else None
    return None


class _Branch:
    """The pointers that are asked for, as a tree."""

    __slots__ = ("children", "wanted")

    def __init__(self) -> None:
        self.children: dict[str, _Branch] = {}
        self.wanted = False


class _Scan:
    """One pass over a valid JSON text. Subtrees that nobody asked for are skipped by `json`."""

    __slots__ = ("_found", "_item", "_member", "_skip", "_text", "_unique")

    def __init__(self, text: str, *, unique: bool) -> None:
        self._text = text
        self._unique = unique
        self._found: dict[tuple[str, ...], tuple[tuple[int, int], int, int]] = {}
        self._skip: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().raw_decode
        string = r'"(?:[^"\\]++|\\.)*+"'
        self._member = re.compile(rf"[,\s]*(?:({string})\s*:\s*|\}})").match
        self._item = re.compile(r"[,\s]*(\]?)").match

    def run(self, root: _Branch) -> None:
        start = len(self._text) - len(self._text.lstrip(" \t\r\n"))
        self._value(start, _NEVER, (), root, end_needed=False)

    def place(self, segments: list[str]) -> _Place:
        path = tuple(segments)
        if path in self._found:
            key, start, end = self._found[path]
            content = (start + 1, end - 1) if self._text[start] == '"' else None
            return _Place(key, (start, end), content)
        while path not in self._found:
            path = path[:-1]
        key, start, end = self._found[path]
        return _holder(key, (start, end))

    def _value(
        self,
        start: int,
        key: tuple[int, int],
        path: tuple[str, ...],
        branch: _Branch,
        *,
        end_needed: bool,
    ) -> int:
        opener = self._text[start]
        end_needed = end_needed or branch.wanted
        self._found[path] = (key, start, start + 1)
        if not branch.children or opener not in "{[":
            end = self._skip(self._text, start)[1]
        elif opener == "{":
            end = self._object(start, path, branch.children, end_needed=end_needed)
        else:
            end = self._array(start, path, branch.children, end_needed=end_needed)
        self._found[path] = (key, start, end)
        return end

    def _object(
        self, start: int, path: tuple[str, ...], children: dict[str, _Branch], *, end_needed: bool
    ) -> int:
        text, skip = self._text, self._skip
        left = len(children) if self._unique else -1
        index = start + 1
        while (match := self._member(text, index)) is not None:
            index = match.end()
            quoted = match[1]
            if quoted is None:
                break
            name = quoted[1:-1] if "\\" not in quoted else json.loads(quoted)
            branch = children.get(name)
            if branch is None:
                index = skip(text, index)[1]
                continue
            child = (*path, name)
            if not self._unique and child in self._found:
                self._forget(child)
            left -= 1
            last = left == 0 and not end_needed
            index = self._value(index, match.span(1), child, branch, end_needed=not last)
            if last:
                break
        return index

    def _array(
        self, start: int, path: tuple[str, ...], children: dict[str, _Branch], *, end_needed: bool
    ) -> int:
        text, skip = self._text, self._skip
        by_index = {
            index: (name, branch)
            for name, branch in children.items()
            if (index := _index(name)) is not None
        }
        furthest = max(by_index, default=-1)
        index = start + 1
        item = 0
        while end_needed or item <= furthest:
            match = self._item(text, index)
            index = match.end() if match else index
            if match is None or match[1]:
                break
            if item in by_index:
                name, branch = by_index[item]
                needed = end_needed or item < furthest
                index = self._value(index, _NEVER, (*path, name), branch, end_needed=needed)
            else:
                index = skip(text, index)[1]
            item += 1
        return index

    def _forget(self, path: tuple[str, ...]) -> None:
        depth = len(path)
        for known in [known for known in self._found if known[:depth] == path]:
            del self._found[known]

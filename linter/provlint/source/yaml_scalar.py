"""Where the characters of a YAML scalar stand in the text."""

from __future__ import annotations

import re

from provlint.source.characters import Decoding

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\r\n])")
_CONTINUED = re.compile(r"\\(?:\r\n?|\n)[ \t]*")
_BLANK = re.compile(r"[ \t]*(?:(?:\r\n?|\n)[ \t]*)*")


def align_scalar(text: str, start: int, end: int, value: str, style: str) -> Decoding:
    """Map the characters of a decoded YAML scalar to the text.

    Exact for plain and quoted scalars on one line and for literal blocks. Where lines are folded,
    the characters are found one after the other, and a fold is the blank at the line's end.

    Args:
        text: The whole text.
        start: First code point of the content, quotes and block header left out.
        end: One past the last code point of the content.
        value: What YAML made of it.
        style: `plain`, `single`, `double`, `literal` or `folded`.
    """
    decoding = Decoding(value, start, end)
    if text[start:end] == value:
        return decoding
    if style == "literal":
        _align_lines(decoding, text, value)
        return decoding
    at = start
    expected = start
    for index, character in enumerate(value):
        at = _begin(text, at, end, character, style)
        if at != expected:
            decoding.mark(index, at)
        following = _behind(text, at, end, character, style)
        expected = at + 1
        at = following
    if at != expected:
        decoding.mark(len(value), at)
    return decoding


def _begin(text: str, at: int, end: int, character: str, style: str) -> int:
    """Return where the next character begins: past indentation and continued lines."""
    while at < end:
        if style == "double" and (match := _CONTINUED.match(text, at, end)):
            at = match.end()
        elif text[at] in " \t\r\n" and not character.isspace():
            match = _BLANK.match(text, at, end)
            at = match.end() if match and match.end() > at else at + 1
        else:
            break
    return at


def _behind(text: str, at: int, end: int, character: str, style: str) -> int:
    if at >= end:
        return at
    if style == "double" and text[at] == "\\":
        match = _ESCAPE.match(text, at, end)
        return match.end() if match else at + 1
    if style == "single" and text.startswith("''", at):
        return at + 2
    if character.isspace() and text[at] in " \t\r\n" and text[at] != character:
        match = _BLANK.match(text, at, end)
        return match.end() if match and match.end() > at else at + 1
    return at + 1


def _align_lines(decoding: Decoding, text: str, value: str) -> None:
    """Map a literal block: each line stands as it is behind the indentation of the block."""
    lines = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n?|\n|\Z)")
    first = next((line for line in value.split("\n") if line.strip()), "")
    own = len(first) - len(first.lstrip(" \t"))
    at = decoding.start
    starts: list[tuple[int, int, int]] = []
    indent = -1
    while at < decoding.end and (match := lines.match(text, at, decoding.end)):
        starts.append((at, match.end(1), match.end(2)))
        if indent < 0 and match[2]:
            indent = max(len(match[1]) - own, 0)
        at = match.end()
    index = 0
    for line, (start, _, end) in zip(value.split("\n"), starts, strict=False):
        decoding.mark(index, min(start + max(indent, 0), end))
        index += len(line) + 1

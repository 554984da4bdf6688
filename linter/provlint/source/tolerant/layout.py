"""What the lines of a text say about its brackets."""

from __future__ import annotations


def closes_by_indentation(text: str, opener: int, closer: int) -> bool:
    """Tell whether a closing bracket begins a line that is indented like its opener's line."""
    before = _line_before(text, closer)
    if before is None or before.strip():
        return False
    return before == _indent(_line_before(text, opener) or "")


def _line_before(text: str, offset: int) -> str | None:
    """Return the part of the line before an offset; nothing for the first line."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return text[start:offset] if start else None


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]

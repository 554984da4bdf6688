"""The Markdown of rule pages and cards as text for a terminal; no more of Markdown than they use.

Headings, paragraphs, lists, tables, fenced blocks, links, emphasis and code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.report.cells import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.report.style import Look

WIDEST = 96
"""Columns of running text."""

INDENT = "    "
LABELS = {"bad": ("error", "wrong"), "good": ("help", "right"), "text": ("quiet", "what it prints")}
"""Last word of an info string, options left out, to the style and the text of a line above."""

_CODE = r"(`` .+? ``|`[^`]+`)"
_LINK = r"\[([^\]]+)\]\((https?://[^)\s]+)\)"
_EMPHASIS = r"(?<![*\w])\*([^*\s](?:[^*]*[^*\s])?)\*(?![*\w])"


def terminal(text: str, look: Look) -> str:
    """Lay out Markdown for a terminal.

    Args:
        text: Markdown that ships with provlint; control characters are shown, not sent.
        look: Colour, links and width.
    """
    lines = [harmless(line) for line in text.split("\n")]
    return "\n".join(_blocks(lines, look)).rstrip("\n") + "\n"


def _blocks(lines: list[str], look: Look) -> Iterator[str]:
    paragraph: list[str] = []
    table: list[tuple[str, str]] = []
    fenced = False
    indent = ""
    for line in [*lines, ""]:
        if table and not line.startswith("|"):
            yield from _table(table, look)
            table = []
        special = not line or line.startswith(("#", "```", "- ", "|"))
        if (special or fenced) and paragraph:
            yield from _paragraph(" ".join(paragraph), look)
            paragraph = []
        if line.startswith("```"):
            if not fenced:
                yield from _label(line, look)
                # A block without a language is laid out already.
                indent = INDENT if line != "```" else ""
            fenced = not fenced
        elif fenced:
            yield f"{indent}{line}".rstrip()
        elif line.startswith("#"):
            yield look.paint("message", line.lstrip("# "))
        elif line.startswith("|"):
            name, _, value = line.strip("| ").partition(" | ")
            if name.strip("- |"):
                table.append((name, value))
        elif line:
            paragraph.append(line.strip() if paragraph else line)
        else:
            yield ""


def _label(line: str, look: Look) -> Iterator[str]:
    words = line[3:].split()
    options = " ".join(word for word in words if "=" in word)
    style, label = LABELS.get(next((w for w in reversed(words) if "=" not in w), ""), ("", ""))
    if label:
        yield look.paint(style, label) + (look.paint("quiet", f" ({options})") if options else "")


def _table(rows: list[tuple[str, str]], look: Look) -> Iterator[str]:
    """A table of two columns; the first is the name of the second."""
    width = max(len(name) for name, _ in rows) + 4
    for name, value in rows:
        first, *others = _wrapped(_inline(value, look), look, width)
        yield look.paint("help", f"  {name}".ljust(width)) + first
        yield from (" " * width + row for row in others)


def _paragraph(text: str, look: Look) -> Iterator[str]:
    hang = "  " if text.startswith("- ") else ""
    first, *others = _wrapped(_inline(text, look), look, len(hang))
    yield first
    yield from (hang + row for row in others)


def _wrapped(text: str, look: Look, indent: int) -> list[str]:
    """Break a text into lines at blanks; code and links are never broken in two."""
    room = max(min(look.width, WIDEST) - indent, 30)
    rows: list[str] = []
    row = ""
    for found in re.finditer(rf"(?:{_CODE}|[^\s`]|`)+", text):
        word = found[0]
        if row and len(row) + 1 + len(word) > room:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}" if row else word
    return [*rows, row]


def _inline(text: str, look: Look) -> str:
    """Links as their words and address, emphasis as quotation marks; code as it is."""
    parts = re.split(_CODE, text)
    for index in range(0, len(parts), 2):
        linked = re.sub(_LINK, lambda found: f"{found[1]} ({look.link(found[2])})", parts[index])
        parts[index] = re.sub(_EMPHASIS, r'"\1"', linked)
    return "".join(parts)

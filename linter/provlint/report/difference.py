"""A fix shown as lines taken out and lines put in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.diagnostic import Range, TextEdit
    from provlint.report.excerpt import Excerpts

_MOST_LINES = 6
"""Lines shown of either side of one change."""

_MOST_CHANGES = 4


class _Change(NamedTuple):
    range: Range
    text: str


def difference(excerpts: Excerpts, edits: Sequence[TextEdit], gutter: int) -> Iterator[str]:
    """Yield the rows of a small diff; none when an edit has no place or edits overlap.

    Args:
        excerpts: The file.
        edits: Their `text` as it will stand in the file.
        gutter: Columns of the line numbers.
    """
    changes = sorted(_Change(edit.range, edit.text) for edit in edits if edit.range is not None)
    if len(changes) < len(edits) or any(
        later.range.start < earlier.range.end for earlier, later in pairwise(changes)
    ):
        return
    hunks: list[list[_Change]] = []
    for change in changes:
        if change.range.end.line > excerpts.source.count:
            return
        if hunks and change.range.start.line <= hunks[-1][-1].range.end.line:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    for hunk in hunks[:_MOST_CHANGES]:
        yield from _hunk(excerpts, hunk, gutter)
    if len(hunks) > _MOST_CHANGES:
        yield f"{' ' * gutter}   and {len(hunks) - _MOST_CHANGES} more changes"


def _hunk(excerpts: Excerpts, hunk: list[_Change], gutter: int) -> Iterator[str]:
    first, last = hunk[0].range.start.line, hunk[-1].range.end.line
    old = [excerpts.line_text(line) for line in range(first, last + 1)]
    new = _changed(old, hunk, first)
    begin = hunk[0].range.start.column - 1
    old_end = hunk[-1].range.end.column - 1 if last == first else begin + 1
    new_end = old_end + sum(
        len(change.text) - change.range.end.column + change.range.start.column for change in hunk
    )
    if len(new) > 1 or last != first:
        new_end = begin + 1
    room = max(excerpts.look.width - gutter - 3, 20)
    for sign, style, lines, end in (("-", "removed", old, old_end), ("+", "added", new, new_end)):
        if sign == "+" and new == [""] and len(old) == 1:
            continue
        for index, text in enumerate(lines[:_MOST_LINES]):
            place = (begin, end) if index == 0 else (0, 0)
            shown = excerpts.window(text, *place, room).text
            number = str(first + index).rjust(gutter)
            yield excerpts.look.paint(style, f"{number} {sign} {shown}".rstrip())
        if len(lines) > _MOST_LINES:
            yield f"{' ' * gutter} {sign} … {len(lines) - _MOST_LINES} more lines"


def _changed(old: list[str], hunk: list[_Change], first: int) -> list[str]:
    new = list(old)
    for change in reversed(hunk):
        start, end = change.range
        head = new[start.line - first][: start.column - 1]
        tail = new[end.line - first][end.column - 1 :]
        joined = f"{head}{change.text}{tail}"
        new[start.line - first : end.line - first + 1] = joined.replace("\r\n", "\n").split("\n")
    return new

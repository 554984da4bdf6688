"""Lines of the source with carets under the exact characters."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from provlint.diagnostic import Position
from provlint.report.cells import cells
from provlint.report.redaction import MASK, secret_spans
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.diagnostic import Range
    from provlint.report.cells import Cell
    from provlint.report.result import TextSource
    from provlint.report.style import Look

CUT = "…"
"""Stands for characters that are left out at either side of a long line."""

_DEEP = 24
"""Indentation beyond this is shortened; Windows PowerShell 5.1 indents by eighty blanks."""

_KEPT_INDENT = 4


class Mark(NamedTuple):
    """A range to underline.

    Attributes:
        range: Concrete, in the file of the excerpt.
        style: Style of the underline.
        character: `^` for the place of the finding, `-` for places that explain it.
        label: Words beside the underline.
    """

    range: Range
    style: str
    character: str = "^"
    label: str = ""


class _Stroke(NamedTuple):
    """The part of a mark on one line; `start` and `end` are indexes into the line."""

    line: int
    start: int
    end: int
    mark: Mark
    label: str


class Excerpts:
    """Draws excerpts of one file.

    Args:
        source: The text.
        look: Colour and width.
        known: Secrets of the file, from `redaction.find_secrets`.
    """

    def __init__(self, source: TextSource, look: Look, known: Sequence[str] = ()) -> None:
        self.source = source
        self.look = look
        self.known = known
        self._line = (0, "")

    def line_text(self, line: int) -> str:
        """Return a line; the last one asked for is kept, a minified file has only one."""
        if self._line[0] != line:
            self._line = (line, self.source.line_text(line))
        return self._line[1]

    def draw(self, marks: Sequence[Mark], gutter: int) -> Iterator[str]:
        """Yield the rows of one excerpt that shows all marks.

        Lines that no mark touches are left out, and a row `...` says so.

        Args:
            marks: What to underline; order does not matter.
            gutter: Columns of the line numbers.
        """
        by_line: dict[int, list[_Stroke]] = {}
        for mark in marks:
            for stroke in self._strokes(mark):
                by_line.setdefault(stroke.line, []).append(stroke)
        previous = 0
        for line in sorted(by_line):
            if previous and line == previous + 2:
                yield from self._rows(previous + 1, [], gutter)
            elif previous and line > previous + 2:
                yield self.look.paint("gutter", "...".rjust(gutter + 2))
            yield from self._rows(line, by_line[line], gutter)
            previous = line

    def _strokes(self, mark: Mark) -> Iterator[_Stroke]:
        start, end = mark.range
        if end.column == 1 and end.line > start.line:
            end = Position(end.line - 1, sys.maxsize)
        last = min(end.line, self.source.count)
        if not 1 <= start.line <= self.source.count:
            return
        first_text = self.line_text(start.line)
        if last <= start.line:
            until = end.column - 1 if last == end.line else len(first_text)
            until = min(until, max(len(first_text), start.column - 1))
            yield _Stroke(start.line, start.column - 1, until, mark, mark.label)
            return
        if mark.character != "^":
            yield _Stroke(start.line, start.column - 1, start.column, mark, mark.label)
            return
        last_text = self.line_text(last)
        until = end.column - 1 if last == end.line else len(last_text)
        indent = min(len(last_text) - len(last_text.lstrip()), max(until - 1, 0))
        yield _Stroke(start.line, start.column - 1, len(first_text), mark, "from here")
        yield _Stroke(last, indent, until, mark, "to here")

    def _rows(self, line: int, strokes: list[_Stroke], gutter: int) -> Iterator[str]:
        text = self.line_text(line)
        room = max(self.look.width - gutter - 3, 20)
        for group in _groups(strokes, room) or [[]]:
            window = self.window(
                text,
                min((stroke.start for stroke in group), default=0),
                max((stroke.end for stroke in group), default=0),
                room,
            )
            yield f"{self._bar(str(line).rjust(gutter))} {window.text}".rstrip()
            for stroke in sorted(group, key=lambda stroke: (stroke.mark.character != "^", stroke)):
                column, length = window.underline(stroke.start, stroke.end)
                drawn = stroke.mark.character * length
                if stroke.label:
                    drawn += f" {stroke.label}"
                drawn = self.look.paint(stroke.mark.style, drawn)
                yield f"{self._bar(' ' * gutter)} {' ' * column}{drawn}"

    def _bar(self, number: str) -> str:
        return self.look.paint("gutter", f"{number} |")

    def window(self, text: str, start: int, end: int, room: int) -> Window:
        """Return the part of a line around the indexes `start` to `end` that fits in `room`."""
        length = len(text)
        start = min(max(start, 0), length)
        end = min(max(end, start), length, start + 2 * room)
        low = max(0, start - room)
        high = min(length, end + room)
        # A secret cut in two by the slice would not be found, so look further than is shown.
        margin = max((len(secret) for secret in self.known), default=0) + 200
        begin = max(0, low - margin)
        sliced = text[begin : min(length, high + margin)]
        hidden = secret_spans(sliced, self.known)
        drawn = cells(sliced, hidden, MASK)[low - begin : high - begin]
        if hidden and low > begin:
            drawn = _keep_mask(drawn, hidden, low - begin)
        indent = max(0, len(sliced) - len(sliced.lstrip()) - low) if begin == 0 else 0
        return Window(drawn, low, (low > 0, high < length), indent, (start, end), room)


def _keep_mask(drawn: list[Cell], hidden: list[tuple[int, int]], cut: int) -> list[Cell]:
    """Show the mask again where the slice begins inside a hidden range."""
    if any(start < cut < end for start, end in hidden):
        return [drawn[0]._replace(text=MASK, width=len(MASK)), *drawn[1:]] if drawn else drawn
    return drawn


class Window:
    """What is shown of a line.

    Attributes:
        text: The characters, with `…` for what is left out.
    """

    def __init__(
        self,
        drawn: list[Cell],
        offset: int,
        cut: tuple[bool, bool],
        indent: int,
        shown: tuple[int, int],
        room: int,
    ) -> None:
        ends = [0]
        for cell in drawn:
            ends.append(ends[-1] + cell.width)
        self._ends = ends
        self._offset = offset
        start, end = (ends[min(index - offset, len(drawn))] for index in shown)
        indent_width = ends[min(indent, len(drawn))]
        skipped = min(indent_width - _KEPT_INDENT, start) if indent_width > _DEEP else 0
        if max(end, start + 1) - skipped > room - 2:
            skipped = max(skipped, start - room // 3)
        if cut == (False, False) and not skipped and ends[-1] <= room:
            first, last = 0, len(drawn)
        else:
            first = bisect_left(ends, skipped) if skipped > 0 else 0
            last = bisect_right(ends, ends[first] + room - 2) - 1
        self._first, self._last = first, max(first, last)
        left = first > 0 or cut[0]
        right = last < len(drawn) or cut[1]
        self._shift = (1 if left else 0) - ends[first]
        content = "".join(cell.text for cell in drawn[first : self._last])
        self.text = f"{CUT if left else ''}{content}{CUT if right else ''}"

    def underline(self, start: int, end: int) -> tuple[int, int]:
        """Return column, from 0, and length of the underline for indexes of the line."""
        first = min(max(start - self._offset, self._first), self._last)
        last = min(max(end - self._offset, first), self._last)
        beyond = len(self._ends) - 1
        # A character without a width of its own belongs to the one before it.
        while (
            self._first < first < beyond and self._ends[first] == self._ends[max(last, first + 1)]
        ):
            first -= 1
        length = self._ends[last] - self._ends[first]
        return self._ends[first] + self._shift, max(length, 1)


def _groups(strokes: list[_Stroke], room: int) -> list[list[_Stroke]]:
    """Put strokes that one window can show together."""
    groups: list[list[_Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: (stroke.start, stroke.end)):
        if groups and stroke.end - groups[-1][0].start < room // 2:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups

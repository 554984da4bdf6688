"""Lines and columns of offsets in a decoded text."""

from __future__ import annotations

import re
from bisect import bisect_right


class LineIndex:
    r"""Line starts of a text, for turning offsets into 1-based lines and columns.

    Lines end at `\n`, `\r\n` and `\r` only. Columns count Unicode code points, which SARIF calls
    `unicodeCodePoints`; a tab is one column.
    """

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        self._starts += [match.end() for match in re.finditer(r"\r\n?|\n", text)]

    @property
    def count(self) -> int:
        """Number of lines; an empty text has one, a final line break opens one more."""
        return len(self._starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Return `(line, column)` of an offset, both from 1; offsets outside are drawn in."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """Return the text of a line without its line break.

        Raises:
            IndexError: The text has no such line.
        """
        if not 1 <= line <= len(self._starts):
            raise IndexError(f"line {line} of {len(self._starts)}")
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column; columns past the line stop at its end."""
        content = self.line_text(line)
        return self._starts[line - 1] + min(max(column, 1) - 1, len(content))

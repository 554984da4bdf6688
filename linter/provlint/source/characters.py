"""JSON string escapes: decoded characters and where each of them stands in the text."""

from __future__ import annotations

import re
from bisect import bisect_right

_ESCAPE = (
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u([0-9a-fA-F]{4})|([\s\S]))"
)
_SIMPLE = {
    '"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
    "'": "'",
}  # fmt: skip


class Decoding:
    """The characters of a string's content and the map back to the text.

    Attributes:
        value: The decoded string.
    """

    __slots__ = ("_decoded", "_source", "end", "start", "value")

    def __init__(self, value: str, start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end
        self._decoded = [0]
        self._source = [start]

    def mark(self, decoded: int, source: int) -> None:
        """Say that from decoded index `decoded` on the text goes on at offset `source`."""
        self._decoded.append(decoded)
        self._source.append(source)

    def offset(self, index: int) -> int:
        """Return the offset in the text of the decoded character at `index`."""
        index = min(max(index, 0), len(self.value))
        at = bisect_right(self._decoded, index) - 1
        return min(self._source[at] + index - self._decoded[at], self.end)


def decode_content(text: str, start: int, end: int) -> Decoding:
    r"""Decode what stands between the quotes of a JSON string.

    An escape that JSON does not know stays as it is written (`\d` is two characters), and a lone
    surrogate becomes U+FFFD, so that the value can be printed.
    """
    first = text.find("\\", start, end)
    if first < 0:
        return Decoding(text[start:end], start, end)
    decoding = Decoding("", start, end)
    parts: list[str] = []
    length = 0
    after = start
    for match in re.compile(_ESCAPE).finditer(text, first, end):
        high, low, plain, simple = match.groups()
        if simple is not None:
            character = _SIMPLE.get(simple)
            if character is None:
                continue
        elif plain is not None:
            point = int(plain, 16)
            character = "\ufffd" if 0xD800 <= point < 0xE000 else chr(point)
        else:
            pair = (int(high, 16) - 0xD800 << 10) + int(low, 16) - 0xDC00
            character = chr(0x10000 + pair)
        parts += (text[after : match.start()], character)
        length += match.start() - after + 1
        after = match.end()
        decoding.mark(length, after)
    parts.append(text[after:end])
    decoding.value = "".join(parts)
    return decoding

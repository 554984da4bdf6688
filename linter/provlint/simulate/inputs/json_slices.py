"""A list of records in one JSON document, cut into lines that hold slices of it.

Nothing is decoded here. The cuts are made before records, which begin with the member that the
first record begins with; a cut at another place makes a line that is no JSON, which the reader of
the lines tells.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from provlint.simulate.inputs.json_decoding import ENVELOPES
from provlint.simulate.inputs.text import HEAD, head_text, open_file, read_head

if TYPE_CHECKING:
    from typing import BinaryIO

_SLICE = 256 * 1024
_LONGEST = 8 * 1024 * 1024
_LIST_BEGINS = (
    r'\s*\{\s*(?:"[^"\\]*"\s*:\s*(?:"[^"\\]*"|\d+|\[\s*"[^"\\]*"\s*\])\s*,\s*)*'
    rf'"(?:{"|".join(ENVELOPES)})"\s*:\s*(?=\[)'
)
_PAGE_ENDS = rb'\](?=\s*(?:,\s*"[^"\\]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|\d+|null)\s*)*\}\s*\Z)'
_ARRAY_ENDS = rb"\](?=\s*\Z)"
_TABS = bytes.maketrans(b"\r\n", b"\t\t")
"""A line break inside of a text is no JSON, nor is a tab, so that what is broken stays broken."""


def before_list(head: str) -> str | None:
    """The text of a page up to its list; None where other objects stand before it."""
    found = re.match(_LIST_BEGINS, head)
    return None if found is None else found.group()


def list_to_lines(path: str, target: str, shape: str) -> bytes | None:
    """Write the list of a UTF-8 file as lines `{"records": […]}`.

    Args:
        path: The file.
        target: The file to write.
        shape: `page` for an object with a list, `array` for a bare list.

    Returns:
        The file without what is in the list; None where the frame or the records are not plain
        enough to be cut.
    """
    head = head_text(read_head(path))
    before = before_list(head) if shape == "page" else head[: len(head) - len(head.lstrip())]
    first = re.search(r'\[\s*\{\s*("[^"\\]*"\s*):', head)
    if before is None or first is None or first.start() != len(before):
        return None
    begin = len(before.encode())
    end = _end_of_list(path, shape)
    if end is None:
        return None
    key = re.escape(first.group(1).rstrip().encode())
    border = re.compile(rb"\}\s*(,)\s*\{\s*" + key + rb"\s*:")
    with open_file(path) as file, open(target, "wb") as lines:
        file.seek(begin + 1)
        left = end - begin - 1
        rest = b""
        while left > 0:
            piece = file.read(min(left, _SLICE))
            if not piece:
                return None
            left -= len(piece)
            rest += piece
            at = rest.rfind(b"{", 0, rest.rfind(key) + 1) if left else -1
            at = rest.rfind(b"}", 0, at) if at > 0 else -1
            cut = border.match(rest, at) if at >= 0 else None
            if left and cut is not None:
                _write(lines, rest[: cut.start(1)])
                rest = rest[cut.end(1) :]
            elif left and len(rest) > _LONGEST:
                return None
        _write(lines, rest)
        file.seek(end)
        return before.encode() + b"[" + file.read()


def _write(lines: BinaryIO, records: bytes) -> None:
    lines.write(b'{"records":[' + records.translate(_TABS) + b"]}\n")


def _end_of_list(path: str, shape: str) -> int | None:
    size = os.path.getsize(path)
    with open_file(path) as file:
        file.seek(max(0, size - HEAD))
        at = file.tell()
        ends = re.search(_PAGE_ENDS if shape == "page" else _ARRAY_ENDS, file.read())
    return None if ends is None else at + ends.start()

"""Files of users in JSON, of one layout, as DuckDB reads them."""

from __future__ import annotations

import os
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from provlint.simulate.inputs.json_decoding import ENVELOPES
from provlint.simulate.inputs.json_records import one_per_line
from provlint.simulate.inputs.json_slices import before_list, list_to_lines
from provlint.simulate.inputs.problem import LARGEST_RECORD
from provlint.simulate.inputs.record_shape import Pages
from provlint.simulate.inputs.sql import sql_name, sql_text
from provlint.simulate.inputs.text import encoding_of, head_text, open_file, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provlint.simulate.inputs.record_shape import Member, Shape

Layout = Literal["lines", "array", "page"]

WHOLE = 8 * 1024 * 1024
"""Bytes of the largest document that is read as it stands; larger ones are cut into lines first."""

_DECODED = 64 * 1024
"""Bytes decoded at a time: the records fit into the cache of the processor."""

_MARK = b"\xef\xbb\xbf"


class JsonFiles:
    """JSON files of one layout.

    Attributes:
        paths: The files.
        layout: Records by lines, a list, or a page with a list.
    """

    def __init__(self, paths: Sequence[str], layout: Layout, folder: str) -> None:
        self.paths = paths
        self.layout = layout
        self._folder = folder
        self._cut = False
        self._frames: list[bytes] = []
        self._envelope = ""
        self._by_lines = layout == "lines"

    @classmethod
    def of(cls, paths: Sequence[str], folder: str) -> JsonFiles | None:
        """The files; None where their layouts differ, or are not those that DuckDB reads.

        Args:
            paths: The files.
            folder: For documents that are cut into lines.
        """
        if find_spec("msgspec") is None:
            return None
        frames = {_frame(path) for path in paths}
        frame = frames.pop() if len(frames) == 1 else None
        if frame is None:
            return None
        files = cls(paths, frame.layout, folder)
        files._envelope, files._by_lines = frame.envelope, frame.by_lines
        return files if frame.layout == "lines" or files._prepare() else None

    def _prepare(self) -> bool:
        """Cut documents that are too large to be read at once."""
        if all(os.path.getsize(path) <= WHOLE for path in self.paths):
            return self.layout == "array" or bool(self._envelope)
        if self._by_lines and self._envelope and all(map(_has_short_lines, self.paths)):
            return True
        cut = [f"{self._folder}/{number}.jsonl" for number in range(len(self.paths))]
        for path, target in zip(self.paths, cut, strict=True):
            frame = list_to_lines(path, target, self.layout)
            if frame is None:
                return False
            self._frames.append(frame)
        self.paths, self._envelope = cut, "records"
        self._cut = self._by_lines = True
        return True

    def check(self, shape: Shape) -> Pages | None:
        """Decode all records; None where one has another shape."""
        if self.layout == "array" and not self._cut:
            return shape.check(map(_in_envelope, self.paths), "records")
        pages = shape.check(chain.from_iterable(map(self._pieces, self.paths)), self._envelope)
        return _pages_of(self._frames) if self._cut and pages is not None else pages

    def _pieces(self, path: str) -> Iterator[bytes]:
        """A file in pieces of whole values."""
        with open_file(path) as file:
            if self.layout != "lines" and os.path.getsize(path) <= WHOLE:
                yield file.read()
                return
            rest = b""
            while piece := file.read(_DECODED):
                piece = rest + piece
                end = piece.rfind(b"\n") + 1
                rest = piece[end:]
                if end:
                    yield piece[:end]
                if len(rest) > LARGEST_RECORD:
                    # No line is so long; what is no JSON is told by the reader of records.
                    yield b"!"
                    return
            if rest.strip():
                yield rest

    def rows(self, shape: Shape) -> str:
        """The records, named `r`, with their needed members, as SQL behind FROM."""
        files = f"[{', '.join(map(sql_text, self.paths))}]"
        options = f"maximum_object_size={LARGEST_RECORD}"
        needed = {name: member for name, member in shape.members.items() if member.needed}
        if self.layout == "lines" or (self.layout == "array" and not self._cut):
            form = "newline_delimited" if self.layout == "lines" else "array"
            columns = ", ".join(
                f"{sql_name(name)}: {sql_text(_type_of(member))}" for name, member in needed.items()
            )
            return (
                f"read_json({files}, format='{form}', records='true', {options},"
                f" columns={{{columns}}}) r"
            )
        members = ", ".join(f"{sql_name(n)} {_type_of(member)}" for n, member in needed.items())
        envelope, kind = sql_name(self._envelope), sql_text(f"STRUCT({members})[]")
        # What is not known to be one value per line is parsed twice by DuckDB.
        form = "newline_delimited" if self._by_lines else "unstructured"
        return (
            f"(SELECT unnest(r) FROM (SELECT unnest({envelope}) AS r FROM read_json({files},"
            f" format='{form}', records='true', {options}, columns={{{envelope}: {kind}}}))) r"
        )


def _pages_of(frames: Iterable[bytes]) -> Pages | None:
    """What the members of pages beside their lists tell; None where one is no JSON."""
    import msgspec

    try:
        members = [msgspec.json.decode(frame) for frame in frames]
    except (msgspec.DecodeError, RecursionError):
        return None
    pages = [each for each in members if isinstance(each, dict)]
    return Pages(len(pages), sum("@odata.nextLink" in page for page in pages))


def _in_envelope(path: str) -> bytes:
    with open_file(path) as file:
        return b'{"records":' + file.read() + b"}"


class Frame(NamedTuple):
    """How a file holds its records.

    Attributes:
        layout: Records by lines, a list, or a page with a list.
        envelope: The member of a page that holds its list.
        by_lines: Whether each line is a whole record or page, as far as the first bytes tell.
    """

    layout: Layout
    envelope: str = ""
    by_lines: bool = False


def _frame(path: str) -> Frame | None:
    """How a file holds its records; None where DuckDB would not read the text as it stands."""
    head = read_head(path)
    if encoding_of(head) != "utf-8" or head.startswith(_MARK):
        return None
    text = head_text(head)
    if one_per_line(text):
        return Frame("lines", by_lines=True)
    text = text.strip()
    if text.startswith("["):
        return Frame("array")
    before = before_list(text)
    if before is None:
        return None
    before = before.rstrip(": \t\r\n")
    envelope = next((name for name in ENVELOPES if before.endswith(f'"{name}"')), "")
    first, line_break, _ = text.partition("\n")
    return Frame("page", envelope, not line_break or first.rstrip().endswith("}"))


def _has_short_lines(path: str) -> bool:
    """Whether the first of several lines is short enough to be read at once."""
    with open_file(path) as file:
        return file.readline(WHOLE).endswith(b"\n") and file.read(1) != b""


def _type_of(member: Member) -> str:
    """The type of a member in SQL."""
    if member.kind in _TYPES:
        return _TYPES[member.kind]
    members = ", ".join(
        f"{sql_name(name)} {_type_of(inner)}"
        for name, inner in member.members.items()
        if inner.needed
    )
    return f"STRUCT({members})" + ("[]" if member.kind == "objects" else "")


_TYPES = {"text": "VARCHAR", "boolean": "BOOLEAN", "texts": "VARCHAR[]", "json": "JSON"}

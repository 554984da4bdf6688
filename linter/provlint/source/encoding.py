"""Bytes to text: UTF-8 and UTF-16, with and without byte order mark."""

from __future__ import annotations

from provlint.source.limits import MAXIMUM_BYTES
from provlint.source.problem import SourceProblem
from provlint_grammar.named_tuple import NamedTuple

_RESAVE = "save the file as UTF-8, in PowerShell with `Out-File -Encoding utf8`"


class Decoded(NamedTuple):
    """A text and what is needed to write it back as it was.

    Attributes:
        text: The text without byte order mark, line breaks kept.
        encoding: Python codec that wrote the bytes after the mark: `utf-8`, `utf-16-le`,
            `utf-16-be`, or `windows-1252` when that was guessed.
        bom: Whether the bytes began with a byte order mark.
        problem: Why the text may not be what its author saw, or `None`.
    """

    text: str
    encoding: str
    bom: bool = False
    problem: SourceProblem | None = None


def decode(data: bytes) -> Decoded:
    """Decode a file; never raises.

    UTF-16 is what Windows PowerShell 5.1 writes with `>`. Bytes that fit no encoding are still
    decoded as well as possible, so that the linting can go on, and the problem says where.
    """
    if len(data) > MAXIMUM_BYTES:
        size = f"{len(data) / 1024 / 1024:.0f} MB"
        limit = f"{MAXIMUM_BYTES // 1024 // 1024} MB"
        return _refused(
            "file-too-large",
            f"the file has {size}, the limit is {limit}",
            "split the file, or export one application per file",
        )
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return _refused("utf-32", "the file is UTF-32", _RESAVE)
    if data.startswith(b"\xef\xbb\xbf"):
        return _decode_utf8(data[3:], bom=True, before=3)
    if data.startswith(b"\xff\xfe"):
        return _decode_utf16(data[2:], "utf-16-le", bom=True)
    if data.startswith(b"\xfe\xff"):
        return _decode_utf16(data[2:], "utf-16-be", bom=True)
    if b"\0" in data:
        return _decode_with_nulls(data)
    return _decode_utf8(data, bom=False, before=0)


def encode(text: str, encoding: str, *, bom: bool = False) -> bytes:
    """Encode a text as it was decoded; the inverse of `decode`.

    Raises:
        UnicodeEncodeError: The encoding has no place for a character of the text.
    """
    return ("\ufeff" + text if bom else text).encode(encoding)


def _refused(code: str, message: str, advice: str) -> Decoded:
    return Decoded("", "utf-8", problem=SourceProblem(code, message, advice, 0, 0))


def _decode_utf8(data: bytes, *, bom: bool, before: int) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", bom)
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8")
        byte = data[error.start]
        line = good.count("\n") + 1
        cut = error.end == len(data) and "unexpected end" in error.reason
        place = f"byte {before + error.start} (line {line}) is 0x{byte:02x}, which is not UTF-8"
    start = len(good)
    try:
        text = data.decode("windows-1252")
        guess = bool(good.isascii())
    except UnicodeDecodeError:
        guess = False
    if guess:
        message = f"{place}; read as Windows-1252 it is `{text[start]}`"
        advice = "save the file as UTF-8; it was probably saved as Windows-1252 (ANSI)"
        problem = SourceProblem("not-utf-8", message, advice, start, start + 1)
        return Decoded(text, "windows-1252", bom, problem)
    text = data.decode("utf-8", "replace")
    advice = "export the file again, its last character is cut" if cut else _RESAVE
    problem = SourceProblem("not-utf-8", place, advice, start, min(start + 1, len(text)))
    return Decoded(text, "utf-8", bom, problem)


def _decode_utf16(data: bytes, encoding: str, *, bom: bool) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, bom)
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode(encoding))
        text = data.decode(encoding, "replace")
        line = text.count("\n", 0, start) + 1
        message = f"byte {error.start + 2 * bom} (line {line}) is not UTF-16"
        advice = "export the file again, it is cut or was edited as another encoding"
        end = min(start + 1, len(text))
        problem = SourceProblem("not-utf-16", message, advice, start, end)
        return Decoded(text, encoding, bom, problem)


def _decode_with_nulls(data: bytes) -> Decoded:
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if head[:3] == b"\0\0\0" or head[1:4] == b"\0\0\0":
        if even and odd and head.count(0) >= 3 * len(head) // 4 - 3 and head.strip(b"\0"):
            return _refused("utf-32", "the file is UTF-32", _RESAVE)
    elif odd * 2 > half and even * 4 <= odd:
        return _decode_utf16(data, "utf-16-le", bom=False)
    elif even * 2 > half and odd * 4 <= even:
        return _decode_utf16(data, "utf-16-be", bom=False)
    if not data.strip(b"\0"):
        message = f"the file holds {len(data)} NUL bytes and nothing else"
        advice = "restore the file from a copy, a write to it was interrupted"
        return _refused("null-bytes", message, advice)
    message = f"byte {data.index(0)} is NUL, so the file is binary and not text"
    return _refused("binary-file", message, "name a JSON or YAML file")

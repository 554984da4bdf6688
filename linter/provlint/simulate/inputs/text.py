"""Files as streams of text: found, their encoding told from their bytes, read in pieces."""

from __future__ import annotations

import codecs
import os
import re
import sys
from typing import TYPE_CHECKING, BinaryIO

from provlint.simulate.inputs.problem import InputProblem, of_source, refuse
from provlint.source.discovery import STDIN, discover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provlint.simulate.inputs.problem import Ledger

PIECE = 256 * 1024
"""Bytes read at a time."""

HEAD = 64 * 1024
"""Bytes from which a file is recognised."""

_NOT_TEXT = (
    (b"PK\x03\x04", "is a ZIP archive or an Excel workbook", "save the sheet as CSV UTF-8"),
    (b"\x1f\x8b", "is compressed with gzip", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd", "unpack it first"),
    (b"\xff\xfe\0\0", "is UTF-32", "save it as UTF-8"),
)


SUFFIXES = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
"""Endings of the names that are read of a folder; named files are always read."""


def find_files(paths: Iterable[str]) -> list[str]:
    """The files of paths, folders and globs, each once, in a stable order.

    Raises:
        InputError: A path does not exist, or a glob matches nothing.
    """
    files = []
    for found in discover(paths, suffixes=SUFFIXES):
        if found.problem is not None:
            raise of_source(found.problem, found.path)
        files.append(found.path)
    return files


def open_file(path: str) -> BinaryIO:
    """Open a file for reading bytes; standard input is copied to a temporary file once.

    Raises:
        InputError: It cannot be opened, or is not a file.
    """
    if path == STDIN:
        return _spooled()
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            raise refuse("not-a-file", path, f"`{path}` is not a file", "name a file")
        return open(path, "rb")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise refuse(
            "unreadable-file", path, f"`{path}` cannot be read: {reason}", "check its permissions"
        ) from error


def read_head(path: str) -> bytes:
    """The first bytes of a file.

    Raises:
        InputError: The file is empty, compressed, or not text and not Parquet.
    """
    with open_file(path) as file:
        head = file.read(HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise refuse("empty-file", path, f"`{path}` is empty", "export it again")
    for magic, what, advice in _NOT_TEXT:
        if head.startswith(magic):
            raise refuse("not-text", path, f"`{path}` {what}", advice)
    return head


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes tell: `utf-8`, `utf-16-le` or `utf-16-be`."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd * 2 > half and even * 4 <= odd:
        return "utf-16-le"
    if even * 2 > half and odd * 4 <= even:
        return "utf-16-be"
    return "utf-8"


def head_text(head: bytes) -> str:
    """The first bytes as text, good enough to recognise a format."""
    text = head.decode(encoding_of(head), "ignore").removeprefix("\ufeff")
    return text if text else head.decode("windows-1252", "replace")


def pieces(path: str, ledger: Ledger) -> Iterator[tuple[str, bool]]:
    """The text of a file in pieces, each with whether it holds bytes that are not its encoding.

    Such bytes become lone surrogates (U+DC80 to U+DCFF), which `bad_byte` finds. A file whose
    first byte beyond ASCII is not UTF-8 is read as Windows-1252, and the ledger says so.
    """
    with open_file(path) as file:
        head = file.read(PIECE)
        encoding = encoding_of(head)
        if encoding != "utf-8":
            yield from _utf16(path, file, head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"),
                              encoding)  # fmt: skip
            return
        rest, seen_beyond_ascii = head.removeprefix(codecs.BOM_UTF8), False
        while True:
            piece = file.read(PIECE)
            try:
                text, used = codecs.utf_8_decode(rest, "strict", not piece)
                suspicious = False
            except UnicodeDecodeError as error:
                if not seen_beyond_ascii and rest[: error.start].isascii():
                    ledger.note(_guessed(path))
                    yield from _windows_1252(rest + piece, file)
                    return
                text, used = codecs.utf_8_decode(rest, "surrogateescape", not piece)
                suspicious = True
            seen_beyond_ascii = seen_beyond_ascii or not text.isascii()
            yield text, suspicious
            if not piece:
                return
            rest = rest[used:] + piece


def utf8_pieces(path: str, ledger: Ledger) -> Iterator[bytes]:
    """The same as UTF-8, without decoding what is UTF-8 already: for decoders that check it."""
    with open_file(path) as file:
        piece = file.read(PIECE)
        if encoding_of(piece) == "utf-8":
            piece = piece.removeprefix(codecs.BOM_UTF8)
            while piece and piece.isascii():
                yield piece
                piece = file.read(PIECE)
            try:
                codecs.utf_8_decode(piece, "strict", False)
            except UnicodeDecodeError as error:
                if piece[: error.start].isascii():
                    ledger.note(_guessed(path))
                    for text, _ in _windows_1252(piece, file):
                        yield text.encode("utf-8", "surrogatepass")
                    return
            while piece:
                yield piece
                piece = file.read(PIECE)
            return
    for text, _ in pieces(path, ledger):
        yield text.encode("utf-8", "surrogatepass")


def bad_byte(text: str) -> str | None:
    """Say which byte of a text is of another encoding than the file; None when none is."""
    run = re.search("[\udc80-\udcff]+", text)
    if run is None:
        return None
    data = run.group().encode("ascii", "surrogateescape")
    try:
        return f"the letter `{data.decode('utf-8')}` is UTF-8 in a file of Windows-1252"
    except UnicodeDecodeError:
        guess = data[:1].decode("windows-1252", "replace")
        read = f"; as Windows-1252 it is `{guess}`" if guess.isprintable() else ""
        return f"the byte 0x{data[0]:02x} is not UTF-8{read}"


def encoding_problem(place: str, text: str) -> InputProblem | None:
    """The problem of a record with bytes of another encoding; None when there are none."""
    message = bad_byte(text)
    if message is None:
        return None
    return InputProblem(
        "mixed-encodings",
        place,
        f"{message}, expected one encoding in the whole file",
        "export the file again as UTF-8, or correct this record",
    )


def _utf16(path: str, file: BinaryIO, rest: bytes, encoding: str) -> Iterator[tuple[str, bool]]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    while True:
        piece = file.read(PIECE)
        try:
            yield decoder.decode(rest, final=not piece), False
        except UnicodeDecodeError as error:
            raise refuse(
                "not-utf-16",
                path,
                f"`{path}` begins as UTF-16 and has bytes that are not",
                "export it again as UTF-8; it is cut, or text was appended in another encoding",
            ) from error
        if not piece:
            return
        rest = piece


def _windows_1252(rest: bytes, file: BinaryIO) -> Iterator[tuple[str, bool]]:
    """Whole lines of Windows-1252; letters that are UTF-8 all the same become lone surrogates."""
    letters = re.compile(rb"((?:[\xc3-\xc5][\x80-\xbf])+)")
    undefined = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
    while rest:
        piece = file.read(PIECE)
        end = rest.rfind(b"\n") + 1 if piece else len(rest)
        parts = letters.split(rest[:end])
        text = "".join(
            part.decode("ascii" if at % 2 else "windows-1252", "surrogateescape")
            for at, part in enumerate(parts)
        )
        yield text, len(parts) > 1 or undefined.search(rest, 0, end) is not None
        rest = rest[end:] + piece


def _guessed(path: str) -> InputProblem:
    return InputProblem(
        "windows-1252",
        path,
        f"`{path}` is not UTF-8 and was read as Windows-1252",
        "check a name with accents in the result; save the file as UTF-8 to be sure",
    )


_copies: list[BinaryIO] = []


def _spooled() -> BinaryIO:
    """Standard input from its beginning, however often it is asked for."""
    import shutil
    import tempfile

    if not _copies:
        copy = tempfile.NamedTemporaryFile()  # noqa: SIM115 - lives as long as the process
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        _copies.append(copy)  # type: ignore[arg-type]
    return os.fdopen(os.open(_copies[0].name, os.O_RDONLY), "rb")

"""Changing a text, and writing it back as it was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from provlint.source.encoding import encode

if TYPE_CHECKING:
    from collections.abc import Iterable


def newline_of(text: str) -> str:
    r"""Return the line break that the text uses most: `\r\n`, `\n` or `\r`; `\n` if none."""
    pairs = text.count("\r\n")
    line_feeds = text.count("\n") - pairs
    returns = text.count("\r") - pairs
    if pairs and pairs >= max(line_feeds, returns):
        return "\r\n"
    return "\r" if returns > line_feeds else "\n"


def apply_edits(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return the text with ranges replaced; line breaks of replacements become the text's own.

    Edits may come in any order; two insertions at one place keep theirs. Equal edits count once.

    Raises:
        ValueError: A range is not inside the text, or two ranges overlap.
    """
    newline = newline_of(text)
    parts: list[str] = []
    after = 0
    for start, end, replacement in sorted(dict.fromkeys(edits), key=lambda edit: edit[:2]):
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"edit {start}..{end} is outside the text of {len(text)} characters")
        if start < after:
            raise ValueError(f"edit {start}..{end} overlaps the one before it, which ends {after}")
        if newline != "\n":
            replacement = replacement.replace("\r\n", "\n").replace("\n", newline)
        parts += (text[after:start], replacement)
        after = end
    parts.append(text[after:])
    return "".join(parts)


def write_text(path: str, text: str, encoding: str = "utf-8", *, bom: bool = False) -> None:
    """Write a file so that it is never seen half written.

    The bytes go to a file beside it, reach the disk, and take the name in one step. Permissions
    of an existing file and a symbolic link to it are kept. A device or a pipe, such as `/dev/null`,
    is written into and never replaced.

    Args:
        path: The file to write.
        text: The text, line breaks as they shall be.
        encoding: Codec, as in `Decoded.encoding`.
        bom: Whether a byte order mark goes first, as in `Decoded.bom`.

    Raises:
        OSError: The folder or the file cannot be written.
        UnicodeEncodeError: The encoding has no place for a character; nothing was written.
    """
    import stat
    import tempfile

    data = encode(text, encoding, bom=bom)
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as stream:
            stream.write(data)
        return
    target = os.path.realpath(path)
    mode: int | None = None
    if os.path.exists(target):
        mode = stat.S_IMODE(os.stat(target).st_mode)
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    folder, name = os.path.split(target)
    handle, beside = tempfile.mkstemp(prefix=f".{name}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise

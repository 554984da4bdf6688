"""JSON pointers, RFC 6901."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def escape(key: str) -> str:
    """Return a key as one segment of a pointer."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def join(segments: Iterable[str | int]) -> str:
    """Return the pointer of keys and indexes; no segment gives the whole document, `""`."""
    return "".join(f"/{escape(str(segment))}" for segment in segments)


def split(pointer: str) -> list[str]:
    """Return the segments of a pointer, unescaped.

    Raises:
        ValueError: The pointer is not empty and does not begin with `/`.
    """
    if not pointer:
        return []
    if pointer[0] != "/":
        raise ValueError(f"a JSON pointer begins with `/`, not {pointer!r}")
    segments = pointer[1:].split("/")
    if "~" in pointer:
        return [segment.replace("~1", "/").replace("~0", "~") for segment in segments]
    return segments

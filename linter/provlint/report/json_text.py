"""JSON that is safe to print: one way for all formats that are JSON."""

from __future__ import annotations

from json import dumps
from typing import Any


def json_text(value: Any) -> str:
    """Return `value` as indented JSON with a final line break.

    Letters stay readable. Characters that a terminal would obey or hide, and lone surrogates, are
    written as escapes.
    """
    return harmless_json(value, indent=2) + "\n"


def harmless_json(value: Any, indent: int | None = None) -> str:
    """Return `value` as JSON like that of `json_text`, on one line unless it is indented."""
    text = dumps(value, ensure_ascii=False, indent=indent)
    if not text.isascii() or "\x7f" in text:
        text = "".join(
            character if character == "\n" or character.isprintable() else _escaped(character)
            for character in text
        )
    return text


def _escaped(character: str) -> str:
    return dumps(character)[1:-1].replace("\x7f", "\\u007f")

"""JSON that is safe to print: one way for all formats that are JSON."""

from __future__ import annotations

from json import dumps
from typing import Any


def json_text(value: Any) -> str:
    """Return `value` as indented JSON with a final line break.

    Letters stay readable. Characters that a terminal would obey or hide, and lone surrogates, are
    written as escapes.
    """
    text = dumps(value, ensure_ascii=False, indent=2)
    if not text.isascii() or "\x7f" in text:
        text = "".join(
            character if character == "\n" or character.isprintable() else _escaped(character)
            for character in text
        )
    return text + "\n"


def _escaped(character: str) -> str:
    return dumps(character)[1:-1].replace("\x7f", "\\u007f")

"""Values of attributes as texts of one column, and back, without loss.

A text stands for itself. Any other value, and a text that begins with a mark or that DuckDB does
not hold, is JSON behind a mark. What one mapping gives is told in the same way.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from provlint.simulate.inputs.sql import sql_text as quoted
from provlint.simulate.plan import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MARK", "PLAIN", "decode", "decode_flow", "encode", "encode_flow", "quoted", "values_of"]

MARK = "\x01"
"""Begins every value that is no plain text."""

PLAIN = "chr(2)"
"""In SQL: every plain text that is not empty is at least this; what is less, is not plain."""


def encode(value: object) -> str | None:
    """A value as a text; None for None."""
    if value is None:
        return None
    if isinstance(value, str) and _is_plain(value):
        return value
    return MARK + json.dumps(value)


def _is_plain(text: str) -> bool:
    # Of printable letters none is a mark, a NUL or half a surrogate pair.
    return text.isprintable() or (
        text[:1] not in ("\0", MARK)
        and (text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text))
    )


def decode(text: str | None) -> object:
    """The value of a text that `encode` made."""
    if text is None or text[:1] != MARK:
        return text
    return json.loads(text[1:])


def encode_flow(flow: Flow) -> str | None:
    """What a mapping gives; None where nothing flows, itself where it is a plain text."""
    value = flow.value
    if not flow.contested and not flow.problem:
        if flow.outcome == "null" and value is None:
            return None
        if flow.outcome == "value" and isinstance(value, str) and value and _is_plain(value):
            return value
    return MARK + json.dumps([value, flow.outcome, flow.problem, flow.contested])


def decode_flow(text: str | None) -> Flow:
    """What a mapping gave."""
    if text is None:
        return Flow(None, "null")
    if text[:1] != MARK:
        return Flow(text)
    value, outcome, problem, contested = json.loads(text[1:])
    return Flow(
        tuple(value) if isinstance(value, list) else value, outcome, problem, tuple(contested)
    )


def values_of(names: Sequence[str], texts: Sequence[str | None]) -> dict[str, object]:
    """The attributes of a user by name."""
    return {name: decode(text) for name, text in zip(names, texts, strict=True)}

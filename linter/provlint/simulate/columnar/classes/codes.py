"""Classes packed into numbers: two users of the same numbers have the same scope step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

WORD = 62
"""Bits of one number."""


class Part(Protocol):
    """A class of each user."""

    @property
    def size(self) -> int:
        """One more than the largest class."""

    @property
    def sql(self) -> str:
        """The class as SQL."""


class Number(NamedTuple):
    """A class that is a column already."""

    sql: str
    size: int


def packed(parts: Sequence[Part]) -> list[str]:
    """The classes as few 64-bit numbers, as SQL."""
    words: list[list[str]] = [[]]
    used = 0
    for part in parts:
        width = max(part.size - 1, 0).bit_length()
        if not width:
            continue
        if used + width > WORD:
            words.append([])
            used = 0
        words[-1].append(f"CAST({part.sql} AS BIGINT) * {1 << used}")
        used += width
    return [" + ".join(terms) or "CAST(0 AS BIGINT)" for terms in words]

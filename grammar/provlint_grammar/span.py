"""Positions in a decoded text."""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple


class Span(NamedTuple):
    """A half-open range of Unicode code points in a decoded text."""

    start: int
    end: int

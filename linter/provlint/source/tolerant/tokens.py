"""The pieces that the tolerant scanner cuts a text into."""

from __future__ import annotations

from typing import Any

from provlint_grammar.named_tuple import NamedTuple


class Token(NamedTuple):
    """One piece of a text.

    Attributes:
        kind: One of `{ } [ ] , : ; =` for itself, or `string`, `literal` (a number, `true`,
            `false`, `null` or what stands for one), `word`, `ellipsis`, `directive`, `display`
            (PowerShell's `@{...}`), `junk`, `end`.
        start: First code point.
        end: One past the last code point.
        value: Decoded string or value of a literal.
        content: Of a string: range of its characters without the quotes.
    """

    kind: str
    start: int
    end: int
    value: Any = None
    content: tuple[int, int] = (0, 0)

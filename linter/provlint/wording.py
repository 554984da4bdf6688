"""How messages quote the user's things and list alternatives: the one place for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["alternatives", "counted", "did_you_mean", "first_names", "nearest", "quote"]

LONGEST = 60
"""Characters of the user's text that a message quotes at most."""


def quote(text: str) -> str:
    """A thing of the user's in back-ticks, on one line and shortened."""
    line = " ".join(text.split()) if "\n" in text or "\t" in text else text or '""'
    if len(line) > LONGEST:
        line = line[: LONGEST - 1] + "…"
    return f"`{line}`" if "`" not in line else f"`` {line} ``"


def alternatives(names: Iterable[str], word: str = "or") -> str:
    """Names in back-ticks: "`a`, `b` or `c`", in the order given."""
    quoted = [quote(name) for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"


MOST_NAMES = 12
"""Names of a list that are written out."""


def first_names(names: Sequence[str]) -> str:
    """The first names of a list, and how many more there are: "`a`, `b` and 3 more"."""
    if len(names) <= MOST_NAMES:
        return alternatives(names, "and")
    first = ", ".join(map(quote, names[:MOST_NAMES]))
    return f"{first} and {len(names) - MOST_NAMES} more"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun: "1 clause", "3 clauses"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """The hint "did you mean `x`?", or the empty string."""
    near = nearest(word, candidates)
    return f"did you mean {quote(near)}?" if near is not None else ""

"""How messages quote the user's things and list alternatives: the one place for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 60
"""Characters of the user's text that a message quotes at most."""


def quote(text: str) -> str:
    """A thing of the user's in back-ticks, on one line and shortened."""
    line = " ".join(text.split()) if "\n" in text or "\t" in text else text
    if len(line) > LONGEST:
        line = line[: LONGEST - 1] + "…"
    return f"`{line}`" if "`" not in line else f"`` {line} ``"


def alternatives(names: Iterable[str], word: str = "or") -> str:
    """Names in back-ticks: "`a`, `b` or `c`", in the order given."""
    quoted = [quote(name) for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {word} {quoted[-1]}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun: "1 clause", "3 clauses"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the user most likely meant; None when none is near.

    A difference in letter case is nearest; else at most two edits, and at most a third of the
    length of the word. Of equals the first in sorted order wins.
    """
    folded = word.casefold()
    limit = min(2, len(word) // 3)
    best: tuple[int, str] | None = None
    for candidate in sorted(set(candidates)):
        if candidate.casefold() == folded:
            return candidate
        if abs(len(candidate) - len(word)) <= limit:
            distance = edit_distance(folded, candidate.casefold(), limit)
            if distance <= limit and (best is None or distance < best[0]):
                best = (distance, candidate)
    return best[1] if best is not None else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """The hint "did you mean `x`?", or the empty string."""
    near = nearest(word, candidates)
    return f"did you mean {quote(near)}?" if near is not None else ""


def edit_distance(left: str, right: str, limit: int) -> int:
    """Insertions, deletions, replacements and swaps; `limit` + 1 if there are more than `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, character in enumerate(left, 1):
        before, previous, row = row, before, [i, *([0] * len(right))]
        for j, other in enumerate(right, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (character != other))
            swapped = i > 1 and j > 1 and character == right[j - 2] and left[i - 2] == other
            if swapped:
                row[j] = min(row[j], previous[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return row[-1]

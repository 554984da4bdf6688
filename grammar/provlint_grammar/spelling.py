"""Did you mean ...: the nearest of some names, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the user most likely meant; None when none is near.

    A difference in letter case is nearest; else at most two edits, and at most a third of the
    length of the word. Of equals the first in sorted order wins.
    """
    folded = word.casefold()
    limit = min(2, len(word) // 3)
    best: str | None = None
    for candidate in sorted(set(candidates)):
        if candidate.casefold() == folded:
            return candidate
        if abs(len(candidate) - len(word)) > limit:
            continue
        distance = edit_distance(folded, candidate.casefold(), limit)
        if distance <= limit:
            best, limit = candidate, distance - 1
    return best


def edit_distance(left: str, right: str, limit: int) -> int:
    """Insertions, deletions, replacements and swaps; `limit` + 1 if there are more than `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, character in enumerate(left, 1):
        last, before = before, row
        row = [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (character != other))
            if i > 1 and j > 1 and character == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]

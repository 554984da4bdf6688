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
        lowered = candidate.casefold()
        if lowered == folded:
            return candidate
        if limit < 1 or abs(len(candidate) - len(word)) > limit:
            continue
        distance = edit_distance(folded, lowered, limit)
        if distance <= limit:
            best, limit = candidate, distance - 1
    return best


def edit_distance(left: str, right: str, limit: int) -> int:
    """Insertions, deletions, replacements and swaps; `limit` + 1 if there are more than `limit`."""
    beyond = limit + 1
    if abs(len(left) - len(right)) > limit:
        return beyond
    # What both begin and end with costs nothing; names of a schema have much of it in common.
    start = 0
    for character, other in zip(left, right, strict=False):
        if character != other:
            break
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    left, right = left[start : len(left) - end], right[start : len(right) - end]
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, character in enumerate(left, 1):
        last, before = before, row
        # Cells farther than `limit` from the diagonal are beyond it.
        row = [beyond] * (len(right) + 1)
        row[0] = i
        for j in range(max(1, i - limit), min(len(right), i + limit) + 1):
            other = right[j - 1]
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (character != other))
            if i > 1 and j > 1 and character == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row[j] = cost
        if min(row) > limit:
            return beyond
    return min(row[-1], beyond)

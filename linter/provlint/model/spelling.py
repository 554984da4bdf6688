"""Finds the name that a misspelt one stands for, within a bounded edit distance."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 80


def nearest(text: str, names: Iterable[str]) -> str | None:
    """The one name nearest to `text`, or None when none is near or two are equally near.

    Case does not count. Up to five letters one edit is allowed, above that two; an edit inserts,
    deletes or replaces a letter, or swaps two neighbours.
    """
    wanted = text.lower()
    if len(wanted) > _LONGEST:
        return None
    best = (2 if len(wanted) > 5 else 1 if len(wanted) > 2 else 0) + 1
    found: list[str] = []
    for name in sorted(names):
        distance = edit_distance(wanted, name.lower(), best + 1)
        if distance < best:
            best, found = distance, [name]
        elif found and distance == best:
            found.append(name)
    return found[0] if len(found) == 1 else None


def edit_distance(left: str, right: str, limit: int) -> int:
    """The number of edits from one text to the other, or `limit` when it is that or more."""
    if abs(len(left) - len(right)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        following = [i]
        for j, other in enumerate(right, 1):
            cost = min(
                row[j] + 1,
                following[j - 1] + 1,
                row[j - 1] + (letter != other),
            )
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) >= limit:
            return limit
        before, row = row, following
    return min(row[-1], limit)

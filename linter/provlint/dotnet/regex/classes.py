"""Sets of UTF-16 units: .NET's classes, categories, blocks and case equivalences.

A set is a tuple of disjoint inclusive ranges in ascending order.
Source: https://learn.microsoft.com/dotnet/standard/base-types/character-classes-in-regular-expressions
"""

from __future__ import annotations

from provlint.dotnet.regex.tree import CharacterClass, ClassItem

Ranges = tuple[tuple[int, int], ...]

GREATEST_UNIT = 0xFFFF
ANY: Ranges = ((0, GREATEST_UNIT),)
NOT_LINE_FEED: Ranges = ((0, 9), (11, GREATEST_UNIT))

_named: dict[str, Ranges] = {}
_groups: dict[int, str] = {}


def named(name: str) -> Ranges:
    """Return the set of a class or category such as `w`, `d`, `s`, `Lu`, `IsGreek`."""
    ranges = _named.get(name)
    if ranges is None:
        from provlint.dotnet.regex.class_tables import BLOCKS, CLASSES

        bounds = CLASSES[name] if name in CLASSES else BLOCKS[name]
        ranges = tuple(
            (ord(low), ord(high)) for low, high in zip(bounds[::2], bounds[1::2], strict=True)
        )
        _named[name] = ranges
    return ranges


def boundary_words() -> Ranges:
    r"""Return the units that `\b` counts as word characters: `\w` and the zero-width joiners."""
    ranges = _named.get("boundary")
    if ranges is None:
        ranges = union((*named("w"), (0x200C, 0x200D)))
        _named["boundary"] = ranges
    return ranges


def is_block(name: str) -> bool:
    """Tell whether .NET knows a named block, such as `IsGreek`."""
    from provlint.dotnet.regex.class_tables import BLOCKS

    return name in BLOCKS


def is_word_unit(unit: int) -> bool:
    r"""Tell whether a unit is a word character in the sense of `\b`."""
    return contains(boundary_words(), unit)


def contains(ranges: Ranges, unit: int) -> bool:
    """Tell whether a unit is in a set."""
    low, high = 0, len(ranges)
    while low < high:
        middle = (low + high) // 2
        if ranges[middle][1] < unit:
            low = middle + 1
        else:
            high = middle
    return low < len(ranges) and ranges[low][0] <= unit


def union(ranges: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> Ranges:
    """Return the set of ranges given in any order, overlapping or not."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            if high > merged[-1][1]:
                merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return tuple(merged)


def complement(ranges: Ranges) -> Ranges:
    """Return all other units."""
    result = []
    start = 0
    for low, high in ranges:
        if start < low:
            result.append((start, low - 1))
        start = high + 1
    if start <= GREATEST_UNIT:
        result.append((start, GREATEST_UNIT))
    return tuple(result)


def intersection(left: Ranges, right: Ranges) -> Ranges:
    """Return the units that are in both sets."""
    result = []
    i = j = 0
    while i < len(left) and j < len(right):
        low = max(left[i][0], right[j][0])
        high = min(left[i][1], right[j][1])
        if low <= high:
            result.append((low, high))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(result)


def equivalents(unit: str) -> str:
    """Return all units that equal this one under `(?i)`, itself included; invariant culture."""
    if not _groups:
        from provlint.dotnet.regex.case_tables import GROUPS

        for group in GROUPS.split():
            for member in group:
                _groups[ord(member)] = group
    return _groups.get(ord(unit), unit)


def fold(ranges: Ranges) -> Ranges:
    """Return a set with all case equivalents of its units added."""
    equivalents("a")
    added = list(ranges)
    # Walk the table or the set, whichever is smaller.
    if sum(high - low + 1 for low, high in ranges) < len(_groups):
        units = (unit for low, high in ranges for unit in range(low, high + 1) if unit in _groups)
    else:
        units = (unit for unit in _groups if contains(ranges, unit))
    for unit in units:
        added += [(ord(member), ord(member)) for member in _groups[unit]]
    return union(added)


def resolve(node: CharacterClass) -> Ranges:
    """Return the set of units that a character class matches."""
    if node.ranges is None:
        node.ranges = _resolve(node)
    return node.ranges


def _resolve(node: CharacterClass) -> Ranges:
    plain: list[tuple[int, int]] = []
    categories: list[tuple[int, int]] = []
    for item in node.items:
        _add_item(item, node.ignore_case, plain, categories)
    ranges = union(plain)
    if node.ignore_case and ranges:
        ranges = fold(ranges)
    ranges = union([*ranges, *categories])
    if node.negated:
        ranges = complement(ranges)
    if node.subtraction is not None:
        ranges = intersection(ranges, complement(resolve(node.subtraction)))
    return ranges


def _add_item(
    item: ClassItem,
    ignore_case: bool,
    plain: list[tuple[int, int]],
    categories: list[tuple[int, int]],
) -> None:
    first, second = item
    if not isinstance(first, str):
        plain.append((first, second))
        return
    if ignore_case and first in ("Lu", "Ll", "Lt"):
        ranges = union([*named("Lu"), *named("Ll"), *named("Lt")])
    else:
        ranges = named(first)
    # A block is a range to .NET, so `(?i)` adds its case equivalents; a category is not.
    target = plain if first.startswith(("Is", "_")) else categories
    target += complement(ranges) if second else ranges

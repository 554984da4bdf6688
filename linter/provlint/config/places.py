"""The lines of a TOML text on which its keys are set."""

from __future__ import annotations

import re
from functools import lru_cache

Path = tuple[str | int, ...]

_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_KEY = rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*"
_HEADER = re.compile(rf"\s*(\[\[?){_KEY}\]\]?")
_ASSIGNMENT = re.compile(rf"{_KEY}=")
_FENCES = ('"""', "'''")


@lru_cache(maxsize=1)
def lines_of(text: str) -> dict[Path, int]:
    """Every table and key of a TOML text to its 1-based line.

    What stands in an inline table or an array has no entry; `line_of` finds its owner.
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if fence:
            fence = "" if fence in line else fence
            continue
        header = _HEADER.match(line)
        if header:
            table = _table(_names(header[2]), counts, array=header[1] == "[[")
            found.setdefault(table, number)
            continue
        assignment = _ASSIGNMENT.match(line)
        if assignment:
            path = table
            for name in _names(assignment[1]):
                path = (*path, name)
                found.setdefault(path, number)
        fence = next((mark for mark in _FENCES if line.count(mark) % 2), "")
    return found


def _names(key: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, key)]


def _table(names: list[str], counts: dict[Path, int], *, array: bool) -> Path:
    path: Path = ()
    for index, name in enumerate(names):
        path = (*path, name)
        if array and index == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def line_of(text: str, path: Path) -> int:
    """The 1-based line where `path` or the innermost thing that holds it is set; 0 if none is."""
    lines = lines_of(text)
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)

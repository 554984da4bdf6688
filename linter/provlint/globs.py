"""Globs of the configuration file: which of them fit a path."""

from __future__ import annotations

from fnmatch import fnmatchcase

WILDCARDS = "*?["


def glob_matches(pattern: str, path: str) -> bool:
    """Whether a glob fits a relative path; `**` spans folders, a bare name fits in any folder."""
    pattern = normal(pattern)
    if pattern in ("**", "*"):
        return True
    if "/" not in pattern:
        return fnmatchcase(path.rpartition("/")[2], pattern)
    return _parts_match(pattern.split("/"), path.split("/"))


def excludes(pattern: str, path: str) -> bool:
    """Whether a glob fits a relative path or one of the folders that hold it."""
    pattern = normal(pattern).rstrip("/")
    parts = path.split("/")
    return any(glob_matches(pattern, "/".join(parts[:end])) for end in range(1, len(parts) + 1))


def fixed_folder(pattern: str) -> str:
    """The folder below which every match of a glob lies; empty when it may lie anywhere."""
    parts = normal(pattern).split("/")
    fixed = []
    for part in parts[:-1]:
        if any(mark in part for mark in WILDCARDS):
            break
        fixed.append(part)
    return "/".join(fixed)


def is_path(pattern: str) -> bool:
    """Whether a glob names one file: it has a folder and no wildcard."""
    pattern = normal(pattern)
    return "/" in pattern and not any(mark in pattern for mark in WILDCARDS)


def normal(pattern: str) -> str:
    """A glob with `/` between folders and without a `./` before it."""
    return pattern.replace("\\", "/").removeprefix("./")


def _parts_match(patterns: list[str], parts: list[str]) -> bool:
    """Whether the pattern fits all of the path; bounded by the product of the two lengths."""
    reachable = {0}
    for pattern in patterns:
        if pattern == "**":
            reachable = set(range(min(reachable, default=len(parts) + 1), len(parts) + 1))
        else:
            reachable = {
                index + 1
                for index in reachable
                if index < len(parts) and fnmatchcase(parts[index], pattern)
            }
    return len(parts) in reachable

"""Finding the files that a command line means."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO

from provlint.source.limits import MAXIMUM_BYTES
from provlint.source.problem import SourceProblem
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = (".json", ".jsonc", ".tftpl", ".yaml", ".yml")
"""Endings of names that a walk through a directory looks at; named files are always read."""

SKIPPED_DIRECTORIES = frozenset({"node_modules", "__pycache__", "site-packages", "venv"})
"""Directories that a walk leaves out, beside hidden ones such as `.git` and `.venv`."""

STDIN = "-"
_DEEPEST = 64


class Found(NamedTuple):
    """A file to look at, or why there is none.

    Attributes:
        path: Path as the user would write it, with the separators of the system; `-` for stdin.
        explicit: The user named the file, so that not recognising it is worth a message. Files of
            a walk or a pattern are passed over when they hold no configuration.
        problem: Why nothing can be read here.
    """

    path: str
    explicit: bool
    problem: SourceProblem | None = None


def discover(
    paths: Iterable[str], exclude: Iterable[str] = (), suffixes: tuple[str, ...] = SUFFIXES
) -> Iterator[Found]:
    """Give the files of paths, directories and patterns, each file once, in a stable order.

    Nothing is opened. Symbolic links are followed, each directory once.

    Args:
        paths: Files, directories, patterns such as `apps/**/*.json`, or `-`.
        exclude: Patterns of paths to leave out of walks and patterns. One with `/` is matched to
            the whole path, one without to each of its parts.
        suffixes: Endings, in lower case, of the names that a walk looks at.
    """
    patterns = tuple(exclude)
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path, patterns, suffixes):
            if found.problem is None:
                identity = found.path if found.path == STDIN else os.path.realpath(found.path)
                if identity in seen:
                    continue
                seen.add(identity)
            yield found


def read_bytes(path: str, stdin: BinaryIO | None = None) -> bytes | SourceProblem:
    """Return the bytes of a file, or why it cannot be read.

    Args:
        path: A path, or `-` for standard input.
        stdin: Read in place of standard input.
    """
    try:
        if path == STDIN:
            stream = stdin if stdin is not None else sys.stdin.buffer
            return stream.read(MAXIMUM_BYTES + 1)
        # Asked before opening: to open a named pipe waits until somebody writes into it.
        if not _can_be_read(path, os.stat(path).st_mode):
            return _problem(
                "not-a-file",
                f"`{path}` is neither a file nor a directory",
                f"name a file, or give the text to standard input and `{STDIN}` as the path",
            )
        with open(path, "rb") as file:
            return file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        if os.path.islink(path) and not os.path.exists(path):
            return _broken_link(path)
        reason = (error.strerror or str(error)).lower()
        return _problem(
            "unreadable-file",
            f"`{path}` cannot be read: {reason}",
            "check its permissions, and that it is not open elsewhere",
        )


def _broken_link(path: str) -> SourceProblem:
    return _problem("broken-link", f"`{path}` is a link to nothing", "repair or remove the link")


def _can_be_read(path: str, mode: int) -> bool:
    """Whether opening does not wait: a file, or a pipe that the shell made for `<(command)`."""
    shell_made = path.startswith(("/dev/fd/", "/proc/self/fd/"))
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode) or (shell_made and stat.S_ISFIFO(mode))


def _problem(code: str, message: str, advice: str) -> SourceProblem:
    return SourceProblem(code, message, advice, 0, 0)


def _expand(path: str, exclude: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[Found]:
    if path == STDIN:
        yield Found(path, True)
    elif os.path.isdir(path):
        yield from _directory(path, exclude, suffixes)
    elif os.path.exists(path):
        yield Found(path, True)
    elif any(mark in path for mark in "*?["):
        yield from _pattern(path, exclude, suffixes)
    elif os.path.lexists(path):
        yield Found(path, True, _broken_link(path))
    else:
        yield Found(path, True, _missing(path))


def _missing(path: str) -> SourceProblem:
    from difflib import get_close_matches

    folder, name = os.path.split(path)
    try:
        names = sorted(os.listdir(folder or os.curdir))[:2000]
    except OSError:
        names = []
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        advice = f"did you mean `{os.path.join(folder, close[0])}`"
    else:
        advice = f"check the path; it is taken from `{os.getcwd()}`"
    return _problem("no-such-file", f"`{path}` does not exist", advice)


def _pattern(pattern: str, exclude: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[Found]:
    import glob

    matched = False
    for path in sorted(glob.glob(pattern, recursive=True)):
        matched = True
        if os.path.isdir(path):
            if not pattern.endswith("**"):
                yield from _directory(path, exclude, suffixes)
        elif not _excluded(path, exclude):
            yield Found(path, False)
    if not matched:
        problem = _problem(
            "no-match",
            f"the pattern `{pattern}` matches no file",
            "check the pattern and the folder",
        )
        yield Found(pattern, True, problem)


def _directory(path: str, exclude: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[Found]:
    empty = True
    for found in _walk(path, exclude, suffixes):
        empty = False
        yield found
    if empty:
        names = ", ".join(f"`*{suffix}`" for suffix in suffixes)
        problem = _problem(
            "no-candidates",
            f"`{path}` holds no file named {names}",
            "name the file itself if it has another ending",
        )
        yield Found(path, True, problem)


def _walk(top: str, exclude: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[Found]:
    seen: set[tuple[int, int]] = set()
    waiting = [(top, 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            status = os.stat(folder)
            identity = (status.st_dev, status.st_ino)
            if identity in seen and status.st_ino:
                continue
            seen.add(identity)
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"the directory `{folder}` cannot be read: {reason}"
            problem = _problem("unreadable-directory", message, "check its permissions")
            yield Found(folder, True, problem)
            continue
        inner: list[tuple[str, int]] = []
        for entry in listed:
            path = entry.name if folder == os.curdir else os.path.join(folder, entry.name)
            if entry.name.startswith(".") or _excluded(path, exclude):
                continue
            if _is_directory(entry):
                if entry.name in SKIPPED_DIRECTORIES:
                    continue
                if depth < _DEEPEST:
                    inner.append((path, depth + 1))
                else:
                    message = f"`{path}` is more than {_DEEPEST} directories deep"
                    problem = _problem("too-deep", message, "name the directory itself")
                    yield Found(path, True, problem)
            elif entry.name.lower().endswith(suffixes):
                yield Found(path, False)
        waiting += reversed(inner)


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _excluded(path: str, exclude: tuple[str, ...]) -> bool:
    if not exclude:
        return False
    from fnmatch import fnmatch

    whole = path.replace(os.sep, "/").removeprefix("./")
    parts = whole.split("/")
    for pattern in exclude:
        if "/" in pattern.rstrip("/"):
            bare = pattern.removeprefix("./").rstrip("/")
            if fnmatch(whole, bare) or fnmatch(whole, f"{bare}/*"):
                return True
        elif any(fnmatch(part, pattern.rstrip("/")) for part in parts):
            return True
    return False

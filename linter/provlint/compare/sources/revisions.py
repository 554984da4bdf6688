"""The files that differ between two revisions, or between a revision and the working tree."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from provlint.compare.sources.candidates import Candidate, Text
from provlint.compare.sources.git import Repository
from provlint.simulate.configuration_files import read_file
from provlint.simulate.inputs.problem import refuse
from provlint.source.discovery import SKIPPED_DIRECTORIES, SUFFIXES, discover
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from provlint.compare.sources.git import Blob


class Range(NamedTuple):
    """What a word such as `main..feature` names.

    Attributes:
        old: The revision before.
        new: The revision after; None for the working tree.
        from_merge_base: Whether the comparison begins where the two parted (`main...feature`).
    """

    old: str
    new: str | None
    from_merge_base: bool = False


def range_of(word: str) -> Range:
    """Understand a word as git does: `A`, `A..B`, `A...B`; an empty end is `HEAD`."""
    for dots in ("...", ".."):
        old, found, new = word.partition(dots)
        if found:
            return Range(old or "HEAD", new or "HEAD", dots == "...")
    return Range(word, None)


def revisions(word: str, paths: Sequence[str]) -> tuple[list[Candidate], list[str]]:
    """The files below the paths that the two sides have otherwise, and what is worth saying.

    Args:
        word: A revision or a range of two.
        paths: Files and folders on disk or in one of the revisions; the current folder for none.

    Raises:
        InputError: There is no repository, no such revision, or a path is in neither of the two.
    """
    asked = range_of(word)
    found: dict[str, Candidate] = {}
    notes: list[str] = []
    for path in paths or (os.curdir,):
        repository = Repository(folder_of(path))
        for candidate in _differing(repository, asked, path, notes):
            found.setdefault(candidate.name, candidate)
    return list(found.values()), list(dict.fromkeys(notes))


def folder_of(path: str) -> str:
    """The nearest folder of a path that is there."""
    folder = path if os.path.isdir(path) else os.path.dirname(path) or os.curdir
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder) or os.curdir
    return folder


def _differing(
    repository: Repository, asked: Range, path: str, notes: list[str]
) -> Iterator[Candidate]:
    commit = repository.commit(asked.old)
    if asked.from_merge_base:
        commit = repository.merge_base(asked.old, asked.new or "HEAD")
    inner = repository.inner(path)
    old = _configurations(repository.files(commit, path), inner)
    if asked.new is None:
        new = _on_disk(repository, path)
    else:
        new = _configurations(repository.files(repository.commit(asked.new), path), inner)
        if asked.new == "HEAD":
            _uncommitted(repository, path, new, notes)
    if not old and not new:
        other = "the working tree" if asked.new is None else quote(asked.new)
        message = f"{quote(path)} is in neither of {quote(asked.old)} and {other}"
        raise refuse("no-such-file", path, message, "check the path")
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        shown = os.path.relpath(os.path.join(repository.top, name)).replace(os.sep, "/")
        was = _text(repository, before, f"{asked.old}:{shown}")
        now = _text(repository, after, shown if asked.new is None else f"{asked.new}:{shown}")
        if was is None or now is None or was.data != now.data:
            yield Candidate(shown, was, now, name == inner)


def _text(repository: Repository, file: Blob | str | None, title: str) -> Text | None:
    """A file of a revision, or of the disk."""
    if file is None:
        return None
    return Text(title, read_file(file) if isinstance(file, str) else repository.read(file, title))


def _configurations(files: Mapping[str, Blob], named: str) -> dict[str, Blob | str]:
    """The files that may be configurations, as a walk through a folder takes them."""
    found: dict[str, Blob | str] = {}
    for name, blob in files.items():
        *folders, last = name.removeprefix(named).strip("/").split("/")
        hidden = any(part.startswith(".") or part in SKIPPED_DIRECTORIES for part in folders)
        if name == named or (
            last.lower().endswith(SUFFIXES) and not last.startswith(".") and not hidden
        ):
            found[name] = blob
    return found


def _on_disk(repository: Repository, path: str) -> dict[str, Blob | str]:
    """The files of the working tree, by their path from the top."""
    if not os.path.lexists(path):
        return {}
    return {
        repository.inner(each.path): each.path for each in discover([path]) if each.problem is None
    }


def _uncommitted(
    repository: Repository, path: str, committed: Mapping[str, Blob | str], notes: list[str]
) -> None:
    """Say which files differ from `HEAD` on disk, where `HEAD` is compared."""
    for name, file in _on_disk(repository, path).items():
        blob = committed.get(name)
        data = read_file(str(file))
        if blob is None or isinstance(blob, str) or _identity(data, blob.identity) == blob.identity:
            continue
        shown = os.path.relpath(str(file)).replace(os.sep, "/")
        notes.append(
            f"{quote(shown)} has changes that are not committed and not looked at; name one"
            " revision alone to compare it with the files on disk"
        )


def _identity(data: bytes, like: str) -> str:
    """The name that git gives to these bytes; line ends of Windows count as those of git."""
    from hashlib import sha1, sha256

    make = sha1 if len(like) == 40 else sha256
    made = ""
    for text in (data, data.replace(b"\r\n", b"\n")):
        made = make(b"blob %d\0" % len(text) + text, usedforsecurity=False).hexdigest()
        if made == like:
            break
    return made

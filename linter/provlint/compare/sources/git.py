"""Files as git has them. Nothing is checked out, written, fetched or run from the repository.

Only commands that read objects are used, which call no hook, filter or program of the user's.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from provlint.simulate.inputs.problem import refuse
from provlint.source.limits import MAXIMUM_BYTES
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.simulate.inputs.problem import InputError

SECONDS = 60
"""Longest run of one command of git."""

MOST_FILES = 200_000
"""Files of one revision below the paths that are looked at."""

_REGULAR = ("100644", "100755", "100664")
_ENVIRONMENT: Mapping[str, str] = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OPTIONS = ("-c", "core.fsmonitor=false", "-c", "protocol.allow=never", "--no-replace-objects")


class Blob(NamedTuple):
    """A file of a revision.

    Attributes:
        identity: Name of the object; equal for equal bytes.
        size: Its bytes.
    """

    identity: str
    size: int


class Repository:
    """A repository, seen from a folder of its working tree.

    Attributes:
        top: The top folder of the working tree.
    """

    def __init__(self, folder: str) -> None:
        """Find the repository of a folder.

        Raises:
            InputError: There is none, or git cannot be run.
        """
        self._folder = folder
        self.top = os.path.realpath(
            self._run("rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").strip()
        )

    def commit(self, revision: str) -> str:
        """The commit that a revision names.

        Raises:
            InputError: It names none.
        """
        if not revision or revision.startswith("-") or not revision.isprintable():
            raise _unknown(revision, self.top)
        found = self._answer("rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}")
        if found is None:
            raise _unknown(revision, self.top)
        return found.decode("ascii", "replace").strip()

    def merge_base(self, one: str, other: str) -> str:
        """The commit at which two histories parted.

        Raises:
            InputError: They have none in common.
        """
        found = self._answer("merge-base", self.commit(one), self.commit(other))
        if found is None:
            message = f"{quote(one)} and {quote(other)} have no common commit"
            advice = "fetch more of the history; in CI, check out with the whole history"
            raise refuse("no-merge-base", f"{one}...{other}", message, advice)
        return found.decode("ascii", "replace").split()[0]

    def files(self, commit: str, path: str) -> dict[str, Blob]:
        """The files at or below a path, by their path from the top with `/`.

        Links and submodules are left out.

        Args:
            commit: What `commit` gave.
            path: A path on disk; it need not exist there.

        Raises:
            InputError: The path lies outside of the repository, or there are too many files.
        """
        inner = self.inner(path)
        listed = self._run(
            "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *([inner] if inner else [])
        )
        entries = listed.split(b"\0")
        if len(entries) > MOST_FILES:
            message = f"the revision has more than {MOST_FILES:,} files here"
            raise refuse("too-many-files", path, message, "name the folder of the configurations")
        found = {}
        for entry in entries:
            facts, tab, name = entry.partition(b"\t")
            words = facts.decode("ascii", "replace").split()
            if tab and len(words) == 4 and words[0] in _REGULAR and words[3].isdigit():
                found[name.decode("utf-8", "surrogateescape")] = Blob(words[2], int(words[3]))
        return found

    def inner(self, path: str) -> str:
        """A path on disk as the repository calls it; empty for the top.

        Raises:
            InputError: The path lies outside of the repository.
        """
        folder, name = os.path.split(os.path.abspath(path))
        whole = os.path.join(os.path.realpath(folder), name)
        if os.path.isdir(whole):
            whole = os.path.realpath(whole)
        inner = os.path.relpath(whole, self.top).replace(os.sep, "/")
        if inner == ".." or inner.startswith("../") or os.path.isabs(inner):
            message = f"{quote(path)} lies outside of the repository {quote(self.top)}"
            raise refuse("outside", path, message, "name a path of the repository")
        return "" if inner == "." else inner

    def read(self, blob: Blob, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            InputError: It is too large, or the repository does not have it.
        """
        if blob.size > MAXIMUM_BYTES:
            message = f"{quote(name)} is larger than {MAXIMUM_BYTES // 2**20} MiB"
            raise refuse("too-large", name, message, "compare smaller files")
        return self._run("cat-file", "blob", blob.identity)

    def _answer(self, *words: str) -> bytes | None:
        """What a command prints; None where it fails."""
        code, out, _ = _git(self._folder, words)
        return out if code == 0 else None

    def _run(self, *words: str) -> bytes:
        code, out, error = _git(self._folder, words)
        if code == 0:
            return out
        raise _failure(self._folder, words[0], error.decode("utf-8", "replace"))


def _git(folder: str, words: tuple[str, ...]) -> tuple[int, bytes, bytes]:
    command = ("git", "-C", folder, *_OPTIONS, *words)
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, **_ENVIRONMENT},
            check=False,
        )
    except FileNotFoundError:
        message = "git is not installed, or not on the PATH"
        advice = "install git, or give two files: `provlint compare OLD NEW`"
        raise refuse("no-git", "git", message, advice) from None
    except subprocess.TimeoutExpired:
        message = f"`git {words[0]}` did not answer within {SECONDS} seconds"
        raise refuse("git-timeout", folder, message, "run it by hand to see why") from None
    return done.returncode, done.stdout, done.stderr


def _failure(folder: str, command: str, told: str) -> InputError:
    """The error in what git said."""
    line = next((line for line in told.splitlines() if line.strip()), "no reason is given")
    line = line.removeprefix("fatal: ").removeprefix("error: ")
    if "not a git repository" in line:
        message = f"{quote(folder)} is in no git repository"
        advice = "run this in the repository, or give two files: `provlint compare OLD NEW`"
        return refuse("no-repository", folder, message, advice)
    if "dubious ownership" in line:
        message = f"git refuses the repository of {quote(folder)}, as it belongs to somebody else"
        advice = "run `git config --global --add safe.directory FOLDER` with its top folder"
        return refuse("unsafe-repository", folder, message, advice)
    if "must be run in a work tree" in line:
        message = f"the repository of {quote(folder)} has no working tree"
        return refuse("no-working-tree", folder, message, "clone it, and run this in the clone")
    message = f"`git {command}` failed: {line}"
    return refuse("git-failed", folder, message, "run it by hand to see why")


def _unknown(revision: str, top: str) -> InputError:
    message = f"{quote(revision)} is no revision of the repository {quote(top)}"
    advice = "check its spelling; in CI, check out with the whole history (`fetch-depth: 0`)"
    return refuse("unknown-revision", revision, message, advice)

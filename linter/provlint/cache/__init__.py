"""What a lint found in a file, kept until the file, the rules or the options change.

An entry is found by a hash of everything that the findings depend on, so that it is never out of
date; it can only be missing. It holds the findings before suppressions, a baseline and the
threshold had their say. It is plain text: a line of words, and the findings as JSON.

The folder is only used where nobody but the user can write into it (`provlint.cache.folder`).
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from provlint.cache.folder import LINT, VARIABLE, find_folder, refusal, write
from provlint.lint import Linted

try:  # a sixth of what `hashlib` costs at start
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from provlint.request import Plan

MAXIMUM_ENTRY = 262_144
"""Bytes of the largest entry: some 300 findings; a file with more is linted again."""

USED = 86_400.0
"""Seconds after which the use of an entry is noted, so that the pruning spares it."""

_CHECK = 16
"""Bytes of the hash that tells a damaged entry."""


class LintCache:
    """The results of earlier runs under the same rules, options and configuration.

    Attributes:
        problem: Why the folder that the user named is not used; empty where it is. That of the
            system is passed over in silence: the findings are the same without it.
    """

    def __init__(self, folder: str, recipe: bytes) -> None:
        """Prepare.

        Args:
            folder: Made when the first result is kept.
            recipe: What the results depend on, besides the files.
        """
        self._folder = folder
        self._recipe = blake2b(recipe, digest_size=20)
        self._reads = os.path.lexists(folder)
        self._writes = True
        self.problem = ""
        if self._reads:
            self._refuse(refusal(folder))

    def key(self, data: bytes, name: str, *circumstances: object) -> str:
        """What the result for a file is found by.

        Args:
            data: The bytes of the file.
            name: Its name, whose ending says how it is read.
            circumstances: What else decides, and is not the same for all files.
        """
        _, dot, ending = os.path.basename(name).lower().partition(".")
        what = self._recipe.copy()
        what.update(repr((dot + ending, circumstances)).encode("utf-8", "backslashreplace"))
        what.update(data)
        return what.hexdigest()

    def get(self, key: str, name: str) -> Linted | None:
        """The result under a key, for a file of this name; None if there is no sound one."""
        if not self._reads:
            return None
        path = self._path(key)
        try:
            with open(path, "rb") as file:
                entry = file.read(MAXIMUM_ENTRY + 1)
                if time.time() - os.fstat(file.fileno()).st_mtime > USED:
                    os.utime(path)
            return _linted(entry, name)
        except (OSError, TypeError, ValueError):  # missing, or not as `put` writes it
            return None

    def put(self, key: str, linted: Linted, text: str) -> None:
        """Keep a result, unless it tells secrets of the text, or there is no room for it.

        A failure to write is no failure of the lint: the next run does the work again.
        """
        if not self._writes:
            return
        findings: str | None = ""
        if linted.diagnostics:
            from provlint.cache.entry import findings_text

            findings = findings_text(linted.diagnostics, text)
        if findings is None:
            return
        words = f"{linted.shape}\t{linted.recognised:d}\t{linted.hidden}\n"
        content = (words + findings).encode("ascii")
        if len(content) > MAXIMUM_ENTRY - 2 * _CHECK:
            return
        try:
            self._refuse(write(self._folder, self._path(key), _checksum(content) + content))
        except OSError:
            self._writes = False

    def _refuse(self, reason: str) -> None:
        if reason:
            self._reads = self._writes = False
            self.problem = reason if os.environ.get(VARIABLE) else ""

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, LINT, key[:2], key[2:])


def _linted(entry: bytes, name: str) -> Linted | None:
    check, content = entry[: 2 * _CHECK], entry[2 * _CHECK :]
    if check != _checksum(content):
        return None
    words, _, findings = content.decode("ascii").partition("\n")
    shape, recognised, hidden = words.split("\t")
    if not findings:
        return Linted(recognised == "1", shape, (), int(hidden))
    from provlint.cache.entry import read_findings

    return Linted(recognised == "1", shape, read_findings(findings, name), int(hidden))


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK).hexdigest().encode("ascii")


def lint_cache(plan: Plan) -> LintCache | None:
    """The cache of a run; None where the user wants none or no folder is known."""
    found = plan.found
    if not plan.request.use_cache or (found is not None and not found.settings.cache):
        return None
    folder = find_folder()
    if not folder:
        return None
    from provlint.cache.identity import recipe

    try:
        return LintCache(folder, recipe(plan))
    except OSError:  # the program does not lie in folders
        return None

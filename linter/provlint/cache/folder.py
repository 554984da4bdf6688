"""The folder that results are kept in, and how it stays small and the user's own."""

from __future__ import annotations

import os
import stat
import sys

VARIABLE = "PROVLINT_CACHE_DIR"

LINT = "lint"
"""Folder of the entries; they stand in 256 folders named by the first two digits of the key."""

MOST_ENTRIES = 64
MOST_BYTES = 1_000_000
"""What one of the 256 folders holds at most: 16,384 entries and 256 MB in all."""

_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by provlint; may be deleted.\n"
"""Tells programs that make backups to leave the folder out: https://bford.info/cachedir/"""


def find_folder() -> str:
    """The folder that the user named, or the one of the system; empty if there is neither."""
    environment = os.environ
    named = environment.get(VARIABLE)
    if named:
        return os.path.abspath(named)
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return os.path.join(local, "provlint", "Cache") if os.path.isabs(local) else ""
    if sys.platform == "darwin":
        home = os.path.expanduser("~/Library/Caches")
    else:
        home = environment.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(home):  # a relative one does not count, says the standard
            home = os.path.expanduser("~/.cache")
    return os.path.join(home, "provlint") if os.path.isabs(home) else ""


def refusal(folder: str) -> str:
    """Why a folder that exists is not used; empty if it is.

    Somebody else who can write into it could make findings disappear.
    """
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        return f"`{folder}` is no folder"
    if sys.platform != "win32":
        if status.st_uid != os.geteuid():
            return f"the folder `{folder}` belongs to another user"
        if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return f"others may write into the folder `{folder}`"
    return ""


def write(folder: str, path: str, entry: bytes) -> str:
    """Write an entry beside and rename it; then prune the folder that it stands in.

    Returns:
        Why the folder is not used; empty if it is.

    Raises:
        OSError: The entry cannot be written.
    """
    shard = os.path.dirname(path)
    beside = f"{path}.{os.getpid()}"
    try:
        _create(beside, entry)
    except FileNotFoundError:
        if not os.path.lexists(folder):
            os.makedirs(folder, 0o700, exist_ok=True)
            reason = refusal(folder)
            if reason:
                return reason
            with open(os.path.join(folder, "CACHEDIR.TAG"), "w", encoding="ascii") as tag:
                tag.write(_TAG)
        for part in (os.path.dirname(shard), shard):
            os.makedirs(part, 0o700, exist_ok=True)
        _create(beside, entry)
    os.replace(beside, path)
    _prune(shard)
    return ""


def _create(path: str, entry: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o600)
    except FileExistsError:  # left by a process of the same number that was killed
        os.unlink(path)
        handle = os.open(path, flags, 0o600)
    with open(handle, "wb") as file:
        file.write(entry)


def _prune(shard: str) -> None:
    """Delete the entries that were not used for longest, down to what the folder may hold."""
    found = []
    with os.scandir(shard) as entries:
        for entry in entries:
            try:
                status = entry.stat()
            except FileNotFoundError:  # another run prunes too
                continue
            found.append((status.st_mtime_ns, status.st_size, entry.path))
    found.sort(reverse=True)
    total = 0
    for number, (_, size, path) in enumerate(found, 1):
        total += size
        if number > MOST_ENTRIES or total > MOST_BYTES:
            try:
                os.unlink(path)
            except FileNotFoundError:
                continue

"""Where the output of a verb goes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_output(path: str | None, pieces: Iterable[str]) -> None:
    """Write to standard output, or beside the file and then in its place."""
    if path in (None, "-"):
        for piece in pieces:
            sys.stdout.write(piece)
        return
    if os.path.exists(path) and not os.path.isfile(path):  # a device or a pipe stays what it is
        with open(path, "w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)
        return
    beside = f"{path}.{os.getpid()}.part"
    try:
        with open(beside, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        os.replace(beside, path)
    finally:
        if os.path.exists(beside):
            os.remove(beside)

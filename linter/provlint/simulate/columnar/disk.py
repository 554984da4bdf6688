"""What is said when the disk has no room for what does not fit into memory."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from provlint.simulate.inputs.problem import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = ("max_temp_directory_size", "No space left on device")
"""What DuckDB says of it."""


def is_full(error: BaseException) -> bool:
    """Whether an error of DuckDB or of the system says that the disk is full."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return True
    return any(sign in str(error) for sign in _SIGNS)


@contextmanager
def temporary_files_in(folder: str) -> Iterator[None]:
    """Say in words that a disk is full.

    Args:
        folder: Where temporary files are written.

    Raises:
        InputError: The disk is full.
    """
    try:
        yield
    except Exception as error:
        if not is_full(error):
            raise
        raise refuse(
            "disk-full",
            folder,
            f"the disk of `{folder}` has no room for the temporary files of so many users",
            "free space there, or let `TMPDIR` name a folder on another disk",
        ) from error

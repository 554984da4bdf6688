"""Which texts the words of `provlint compare` name."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from provlint.cli.exit_status import NOTHING_TO_CHECK
from provlint.compare.sources.candidates import two_paths
from provlint.compare.sources.revisions import revisions
from provlint.simulate.inputs.problem import InputError, refuse
from provlint.wording import alternatives, quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.compare.sources.candidates import Candidate


def candidates_of(
    words: tuple[str, ...], paths: tuple[str, ...] | None
) -> tuple[list[Candidate], list[str]]:
    """What the words of the command line name, and what is worth saying of it."""
    if paths is not None or len(words) == 1:
        if len(words) != 1:
            message = f"one revision stands before `--`, not {len(words)} words"
            advice = "write `provlint compare main -- schema.json`, or `main..feature`"
            raise refuse("bad-option", "--", message, advice)
        if paths is None and os.path.exists(words[0]):
            message = f"{quote(words[0])} is one file or folder, and two are compared"
            advice = f"name the other one, or a revision: `provlint compare main -- {words[0]}`"
            raise refuse("bad-option", "OLD NEW", message, advice)
        for path in paths or ():
            if path.startswith("-") and not os.path.lexists(path):
                message = f"{quote(path)} stands behind `--`, where paths stand"
                raise refuse("bad-option", "--", message, "write options before `--`")
        return revisions(words[0], paths or ())
    if len(words) != 2:
        message = f"two files or two folders are compared, not {len(words)}"
        advice = "write `provlint compare OLD NEW`, or `provlint compare main -- FILE…`"
        raise refuse("bad-option", "OLD NEW", message, advice)
    if words == ("-", "-"):
        raise refuse("bad-option", "-", "standard input is one text", "name a file for the other")
    if not os.path.lexists(words[0]) and words[0] != "-" and os.path.lexists(words[1]):
        _perhaps_revision(*words)
    return list(two_paths(*words)), []


def _perhaps_revision(first: str, path: str) -> None:
    """Refuse a revision without `--`, which would be taken for a file."""
    from provlint.compare.sources.git import Repository
    from provlint.compare.sources.revisions import folder_of, range_of

    try:
        Repository(folder_of(path)).commit(range_of(first).old)
    except InputError:
        return
    message = f"{quote(first)} is no file; as a revision it stands before `--`"
    advice = f"write `provlint compare {first} -- {path}`"
    raise refuse("bad-option", first, message, advice)


def nothing(words: tuple[str, ...], paths: tuple[str, ...] | None, notes: Iterable[str]) -> int:
    """Say that no configuration changed."""
    where = alternatives(paths or (), "and")
    what = f"in {where}" if where else "here"
    if paths is None and len(words) == 2:
        what = f"between {quote(words[0])} and {quote(words[1])}"
    print(f"no provisioning configuration differs {what}", file=sys.stderr)
    for note in notes:
        print(f"note: {note}", file=sys.stderr)
    return NOTHING_TO_CHECK

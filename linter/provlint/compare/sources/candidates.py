"""The pairs of texts that a comparison is about, before anybody looks into them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from provlint.simulate.configuration_files import read_file
from provlint.simulate.inputs.problem import of_source, refuse
from provlint.source.discovery import discover
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Text(NamedTuple):
    """One text.

    Attributes:
        name: How messages call it; its suffix tells YAML from JSON.
        data: The bytes.
    """

    name: str
    data: bytes


class Candidate(NamedTuple):
    """Two texts of one file; one of them is None where the file is on one side only.

    Attributes:
        name: How reports call the file.
        old: As it was.
        new: As it is.
        explicit: Whether the user named the file, so that it must hold a configuration.
    """

    name: str
    old: Text | None
    new: Text | None
    explicit: bool = False


def two_paths(old: str, new: str) -> Iterator[Candidate]:
    """Two files, or the files of two folders by their path below the folder.

    Raises:
        InputError: A path is missing or cannot be read, or one is a file and the other a folder.
    """
    folders = os.path.isdir(old), os.path.isdir(new)
    if folders[0] is not folders[1]:
        folder, file = (old, new) if folders[0] else (new, old)
        message = f"{quote(folder)} is a folder and {quote(file)} is not"
        raise refuse("bad-option", "OLD NEW", message, "give two files or two folders")
    if not folders[0]:
        yield Candidate(new, Text(old, read_file(old)), Text(new, read_file(new)), True)
        return
    found = [_below(folder) for folder in (old, new)]
    for name in sorted({*found[0], *found[1]}):
        texts = [
            Text(files[name], read_file(files[name])) if name in files else None for files in found
        ]
        if texts[0] is None or texts[1] is None or texts[0].data != texts[1].data:
            yield Candidate(name, texts[0], texts[1])


def _below(folder: str) -> dict[str, str]:
    """The files of a folder by their path below it."""
    found = {}
    for each in discover([folder]):
        if each.problem is None:
            found[os.path.relpath(each.path, folder).replace(os.sep, "/")] = each.path
        elif each.problem.code != "no-candidates":
            raise of_source(each.problem, each.path)
    return found

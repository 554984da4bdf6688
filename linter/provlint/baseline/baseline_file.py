"""A baseline file in memory: read, checked, and written so that its differences read well."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from provlint.baseline.fingerprint import Fingerprint, well_formed
from provlint.baseline.published import VERSION, BaselineFile
from provlint.report.json_text import harmless_json
from provlint.validation import read_file, validated
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.source.source_file import SourceFile

Accepted = Counter[Fingerprint]
"""How many findings of each fingerprint are accepted in one file."""


class Baseline(NamedTuple):
    """A baseline file.

    Attributes:
        path: The file.
        files: What is accepted, by file, relative to the folder of the baseline.
        provlint: Version of the program that wrote it; empty for a baseline that is yet to be.
        source: The text; None for a baseline that is yet to be.
    """

    path: str
    files: Mapping[str, Accepted]
    provlint: str = ""
    source: SourceFile | None = None

    def key(self, path: str) -> str:
        """A file as the baseline names it: relative to its folder, with `/` between folders."""
        path = _in_real_folder(path)
        with suppress(ValueError):  # another drive
            path = os.path.relpath(path, os.path.dirname(_in_real_folder(self.path)))
        return well_formed(path.replace(os.sep, "/"))

    def accepted(self, key: str) -> Accepted:
        """What is accepted in a file that the baseline calls so."""
        return self.files.get(key) or Counter()

    def place_of(self, key: str) -> str:
        """The file that the baseline calls so."""
        return os.path.join(os.path.dirname(_in_real_folder(self.path)), key)


def _in_real_folder(path: str) -> str:
    """A path without links to folders; the file itself may be a link."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def read_baseline(path: str) -> Baseline:
    """Read a baseline file.

    Raises:
        InvalidFileError: It cannot be read, is damaged, is something else, or is of a later
            version.
    """
    source = read_file(path)
    read = validated(source, BaselineFile)
    files: dict[str, Accepted] = {}
    for file, entries in read.files.items():
        accepted = files[file] = Counter()
        for entry in entries:
            accepted[Fingerprint(entry.rule, entry.about, entry.mentions)] += entry.count
    return Baseline(path, files, read.provlint, source)


def baseline_text(files: Mapping[str, Accepted], names: Mapping[str, str], provlint: str) -> str:
    """The text of a baseline file: sorted, and with a line for each entry.

    Args:
        files: What is accepted, by file.
        names: Rule id to the name of the rule.
        provlint: Version of the program.
    """
    rows = [
        "{",
        f'  "version": {VERSION},',
        f'  "provlint": {harmless_json(provlint)},',
        '  "files": {',
    ]
    named = sorted((file, accepted) for file, accepted in files.items() if accepted)
    for file, accepted in named:
        rows.append(f"    {harmless_json(file)}: [")
        entries = [_entry(*each, names) for each in sorted(accepted.items())]
        rows += [f"      {entry}," for entry in entries[:-1]] + [f"      {entries[-1]}"]
        rows.append("    ]," if file != named[-1][0] else "    ]")
    return "\n".join([*rows, "  }", "}", ""])


def _entry(fingerprint: Fingerprint, count: int, names: Mapping[str, str]) -> str:
    entry: dict[str, object] = {"rule": fingerprint.rule}
    if fingerprint.rule in names:
        entry["name"] = names[fingerprint.rule]
    entry["about"] = list(fingerprint.about)
    if fingerprint.mentions:
        entry["mentions"] = list(fingerprint.mentions)
    if count > 1:
        entry["count"] = count
    return harmless_json(entry)

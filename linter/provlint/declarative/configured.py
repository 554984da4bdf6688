"""The own rules that a configuration file and a command line name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from provlint.declarative.load import expand, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provlint.config.find import Found
    from provlint.declarative.own_rule import ReadyRule
    from provlint.rule import Rule


def configured_rules(
    found: Found | None, files: Iterable[str], known: Sequence[Rule]
) -> list[ReadyRule]:
    """The own rules of a run, those of the configuration file first.

    Args:
        found: The configuration file, if there is one.
        files: Files and patterns of the command line.
        known: The rules that there are without them.

    Raises:
        InvalidFileError: A file cannot be used, or a rule disagrees with its samples.
    """
    paths = [*expand(files)]
    facts = {}
    if found is not None:
        folder = relative_folder(found.folder)
        configured = list(expand(found.settings.rules, folder))
        seen = {os.path.realpath(path) for path in configured}
        paths = configured + [path for path in paths if os.path.realpath(path) not in seen]
        facts = dict(found.settings.facts)
    taken = [name for rule in known for name in (rule.info.id, rule.info.name)]
    return load(paths, facts, taken)


def relative_folder(folder: str) -> str:
    """A folder as messages name it; empty for the current one."""
    try:
        relative = os.path.relpath(folder)
    except ValueError:  # another drive
        return folder
    return "" if relative == os.curdir else relative

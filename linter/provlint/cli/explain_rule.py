"""Rules, explained by their pages.

Pages are found as files: importing the rules would cost more than all the rest of the verb.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def explain(word: str) -> Iterator[str]:
    """The page of the rule with this id or name, in any letter case."""
    folded = word.casefold()
    for path in _pages():
        name = os.path.basename(path)[: -len(".md")]
        if folded != name and not _is_id(folded):
            continue
        with open(path, encoding="utf-8") as file:
            title = file.readline()
            if folded == name or title.casefold().rstrip().endswith(f"({folded})"):
                yield title + file.read()


def known() -> Iterator[str]:
    """Names and ids of all rules."""
    for path in _pages():
        with open(path, encoding="utf-8") as file:
            name, _, rest = file.readline().removeprefix("# ").partition(" (")
        yield name
        yield rest.rstrip().removesuffix(")")


def _is_id(folded: str) -> bool:
    return folded.startswith("pl") and folded[2:].isdecimal()


def _pages() -> Iterator[str]:
    """The pages of the rules that ship with provlint, by group and name; last those on the run."""
    package = find_spec("provlint_rules")
    for root in (package.submodule_search_locations or ()) if package is not None else ():
        for group in sorted(os.listdir(root)):
            folder = os.path.join(root, group)
            if os.path.isdir(folder):
                names = (name for name in sorted(os.listdir(folder)) if name.endswith(".md"))
                yield from (os.path.join(folder, name) for name in names)
    own = os.path.join(os.path.dirname(os.path.dirname(__file__)), "program_rules")
    yield from (os.path.join(own, name) for name in sorted(os.listdir(own)) if name[-3:] == ".md")

"""What `--version --verbose` adds."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIBRARIES = ("click", "pydantic", "PyYAML")
"""What provlint needs at run time, for reports of faults."""


def details(language_date: str) -> str:
    """The dates of the facts that this version works with, and the versions it runs on."""
    from importlib.metadata import version

    from provlint.request import known_rules
    from provlint_grammar.catalogue import FUNCTIONS
    from provlint_grammar.scoping_filter.operators import OPERATORS

    rules = known_rules()
    strict = sum(1 for rule in rules if rule.info.profile == "strict")
    rows = [
        ("language", f"as documented by Microsoft on {language_date}"),
        ("functions", _catalogue(each.date for each in FUNCTIONS.values())),
        ("operators", _catalogue(each.date for each in OPERATORS.values())),
        ("rules", f"{len(rules)}, of which {strict} only in the profile `strict`"),
        ("python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        *((name.lower(), version(name)) for name in LIBRARIES),
        *_plugins(),
    ]
    return "\n".join(f"{name + ':':<11}{value}" for name, value in rows)


def _plugins() -> Iterator[tuple[str, str]]:
    """The plugins that the configuration file names, and why they are of no use if they are not."""
    from provlint.own_rules import loaded_plugins
    from provlint.request import LintError, Request, configuration
    from provlint.wording import counted

    try:
        for plugin in loaded_plugins(Request(()), configuration(None)):
            rules = counted(len(plugin.rules), "rule")
            yield "plugin", f"{plugin.name} {plugin.version}, {rules}"
    except LintError as error:
        yield "plugin", str(error)


def _catalogue(dates: Iterable[str]) -> str:
    known = sorted(dates)
    return f"{len(known)}, from pages of {known[0]} to {known[-1]}"

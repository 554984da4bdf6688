"""Rules from installed packages, through the entry points of the group `provlint.rules`.

A plugin is code, so it comes from the environment of provlint alone, never from the files that are
linted, and only when the configuration file names it.
"""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, get_args

from provlint.rule import API_VERSION, OWN_ID, OWN_NAME, Rule, RuleInfo, Unit
from provlint.wording import alternatives, did_you_mean, quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GROUP = "provlint.rules"
CORE = "core"
"""The entry point of the rules that ship with provlint, which nobody needs to name."""


class Plugin(NamedTuple):
    """Rules of an installed package.

    Attributes:
        name: Name of the package, as installers know it.
        version: Its version.
        module: The module that holds the rules.
        rules: The rules.
    """

    name: str
    version: str
    module: str
    rules: tuple[Rule, ...]


class PluginError(Exception):
    """A plugin cannot be used.

    Attributes:
        help: What to do.
    """

    def __init__(self, message: str, help: str) -> None:  # noqa: A002
        super().__init__(message)
        self.help = help


def load_plugins(names: Iterable[str], known: Iterable[Rule]) -> list[Plugin]:
    """The plugins of these names, each once.

    Args:
        names: Names of entry points, of packages or of modules; `-` and `_` are the same.
        known: The rules that there are already.

    Raises:
        PluginError: One is not installed, is written for another version of this contract, fails,
            or has a rule that is none.
    """
    installed = [each for each in entry_points(group=GROUP) if each.name != CORE]
    taken = {name for rule in known for name in (rule.info.id, rule.info.name)}
    plugins: dict[str, Plugin] = {}
    for name in names:
        found = next((each for each in installed if _folded(name) in _names(each)), None)
        if found is None:
            offered = [each.name for each in installed]
            raise PluginError(
                f"no plugin {quote(name)} is installed",
                did_you_mean(name, offered)
                or (f"installed are {alternatives(offered, 'and')}" if offered else "")
                or "install it with pip into the environment of provlint",
            )
        if found.value not in plugins:
            plugin = plugins[found.value] = load(found)
            for rule in plugin.rules:
                _claim(plugin, rule, taken)
    return list(plugins.values())


def load(found: EntryPoint) -> Plugin:
    """The plugin behind an entry point: a module, or a name in it that holds its rules.

    Raises:
        PluginError: It cannot be used.
    """
    name = found.dist.name if found.dist is not None else found.name
    version = found.dist.version if found.dist is not None else ""
    try:
        module: Any = EntryPoint(found.name, found.module, found.group).load()
        rules = getattr(module, found.attr or "RULES", None)
    except Exception as error:  # whatever its author did
        raise PluginError(
            f"plugin {quote(name)} cannot be loaded: {type(error).__name__}: {error}",
            "correct it, or remove it from `plugins`",
        ) from None
    written_for = getattr(module, "API_VERSION", None)
    if written_for != API_VERSION:
        says = f"version {written_for}" if written_for is not None else "no version"
        raise PluginError(
            f"plugin {quote(name)} is written for {says} of the contract of rules; this provlint"
            f" has version {API_VERSION}",
            "install a release of it for this provlint"
            if written_for is not None
            else f"write `API_VERSION = {API_VERSION}` beside its rules, once they are tested",
        )
    if not isinstance(rules, list | tuple) or not rules:
        raise PluginError(
            f"plugin {quote(name)} has no rules",
            f"let `{found.value}` name a tuple of `provlint.rule.Rule`",
        )
    for rule in rules:
        _check(name, rule)
    return Plugin(name, version, found.module, tuple(rules))


def _check(plugin: str, rule: Any) -> None:
    """Refuse what the engine could not run."""
    if not isinstance(rule, Rule) or not isinstance(rule.info, RuleInfo):
        raise PluginError(
            f"plugin {quote(plugin)} has {quote(repr(rule))} among its rules",
            "write `provlint.rule.Rule` with a `RuleInfo`",
        )
    info = rule.info
    if not re.fullmatch(OWN_ID, info.id) or info.id.startswith("PL"):
        raise PluginError(
            f"plugin {quote(plugin)} has a rule with the id {quote(info.id)}",
            "write letters and three digits, not `PL`, such as `CONTOSO101`",
        )
    if not re.fullmatch(OWN_NAME, info.name):
        raise PluginError(
            f"plugin {quote(plugin)} has a rule with the name {quote(info.name)}",
            "write small letters, digits and hyphens",
        )
    if rule.unit not in get_args(Unit):
        raise PluginError(
            f"rule {quote(info.id)} of plugin {quote(plugin)} asks for the unit"
            f" {quote(str(rule.unit))}",
            did_you_mean(str(rule.unit), get_args(Unit)) or "see `provlint.rule.Unit`",
        )


def _claim(plugin: Plugin, rule: Rule, taken: set[str]) -> None:
    for name in (rule.info.id, rule.info.name):
        if name in taken:
            raise PluginError(
                f"plugin {quote(plugin.name)} has a rule that is called {quote(name)}, as another"
                " one is",
                "choose another name for it, or use one of the two plugins",
            )
        taken.add(name)


def _names(found: EntryPoint) -> Iterator[str]:
    yield _folded(found.name)
    yield _folded(found.module)
    if found.dist is not None:
        yield _folded(found.dist.name)


def _folded(name: str) -> str:
    return name.casefold().replace("_", "-")

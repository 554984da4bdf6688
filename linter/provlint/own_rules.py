"""The rules of a run that do not ship with provlint: of plugins, and of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.request import LintError, Request, configuration, known_rules, place_of
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.config.find import Found
    from provlint.declarative.own_rule import ReadyRule
    from provlint.plugins import Plugin
    from provlint.rule import Rule


class OwnRules(NamedTuple):
    """Rules that do not ship with provlint.

    Attributes:
        plugins: Installed packages with rules.
        ready: The declarative rules.
    """

    plugins: tuple[Plugin, ...] = ()
    ready: tuple[ReadyRule, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All of them."""
        of_plugins = (rule for plugin in self.plugins for rule in plugin.rules)
        return (*of_plugins, *(each.rule for each in self.ready))

    @property
    def files(self) -> tuple[str, ...]:
        """The files that declarative rules stand in, each once."""
        return tuple(dict.fromkeys(each.file for each in self.ready))


def own_rules(request: Request, found: Found | None) -> OwnRules:
    """The rules that the configuration file and the command line name.

    Raises:
        LintError: A plugin or a file of rules cannot be used.
    """
    plugins = loaded_plugins(request, found)
    if not request.rules and (found is None or not found.settings.rules):
        return OwnRules(plugins)
    from provlint.declarative.configured import configured_rules
    from provlint.validation import InvalidFileError

    known = (*known_rules(), *OwnRules(plugins).rules)
    try:
        return OwnRules(plugins, tuple(configured_rules(found, request.rules, known)))
    except InvalidFileError as error:
        raise LintError(str(error), error.help, error.place) from None


def loaded_plugins(request: Request, found: Found | None) -> tuple[Plugin, ...]:
    """The plugins that the configuration file names.

    Raises:
        LintError: One cannot be used.
    """
    if found is None or not found.settings.plugins or not request.use_plugins:
        return ()
    from provlint.plugins import PluginError, load_plugins

    try:
        return tuple(load_plugins(found.settings.plugins, known_rules()))
    except PluginError as error:
        raise LintError(str(error), error.help, place_of(found, ("plugins",))) from None


def known_to(request: Request) -> tuple[Rule, ...]:
    """Every rule that such a run knows.

    Raises:
        LintError: The configuration file, a plugin or a file of rules cannot be used.
    """
    found = configuration(request.config_path, use_config=request.use_config)
    return (*known_rules(), *own_rules(request, found).rules)

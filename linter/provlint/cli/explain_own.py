"""Rules of one's own, explained by what their files say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.declarative.own_rule import ReadyRule
    from provlint.plugins import Plugin


def explain(word: str) -> Iterator[str]:
    """The page of the rule with this id or name, in any letter case.

    Where the configuration file, a plugin or a file of rules cannot be used, the verb ends here.
    """
    from provlint.declarative.page import page_of, page_of_plugin_rule

    folded = word.casefold()
    plugins, ready = _own()
    for rule in ready:
        if folded in (rule.text.id.casefold(), rule.text.name):
            yield page_of(rule)
    for plugin in plugins:
        for each in plugin.rules:
            if folded in (each.info.id.casefold(), each.info.name):
                yield page_of_plugin_rule(each, plugin.name)


def known() -> Iterator[str]:
    """Names and ids of all rules of one's own."""
    plugins, ready = _own()
    for info in (
        *(rule.rule.info for rule in ready),
        *(rule.info for plugin in plugins for rule in plugin.rules),
    ):
        yield from (info.name, info.id)


def _own() -> tuple[tuple[Plugin, ...], list[ReadyRule]]:
    from provlint.cli.lint_run import fail
    from provlint.request import LintError, Request, configuration, plugins_of, ready_rules

    request = Request(())
    try:
        found = configuration(None)
        plugins = plugins_of(request, found)
        return plugins, ready_rules(request, found, plugins)
    except LintError as error:
        sys.exit(fail(error))

"""Rules of one's own, explained by what their files say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.cli.explain import OwnSources
    from provlint.own_rules import OwnRules


def explain(sources: OwnSources, word: str) -> Iterator[str]:
    """The page of the rule with this id or name, in any letter case.

    Where the configuration file, a plugin or a file of rules cannot be used, the verb ends here.
    """
    from provlint.declarative.page import page_of, page_of_plugin_rule

    folded = word.casefold()
    own = _own(sources)
    for rule in own.ready:
        if folded in (rule.text.id.casefold(), rule.text.name):
            yield page_of(rule)
    for plugin in own.plugins:
        for each in plugin.rules:
            if folded in (each.info.id.casefold(), each.info.name):
                yield page_of_plugin_rule(each, plugin.name)


def known(sources: OwnSources) -> Iterator[str]:
    """Names and ids of all rules of one's own."""
    for rule in _own(sources).rules:
        yield from (rule.info.name, rule.info.id)


def _own(sources: OwnSources) -> OwnRules:
    from provlint.cli.failure import failed
    from provlint.own_rules import own_rules
    from provlint.request import LintError, Request, configuration

    try:
        found = configuration(sources.config_path, use_config=sources.use_config)
        return own_rules(Request((), rules=sources.files), found)
    except LintError as error:
        sys.exit(failed(str(error), error.help, error.place))

"""Rules of one's own, explained by what their files say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.declarative.own_rule import ReadyRule


def explain(word: str) -> Iterator[str]:
    """The page of the rule with this id or name, in any letter case.

    Where the configuration file or a file of rules cannot be used, the verb ends here.
    """
    from provlint.declarative.page import page_of

    folded = word.casefold()
    for rule in _rules():
        if folded in (rule.text.id.casefold(), rule.text.name):
            yield page_of(rule)


def known() -> Iterator[str]:
    """Names and ids of all rules of one's own."""
    for rule in _rules():
        yield from (rule.text.name, rule.text.id)


def _rules() -> list[ReadyRule]:
    from provlint.cli.lint_run import fail
    from provlint.request import LintError, Request, configuration, ready_rules

    try:
        return ready_rules(Request(()), configuration(None))
    except LintError as error:
        sys.exit(fail(error))

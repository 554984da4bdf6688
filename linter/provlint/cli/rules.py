"""`provlint rules`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from provlint.cli.exit_status import CLEAN, FAILED

if TYPE_CHECKING:
    from provlint.report.style import Colour
    from provlint.rule import Rule


def _split(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for text in value for word in text.split(",") if word.strip())


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--select",
    multiple=True,
    callback=_split,
    metavar="RULES",
    help="Show only these rules: ids, names, prefixes such as PL3, groups, ALL. [default: ALL]",
)
@click.option(
    "--profile",
    type=click.Choice(("default", "strict")),
    help="Show only the rules of this profile; `strict` is all of them.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    help="Form of the output.",
)
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Colour the text output.",
)
def command(select: tuple[str, ...], profile: str | None, form: str, colour: Colour) -> int:
    """List the rules: id, name, severity, profile, whether there are fixes, and what they find.

    Severities are the default ones; `provlint explain PL113` explains one rule.
    """
    from provlint.cli import rule_list
    from provlint.selection import UnknownRuleError

    try:
        rules = _chosen(select, profile)
    except UnknownRuleError as error:
        click.echo(f"error: {error}", err=True)
        hint = error.help or "list all of them with `provlint rules`"
        click.echo(f"  help: {hint}", err=True)
        return FAILED
    if form == "json":
        output = rule_list.as_json(rules)
    elif form == "markdown":
        output = rule_list.as_markdown(rules)
    else:
        from provlint.report.style import look

        output = rule_list.as_text(rules, look(sys.stdout, os.environ, colour))
    click.echo(output, nl=False, color=True)
    return CLEAN


def _chosen(select: tuple[str, ...], profile: str | None) -> tuple[Rule, ...]:
    from provlint.request import known_rules
    from provlint.selection import Selection, choose

    rules = choose(known_rules(), Selection(select=select or ("ALL",)))
    if profile == "default":
        rules = tuple(rule for rule in rules if rule.info.profile == "default")
    return tuple(sorted(rules, key=lambda rule: rule.info.id))

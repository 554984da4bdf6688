"""`provlint rules`."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from provlint.cli.exit_status import CLEAN, FAILED

if TYPE_CHECKING:
    from provlint.report.style import Colour
    from provlint.rule import Rule

VERBS: dict[str, tuple[str, str]] = {
    "fields": ("provlint.cli.rules_fields", "List what rules of one's own may ask about."),
    "new": ("provlint.cli.rules_new", "Write a first rule of one's own."),
    "schema": ("provlint.cli.rules_schema", "Print the JSON Schema of rule files."),
    "test": ("provlint.cli.rules_test", "Show their samples to rules of one's own."),
}
"""Verb to its module and its one line of help."""


class Verbs(click.Group):
    """The verbs about rules; each is a module that is imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of their names."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a verb."""
        if cmd_name not in VERBS:
            return None
        found: click.Command = import_module(VERBS[cmd_name][0]).command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; suggest one for a slip of the pen."""
        if args[0] not in VERBS:
            from provlint.wording import nearest

            near = nearest(args[0], VERBS)
            hint = f"Did you mean `{near}`?" if near else f"Known are: {', '.join(VERBS)}."
            ctx.fail(f"No such command `{args[0]}`. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in VERBS.items()])


def _split(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for text in value for word in text.split(",") if word.strip())


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
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
    "--rules", "files", multiple=True, metavar="FILE", help="Show the rules of this file too."
)
@click.option("--config", "config_path", metavar="FILE", help="Use this configuration file.")
@click.option("--no-config", is_flag=True, help="Use no configuration file.")
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
@click.pass_context
def command(
    ctx: click.Context,
    select: tuple[str, ...],
    profile: str | None,
    files: tuple[str, ...],
    config_path: str | None,
    no_config: bool,
    form: str,
    colour: Colour,
) -> int:
    """List the rules: id, name, severity, profile, whether there are fixes, and what they find.

    Severities are the default ones; `provlint explain PL113` explains one rule. Rules of one's own
    are those that the configuration file names.
    """
    if ctx.invoked_subcommand is not None:
        return CLEAN
    from provlint.cli import rule_list
    from provlint.own_rules import known_to
    from provlint.request import LintError, Request
    from provlint.selection import UnknownRuleError

    try:
        request = Request((), config_path=config_path, use_config=not no_config, rules=files)
        known = known_to(request)
        rules = _chosen(known, select, profile)
    except LintError as error:
        from provlint.cli.failure import failed

        return failed(str(error), error.help, error.place)
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


def _chosen(
    known: tuple[Rule, ...], select: tuple[str, ...], profile: str | None
) -> tuple[Rule, ...]:
    from provlint.selection import Selection, choose

    rules = choose(known, Selection(select=select or ("ALL",)))
    if profile == "default":
        rules = tuple(rule for rule in rules if rule.info.profile == "default")
    return tuple(sorted(rules, key=lambda rule: (rule.info.group == "own", rule.info.id)))

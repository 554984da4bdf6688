"""The command line in click. Each verb is a module that is imported only when it is called."""

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from provlint.cli import discard_output
from provlint.cli.exit_status import BROKEN_PIPE, CLEAN

if TYPE_CHECKING:
    from collections.abc import Iterator

VERBS: dict[str, tuple[str, str]] = {
    "lint": ("provlint.cli.lint", "Find mistakes in provisioning configurations."),
    "evaluate": ("provlint.cli.evaluate", "Evaluate a mapping expression for one user."),
    "on-demand": ("provlint.cli.on_demand", "Show what provisioning would do with one user."),
    "simulate": ("provlint.cli.simulate", "Show what provisioning would do with all users."),
    "analyze": ("provlint.cli.analyze", "Reason about scoping filters, without users."),
    "compare": ("provlint.cli.compare", "Show what a change of a configuration would do."),
    "test": ("provlint.cli.test", "Run test cases against expressions, filters and matching."),
    "explain": ("provlint.cli.explain", "Explain a rule, a function, an operator."),
    "rules": ("provlint.cli.rules", "List the rules."),
}
"""Verb to its module and its one line of help."""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@contextmanager
def _pipe_may_break() -> Iterator[None]:
    """Keep a broken pipe from click, which would call it status 1: that means findings."""
    try:
        yield
    except BrokenPipeError:
        discard_output()
        raise click.exceptions.Exit(BROKEN_PIPE) from None


class Verbs(click.Group):
    """A group whose commands are imported on demand, so that `--help` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which they are of use."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(VERBS[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; suggest one for a slip of the pen."""
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            from provlint.wording import nearest

            near = nearest(name, VERBS)
            hint = f"Did you mean `{near}`?" if near else f"Known are: {', '.join(VERBS)}."
            ctx.fail(f"No such command `{name}`. {hint}")
        return super().resolve_command(ctx, args)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Read the words; `--help` and `--version` already write, perhaps to nobody."""
        with _pipe_may_break():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb."""
        with _pipe_may_break():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in VERBS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from provlint.version import LANGUAGE_DATE, VERSION

    click.echo(f"provlint {VERSION}")
    if ctx.params.get("verbose"):
        from provlint.cli.version import details

        click.echo(details(LANGUAGE_DATE))
    ctx.exit()


@click.group(
    cls=Verbs, context_settings=CONTEXT, invoke_without_command=False, no_args_is_help=True
)
@click.option("-v", "--verbose", is_flag=True, is_eager=True, help="Say more with --version.")
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version; with --verbose also the date of the language and the catalogues.",
)
def cli(verbose: bool) -> None:
    """Lint Microsoft Entra provisioning configurations, offline.

    \b
    provlint lint schema.json          find mistakes in an exported schema
    provlint lint .                    ... in every configuration below this folder
    provlint explain PL301             what a rule finds, why, how to fix it
    """  # noqa: D301 - click reads the character of `\b`


def run(arguments: list[str] | None) -> int:
    """Run a command line, that of the process for None, and return its exit status.

    Raises:
        KeyboardInterrupt: The user wants no more.
    """
    try:
        result = cli.main(arguments, prog_name="provlint", standalone_mode=False)
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SystemExit as error:
        result = error.code
    return result if isinstance(result, int) else CLEAN

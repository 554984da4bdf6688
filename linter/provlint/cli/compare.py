"""`provlint compare`."""

from __future__ import annotations

import sys
from typing import Any

import click

from provlint.cli.simulation_options import (
    MEANING,
    SIDE_INPUTS,
    colour_option,
    several,
    users_option,
)

SHOWN = (
    "all", "affected", "leaving", "entering", "undecided", "deactivated", "matching", "changed",
    "failing", "new-failures", "repaired", "contested",
)  # fmt: skip

PATHS = "provlint.compare.paths"
"""Where the context keeps the words behind `--`."""


class _Command(click.Command):
    """Words behind `--` are paths, those before it a revision, as git has it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words behind `--` apart, which click does not."""
        if "--" in args:
            at = args.index("--")
            ctx.meta[PATHS] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


@click.command(
    cls=_Command,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[OPTIONS]",
)
@click.argument("words", metavar="OLD NEW | REVISION -- PATH...", nargs=-1)
@users_option(required=False)
@several(SIDE_INPUTS)
@click.option("--old-secrets", multiple=True, metavar="FILE", help="The secrets of OLD.")
@click.option("--old-job", metavar="FILE", help="The job of OLD, where it is another one.")
@several(MEANING)
@click.option(
    "--show", type=click.Choice(SHOWN), help="The users to list after the summary, one a line."
)
@click.option("--limit", type=click.IntRange(0), metavar="N", help="List so many users at most.")
@click.option("--explain", metavar="USER", help="One user under both configurations.")
@click.option(
    "--no-examples",
    is_flag=True,
    help="Show no name and no value of any user: for places that others can read.",
)
@click.option(
    "--fail-if",
    "fail_if",
    multiple=True,
    metavar="CONDITION",
    help="Exit with 1 if a counter passes a number or a share of the users in scope before, such"
    " as `leaving > 50`, `disabled > 2%` or, without users, `dangers > 0`.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(("text", "markdown", "json", "csv", "parquet")),
    default="text",
    help="Form of the output; markdown is a comment for a pull request, csv and parquet hold users."
    "  [default: text]",
)
@click.option("--output", metavar="FILE", help="Write to a file.")
@click.option(
    "--engine",
    type=click.Choice(("auto", "reference", "columns")),
    default="auto",
    help="How to compute; the answers are the same.  [default: auto]",
)
@colour_option("the text")
@click.pass_context
def command(ctx: click.Context, /, words: tuple[str, ...], **options: Any) -> None:
    """Show what a change of a configuration would do, offline.

    OLD and NEW are two files or two folders. Or a revision of git says what is compared, which is
    read and never checked out: one revision with the files on disk, `A..B` two revisions, `A...B`
    what B changed since it left A. Without --users the change is told in words: mappings, matching,
    filters, actions. With them it is counted: who comes into scope, who leaves and is disabled or
    deleted, who is matched otherwise, which values are written otherwise.

    \b
    provlint compare old.json new.json
    provlint compare main -- schema.json
    provlint compare main...feature --format markdown --output comment.md -- apps
    provlint compare old.json new.json --users users.json --fail-if 'disabled > 50'

    \b
    Exit status: 0 done, 1 a condition of --fail-if holds, 2 unusable input, 3 nothing to compare.
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.cli.compare_run import run

    sys.exit(run(words, ctx.meta.get(PATHS), options))

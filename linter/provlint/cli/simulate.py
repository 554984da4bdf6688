"""`provlint simulate`."""

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
    "all", "in-scope", "out-of-scope", "undecided", "failed", "create", "update", "disable",
    "skip", "duplicates", "contested",
)  # fmt: skip


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("config", metavar="CONFIG")
@users_option()
@several(SIDE_INPUTS)
@several(MEANING)
@click.option("--show", type=click.Choice(SHOWN), help="The rows to show after the summary.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Show so many rows at most.")
@click.option("--explain", metavar="USER", help="The five steps of one user in place of rows.")
@click.option(
    "--fail-if",
    "fail_if",
    multiple=True,
    metavar="CONDITION",
    help="Exit with 1 if a counter passes a number or a share of the users in scope, such as"
    " `disabled > 50` or `failed > 2%`.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(("table", "json", "jsonl", "csv", "parquet")),
    default="table",
    help="Form of the output; jsonl, csv and parquet hold rows.  [default: table]",
)
@click.option("--output", metavar="FILE", help="Write to a file; rows of Spark into a folder.")
@click.option(
    "--engine",
    type=click.Choice(("auto", "reference", "columns", "spark")),
    default="auto",
    help="How to compute; the answers are the same.  [default: auto]",
)
@colour_option("the table")
def command(config: str, **options: Any) -> None:
    """Show what provisioning would do with all users, offline.

    CONFIG is an exported schema or job. A summary comes first: who is in scope, what would be
    created, updated, disabled, skipped, what would fail and why; then the rows that --show names.

    \b
    provlint simulate schema.json --users users.json
    provlint simulate job.json --users users.csv --target scim-users.json --show failed
    provlint simulate job.json --users users.jsonl --fail-if 'disabled > 5%'

    \b
    Exit status: 0 done, 1 a condition of --fail-if holds, 2 unusable input.
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.cli.simulate_run import run

    sys.exit(run(config, options))

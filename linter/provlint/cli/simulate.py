"""`provlint simulate`."""

from __future__ import annotations

import sys
from typing import Any

import click

SHOWN = (
    "all", "in-scope", "out-of-scope", "undecided", "failed", "create", "update", "disable",
    "skip", "duplicates", "contested",
)  # fmt: skip


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("config", metavar="CONFIG")
@click.option(
    "--users",
    multiple=True,
    required=True,
    metavar="FILE",
    help="Users of the source: Microsoft Graph, portal CSV, PowerShell, HR, Parquet; file, folder"
    " or glob.",
)
@click.option("--target", "targets", multiple=True, metavar="FILE", help="Users of the target.")
@click.option(
    "--assignments", multiple=True, metavar="FILE", help="Assignments: appRoleAssignedTo."
)
@click.option("--groups", multiple=True, metavar="FILE", help="Groups with their members.")
@click.option(
    "--secrets", metavar="FILE", help="Secrets of the job: SyncAll, SkipOutOfScopeDeletions, …"
)
@click.option("--job", metavar="FILE", help="The job, where CONFIG is its schema alone.")
@click.option(
    "--links",
    "--link",
    "links",
    multiple=True,
    metavar="FILE|SOURCE=TARGET",
    help="Links that the service has stored: a file, or two ids.",
)
@click.option("--rule", metavar="NAME", help="The synchronization rule, where there are several.")
@click.option("--mapping", metavar="NAME", help="The object mapping, where there are several.")
@click.option("--application", metavar="NAME", help="The application, for example Box.")
@click.option(
    "--null-policy",
    type=click.Choice(("documented", "negatives-true")),
    default="documented",
    help="What NOT EQUALS and its like give on an empty attribute.  [default: documented]",
)
@click.option("--now", metavar="TIME", help="The present, such as 2026-11-22T00:00:00; UTC.")
@click.option("--seed", type=int, help="Start of the random numbers of Guid and RandomString.")
@click.option(
    "--columns",
    multiple=True,
    metavar="NAME=COLUMN",
    help="For a CSV of human resources: the column of an attribute.",
)
@click.option(
    "--on-error",
    type=click.Choice(("stop", "skip")),
    default="stop",
    help="What to do about a broken record: stop, or leave it out and count.  [default: stop]",
)
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
@click.option("--output", metavar="FILE", help="Write to a file.")
@click.option(
    "--engine",
    type=click.Choice(("auto", "reference", "columns")),
    default="auto",
    help="How to compute; the answers are the same.  [default: auto]",
)
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Colour the table.",
)
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

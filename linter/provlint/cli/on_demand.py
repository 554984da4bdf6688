"""`provlint on-demand`."""

from __future__ import annotations

import sys
from typing import Any

import click


@click.command(
    name="on-demand",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.argument("config", metavar="CONFIG")
@click.argument("user", metavar="USER")
@click.option(
    "--users",
    "users",
    multiple=True,
    required=True,
    metavar="FILE",
    help="Users of the source: Microsoft Graph, portal CSV, PowerShell, HR; file, folder or glob.",
)
@click.option("--target", "targets", multiple=True, metavar="FILE", help="Users of the target.")
@click.option(
    "--assignments", multiple=True, metavar="FILE", help="Assignments: appRoleAssignedTo."
)
@click.option("--groups", multiple=True, metavar="FILE", help="Groups with their members.")
@click.option(
    "--secrets",
    multiple=True,
    metavar="FILE",
    help="Secrets of the job: SyncAll, SkipOutOfScopeDeletions, …",
)
@click.option("--job", metavar="FILE", help="The job, where CONFIG is its schema alone.")
@click.option(
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
    "--format",
    "output_format",
    type=click.Choice(("text", "json")),
    default="text",
    help="Form of the output; json is that of Microsoft Graph's provisionOnDemand.",
)
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Colour the text output.",
)
def command(config: str, user: str, **options: Any) -> None:
    """Show what provisioning on demand would do with one user, offline.

    CONFIG is an exported schema or job. USER is an object id, userPrincipalName, mail, employee
    number or display name. Nothing is sent to anybody: what cannot be known offline is said.

    \b
    provlint on-demand schema.json ana@contoso.com --users users.json
    provlint on-demand job.json ana@contoso.com --users users.csv --target scim-users.json

    \b
    Exit status: 0 done, 1 the user would fail, 2 unusable input.
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.cli.on_demand_run import run

    sys.exit(run(config, user, options))

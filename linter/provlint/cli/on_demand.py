"""`provlint on-demand`."""

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


@click.command(
    name="on-demand",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.argument("config", metavar="CONFIG")
@click.argument("user", metavar="USER")
@users_option()
@several(SIDE_INPUTS)
@several(MEANING)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(("text", "json")),
    default="text",
    help="Form of the output; json is that of Microsoft Graph's provisionOnDemand.",
)
@colour_option("the text output")
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

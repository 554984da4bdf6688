"""`provlint evaluate`."""

from __future__ import annotations

import sys
from typing import Any

import click

SYSTEMS = ("entra", "active-directory", "workday", "successfactors", "api-driven", "application")


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("expression", required=False)
@click.option(
    "--input",
    "inputs",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of an attribute, as text; `NAME=` is the empty text.",
)
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="NAME=A,B",
    help="Values of a multi-valued attribute, between commas.",
)
@click.option("--null", "nulls", multiple=True, metavar="NAME", help="An attribute without value.")
@click.option(
    "--inputs", "inputs_path", metavar="FILE", help="Attributes as a JSON or YAML object."
)
@click.option(
    "--attribute",
    "target",
    metavar="TARGET",
    help="Take the expression of this target attribute from --config.",
)
@click.option("--config", "config_path", metavar="FILE", help="An exported configuration.")
@click.option("--mapping", metavar="NAME", help="The object mapping, where several have TARGET.")
@click.option("--trace", is_flag=True, help="Show every call with its arguments and result.")
@click.option("--now", metavar="TIME", help="The present, such as 2026-11-22T00:00:00; UTC.")
@click.option("--seed", type=int, help="Start of the random numbers of Guid and RandomString.")
@click.option(
    "--taken",
    "taken_path",
    metavar="FILE",
    help="Names in use in the target, one a line or a JSON list; for SelectUniqueValue.",
)
@click.option(
    "--macro", "macros", multiple=True, metavar="NAME=VALUE", help="A job variable (DomainFQDN)."
)
@click.option(
    "--dialect",
    type=click.Choice(("app-provisioning", "cloud-sync")),
    help="Dialect of the expression.  [default: app-provisioning]",
)
@click.option("--source", metavar="SYSTEM", help=f"The source system: {', '.join(SYSTEMS)}.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(("text", "json")),
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
def command(expression: str | None, **options: Any) -> None:
    """Evaluate a mapping expression for one user.

    EXPRESSION is the text, or `-` for standard input. Values go to standard output; what
    Microsoft's documentation leaves open and the value rests on goes to standard error.

    \b
    provlint evaluate 'Join(".", [givenName], [surname])' --input givenName=Ana --input surname=Ruiz
    provlint evaluate --attribute displayName --config schema.json --inputs user.json --trace

    \b
    Exit status: 0 a value or nothing flows, 1 evaluation error or escrow, 2 unusable input.
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.cli.evaluate_run import run

    sys.exit(run(expression, options))

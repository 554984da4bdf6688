"""`provlint analyze`."""

from __future__ import annotations

import sys
from typing import Any

import click

from provlint.analysis.budget import STEP_LIMIT


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("config", metavar="[CONFIG]", required=False)
@click.option(
    "--filter",
    "typed",
    metavar="TEXT",
    help="Analyze this filter, in the text form; CONFIG tells the types of attributes.",
)
@click.option("--job", metavar="FILE", help="The job, where CONFIG is its schema alone.")
@click.option("--rule", metavar="NAME", help="The synchronization rule, where there are several.")
@click.option("--mapping", metavar="NAME", help="The object mapping, where there are several.")
@click.option(
    "--null-policy",
    type=click.Choice(("documented", "negatives-true")),
    default="documented",
    help="What NOT EQUALS and its like give on an empty attribute.  [default: documented]",
)
@click.option(
    "--step-limit",
    type=click.IntRange(1),
    default=STEP_LIMIT,
    metavar="N",
    help=f"Steps after which a question stays open.  [default: {STEP_LIMIT}]",
)
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
def command(config: str | None, **options: Any) -> None:
    """Reason about scoping filters, without users.

    CONFIG is an exported schema or job, or a part of one. For each filter: who can pass and who
    cannot, with an example of each; clauses of one group that exclude each other; groups that admit
    everybody; clauses and groups that do nothing. What is shown is proved or shown by an example.

    \b
    provlint analyze schema.json
    provlint analyze --filter 'department EQUALS "Sales" AND department EQUALS "Marketing"'
    provlint analyze schema.json --filter 'accountEnabled IS TRUE OR accountEnabled IS FALSE'

    \b
    Exit status: 0 nothing or idle parts only, 1 a contradiction or a tautology, 2 unusable input,
    3 no filter to analyze.
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.cli.analyze_run import run

    sys.exit(run(config, options))

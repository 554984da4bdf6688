"""`provlint rules schema`."""

from __future__ import annotations

import sys

import click

from provlint.cli.exit_status import CLEAN
from provlint.cli.machine_output import for_programs


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def command() -> int:
    """Print the JSON Schema of rule files, for editors.

    \b
    provlint rules schema > rules.schema.json
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.declarative.generate import content

    for_programs("json")
    sys.stdout.write(content())
    return CLEAN

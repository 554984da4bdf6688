"""`provlint rules new`."""

from __future__ import annotations

import os
import sys

import click

from provlint.cli.exit_status import CLEAN
from provlint.cli.failure import failed


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("name")
@click.option(
    "--for",
    "noun",
    default="attributeMapping",
    metavar="NOUN",
    show_default=True,
    help="What the rule is for; `provlint rules fields` lists the nouns.",
)
@click.option("--id", "identity", metavar="ID", default="OWN001", show_default=True, help="Its id.")
@click.option(
    "--output-file",
    metavar="FILE",
    help="Where to write it; - is the terminal. [default: NAME.yaml]",
)
def command(name: str, noun: str, identity: str, output_file: str | None) -> int:
    """Write a first rule of one's own, with a good and a bad sample. Nothing is overwritten.

    \b
    provlint rules new no-guests --for scopingGroup --id CONTOSO009
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.declarative.nouns import NOUNS
    from provlint.declarative.scaffold import scaffold
    from provlint.wording import alternatives, did_you_mean, quote

    if noun not in NOUNS:
        hint = did_you_mean(noun, NOUNS) or f"known are {alternatives(NOUNS, 'and')}"
        sys.exit(failed(f"there is no thing called {quote(noun)}", hint))
    text, problem, hint = scaffold(name, identity, noun)
    if problem:
        sys.exit(failed(problem, hint))
    if output_file == "-":
        sys.stdout.write(text)
        return CLEAN
    path = output_file or f"{name}.yaml"
    if os.path.lexists(path):
        sys.exit(
            failed(f"{quote(path)} exists already", "choose another name; nothing was written")
        )
    from provlint.source.edits import write_text

    try:
        write_text(path, text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        sys.exit(failed(f"{quote(path)} cannot be written: {reason}", "check the folder"))
    click.echo(f"wrote {quote(path)}; change it, and run `provlint rules test {path}`")
    return CLEAN

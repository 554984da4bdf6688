"""`provlint test`."""

from __future__ import annotations

import os
import sys

import click

from provlint.cli.exit_status import CLEAN, FAILED, FINDINGS, NOTHING_TO_CHECK
from provlint.cli.failure import failed
from provlint.cli.machine_output import for_programs

FORMATS = ("text", "json", "junit")


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--config",
    "config_path",
    metavar="FILE",
    help="The configuration under test, for cases that name a target attribute.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the output.",
)
@click.option("--output-file", metavar="FILE", help="Write the output to a file.")
@click.option(
    "--new", "new_target", metavar="TARGET", help="Write a first case for a target attribute."
)
@click.option("--mapping", metavar="NAME", help="With --new: the object mapping.")
def command(
    paths: tuple[str, ...],
    config_path: str | None,
    format_name: str,
    output_file: str | None,
    new_target: str | None,
    mapping: str | None,
) -> None:
    """Run test cases against mapping expressions, filters and matching.

    PATH is a file of cases, a folder, a glob, or `-`; without PATH the folder tests. Cases are
    JSON, JSON lines or YAML; the files of HRProvisioningTests run as they are.

    \b
    provlint test tests/cases.jsonl
    provlint test --config schema.json tests/
    provlint test --new userName --config schema.json

    \b
    Exit status: 0 all passed, 1 some failed, 2 some cannot be run, 3 no case was found.
    """  # noqa: D301 - click reads the character of `\b`
    if new_target is not None:
        _new(new_target, config_path, mapping, output_file)
        return
    from provlint.cases.configuration import Expressions
    from provlint.cases.read import read_cases
    from provlint.cases.report import FORMATS as RENDERERS
    from provlint.cases.run import run

    expressions = Expressions(config_path)
    results = [run(read, expressions) for read in read_cases(paths or ("tests",))]
    for_programs(format_name)
    _write(RENDERERS[format_name](results), output_file)
    statuses = {result.status for result in results}
    if "error" in statuses:
        sys.exit(FAILED)
    if not results:
        sys.exit(NOTHING_TO_CHECK)
    sys.exit(FINDINGS if "failed" in statuses else CLEAN)


def _new(target: str, config: str | None, mapping: str | None, output_file: str | None) -> None:
    from provlint.cases.configuration import Expressions
    from provlint.cases.run import CaseError
    from provlint.cases.skeleton import skeleton

    if config is None:
        raise click.UsageError("--new needs the configuration: --config FILE")
    if output_file is not None and os.path.exists(output_file):
        sys.exit(
            failed(f"`{output_file}` exists already", "choose another name; nothing was written")
        )
    try:
        found = Expressions(config).find(target, mapping)
    except CaseError as error:
        sys.exit(failed(str(error), "name a target attribute of the configuration"))
    folder = os.path.dirname(output_file) if output_file else ""
    relative = os.path.relpath(config, folder or os.curdir).replace(os.sep, "/")
    for_programs("json")
    _write(skeleton(target, found, relative), output_file)


def _write(text: str, output_file: str | None) -> None:
    if output_file is None or output_file == "-":
        sys.stdout.write(text)
        return
    from provlint.source.edits import write_text

    try:
        write_text(output_file, text, "utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        sys.exit(failed(f"`{output_file}` cannot be written: {reason}", "check the folder"))

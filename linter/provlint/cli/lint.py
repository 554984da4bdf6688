"""`provlint lint`."""

from __future__ import annotations

import sys
from typing import Any

import click

from provlint.cli.simulation_options import OTHERS, READING, several

FORMATS = ("text", "concise", "json", "sarif", "github")
SEVERITIES = ("error", "warning", "note")


def _split(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(word.strip() for text in value for word in text.split(",") if word.strip())
    if value and not words:
        raise click.BadParameter("names no rule")
    return words


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--select",
    multiple=True,
    callback=_split,
    metavar="RULES",
    help="Run only these rules: ids, names, prefixes such as PL3, groups, ALL.",
)
@click.option(
    "--extend-select", multiple=True, callback=_split, metavar="RULES", help="Run these rules too."
)
@click.option(
    "--ignore", multiple=True, callback=_split, metavar="RULES", help="Never run these rules."
)
@click.option(
    "--profile",
    type=click.Choice(("default", "strict")),
    help="`default` reports mistakes, `strict` adds advice.",
)
@click.option(
    "--fail-on",
    type=click.Choice((*SEVERITIES, "never")),
    help="Exit with status 1 from this severity on. [default: warning]",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Form of the output; may be given several times. [default: text]",
)
@click.option(
    "--output-file",
    "output_files",
    multiple=True,
    metavar="FILE",
    help="Write the first --format to the first FILE, and so on; - is the terminal.",
)
@click.option(
    "--users",
    multiple=True,
    metavar="FILE",
    help="Users of the source, to check the configuration against: file, folder or glob.",
)
@several(OTHERS)
@click.option(
    "--job", "jobs", multiple=True, metavar="FILE", help="The job, where PATH is its schema alone."
)
@several(READING)
@click.option(
    "--no-examples", is_flag=True, help="Show numbers only, no name and no value of a user."
)
@click.option(
    "--application", metavar="NAME", help="The application, where the file does not tell it."
)
@click.option(
    "--dialect",
    type=click.Choice(("app-provisioning", "cloud-sync")),
    help="Dialect of the expressions, where the file does not tell it.",
)
@click.option("--config", "config_path", metavar="FILE", help="Use this configuration file.")
@click.option("--no-config", is_flag=True, help="Use no configuration file.")
@click.option("--no-cache", is_flag=True, help="Lint unchanged files again.")
@click.option("--no-suppressions", is_flag=True, help="Show what the configuration silences.")
@click.option(
    "--rules", multiple=True, metavar="FILE", help="Run the rules of your own in this file too."
)
@click.option("--no-plugins", is_flag=True, help="Load no rules from installed packages.")
@click.option("--baseline", metavar="FILE", help="Hide the findings that this file accepts.")
@click.option("--no-baseline", is_flag=True, help="Use no baseline.")
@click.option(
    "--write-baseline", metavar="FILE", help="Accept all findings of this run: write them there."
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="GLOB",
    help="Leave these files out of a walk through a folder.",
)
@click.option(
    "--stdin-name",
    metavar="NAME",
    default="<stdin>",
    help="What to call the text that comes through `-`.",
)
@click.option(
    "--allow-nothing",
    is_flag=True,
    help="Exit with status 0 when no file holds a configuration; for hooks.",
)
@click.option("--fix", is_flag=True, help="Apply the fixes that keep the meaning.")
@click.option("--unsafe-fixes", is_flag=True, help="Apply also those that may change it.")
@click.option("--diff", is_flag=True, help="Show what would be fixed, and write nothing.")
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Colour the text output.",
)
def command(paths: tuple[str, ...], **options: Any) -> None:
    """Find mistakes in provisioning configurations.

    PATH is a file, a folder, a glob, or `-` for standard input; without PATH the current folder.
    Files are recognised by what they hold, not by their names.

    \b
    provlint lint schema.json
    provlint lint schema.json --users users.json --target scim-users.json
    provlint lint job.json --secrets secrets.json --assignments assignments.json

    \b
    Exit status: 0 clean, 1 findings, 2 the work could not be done, 3 nothing to check.
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.cli.lint_run import lint

    formats = options["formats"] or ("text",)
    fixes = options["fix"] or options["unsafe_fixes"]
    if fixes and not options["diff"] and "-" in paths:
        raise click.UsageError("standard input cannot be fixed in place; use --diff")
    if options["diff"] and options["write_baseline"]:
        raise click.UsageError("--diff writes nothing, and --write-baseline does; give one of them")
    if options["baseline"] and (options["no_baseline"] or options["write_baseline"]):
        other = "--no-baseline" if options["no_baseline"] else "--write-baseline"
        raise click.UsageError(f"--baseline and {other} exclude each other")
    if "-" in (options["baseline"], options["write_baseline"]):
        raise click.UsageError("a baseline is a file; `-` is none")
    sys.exit(lint(paths, _outputs(formats, options["output_files"]), options))


def _outputs(formats: tuple[str, ...], files: tuple[str, ...]) -> list[tuple[str, str]]:
    if len(files) > len(formats):
        raise click.UsageError(
            f"--output-file was given {len(files)} times and --format {len(formats)} times; each"
            " file needs a format"
        )
    paths = [*files, *("-" for _ in range(len(formats) - len(files)))]
    if len(set(files) - {"-"}) < len(files) - files.count("-"):
        raise click.UsageError("two formats would go to one --output-file")
    if paths.count("-") > 1:
        raise click.UsageError(
            "two formats would go to the terminal; give an --output-file for all but one"
        )
    return list(zip(formats, paths, strict=True))

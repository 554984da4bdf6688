"""`provlint lint`."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, NoReturn

import click

from provlint.cli.exit_status import CLEAN, FAILED, FINDINGS, NOTHING_TO_CHECK

if TYPE_CHECKING:
    from provlint.linting import Request
    from provlint.report.result import Run

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
@click.option("--application", metavar="NAME", help="The application, for example Box.")
@click.option(
    "--dialect",
    type=click.Choice(("app-provisioning", "cloud-sync")),
    help="Dialect of the expressions, where the file does not tell it.",
)
@click.option("--config", "config_path", metavar="FILE", help="Use this configuration file.")
@click.option("--no-config", is_flag=True, help="Use no configuration file.")
@click.option("--no-suppressions", is_flag=True, help="Show what the configuration silences.")
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
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="Colour the text output.",
)
def command(paths: tuple[str, ...], **options: Any) -> None:
    r"""Find mistakes in provisioning configurations.

    PATH is a file, a folder, a glob, or `-` for standard input; without PATH the current folder.
    Files are recognised by what they hold, not by their names.

    \b
    Exit status: 0 clean, 1 findings, 2 the work could not be done, 3 nothing to check.
    """
    started = time.perf_counter()
    formats = options["formats"] or ("text",)
    outputs = _outputs(formats, options["output_files"])
    request = _request(paths, options)
    from provlint.linting import LintError, run

    try:
        outcome = run(request)
    except LintError as error:
        _fail(str(error), error.help, error.place)
    report = outcome.report._replace(elapsed=time.perf_counter() - started)
    for name, path in outputs:
        _write(report, name, path, options)
    if outcome.failed:
        sys.exit(FAILED)
    if not outcome.checked:
        sys.exit(CLEAN if options["allow_nothing"] else NOTHING_TO_CHECK)
    sys.exit(FINDINGS if outcome.fails else CLEAN)


def _request(paths: tuple[str, ...], options: dict[str, Any]) -> Request:
    from provlint.linting import Request

    return Request(
        paths=paths or (".",),
        profile=options["profile"],
        select=options["select"],
        extend_select=options["extend_select"],
        ignore=options["ignore"],
        fail_on=options["fail_on"],
        application=options["application"] or "",
        dialect=options["dialect"],
        config_path=options["config_path"],
        use_config=not options["no_config"],
        use_suppressions=not options["no_suppressions"],
        exclude=options["exclude"],
        stdin_name=options["stdin_name"],
        allow_nothing=options["allow_nothing"],
    )


def _outputs(formats: tuple[str, ...], files: tuple[str, ...]) -> list[tuple[str, str]]:
    if len(files) > len(formats):
        raise click.UsageError(
            f"--output-file was given {len(files)} times and --format {len(formats)} times; each"
            " file needs a format"
        )
    paths = [*files, *("-" for _ in range(len(formats) - len(files)))]
    if paths.count("-") > 1:
        raise click.UsageError(
            "two formats would go to the terminal; give an --output-file for all but one"
        )
    return list(zip(formats, paths, strict=True))


def _write(report: Run, name: str, path: str, options: dict[str, Any]) -> None:
    from provlint.report import FORMATS
    from provlint.report.style import Look, look

    render = FORMATS[name]()
    if path != "-":
        from provlint.source.edits import write_text

        try:
            write_text(path, render(report, Look()), "utf-8")
        except OSError as error:
            _cannot_write(path, error)
        return
    text = render(report, look(sys.stdout, os.environ, options["colour"]))
    click.echo(text, nl=False, color=True)
    summary_path = os.environ.get("GITHUB_STEP_SUMMARY")
    if name == "github" and summary_path:
        from provlint.report.github import github_step_summary

        try:
            with open(summary_path, "a", encoding="utf-8") as summary:
                summary.write(github_step_summary(report))
        except OSError as error:
            _cannot_write(summary_path, error)


def _cannot_write(path: str, error: OSError) -> NoReturn:
    folder = os.path.dirname(path)
    advice = "check the path and its permissions"
    if folder and not os.path.isdir(folder):
        advice = f"make the folder `{folder}` first"
    reason = (error.strerror or str(error)).lower()
    _fail(f"`{path}` cannot be written: {reason}", advice, "")


def _fail(message: str, hint: str, place: str) -> NoReturn:
    where = f"{place}: " if place else ""
    click.echo(f"error: {where}{message}", err=True)
    if hint:
        click.echo(f"  help: {hint}", err=True)
    sys.exit(FAILED)

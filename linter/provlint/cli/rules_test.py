"""`provlint rules test`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from provlint.cli import failure
from provlint.cli.exit_status import CLEAN, FINDINGS, NOTHING_TO_CHECK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.config.find import Found
    from provlint.declarative.load import LoadedFile
    from provlint.declarative.trial import Tried
    from provlint.lint_inputs import LintInputs
    from provlint.model.tree import Document
    from provlint.validation import InvalidFileError


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--on",
    "on",
    multiple=True,
    metavar="PATH",
    help="Tell what the rules choose and find in these configurations: files, folders, globs.",
)
@click.option(
    "--secrets",
    multiple=True,
    metavar="FILE",
    help="Secrets of the job in --on: SyncAll, SkipOutOfScopeDeletions, …",
)
@click.option(
    "--job", "jobs", multiple=True, metavar="FILE", help="The job, where --on is its schema alone."
)
@click.option("--config", "config_path", metavar="FILE", help="Use this configuration file.")
@click.option("--no-config", is_flag=True, help="Use no configuration file.")
def command(
    files: tuple[str, ...],
    on: tuple[str, ...],
    secrets: tuple[str, ...],
    jobs: tuple[str, ...],
    config_path: str | None,
    no_config: bool,
) -> None:
    """Show their samples to rules of one's own: bad ones must be found, good ones not.

    FILE is a file of rules or a glob; without FILE those that the configuration file names.
    With --on the rules are tried on configurations too, and a rule that looks at nothing there
    says so.

    \b
    Exit status: 0 all agree, 1 some disagree, 2 a rule cannot be used, 3 there is no rule.
    """  # noqa: D301 - click reads the character of `\b`
    from provlint.request import LintError, configuration
    from provlint.validation import InvalidFileError

    if (secrets or jobs) and not on:
        raise click.UsageError("--secrets and --job belong to the configurations of --on")
    try:
        found = configuration(config_path, use_config=not no_config)
    except LintError as error:
        sys.exit(failure.failed(str(error), error.help, error.place))
    facts = {} if found is None else dict(found.settings.facts)
    patterns, folder = files, ""
    if not files and found is not None:
        patterns, folder = found.settings.rules, found.folder
    if not patterns:
        click.echo(
            "nothing to check: the configuration file names no file of rules\n"
            "help: name a file, or write one with `provlint rules new NAME`"
        )
        sys.exit(NOTHING_TO_CHECK)
    from provlint.declarative.load import expand

    try:
        paths = list(expand(patterns, _shown(folder)))
    except InvalidFileError as error:
        sys.exit(failure.failed(str(error), error.help, error.place))
    sys.exit(_run(paths, facts, _configurations(on, found, secrets, jobs)))


def _shown(folder: str) -> str:
    from provlint.declarative.configured import relative_folder

    return relative_folder(folder) if folder else ""


def _configurations(
    paths: tuple[str, ...],
    found: Found | None,
    secrets: tuple[str, ...],
    jobs: tuple[str, ...],
) -> list[Tried] | None:
    """What the rules are tried on; None where nothing was named."""
    from provlint.declarative.trial import configurations
    from provlint.linting import named_application
    from provlint.request import LintError, relative
    from provlint.source.problem import SourceProblem

    if not paths:
        return None

    def application(path: str) -> str:
        if found is None:
            return ""
        seen_from_there = relative(os.path.abspath(path), found.folder).replace(os.sep, "/")
        return named_application(seen_from_there, found)

    read = []
    try:
        inputs = _inputs(secrets, jobs)
        completed = _unchanged if inputs is None else inputs.with_job
        for each in configurations(paths, application, completed):
            if isinstance(each, SourceProblem):
                sys.exit(failure.failed(each.message, each.help))
            if inputs is not None:
                each.configuration.evidence = inputs.gather(each.configuration, (), each.path)
            read.append(each)
    except LintError as error:
        sys.exit(failure.failed(str(error), error.help, error.place))
    for line in () if inputs is None else inputs.told():
        click.echo(line, err=True)
    return read


def _inputs(secrets: tuple[str, ...], jobs: tuple[str, ...]) -> LintInputs | None:
    if not secrets and not jobs:
        return None
    from provlint.lint_inputs import LintInputs
    from provlint.simulate.evidence.source import EvidenceFiles

    return LintInputs(EvidenceFiles(secrets=secrets, jobs=jobs))


def _unchanged(document: Document) -> Document:
    return document


def _run(paths: list[str], facts: Mapping[str, object], tried: list[Tried] | None) -> int:
    from provlint.declarative.load import check_names, load_file
    from provlint.request import known_rules
    from provlint.validation import InvalidFileError

    taken = (name for rule in known_rules() for name in (rule.info.id, rule.info.name))
    names = dict.fromkeys(taken, "provlint")
    status = CLEAN
    passed = failed = 0
    for path in paths:
        try:
            file = load_file(path, facts)
            check_names(file, names)
        except InvalidFileError as error:
            status = failure.failed(str(error), error.help, error.place)
            continue
        good, bad = _samples(file, tried)
        passed, failed = passed + good, failed + bad
    from provlint.wording import counted

    if not passed + failed:
        return status
    parts = [f"{failed:,} failed"] if failed else []
    parts += [f"{passed:,} passed"] if passed or not failed else []
    click.echo(f"{counted(passed + failed, 'sample')}: {', '.join(parts)}")
    return status or (FINDINGS if failed else CLEAN)


def _samples(file: LoadedFile, tried: list[Tried] | None) -> tuple[int, int]:
    """Show the samples of a file; how many agreed, and how many did not."""
    from provlint.declarative.own_rule import failures
    from provlint.declarative.trial import tally, told
    from provlint.validation import invalid

    passed = failed = 0
    for index, rule in enumerate(file.rehearsed):
        faults = dict(failures(rule))
        marks = "".join("F" if each in faults else "." for each in range(len(rule.text.tests)))
        click.echo(f"{file.source.name} {rule.text.id} {rule.text.name} {marks}")
        for fault in faults.values():
            _say(invalid(file.source, ("rules", index), fault))
        if tried is not None:
            own = file.rules[index]
            for line in told(own, tally(own, tried), len(tried)):
                click.echo(f"  {line}")
        failed += len(faults)
        passed += len(marks) - len(faults)
    return passed, failed


def _say(error: InvalidFileError) -> None:
    click.echo(f"error: {error.place}: {error}")
    if error.help:
        click.echo(f"  help: {error.help}")

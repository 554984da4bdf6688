"""The work of `provlint lint`, once its options are understood. Free of click: see `plain`."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from provlint.cli.exit_status import CLEAN, FAILED, FINDINGS, NOTHING_TO_CHECK
from provlint.linting import LintError, Request, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.linting import Outcome
    from provlint.report.result import Run
    from provlint.simulate.evidence.source import EvidenceFiles

PIECE = 16_384
"""Characters of a write, a quarter of what a pipe holds."""

WITH_FINGERPRINTS = ("json", "sarif")
"""Formats that say by what a finding is known from run to run."""


def lint(
    paths: tuple[str, ...], outputs: Iterable[tuple[str, str]], options: dict[str, Any]
) -> int:
    """Lint, write the reports and return the exit status.

    Args:
        paths: As on the command line.
        outputs: Formats, and the files that they go to; `-` is the terminal.
        options: The options of the command by click's names.
    """
    started = time.perf_counter()
    try:
        outputs = tuple(outputs)
        outcome = run(_request(paths, outputs, options))
        if options["diff"]:
            return _diff(outcome)
        report = outcome.report._replace(elapsed=time.perf_counter() - started)
        for name, path in outputs:
            _write(report, name, path, options)
    except LintError as error:
        from provlint.cli.failure import failed

        return failed(str(error), error.help, error.place)
    if outcome.failed:
        return FAILED
    if not outcome.checked:
        return CLEAN if options["allow_nothing"] else NOTHING_TO_CHECK
    return FINDINGS if outcome.fails else CLEAN


def _diff(outcome: Outcome) -> int:
    """Print what fixing would change; nothing was written."""
    _echo("".join(outcome.diffs))
    if outcome.failed:
        return FAILED
    return FINDINGS if outcome.diffs else CLEAN


def _fix(options: dict[str, Any]) -> Literal["", "safe", "unsafe"]:
    if options["unsafe_fixes"]:
        return "unsafe"
    return "safe" if options["fix"] or options["diff"] else ""


def _request(
    paths: tuple[str, ...], outputs: tuple[tuple[str, str], ...], options: dict[str, Any]
) -> Request:
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
        use_cache=not options["no_cache"],
        use_suppressions=not options["no_suppressions"],
        baseline=options["baseline"],
        use_baseline=not options["no_baseline"],
        write_baseline=options["write_baseline"],
        fingerprints=any(name in WITH_FINGERPRINTS for name, _ in outputs),
        rules=options["rules"],
        use_plugins=not options["no_plugins"],
        exclude=options["exclude"],
        stdin_name=options["stdin_name"],
        allow_nothing=options["allow_nothing"],
        fix=_fix(options),
        diff=options["diff"],
        inputs=_inputs(options),
    )


INPUTS = ("users", "targets", "assignments", "groups", "jobs", "secrets")


def _inputs(options: dict[str, Any]) -> EvidenceFiles | None:
    if not any(options[name] for name in INPUTS):
        return None
    from provlint.cli.simulation_options import columns_of
    from provlint.simulate.evidence.source import EvidenceFiles
    from provlint.simulate.inputs.problem import InputError

    try:
        columns = columns_of(options["columns"])
    except InputError as error:
        raise LintError(error.problem.message, error.problem.help, error.problem.place) from None
    return EvidenceFiles(
        **{name: options[name] for name in INPUTS},
        columns=columns,
        on_error=options["on_error"],
        show_examples=not options["no_examples"],
    )


def _write(report: Run, name: str, path: str, options: dict[str, Any]) -> None:
    from provlint.report import FORMATS
    from provlint.report.style import Look, look

    render = FORMATS[name]()
    if path != "-":
        from provlint.source.edits import write_text

        if os.path.realpath(path) in {os.path.realpath(file.name) for file in report.files}:
            raise LintError(f"`{path}` is one of the files that are checked", "name another file")
        try:
            write_text(path, render(report, Look()), "utf-8")
        except OSError as error:
            _cannot_write(path, error)
        return
    if name not in ("text", "concise"):
        from provlint.cli.machine_output import for_programs

        for_programs(name)
    text = render(report, look(sys.stdout, os.environ, options["colour"]))
    _echo(text)
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
    raise LintError(f"`{path}` cannot be written: {reason}", advice)


def _echo(text: str) -> None:
    if os.name == "nt" and "\x1b" in text:
        # Old consoles of Windows take colours only through what click knows of them.
        import click

        click.echo(text, nl=False, color=True)
        return
    # In pieces: an unbuffered stream is silent when a reader goes away in the midst of a write.
    for start in range(0, len(text), PIECE):
        sys.stdout.write(text[start : start + PIECE])
    sys.stdout.flush()

"""Annotations of GitHub Actions, and the Markdown of the job's summary page.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from provlint.report.cells import harmless
from provlint.report.redaction import redacted
from provlint.report.style import PLAIN
from provlint.report.summary import closing, counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.diagnostic import Diagnostic
    from provlint.report.result import Run
    from provlint.report.style import Look

SHOWN_PER_STEP = 10
"""GitHub shows this many annotations of each kind per step and drops the rest."""

SUMMARY_ROWS = 200
"""Findings in the job's summary; GitHub refuses one of more than 1 MiB."""

_MARKUP = frozenset("&<>*_[]|\\~#")
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(run: Run, look: Look = PLAIN) -> str:
    """Return one workflow command per finding, the gravest first, and a summary."""
    del look
    run = redacted(run)
    rows = [_command(diagnostic) for diagnostic in _gravest_first(run)]
    found = counts(run)
    if max(found.errors, found.warnings, found.notes) > SHOWN_PER_STEP:
        rows.append(
            f"GitHub shows {SHOWN_PER_STEP} annotations of a kind per step;"
            f" all {found.total:,} findings are in this log"
        )
    rows.extend(closing(run))
    return "".join(f"{row}\n" for row in rows)


def github_step_summary(run: Run) -> str:
    """Return Markdown for the file that `GITHUB_STEP_SUMMARY` names."""
    run = redacted(run)
    rows = ["## provlint", ""]
    rows.extend(f"{_markdown(line)}  " for line in closing(run))
    findings = _gravest_first(run)
    if findings:
        rows += ["", "| | where | rule | finding |", "|---|---|---|---|"]
    for diagnostic in findings[:SUMMARY_ROWS]:
        place = diagnostic.file
        if diagnostic.range is not None:
            place += f":{diagnostic.range.start.line}:{diagnostic.range.start.column}"
        rule = f"{diagnostic.rule} {diagnostic.name}"
        if diagnostic.documentation.startswith("https://"):
            rule = f"[{rule}]({diagnostic.documentation})"
        message = _markdown(diagnostic.message)
        if diagnostic.help:
            message += f"<br>{_markdown(diagnostic.help)}"
        rows.append(f"| {diagnostic.severity} | {_markdown(place)} | {rule} | {message} |")
    if len(findings) > SUMMARY_ROWS:
        rows += ["", f"… and {len(findings) - SUMMARY_ROWS:,} more in the log"]
    return "\n".join(rows) + "\n"


def _gravest_first(run: Run) -> list[Diagnostic]:
    findings = [diagnostic for file in run.files for diagnostic in file.diagnostics]
    return sorted(findings, key=lambda diagnostic: -diagnostic.severity.rank)


def _command(diagnostic: Diagnostic) -> str:
    message = harmless(diagnostic.message)
    if diagnostic.help:
        message += f"\nhelp: {harmless(diagnostic.help)}"
    if diagnostic.documentation:
        message += f"\n{harmless(diagnostic.documentation)}"
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(diagnostic))
    return f"::{_COMMANDS[diagnostic.severity.value]} {properties}::{_data(message)}"


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    yield "file", harmless(diagnostic.file.replace(os.sep, "/"))
    if diagnostic.range is not None:
        start, end = diagnostic.range
        yield "line", str(start.line)
        yield "col", str(start.column)
        yield "endLine", str(end.line)
        # Left out it is the start column, so GitHub counts the last character in; we do not.
        yield "endColumn", str(max(end.column - 1, start.column if end.line == start.line else 1))
    yield "title", f"{diagnostic.rule} {diagnostic.name}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _markdown(text: str) -> str:
    """Keep code in back-ticks, and everything else from being read as markup."""
    parts = harmless(text).split("`")
    if len(parts) % 2 == 0:
        parts = ["'".join(parts)]
    for index, part in enumerate(parts):
        if index % 2:
            parts[index] = part.replace("|", "\\|")
        else:
            parts[index] = "".join(
                f"&#{ord(character)};" if character in _MARKUP else character for character in part
            )
    return "`".join(parts)

"""The format for programs, version 1; `provlint.report.published` describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.report.identity import Identities, baseline_state, suppressions
from provlint.report.json_text import json_text
from provlint.report.redaction import redacted
from provlint.report.style import PLAIN
from provlint.report.summary import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.diagnostic import Diagnostic, Fix, Range
    from provlint.report.result import FileResult, Run, Suppressed
    from provlint.report.style import Look

VERSION = 1
"""Grows when a member changes its meaning or goes; new members may come without notice."""


def render(run: Run, look: Look = PLAIN) -> str:
    """Return the document; the look is of no effect."""
    del look
    run = redacted(run)
    found = counts(run)
    identities = Identities()
    return json_text(
        {
            "version": VERSION,
            "diagnostics": [
                _diagnostic(diagnostic, suppressed, run, identities)
                for file in run.files
                for diagnostic, suppressed in _to_be_seen(file)
            ],
            "summary": {
                "provlint": run.version,
                "looked_at": run.looked_at,
                "recognised": run.recognised,
                "with_findings": found.files,
                "errors": found.errors,
                "warnings": found.warnings,
                "notes": found.notes,
                "suppressed": run.suppressed,
                "hidden": dict(run.hidden),
                "notices": list(run.notices),
            },
        }
    )


def _to_be_seen(file: FileResult) -> Iterator[tuple[Diagnostic, Suppressed | None]]:
    """What is not silenced, and what the baseline accepts, which is marked and not left out."""
    accepted = [each for each in file.suppressed if each.kind == "baseline"]
    if not accepted:
        yield from ((diagnostic, None) for diagnostic in file.diagnostics)
        return
    found: list[tuple[Diagnostic, Suppressed | None]] = [(each, None) for each in file.diagnostics]
    found += [(each.diagnostic, each) for each in accepted]
    yield from sorted(found, key=lambda each: each[0].range or ())


def _diagnostic(
    diagnostic: Diagnostic, suppressed: Suppressed | None, run: Run, identities: Identities
) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "file": diagnostic.file,
        "pointer": diagnostic.place.pointer,
        "range": _range(diagnostic.range),
        "related": [
            {
                "message": related.message,
                "pointer": related.place.pointer,
                "range": _range(related.range),
            }
            for related in diagnostic.related
        ],
        "fix": _fix(diagnostic.fix),
        "documentation": diagnostic.documentation,
        "contested": diagnostic.contested,
        "partialFingerprints": identities.of(diagnostic),
        "baselineState": baseline_state(suppressed) if run.baseline else None,
        "suppressions": [
            {"kind": each["kind"], "justification": each["justification"]}
            for each in suppressions(suppressed)
        ],
    }


def _range(place: Range | None) -> dict[str, dict[str, int]] | None:
    if place is None:
        return None
    return {
        "start": {"line": place.start.line, "column": place.start.column},
        "end": {"line": place.end.line, "column": place.end.column},
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "title": fix.title,
        "applicability": fix.applicability,
        "edits": [
            {"range": _range(edit.range), "text": edit.text}
            for edit in fix.edits
            if edit.range is not None
        ],
    }

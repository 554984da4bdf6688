"""A simulation as JSON, and its rows as JSON lines and CSV: format version 1."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from provlint.report.json_text import json_text
from provlint.report.redaction import redact
from provlint.simulate.cycle.quarantine import deletions
from provlint.simulate.words import reading_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provlint.report.simulation.result import Shown
    from provlint.simulate.cycle.summary import Row, Summary, Verdict

VERSION = 1
COLUMNS = (
    "user", "object_id", "target_id", "action", "code", "step", "reason", "in_scope",
    "matched_on", "contested",
)  # fmt: skip
"""Members of a row, in order."""

ROWS_AT_ONCE = 1000


def row_of(row: Row) -> dict[str, Any]:
    """A row by the names of `COLUMNS`."""
    return {
        "user": row.user,
        "object_id": row.object_id,
        "target_id": row.target_id,
        **_of_verdict(row.verdict),
    }


def _of_verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "action": verdict.action,
        "code": verdict.code,
        "step": verdict.step,
        "reason": verdict.reason,
        "in_scope": verdict.in_scope,
        "matched_on": verdict.matched_on,
        "contested": list(verdict.contested),
    }


def as_json(shown: Shown) -> str:
    """The whole result."""
    value = {
        "version": VERSION,
        "configuration": {
            "rule": shown.rule,
            "mapping": shown.mapping,
            "target": shown.target,
        },
        "summary": summary_of(shown.summary),
        "thresholds": [item._asdict() for item in shown.thresholds],
        "rows": [row_of(row) for row in shown.rows],
        "more_rows": shown.more,
    }
    return redact(json_text(value))


def summary_of(summary: Summary) -> dict[str, Any]:
    """The summary by published names."""
    count = summary.counters["deletions"]
    verdict = deletions(count, summary.delete_threshold)
    return {
        "counters": summary.counters,
        "steps": [
            {"step": step, "action": action, "users": users}
            for step, actions in summary.steps().items()
            for action, users in actions.items()
        ],
        "reasons": [
            {"action": action, "reason": reason, "code": code, "users": users}
            for action, reason, code, users in summary.reasons()
        ],
        "shared_in_source": [shared._asdict() for shared in summary.shared_in_source],
        "deletions": {
            "count": count,
            "threshold": summary.delete_threshold,
            "exceeded": verdict.action != "proceed",
        },
        "contested": [
            {"reading": name, "meaning": reading_in_words(name), "users": users}
            for name, users in summary.readings()
        ],
        "assumptions": [{"text": text, "users": users} for text, users in summary.assumptions()],
        "missing": list(summary.missing),
        "notes": list(summary.notes),
    }


def as_json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """One object a line."""
    for row in rows:
        yield redact(json.dumps(row_of(row), ensure_ascii=False)) + "\n"


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """RFC 4180 with a line of names; open readings are joined by a blank."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        # Many users have one verdict, which is the same object.
        verdicts = {id(row.verdict): row.verdict for row in some}
        told = {key: _cells(verdict) for key, verdict in verdicts.items()}
        writer.writerows(
            (row.user, row.object_id, row.target_id, *told[id(row.verdict)]) for row in some
        )
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()


def _cells(verdict: Verdict) -> tuple[object, ...]:
    *cells, contested = _of_verdict(verdict).values()
    return (*cells, " ".join(contested))

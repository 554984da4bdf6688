"""A comparison as JSON, and its users as CSV and Parquet: format version 1."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from provlint.report.comparison.headline import facts, gravest_of
from provlint.report.json_text import json_text
from provlint.report.redaction import redact
from provlint.simulate.cycle.quarantine import deletions
from provlint.simulate.words import reading_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provlint.compare.configuration.changes import Change
    from provlint.compare.users.summary import PairRow, PairSummary, ValuePairs
    from provlint.compare.users.verdict import PairVerdict
    from provlint.report.comparison.result import ComparedUsers, Comparison

VERSION = 1

COLUMNS: dict[str, str] = {
    "configuration": "VARCHAR",
    "user": "VARCHAR",
    "object_id": "VARCHAR",
    "movement": "VARCHAR",
    "managed": "BOOLEAN",
    "action_before": "VARCHAR",
    "action": "VARCHAR",
    "code": "VARCHAR",
    "because": "VARCHAR",
    "reason": "VARCHAR",
    "failing": "BOOLEAN",
    "marks": "VARCHAR[]",
    "changed": "VARCHAR[]",
    "contested": "VARCHAR[]",
}
"""Members of a row of CSV and Parquet in order, with the type in DuckDB."""

PARQUET_TYPES = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items()) + "}"


def as_json(comparison: Comparison) -> str:
    """The whole result."""
    found = [facts(compared) for compared in comparison.configurations]
    value = {
        "version": VERSION,
        "weight": gravest_of(found),
        "configurations": [
            {
                "name": compared.name,
                "status": compared.status,
                "verdict": [fact._asdict() for fact in told],
                "changes": [_change(change) for change in compared.changes],
                "starts_initial_cycle": compared.initial_cycle,
                "users": None if compared.users is None else _users(compared.users, comparison),
            }
            for compared, told in zip(comparison.configurations, found, strict=True)
        ],
        "thresholds": [item._asdict() for item in comparison.thresholds],
        "notes": list(comparison.notes),
    }
    return redact(json_text(value))


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "weight": change.weight,
        "rule": change.place.rule,
        "mapping": change.place.mapping,
        "attribute": change.place.attribute,
        "text": change.text,
        "consequence": change.consequence,
        "advice": change.advice,
        "old": change.old,
        "new": change.new,
        "entering": None if change.entering is None else dict(change.entering),
        "leaving": None if change.leaving is None else dict(change.leaving),
    }


def _users(users: ComparedUsers, comparison: Comparison) -> dict[str, Any]:
    summary = users.summary
    counters = summary.counters
    count, threshold = counters["deletions"], summary.delete_threshold
    return {
        "rule": users.rule,
        "mapping": users.mapping,
        "counters": counters,
        "leaving": _reasons(summary, lambda verdict: verdict.movement == "leaving", "movement"),
        "entering": _reasons(summary, lambda verdict: verdict.movement == "entering", "movement"),
        "undecided": _reasons(summary, lambda verdict: verdict.movement == "undecided", "movement"),
        "failing": _reasons(summary, lambda verdict: verdict.fails, "failure"),
        "values": [_values(pairs, comparison.examples) for pairs in summary.values],
        "shared_before": [shared._asdict() for shared in summary.shared_old],
        "shared_after": [shared._asdict() for shared in summary.shared_new],
        "references": [lost._asdict() for lost in summary.references],
        "deletions": {
            "count": count,
            "threshold": threshold,
            "exceeded": deletions(count, threshold).action != "proceed",
        },
        "contested": [
            {"reading": name, "meaning": reading_in_words(name), "users": number}
            for name, number in summary.readings()
        ],
        "managed_by": summary.managed_by,
        "assumptions": [{"text": text, "users": number} for text, number in summary.assumptions()],
        "missing": list(summary.missing),
        "notes": list(summary.notes),
        "rows": [_full_row(row) for row in users.rows],
        "more_rows": users.more,
    }


def _reasons(
    summary: PairSummary, fits: Callable[[PairVerdict], bool], of: str
) -> list[dict[str, Any]]:
    return [
        {"action": action, "reason": reason, "users": count}
        for action, reason, count in summary.reasons(fits, of)
    ]


def _values(pairs: ValuePairs, examples: bool) -> dict[str, Any]:
    return {
        "attribute": pairs.attribute,
        "users": pairs.users,
        "distinct": pairs.distinct,
        "frequent": [
            {"old": change.old, "new": change.new, "users": count}
            for change, count in (pairs.frequent if examples else ())
        ],
    }


def row_of(row: PairRow, configuration: str) -> dict[str, Any]:
    """A row by the names of `COLUMNS`."""
    verdict = row.verdict
    return {
        "configuration": configuration,
        "user": row.user,
        "object_id": row.object_id,
        "movement": verdict.movement,
        "managed": verdict.managed,
        "action_before": verdict.old.action,
        "action": verdict.new.action,
        "code": verdict.new.code,
        "because": verdict.because,
        "reason": verdict.new.reason,
        "failing": verdict.fails,
        "marks": list(verdict.marks),
        "changed": list(verdict.changed),
        "contested": list(verdict.contested),
    }


def _full_row(row: PairRow) -> dict[str, Any]:
    found = row_of(row, "")
    del found["configuration"], found["changed"]
    return {**found, "values": [value._asdict() for value in row.values]}


def as_csv(rows: Iterable[tuple[str, PairRow]]) -> Iterator[str]:
    """RFC 4180 with a line of names; lists are joined by `; `.

    Args:
        rows: Name of the configuration and row.
    """
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for configuration, row in rows:
        values = row_of(row, configuration)
        joined = {n: "; ".join(v) if isinstance(v, list) else v for n, v in values.items()}
        writer.writerow(joined)
        yield redact(buffer.getvalue())
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()


def parquet_rows(rows: Iterable[tuple[str, PairRow]]) -> Iterator[dict[str, Any]]:
    """The rows of Parquet: those of CSV, with lists."""
    return (row_of(row, configuration) for configuration, row in rows)

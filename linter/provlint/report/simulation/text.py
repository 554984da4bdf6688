"""A simulation as a person reads it: the summary, then the rows that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.report.cells import harmless
from provlint.report.redaction import redact
from provlint.simulate.cycle.quarantine import THRESHOLD_READING, deletions
from provlint.simulate.words import reading_in_words
from provlint.wording import alternatives, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.report.simulation.result import Shown
    from provlint.report.style import Look
    from provlint.simulate.cycle.summary import Row, Summary

REASONS = 12
"""Reasons that are shown; the others are counted."""

WIDEST = 40
"""Columns of the name of a user at most."""

_STYLES = {
    "create": "added",
    "update": "added",
    "create-or-update": "added",
    "disable": "removed",
    "delete": "removed",
    "staged-delete": "removed",
    "fail": "error",
    "unknown": "warning",
}


def summary_text(shown: Shown, style: Look) -> str:
    """The report on a terminal."""
    return redact("\n".join(_lines(shown, style)) + "\n")


def _lines(shown: Shown, style: Look) -> Iterator[str]:
    summary = shown.summary
    counters = summary.counters
    where = harmless(f"{shown.mapping or 'object mapping'} -> {shown.target or 'the target'}")
    yield style.paint("message", f"{where}: {counted(counters['users'], 'user')}")
    yield ""
    yield (
        f"in scope {counters['in_scope']:,}, out of scope {counters['out_of_scope']:,}"
        + (f", undecided {counters['undecided']:,}" if counters["undecided"] else "")
    )
    yield ""
    yield from _steps(summary, style)
    yield from _section("reasons", _reasons(summary), style)
    yield from _section("matching", _matching(summary), style)
    yield from _section("deletions", _deletions(summary), style)
    contested = [
        f"{count:>9,}  {name}: {reading_in_words(name) or 'see the documentation'}"
        for name, count in summary.readings()
    ]
    rest = "user rests" if counters["contested"] == 1 else "users rest"
    title = f"contested: {counters['contested']:,} {rest} on an open reading"
    yield from _section(title, contested, style)
    assumed = [f"{count:>9,}  {harmless(text)}" for text, count in summary.assumptions()]
    yield from _section("assumed", assumed, style)
    yield from _section("files", [f"  {harmless(note)}" for note in summary.notes], style)
    checked = [
        f"  {item.text}: {item.value:g}, {'exceeded' if item.exceeded else 'not exceeded'}"
        for item in shown.thresholds
    ]
    yield from _section("thresholds", checked, style)
    if shown.shown:
        yield ""
        yield style.paint("message", f"rows: {shown.shown}")
        yield from _rows(shown.rows, style)
        if shown.more:
            yield "  … more; raise --limit, or write all by --format csv --output FILE"


def _section(title: str, lines: Sequence[str], style: Look) -> Iterator[str]:
    if lines:
        yield ""
        yield style.paint("message", title)
        yield from lines


def _steps(summary: Summary, style: Look) -> Iterator[str]:
    yield style.paint("message", "users by step and outcome")
    for step, actions in summary.steps().items():
        for action, count in sorted(actions.items(), key=lambda item: (-item[1], item[0])):
            name = style.paint(_STYLES.get(action, "quiet"), action)
            yield f"{count:>9,}  {step:<16} {name}"


def _reasons(summary: Summary) -> list[str]:
    ranked = summary.reasons()
    lines = [
        f"{count:>9,}  {action:<10} {harmless(reason)}{f' ({code})' if code else ''}"
        for action, reason, code, count in ranked[:REASONS]
    ]
    if len(ranked) > REASONS:
        rest = sum(count for *_, count in ranked[REASONS:])
        lines.append(f"{rest:>9,}  for {len(ranked) - REASONS} other reasons; see --format json")
    return lines


def _matching(summary: Summary) -> list[str]:
    counters = summary.counters
    lines = [
        f"{shared.users:>9,}  users share {counted(shared.values, 'value')} of `{shared.attribute}`"
        " with another source user"
        for shared in summary.shared_in_source
        if shared.values
    ]
    for name, words in (
        ("import_skipped", "users have no value for any matching attribute"),
        ("duplicates_in_source", "users fail as another source user has the matching value"),
        ("duplicates_in_target", "users fail as several target users have the matching value"),
    ):
        if counters[name]:
            lines.append(f"{counters[name]:>9,}  {words}")
    return lines


def _deletions(summary: Summary) -> list[str]:
    count, threshold = summary.counters["deletions"], summary.delete_threshold
    if not count and threshold is None:
        return []
    if threshold is None:
        return [f"{count:>9,}  disables and deletions; no threshold given, the default is 500"]
    verdict = deletions(count, threshold)
    contested = f" (contested: {THRESHOLD_READING})" if verdict.contested else ""
    return [f"{count:>9,}  {verdict.reason}{contested}"]


def _rows(rows: Sequence[Row], style: Look) -> Iterator[str]:
    if not rows:
        yield "  none"
        return
    names = [harmless(row.user)[:WIDEST] for row in rows]
    width = max(map(len, names))
    for name, row in zip(names, rows, strict=True):
        verdict = row.verdict
        action = style.paint(_STYLES.get(verdict.action, "quiet"), f"{verdict.action:<16}")
        code = f" ({verdict.code})" if verdict.code else ""
        contested = f"; contested: {alternatives(verdict.contested, 'and')}"
        line = f"  {name:<{width}}  {action} {harmless(verdict.reason)}{code}"
        yield line + (contested if verdict.contested else "")

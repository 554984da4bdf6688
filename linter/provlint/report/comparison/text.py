"""A comparison as a person reads it on a terminal: the verdict first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.report.cells import harmless
from provlint.report.comparison.headline import facts
from provlint.report.comparison.words import (
    COUNT,
    REASONS,
    assumed,
    beside,
    contested_rows,
    counter_rows,
    reasons_of,
    reference_rows,
    shared_rows,
    uncounted,
    value_text,
    witness_text,
)
from provlint.report.redaction import redact
from provlint.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.compare.configuration.changes import Change
    from provlint.compare.users.summary import PairRow, PairSummary
    from provlint.report.comparison.result import Compared, ComparedUsers, Comparison
    from provlint.report.style import Look

STYLES = {"danger": "error", "caution": "warning", "note": "quiet"}
INITIAL_CYCLE = "saving this starts an initial cycle: everybody is looked at again"
VERDICTS = {"danger": "error", "caution": "warning", "note": "help"}
INDENT = " " * 9
WIDEST = 40
"""Columns of the name of a user at most."""

LONGEST = 200
"""Characters of a value that are shown."""

ATTRIBUTES = 12
"""Target attributes whose values are shown; the others are counted."""


def comparison_text(comparison: Comparison, style: Look) -> str:
    """The report on a terminal."""
    lines: list[str] = []
    for compared in comparison.configurations:
        if lines:
            lines.append("")
        lines += _configuration(compared, style, comparison.examples)
    lines += _section("notes", [f"  {harmless(note)}" for note in comparison.notes], style)
    checked = [
        f"  {item.text}: {item.value:g}, {'exceeded' if item.exceeded else 'not exceeded'}"
        for item in comparison.thresholds
    ]
    lines += _section("thresholds", checked, style)
    return redact("\n".join(lines) + "\n")


def _configuration(compared: Compared, style: Look, examples: bool) -> Iterator[str]:
    first, *others = facts(compared)
    yield style.paint(VERDICTS[first.weight], harmless(first.text[:1].upper() + first.text[1:]))
    for fact in others:
        yield style.paint(VERDICTS[fact.weight], harmless(f"also: {fact.text}"))
    yield style.paint("quiet", f"--> {harmless(compared.name)}")
    if uncounted(compared):
        yield f"{style.paint('help', f'help: {COUNT}')}"
    if compared.changes:
        yield from _section("what changes", list(_changes(compared, style)), style)
    if compared.users is not None:
        yield from _users(compared.users, style, examples)


def _section(title: str, lines: Sequence[str], style: Look) -> Iterator[str]:
    if lines:
        yield ""
        yield style.paint("message", title)
        yield from lines


def _changes(compared: Compared, style: Look) -> Iterator[str]:
    place = ""
    for change in compared.changes:
        here = " > ".join(filter(None, change.place[:2]))
        if here and here != place:
            yield f"{INDENT}{style.paint('quiet', harmless(here))}"
            place = here
        yield from _change(change, style)
    if compared.initial_cycle:
        yield f"{style.paint('quiet', 'note     ')}{INITIAL_CYCLE}"


def _change(change: Change, style: Look) -> Iterator[str]:
    label = style.paint(STYLES[change.weight], f"{change.weight:<9}")
    yield f"{label}{harmless(change.text)}"
    for mark, text in beside(change):
        name = "removed" if mark == "-" else "added"
        yield INDENT + style.paint(name, f"{mark} {harmless(text)}")
    for words, values in (("goes out", change.leaving), ("comes in", change.entering)):
        if values is not None:
            yield f"{INDENT}{words}, for example: {harmless(witness_text(values))}"
    if change.consequence:
        yield f"{INDENT}{harmless(change.consequence)}"
    if change.advice:
        yield f"{INDENT}{style.paint('help', 'help: ' + harmless(change.advice))}"


def _users(users: ComparedUsers, style: Look, examples: bool) -> Iterator[str]:
    summary = users.summary
    rows = [f"{count:>9,}  {words}" for count, words in counter_rows(summary)]
    yield from _section("users", rows, style)
    for title, reasons in reasons_of(summary):
        yield from _section(title, _reasons(reasons), style)
    yield from _section("written values", list(_values(summary, examples)), style)
    shared = [f"  {harmless(line)}" for line in shared_rows(summary)]
    yield from _section("matching", shared, style)
    lost = [f"  {harmless(line)}" for line in reference_rows(summary)]
    yield from _section("references", lost, style)
    contested = [f"{count:>9,}  {harmless(text)}" for count, text in contested_rows(summary)]
    yield from _section("contested: the outcome rests on an open reading", contested, style)
    assumptions = [
        f"{'' if count is None else format(count, ','):>9}  {harmless(text)}"
        for count, text in assumed(summary)
    ]
    yield from _section("assumed", assumptions, style)
    yield from _section("files", [f"  {harmless(note)}" for note in summary.notes], style)
    if users.shown:
        yield ""
        yield style.paint("message", f"rows: {users.shown}")
        yield from _rows(users.rows, style)
        if users.more:
            yield "  … more; raise --limit, or write all by --format csv --output FILE"


def _reasons(reasons: list[tuple[int, str, str]]) -> list[str]:
    lines = [
        f"{count:>9,}  {action:<16} {harmless(reason)}"
        for count, action, reason in reasons[:REASONS]
    ]
    if len(reasons) > REASONS:
        rest = sum(count for count, *_ in reasons[REASONS:])
        lines.append(f"{rest:>9,}  for {len(reasons) - REASONS} other reasons; see --format json")
    return lines


def _values(summary: PairSummary, examples: bool) -> Iterator[str]:
    for pairs in summary.values[:ATTRIBUTES]:
        kinds = counted(pairs.distinct, "kind of change", "kinds of change")
        yield f"{pairs.users:>9,}  {harmless(pairs.attribute)}, {kinds}"
        if not examples:
            continue
        for change, count in pairs.frequent[:3]:
            old, new = (harmless(value_text(v))[:LONGEST] for v in (change.old, change.new))
            yield f"{count:>13,}  {old} -> {new}"
    rest = len(summary.values) - ATTRIBUTES
    if rest > 0:
        yield f"{INDENT}  and {counted(rest, 'more attribute')}; see --format json"


def _rows(rows: Sequence[PairRow], style: Look) -> Iterator[str]:
    if not rows:
        yield "  none"
        return
    names = [harmless(row.user)[:WIDEST] for row in rows]
    width = max(map(len, names))
    for name, row in zip(names, rows, strict=True):
        verdict = row.verdict
        look = "removed" if "deactivated" in verdict.marks else "quiet"
        action = style.paint(look, f"{verdict.movement:<9} {verdict.new.action:<16}")
        marks = f" [{', '.join(verdict.marks)}]" if verdict.marks else ""
        why = verdict.because or (verdict.new.reason if verdict.fails else "")
        yield f"  {name:<{width}}  {action} {harmless(why)}{marks}".rstrip()
        for change in row.values:
            old, new = (harmless(value_text(v))[:LONGEST] for v in (change.old, change.new))
            yield f"  {'':<{width}}  {harmless(change.attribute)}: {old} -> {new}"

"""What provisioning on demand would do with one user, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.report.cells import harmless
from provlint.report.redaction import redact
from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.connection import SURROGATE
from provlint.simulate.scope_results import WORDS
from provlint.simulate.words import reading_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.report.style import Look
    from provlint.simulate.inputs.population import User
    from provlint.simulate.outcome import Status, Step, UserOutcome
    from provlint.simulate.plan import Plan
    from provlint.simulate.scope import ClauseResult

WIDEST = 44
"""Columns of the left side of a list of values at most."""

LONGEST = 100
"""Characters of a value that are shown at most."""

_STYLES: dict[Status, str] = {
    "success": "added",
    "warning": "warning",
    "failure": "error",
    "skipped": "note",
    "not evaluated": "quiet",
}
_RESULTS = {
    "create": "would be created",
    "update": "would be updated",
    "create-or-update": "would be created or updated",
    "disable": "would be disabled",
    "delete": "would be deleted",
    "skip": "would be skipped",
    "none": "nothing would be done",
    "fail": "would fail",
    "unknown": "cannot be told",
    "staged-delete": "the deletion would wait for an administrator",
}


def text_of(
    outcome: UserOutcome, user: User, name: str, plan: Plan, told: Iterable[str], style: Look
) -> str:
    """The whole report: the five steps, the result, what was assumed, what is contested."""
    mapping = plan.name or f"{plan.source_object} to {plan.target_object}"
    target = plan.target_name or "the target"
    result = _RESULTS[outcome.action]
    lines = [style.paint("message", f"{harmless(name)} -> {harmless(target)}: {result}")]
    lines.append(f"{harmless(mapping)}; user from {harmless(user.where)}")
    for number, step in enumerate(outcome.steps, 1):
        lines += ["", *_step(number, step, outcome, style)]
    code = f" ({outcome.code})" if outcome.code else ""
    lines += ["", style.paint("message", f"Result: {result}{code}")]
    lines.append(f"  {_shown(outcome.reason, len(outcome.reason))}")
    if outcome.target_id:
        lines.append(f"  target user: {_shown(outcome.target_id)}")
    lines += _contested(outcome, style)
    lines += _listed("Assumed", (*outcome.assumptions,), style)
    lines += _listed("Read", tuple(told), style)
    lines += _listed(
        "Cannot be known offline",
        (
            "whether the credential is valid, the target's own checks and limits, licenses,"
            " throttling",
        ),
        style,
    )
    return redact("\n".join(lines) + "\n")


def _step(number: int, step: Step, outcome: UserOutcome, style: Look) -> list[str]:
    title = f"{number}. {step.name.capitalize()}"
    word = "not asked" if step.text == SURROGATE else step.status
    status = style.paint(_STYLES[step.status], word)
    lines = [f"{style.paint('message', title)}: {status}"]
    if step.text:
        lines.append(f"   {_shown(step.text, len(step.text))}")
    if step.code:
        lines.append(f"   code: {step.code}")
    details = step.details
    clauses: tuple[ClauseResult, ...] = ()
    if step.name == "scope" and outcome.scope is not None and outcome.scope.decision is not None:
        clauses = outcome.scope.decision.clauses
        details = details[: len(details) - len(clauses)]
    if step.name == "action":
        details = ()
        lines += _changes(outcome)
    lines += _pairs(details)
    lines += _clauses(clauses, style)
    lines += [f"   cause: {cause}" for cause in step.causes]
    lines += [f"   {style.paint('help', 'help')}: {remedy}" for remedy in step.remedies]
    return lines


def _width(titles: Iterable[str]) -> int:
    """The width of a column; a title that is too long stands out alone."""
    return max((length for title in titles if (length := len(title)) <= WIDEST), default=0)


def _pairs(details: tuple[tuple[str, str], ...]) -> list[str]:
    width = _width(title for title, _ in details)
    return [f"     {_shown(title):<{width}}  {_shown(value)}".rstrip() for title, value in details]


def _clauses(clauses: tuple[ClauseResult, ...], style: Look) -> list[str]:
    lines: list[str] = []
    groups = {(clause.filter_set, clause.group) for clause in clauses}
    last: tuple[str, int] | None = None
    for clause in clauses:
        key = (clause.filter_set, clause.group)
        if len(groups) > 1 and key != last:
            joined = "or " if last is not None and last[0] == key[0] else ""
            title = clause.title or f"group {clause.group + 1}"
            lines.append(f"     {joined}{_shown(title)} ({clause.filter_set})")
        last = key
        passed = clause.result == "true"
        mark = style.paint("added" if passed else "removed", f"{clause.result:<7}")
        lines.append(f"       {mark}  {_shown(clause.text)}")
        if not passed:
            lines.append(f"                {_shown(clause.reason, len(clause.reason))}")
        if clause.contested:
            lines.append(f"                contested: {', '.join(clause.contested)}")
    return lines


def _changes(outcome: UserOutcome) -> list[str]:
    changes = outcome.changes
    width = _width(change.attribute for change in changes)
    doubts: dict[str, list[str]] = {}
    for attribute, reading in outcome.contested_values:
        doubts.setdefault(attribute, []).append(reading)
    lines = []
    for change in changes:
        old = f"{_value(change.old)} -> " if change.old is not None else ""
        lines.append(f"     {_shown(change.attribute):<{width}}  {old}{_value(change.new)}")
        if change.attribute in doubts:
            lines.append(f"       contested: {', '.join(doubts[change.attribute])}")
    return lines


def _value(value: object) -> str:
    return f'"{_shown(provisioned_text(value))}"'


def _shown(text: str, longest: int = LONGEST) -> str:
    safe = harmless(text)
    return safe if len(safe) <= max(longest, LONGEST) else f"{safe[: LONGEST - 1]}…"


def _contested(outcome: UserOutcome, style: Look) -> list[str]:
    written = {change.attribute for change in outcome.changes}
    values = [name for attribute, name in outcome.contested_values if attribute in written]
    names = dict.fromkeys((*outcome.contested, *values))
    if not names:
        return []
    lines = ["", style.paint("warning", "Contested: Microsoft's documentation leaves this open")]
    for alternative in outcome.alternatives:
        lines.append(f"  {alternative.explanation}")
    explained = {name for each in outcome.alternatives for name in each.contested}
    for name in names:
        words = reading_in_words(name)
        if name not in explained:
            lines.append(f"  {name}: {words}" if words else f"  {name}")
    if outcome.alternatives:
        lines.append(f"  taken: {WORDS[outcome.alternatives[0].outcome]}")
    return lines


def _listed(title: str, items: tuple[str, ...], style: Look) -> list[str]:
    if not items:
        return []
    return ["", style.paint("quiet", title), *(f"  {_shown(item, len(item))}" for item in items)]

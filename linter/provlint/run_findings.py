"""Findings on the files of the run itself: what they silence or accept, and nothing is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from provlint.diagnostic import Diagnostic, Place, Position, Range
from provlint.program_rules import STALE_BASELINE, UNUSED_SUPPRESSION
from provlint.report.result import FileResult
from provlint.request import LintError, relative

if TYPE_CHECKING:
    from provlint.baseline.session import Session
    from provlint.config.find import Found
    from provlint.request import Plan


def close_baseline(plan: Plan) -> tuple[list[str], list[FileResult]]:
    """Write the baseline, or tell which of its entries match nothing any more.

    Returns:
        What was written, in words, and the findings.

    Raises:
        LintError: The baseline cannot be written.
    """
    baseline = plan.baseline
    if baseline is None or baseline.baseline is None:
        return [], []
    names = {rule.info.id: rule.info.name for rule in plan.known()}
    ran = frozenset(rule.info.id for rule in plan.options.rules.rules) - plan.options.hidden
    if baseline.writes:
        return [_write_baseline(baseline, ran, names)], []
    if STALE_BASELINE.id not in ran:
        return [], []
    severity = plan.severities.get(STALE_BASELINE.id, STALE_BASELINE.severity)
    stale = baseline.stale(ran, frozenset(names), severity)
    return [], [] if stale is None else [stale]


def _write_baseline(session: Session, ran: frozenset[str], names: dict[str, str]) -> str:
    assert session.baseline is not None
    path = session.baseline.path
    if session.holds(path):
        raise LintError(f"`{path}` is one of the files that are checked", "name another file")
    try:
        return session.write(ran, names)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LintError(
            f"`{path}` cannot be written: {reason}", "check the folder and its permissions"
        ) from None


def useless_suppressions(plan: Plan, paths: list[str]) -> list[FileResult]:
    """Findings on the suppressions that silenced nothing, in the configuration file itself.

    A suppression is judged only by a run that saw every file it may be meant for, so that a hook
    that is given three changed files does not call the suppressions of the others useless.
    """
    found, suppressions = plan.found, plan.suppressions
    if found is None or suppressions is None:
        return []
    ran = frozenset(rule.info.id for rule in plan.options.rules.rules) - plan.options.hidden
    if UNUSED_SUPPRESSION.id not in ran:
        return []
    name = relative(found.path, os.curdir)
    severity = plan.severities.get(UNUSED_SUPPRESSION.id, UNUSED_SUPPRESSION.severity)
    diagnostics = []
    for index, message, advice in suppressions.useless(ran):
        suppression = found.settings.suppress[index]
        if not _saw_all(plan, found, suppression.files, paths):
            continue
        line = found.line_of("suppress", index)
        end = len(found.text.splitlines()[line - 1]) + 1 if line else 1
        diagnostics.append(
            Diagnostic(
                rule=UNUSED_SUPPRESSION.id,
                name=UNUSED_SUPPRESSION.name,
                severity=severity,
                message=message,
                help=advice,
                file=name,
                place=Place(f"/suppress/{index}"),
                range=Range(Position(line, 1), Position(line, end)) if line else None,
            )
        )
    if not diagnostics:
        return []
    from provlint.source.lines import LineIndex

    return [FileResult(name, tuple(diagnostics), LineIndex(found.text), recognised=False)]


def _saw_all(plan: Plan, found: Found, pattern: str, paths: list[str]) -> bool:
    from provlint.globs import fixed_folder, is_path, normal

    if is_path(pattern) and normal(pattern) in paths:
        return True
    if plan.request.exclude:
        return False
    folder = os.path.realpath(os.path.join(found.folder, fixed_folder(pattern)))
    walked = (os.path.realpath(path) for path in plan.request.paths if os.path.isdir(path))
    return any(f"{folder}{os.sep}".startswith(os.path.join(top, "")) for top in walked)

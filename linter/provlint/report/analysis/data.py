"""Analysed filters as JSON: format version 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.report.json_text import json_text
from provlint.report.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.analysis.results import ClauseAnalysis, GroupAnalysis
    from provlint.report.analysis.result import AnalysedFilter

VERSION = 1


def as_json(filters: Sequence[AnalysedFilter]) -> str:
    """All filters."""
    return redact(json_text({"version": VERSION, "filters": list(map(_filter, filters))}))


def _filter(shown: AnalysedFilter) -> dict[str, Any]:
    analysis = shown.analysis
    return {
        "rule": shown.rule or None,
        "mapping": shown.mapping or None,
        "target": shown.target or None,
        "sets": dict(shown.texts),
        "null_policy": shown.null_policy,
        "verdict": analysis.verdict,
        "witness": analysis.witness,
        "outsider": analysis.outsider,
        "valued": list(analysis.valued),
        "problem": analysis.problem or None,
        "groups": list(map(_group, analysis.groups)),
        "findings": [
            {
                "kind": finding.kind,
                "message": finding.message,
                "help": finding.help,
                "set": finding.filter_set or None,
                "group": finding.group,
                "clauses": list(finding.clauses),
                "contested": finding.contested or None,
            }
            for finding in shown.findings
        ],
        "beyond": list(analysis.beyond),
        "steps": analysis.steps,
    }


def _group(group: GroupAnalysis) -> dict[str, Any]:
    return {
        "set": group.filter_set,
        "number": group.number,
        "title": group.title,
        "text": group.text,
        "verdict": group.verdict,
        "witness": group.witness,
        "conflicts": [each._asdict() for each in group.conflicts],
        "contained_in": list(group.contained_in),
        "overlaps": [each._asdict() for each in group.overlaps],
        "clauses": list(map(_clause, group.clauses)),
    }


def _clause(clause: ClauseAnalysis) -> dict[str, Any]:
    return {
        "text": clause.text,
        "verdict": clause.verdict,
        "witness": clause.witness,
        "reason": clause.reason or None,
        "implied_by": list(clause.implied_by),
    }

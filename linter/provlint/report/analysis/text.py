"""Analysed filters as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.findings import GRAVE, admitted
from provlint.analysis.witness import witness_text
from provlint.report.cells import harmless
from provlint.report.redaction import redact
from provlint.wording import alternatives, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.analysis.findings import ScopeFinding
    from provlint.analysis.results import GroupAnalysis, ScopeAnalysis
    from provlint.report.analysis.result import AnalysedFilter
    from provlint.report.style import Look

_ALONE = "groups"
"""The filter set that the portal shows; the others are named."""


def analysis_text(filters: Sequence[AnalysedFilter], style: Look) -> str:
    """The report on a terminal."""
    shown = ["\n".join(_filter(each, style)) for each in filters]
    return redact("\n\n".join([*shown, _counts(filters)]) + "\n")


def _filter(shown: AnalysedFilter, style: Look) -> Iterator[str]:
    analysis = shown.analysis
    title = f"{shown.mapping} -> {shown.target or 'the target'}" if shown.mapping else "the filter"
    yield style.paint("message", f"{harmless(title)}: {_verdict(analysis)}")
    for name, user in (("in", analysis.witness), ("out", analysis.outsider)):
        if user:
            yield f"  {name:<4} {harmless(witness_text(user))}"
    yield from _findings([each for each in shown.findings if each.group is None], style)
    for group in analysis.groups:
        yield from _group(group, shown, style)
    if not analysis.groups:
        yield from (f"  {name}: {harmless(text)}" for name, text in shown.texts.items())
    undecided = [f"  {harmless(reason)}" for reason in analysis.beyond]
    if undecided:
        yield ""
        yield style.paint("message", "not decided")
        yield from undecided


def _verdict(analysis: ScopeAnalysis) -> str:
    if analysis.problem:
        return "the filter is invalid"
    if analysis.verdict == "never":
        return "admits nobody"
    if analysis.verdict == "sometimes":
        return "admits some"
    if analysis.verdict == "unknown":
        return "whom it admits is not decided"
    return f"admits {admitted(analysis.valued)}"


def _group(group: GroupAnalysis, shown: AnalysedFilter, style: Look) -> Iterator[str]:
    yield ""
    where = "group" if group.filter_set == _ALONE else f"{group.filter_set} group"
    title = f" {alternatives([group.title])}" if group.title else ""
    yield style.paint("message", harmless(f"{where} {group.number + 1}{title}: {group.text}"))
    if group.witness:
        yield f"  in   {harmless(witness_text(group.witness))}"
    about = (group.filter_set, group.number)
    yield from _findings([each for each in shown.findings if each[3:5] == about], style)
    for conflict in group.conflicts:
        if conflict.exception:
            user = harmless(witness_text(conflict.exception))
            yield style.paint("quiet", f"  but for values with control characters: {user}")
    for overlap in group.overlaps:
        user = harmless(witness_text(overlap.witness))
        yield style.paint("quiet", f"  also in group {overlap.group + 1}: {user}")


def _findings(findings: Sequence[ScopeFinding], style: Look) -> Iterator[str]:
    for finding in findings:
        grave = finding.kind in GRAVE
        kind = style.paint("error" if grave else "warning", finding.kind)
        yield f"  {kind}: {harmless(finding.message)}"
        yield f"    {style.paint('help', 'help')}: {harmless(finding.help)}"
        if finding.contested:
            yield f"    contested: {finding.contested}"


def _counts(filters: Sequence[AnalysedFilter]) -> str:
    """The last line: what was found in all filters."""
    findings = [each for shown in filters for each in shown.findings]
    grave = sum(each.kind in GRAVE for each in findings)
    idle = len(findings) - grave
    wrong = counted(grave, "contradiction or tautology", "contradictions or tautologies")
    nothing = counted(idle, "idle group or clause", "idle groups or clauses")
    return f"{counted(len(filters), 'filter')}: {wrong}, {nothing}"

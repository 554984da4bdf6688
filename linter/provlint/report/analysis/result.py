"""What the renderers of an analysis are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.analysis.findings import ScopeFinding
    from provlint.analysis.results import ScopeAnalysis


class AnalysedFilter(NamedTuple):
    """The filter of one object mapping, or one that was typed.

    Attributes:
        rule: Name of the synchronization rule; empty where the filter was typed.
        mapping: Name of the object mapping; empty where the filter was typed.
        target: Name of the target directory.
        texts: The text form of each filter set that has a group.
        null_policy: What negative operators were taken to give on empty attributes.
        analysis: What is known.
        findings: What is to be told of it.
    """

    rule: str
    mapping: str
    target: str
    texts: Mapping[str, str]
    null_policy: str
    analysis: ScopeAnalysis
    findings: tuple[ScopeFinding, ...]

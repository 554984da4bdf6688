"""Rules whose findings are about the run itself, so that no unit of a file is their business."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import ERROR, NOTE, WARNING
from provlint.rule import Rule, RuleInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.rule import Finding

UNUSED_SUPPRESSION = RuleInfo(
    "PL021", "unused-suppression", "A suppression of the configuration file silences nothing",
    WARNING, "",
)  # fmt: skip
STALE_BASELINE = RuleInfo(
    "PL022", "stale-baseline", "Accepted findings of the baseline match nothing any more", NOTE, "",
)  # fmt: skip
RULE_CRASHED = RuleInfo(
    "PL901", "rule-crashed", "A rule failed, and the others went on", ERROR, "",
)  # fmt: skip


def _nothing(_: Any) -> Iterator[Finding]:
    return iter(())


PROGRAM_RULES = (
    Rule(UNUSED_SUPPRESSION, "document", _nothing),
    Rule(STALE_BASELINE, "document", _nothing),
    Rule(RULE_CRASHED, "document", _nothing),
)
"""They are named, listed and chosen like all rules; `provlint.linting` makes their findings."""

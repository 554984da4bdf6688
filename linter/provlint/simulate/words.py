"""Open readings of the flow in words, beside those of filters and of expressions."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint.simulate.readings import READINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

FLOW_READINGS: Mapping[str, str] = MappingProxyType(
    {
        "case-exact-not-declared": "a change of letter case alone counts as no change, as the"
        " schema does not say whether case counts",
        "default-access-role": "the role Default Access provisions, though the application's page"
        " says that it does not",
        "delete-threshold": "deletions that reach the threshold without exceeding it do not stop"
        " the job",
        "disable-without-update": "without Update nobody is disabled",
        "empty-text-flows": "the empty text that an expression gives is sent, and clears the"
        " attribute",
        "flow-null-values": "a value that became empty is not cleared in the target",
        "link-without-update": "whether a link is stored when Update is not selected is not"
        " documented",
        "match-failure-out-of-scope": "duplicates in the target also fail users out of scope",
        "matching-case": "the target finds a matching value in any letter case",
        "skip-flag-for-inactive": "SkipOutOfScopeDeletions also keeps disabled and deleted users"
        " from being disabled",
    }
)
"""Name to what provlint does."""


def reading_in_words(name: str) -> str:
    """What provlint does where a reading is open; empty for an unknown name."""
    if name in FLOW_READINGS:
        return FLOW_READINGS[name]
    for reading in READINGS.values():
        if reading.name == name:
            return reading.question
    from provlint.evaluation import READINGS as EXPRESSION_READINGS

    found = EXPRESSION_READINGS.get(name)
    return found.does if found is not None else ""

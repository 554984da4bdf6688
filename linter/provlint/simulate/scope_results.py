"""What a decision of scoping filters consists of."""

from __future__ import annotations

from typing import Literal

from provlint.semantics.filter_clauses import NullPolicy
from provlint_grammar.named_tuple import NamedTuple

__all__ = [
    "WORDS",
    "Alternative",
    "ClauseResult",
    "NullPolicy",
    "Outcome",
    "Result",
    "ScopeDecision",
]

Result = Literal["true", "false", "unknown", "invalid"]
Outcome = Literal["in-scope", "out-of-scope", "invalid-filter", "unknown"]

WORDS: dict[Outcome, str] = {
    "in-scope": "in scope",
    "out-of-scope": "out of scope",
    "invalid-filter": "the filter is invalid",
    "unknown": "cannot be told",
}
"""The outcomes as people read them."""


class ClauseResult(NamedTuple):
    """What one clause gave.

    Attributes:
        filter_set: `groups`, `inputFilterGroups` or `categoryFilterGroups`.
        group: Number of the group in its set, from 0.
        title: Title of the group; empty where it has none.
        attribute: The source attribute.
        operator: The operator as the configuration has it.
        value: The operand; several are joined by a comma; empty for unary operators.
        result: `true`, `false`, `unknown` (the attribute is not in the export, or nobody knows what
            the service does) or `invalid`.
        reason: Why, in words.
        contested: Names of the readings under which the clause would give something else.
    """

    filter_set: str
    group: int
    title: str
    attribute: str
    operator: str
    value: str
    result: Result
    reason: str
    contested: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The clause as the portal writes it: title, attribute, operator, value."""
        return " ".join(part for part in (self.title, *self[3:6]) if part)


class Alternative(NamedTuple):
    """A way to read the filter.

    Attributes:
        contested: Names of the readings that it takes; empty for provlint's own way.
        in_scope: What it decides; None where it decides nothing.
        outcome: The same in a word.
        explanation: A sentence on what it means.
    """

    contested: tuple[str, ...]
    in_scope: bool | None
    outcome: Outcome
    explanation: str


class ScopeDecision(NamedTuple):
    """Whether a user passes the scoping filters.

    Attributes:
        in_scope: Whether; None where the filter is invalid or an attribute is not in the export.
        clauses: What each clause gave, in file order.
        contested: Names of the open readings under which the outcome would be another.
        outcome: `in-scope`, `out-of-scope`, `invalid-filter` or `unknown`.
        reason: Why, in words.
        alternatives: Where the outcome is contested: each outcome with the readings that lead to
            it; the first is the outcome taken.
        failed_set: The filter set that decided against the user, or the empty string.
        missing: Attributes that the filter asks for and the export does not have.
    """

    in_scope: bool | None
    clauses: tuple[ClauseResult, ...]
    contested: tuple[str, ...]
    outcome: Outcome
    reason: str
    alternatives: tuple[Alternative, ...] = ()
    failed_set: str = ""
    missing: tuple[str, ...] = ()

"""What the flow gives for one user."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from provlint.simulate.action import Action
    from provlint.simulate.entitlement import ScopeStep
    from provlint.simulate.matching import Match
    from provlint.simulate.scope import Alternative
    from provlint.simulate.writing import Change

StepName = Literal["test connection", "import", "scope", "match", "action"]
Status = Literal["success", "warning", "failure", "skipped", "not evaluated"]

STEPS: tuple[StepName, ...] = ("test connection", "import", "scope", "match", "action")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps.

    Attributes:
        name: Which.
        status: How it ended; `not evaluated` after a step that failed.
        text: One sentence.
        details: Titles and values as the portal shows them, in order.
        code: Microsoft's code, where one is documented.
        causes: What may be the cause of a failure.
        remedies: What to do, as imperatives.
    """

    name: StepName
    status: Status
    text: str
    details: tuple[tuple[str, str], ...] = ()
    code: str | None = None
    causes: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UserOutcome:
    """What would happen to one user.

    Attributes:
        steps: The five steps, in order.
        action: What would be done.
        code: Microsoft's code, where one is documented.
        reason: Why, in words.
        matched_on: The target attribute on which the user was matched.
        changes: What would be written: attribute, old and new value.
        assumptions: What was taken for granted, each once.
        contested: Names of the open readings on which the outcome rests.
        contested_values: What would be written and rests on an open reading: target attribute
            and name of the reading.
        row: Number of the row of the action table.
        target_id: Id of the target user that is linked, or would be.
        omitted: Reference attributes that are left out.
        alternatives: The outcomes of the scope step, where they are contested.
        scope: The scope step in full; None where it was not reached.
        match: The match step in full; None where it was not reached.
    """

    steps: tuple[Step, ...]
    action: Action
    code: str | None
    reason: str
    matched_on: str | None = None
    changes: tuple[Change, ...] = ()
    assumptions: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    contested_values: tuple[tuple[str, str], ...] = ()
    row: str = ""
    target_id: str | None = None
    omitted: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    scope: ScopeStep | None = field(default=None, repr=False)
    match: Match | None = field(default=None, repr=False)

    @property
    def fails(self) -> bool:
        """Whether the user would fail."""
        return self.action == "fail"

"""What a change of configuration does to one user, without anything that is the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from provlint.simulate.cycle.summary import Verdict

Movement = Literal["entering", "leaving", "staying", "outside", "undecided"]
"""`entering` and `leaving` scope; `staying` in it; `outside` of it under both; `undecided` where
one of the two cannot be told."""

MOVEMENTS: tuple[Movement, ...] = ("leaving", "entering", "staying", "outside", "undecided")

Mark = Literal["activated", "deactivated", "renamed", "identifier changed", "entitlement changed"]
"""Events of an account. `deactivated`: it is disabled or deleted, as its user leaves scope or by a
written value. `identifier changed`: the value that it is matched by."""

MARKS: tuple[Mark, ...] = (
    "deactivated", "activated", "identifier changed", "renamed", "entitlement changed",
)  # fmt: skip

REMOVALS = ("disable", "delete", "staged-delete")
"""Actions that take an account away."""


class PairVerdict(NamedTuple):
    """A user under both configurations.

    Attributes:
        movement: Into scope, out of it, or neither.
        before: Whether in scope under the old configuration; None where it cannot be told.
        after: The same under the new one.
        managed: Whether the user has an account that provisioning manages.
        old: The verdict under the old configuration.
        new: The verdict under the new one.
        because: Why the movement: the test of the side on which the user is out.
        changed: Target attributes that are written otherwise.
        marks: Events of the account.
        contested: Names of the open readings that either verdict rests on.
    """

    movement: Movement
    before: bool | None
    after: bool | None
    managed: bool
    old: Verdict
    new: Verdict
    because: str
    changed: tuple[str, ...]
    marks: tuple[Mark, ...]
    contested: tuple[str, ...]

    @property
    def fails(self) -> bool:
        """Whether the user is in scope and fails under the new configuration."""
        return self.after is not False and _is_failure(self.new)

    @property
    def failed(self) -> bool:
        """Whether the user was in scope and failed under the old one."""
        return self.before is not False and _is_failure(self.old)


def _is_failure(verdict: Verdict) -> bool:
    return verdict.action == "fail" or verdict.code == "ImportSkipped"


class ValueChange(NamedTuple):
    """One target attribute of a user that is written otherwise.

    Attributes:
        attribute: The target attribute.
        old: What the old configuration writes; None for nothing. Several values are joined.
        new: The same of the new one.
    """

    attribute: str
    old: str | None
    new: str | None

"""The values of one user that are due to be written, worked out when the table asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.plan import seen_by_mappings
from provlint.simulate.targets import TargetUser
from provlint.simulate.writing import created, updated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.simulate.action import Row
    from provlint.simulate.entitlement import ScopeStep
    from provlint.simulate.flow import Flow
    from provlint.simulate.matching import Match
    from provlint.simulate.situation import Situation
    from provlint.simulate.writing import Written

LOOKING = frozenset({"1", "3", "4", "5", "7c", "10", "11", "15", "15a"})
"""The rows of the table that look at values."""


class DueValues:
    """What a create or an update of one user would send.

    Attributes:
        written: What was worked out; None while nobody asked.
        unknown_target: Whether an update was asked for and the target user is not given.
    """

    __slots__ = ("_flow", "_match", "_scope", "_situation", "_user", "unknown_target", "written")

    def __init__(
        self,
        flow: Flow,
        user: Mapping[str, object],
        situation: Situation,
        scope: ScopeStep,
        found: Match,
    ) -> None:
        self._flow = flow
        self._user = user
        self._situation = situation
        self._scope = scope
        self._match = found
        self.unknown_target = False
        self.written: Written | None = None

    def _seen(self) -> dict[str, object]:
        return seen_by_mappings(
            self._user, in_scope=bool(self._scope.in_scope), roles=self._situation.roles
        )

    def creation(self) -> Written:
        """What a create would send."""
        if self.written is None:
            flow = self._flow
            self.written = created(
                flow.plan, self._seen(), flow.context, flow.facts, flow.references
            )
        return self.written

    def differs(self) -> bool:
        """Whether an update would change anything; an unknown target user counts as empty."""
        if self.written is None:
            flow = self._flow
            target = self._match.user
            if target is None:
                self.unknown_target = True
                target = TargetUser(self._situation.link or "")
            self.written = updated(
                flow.plan,
                self._seen(),
                target,
                flow.context,
                flow.facts,
                flow.references,
                soft_delete_only=not self._scope.in_scope,
            )
        return bool(self.written.changes)


def decisive(row: Row, written: Written) -> tuple[str, ...]:
    """The readings of values on which the row itself rests."""
    if row.number == "3":
        missing = set(written.missing)
        return tuple(name for name, found in written.contested.items() if missing & {*found})
    return () if row.action in ("create", "create-or-update") else written.decisive()

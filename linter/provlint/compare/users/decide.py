"""One user under the old and the new configuration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from provlint.compare.users.verdict import MARKS, REMOVALS, PairVerdict
from provlint.compare.users.written import MappingPair, changed_values
from provlint.simulate.cycle.rowwise import empty_attributes
from provlint.simulate.cycle.summary import scope_reason, verdict_of
from provlint.simulate.matching import matching_values
from provlint.simulate.plan import seen_by_mappings
from provlint.simulate.targets import TargetUser

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from provlint.compare.users.verdict import Mark, Movement, ValueChange
    from provlint.simulate.cycle.summary import Verdict
    from provlint.simulate.entitlement import ScopeStep
    from provlint.simulate.flow import Flow
    from provlint.simulate.outcome import UserOutcome
    from provlint.simulate.situation import Situation
    from provlint.simulate.targets import Targets

ASSUMED_LINK = "assumed"
"""Stands for the id of an account that must be there."""

ACTIVATIONS = ("create", "update", "create-or-update")


class Accounts:
    """Target users of whom it matters only that they are there."""

    __slots__ = ("_targets",)

    def __init__(self, targets: Targets) -> None:
        self._targets = targets

    def find(self, attribute: str, value: str, *, ignore_case: bool) -> Sequence[TargetUser]:
        """The accounts of which the attribute equals the value."""
        found = self._targets.find(attribute, value, ignore_case=ignore_case)
        return [TargetUser(user.id) for user in found]

    def by_id(self, identifier: str) -> TargetUser | None:
        """The account with this id."""
        found = self._targets.by_id(identifier)
        return None if found is None else TargetUser(found.id)


@dataclass(frozen=True, slots=True)
class Steps:
    """The scope steps of one user.

    Attributes:
        old: Under the old configuration.
        new: Under the new one.
    """

    old: ScopeStep
    new: ScopeStep

    @property
    def movement(self) -> Movement:
        """Into scope, out of it, or neither."""
        was, now = self.old.in_scope, self.new.in_scope
        if was is None or now is None:
            return "undecided"
        if was:
            return "staying" if now else "leaving"
        return "entering" if now else "outside"


class Own(NamedTuple):
    """What differs for a user between the two configurations, beside the verdicts.

    Attributes:
        managed: Whether the user has an account that is managed.
        changed: The target attributes that are written otherwise.
        identified: Whether the value changes that the user is matched by.
        off: Whether a written value disables the account.
    """

    managed: bool
    changed: tuple[str, ...]
    identified: bool
    off: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of one user.

    Attributes:
        verdict: What happens.
        values: What is written otherwise.
        old: The five steps under the old configuration.
        new: The five steps under the new one.
    """

    verdict: PairVerdict
    values: tuple[ValueChange, ...]
    old: UserOutcome
    new: UserOutcome


@dataclass(frozen=True, slots=True)
class PairFlow:
    """Two object mappings with all that is the same for their users.

    Attributes:
        old: As it was.
        new: As it is.
        mappings: The attribute mappings that differ.
        links_given: Whether it is known who is linked.
    """

    old: Flow
    new: Flow
    mappings: tuple[MappingPair, ...]
    links_given: bool = False

    def steps(
        self, user: Mapping[str, object], situation: Situation, missing: Collection[str] = ()
    ) -> Steps:
        """The scope step under both."""
        return Steps(
            self.old.decide(user, situation, missing), self.new.decide(user, situation, missing)
        )

    def decide(
        self, user: Mapping[str, object], situation: Situation, missing: Collection[str] = ()
    ) -> Decided:
        """Say what the change does to one user."""
        steps = self.steps(user, situation, missing)
        old, new, managed = self.outcomes(user, situation, missing, steps)
        seen = seen_by_mappings(user, in_scope=True, roles=situation.roles)
        values: tuple[ValueChange, ...] = ()
        if writes_both(steps, old, new, managed=managed):
            values = changed_values(
                self.mappings, (seen, self.old.context), (seen, self.new.context), managed=managed
            )
        identified = steps.movement == "staying" and (
            self.identifier(self.old, seen) != self.identifier(self.new, seen)
        )
        empties = tuple(empty_attributes(flow.plan, user) for flow in (self.old, self.new))
        verdicts = verdict_of(old, empties[0]), verdict_of(new, empties[1])
        changed = tuple(value.attribute for value in values)
        off = any(pair.disables(v) for pair in self.mappings for v in values)
        own = Own(managed, changed, identified, managed and off)
        verdict = self.verdict(steps, verdicts, empties, own)
        return Decided(verdict, values, old, new)

    def outcomes(
        self,
        user: Mapping[str, object],
        situation: Situation,
        missing: Collection[str],
        steps: Steps,
    ) -> tuple[UserOutcome, UserOutcome, bool]:
        """The five steps under both, and whether the user has an account that is managed."""
        old = self.old.run(user, situation, missing=missing, scope=steps.old)
        link = situation.link
        if link is None and not self.links_given:
            link = _account(old, steps.old)
        flow = self.new
        if link is not None:
            situation = replace(situation, link=link, was_in_scope=steps.old.in_scope)
            if not self.links_given:
                flow = replace(flow, targets=None)
        new = flow.run(user, situation, missing=missing, scope=steps.new)
        return old, new, link is not None

    @staticmethod
    def identifier(flow: Flow, seen: Mapping[str, object]) -> tuple[str, str] | None:
        """The target attribute and the value that a user is looked for by first."""
        for entry in matching_values(flow.plan, seen, flow.context):
            if entry.value is not None:
                return entry.target, entry.value
        return None

    def verdict(
        self,
        steps: Steps,
        verdicts: tuple[Verdict, Verdict],
        empties: tuple[frozenset[str], ...],
        own: Own,
    ) -> PairVerdict:
        """Put together what is told of a user.

        Args:
            steps: The scope steps.
            verdicts: Under the old and the new configuration.
            empties: The attributes of either filter that the user has no value for.
            own: What of the user's own differs.
        """
        old, new = verdicts
        because = ""
        if steps.movement in ("leaving", "undecided"):
            because = scope_reason(steps.new, empties[1])
        elif steps.movement == "entering":
            because = scope_reason(steps.old, empties[0])
        marks = self._marks(steps.movement, new, own)
        contested = dict.fromkeys((*old.contested, *new.contested))
        return PairVerdict(
            steps.movement,
            steps.old.in_scope,
            steps.new.in_scope,
            own.managed,
            old,
            new,
            because,
            own.changed,
            marks,
            tuple(contested),
        )

    def _marks(self, movement: Movement, new: Verdict, own: Own) -> tuple[Mark, ...]:
        pairs = [pair for pair in self.mappings if pair.target in own.changed]
        there = own.managed and movement == "staying"
        holds: dict[Mark, bool] = {
            "deactivated": own.off or (movement == "leaving" and new.action in REMOVALS),
            "activated": movement == "entering" and new.action in ACTIVATIONS,
            "identifier changed": own.identified,
            "renamed": there and any(pair.names for pair in pairs),
            "entitlement changed": there and any(pair.entitles for pair in pairs),
        }
        return tuple(mark for mark in MARKS if holds[mark])


def _account(outcome: UserOutcome, step: ScopeStep) -> str | None:
    """The account that a user must have whom the old configuration has in scope."""
    if step.in_scope is not True:
        return None
    match = outcome.match
    if match is not None and match.hits == "one" and match.user is not None:
        return match.user.id
    return ASSUMED_LINK if outcome.action == "create-or-update" else None


def writes_both(steps: Steps, old: UserOutcome, new: UserOutcome, *, managed: bool) -> bool:
    """Whether both configurations write values of the user, so that they can be compared."""
    if steps.movement != "staying" or old.action == "fail" or new.action == "fail":
        return False
    redundant = "RedundantExport"
    if managed:
        return new.action == "update" or new.code == redundant
    return old.action in ACTIVATIONS and new.action in ACTIVATIONS

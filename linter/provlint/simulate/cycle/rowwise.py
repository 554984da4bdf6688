"""The reference path over all users."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import is_empty
from provlint.simulate.cycle.quarantine import deletions
from provlint.simulate.cycle.summary import Row, Shared, Summary, total, verdict_of
from provlint.simulate.population import (
    find_users,
    identifier_of,
    name_of,
    references,
    source_count,
    values_to_match,
)
from provlint.simulate.targets import TargetList, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from provlint.simulate.cycle.job import Job
    from provlint.simulate.cycle.summary import Verdict
    from provlint.simulate.flow import Flow
    from provlint.simulate.inputs.population import User
    from provlint.simulate.outcome import UserOutcome
    from provlint.simulate.plan import Plan
    from provlint.simulate.population import SituationOf

REMOVALS = ("disable", "delete")


class RowwiseSimulation:
    """All users, each sent through the five steps.

    Attributes:
        summary: Counts by verdict, and what was assumed.
        flow: The flow that was run.
    """

    def __init__(
        self, job: Job, progress: Callable[[str, int, int | None], None] | None = None
    ) -> None:
        """Run.

        Raises:
            InputError: A record is broken, and the population says to stop.
        """
        users = list(job.population)
        flow = complete_flow(job, users)
        self._rows: list[Row] = []
        told = progress or _silent
        for number, user in enumerate(users):
            if not number & 255:
                told("simulating", number, len(users))
            self._rows.append(_row(job, flow, user))
        told("simulating", len(users), len(users))
        removed = sum(row.verdict.action in REMOVALS for row in self._rows)
        threshold = flow.settings.delete_threshold
        if deletions(removed, threshold).action != "proceed":
            flow = replace(flow, over_threshold=True)
            self._rows = [
                _row(job, flow, user) if row.verdict.action in REMOVALS else row
                for user, row in zip(users, self._rows, strict=True)
            ]
        self.flow = flow
        self._situations = job.situations
        self.users = users
        self.summary = Summary(
            total(Counter(row.verdict for row in self._rows).items()),
            shared_values(flow, users, job.situations),
            job.population.ledger.left_out,
            threshold,
            (*job.population.told(), *job.notes),
            tuple(sorted(job.population.missing & frozenset(flow.plan.reads))),
        )

    def rows(self, fits: Callable[[Verdict], bool]) -> Iterator[Row]:
        """The users whose verdict fits, in the order of the files."""
        return (row for row in self._rows if fits(row.verdict))

    def explain(self, wanted: str) -> list[tuple[User, UserOutcome]]:
        """The users that a word stands for, with their five steps."""
        return [
            (user, self.flow.run(user.values, self._situations(user), missing=user.missing))
            for user in find_users(self.users, wanted)
        ]


def _silent(_: str, __: int, ___: int | None) -> None:
    return None


def complete_flow(job: Job, users: list[User]) -> Flow:
    """The flow with everything that is looked up among all users and target users."""
    flow = job.flow
    if job.targets is not None:
        flow = replace(flow, targets=TargetList(job.targets))
    return replace(
        flow,
        references=references(flow, users, job.situations),
        source_count=source_count(flow, users, job.situations),
    )


def empty_attributes(plan: Plan, values: Mapping[str, object]) -> frozenset[str]:
    """The attributes of the scoping filter that a user has no value for."""
    return frozenset(name for name in plan.scope.attributes if is_empty(values.get(name)))


def _row(job: Job, flow: Flow, user: User) -> Row:
    outcome = flow.run(user.values, job.situations(user), missing=user.missing)
    verdict = verdict_of(outcome, empty_attributes(flow.plan, user.values))
    return Row(label_of(user), identifier_of(user), outcome.target_id, verdict)


def label_of(user: User) -> str:
    """The name of a user in a row."""
    return str(user.values.get("userPrincipalName") or "") or name_of(user)


def shared_values(
    flow: Flow, users: Iterable[User], situation_of: SituationOf
) -> tuple[Shared, ...]:
    """Matching values that several source users have, by target attribute."""
    counts: dict[str, Counter[str]] = {mapping.target: Counter() for mapping in flow.plan.matching}
    for user in users:
        for entry in values_to_match(flow, user, situation_of(user)):
            if entry.value is not None:
                counts[entry.target][folded(entry.value)] += 1
    found = []
    for target, values in counts.items():
        several = [count for count in values.values() if count > 1]
        found.append(Shared(target, len(several), sum(several)))
    return tuple(found)

"""All users under both configurations, one after another."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from provlint.compare.users.decide import Accounts
from provlint.compare.users.references import lost_references
from provlint.compare.users.summary import PairRow, PairSummary, ranked, total
from provlint.simulate.cycle.quarantine import deletions
from provlint.simulate.cycle.rowwise import complete_flow, label_of, shared_values
from provlint.simulate.population import find_users, identifier_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provlint.compare.users.decide import Decided, PairFlow
    from provlint.compare.users.jobs import PairJob
    from provlint.compare.users.verdict import PairVerdict, ValueChange
    from provlint.simulate.cycle.job import Job
    from provlint.simulate.flow import Flow
    from provlint.simulate.inputs.population import User
    from provlint.simulate.plan import Plan

REMOVALS = ("disable", "delete")


class RowwiseComparison:
    """All users, each decided under both configurations.

    Attributes:
        summary: Counts by verdict, frequent values, and what was assumed.
    """

    def __init__(
        self, job: PairJob, progress: Callable[[str, int, int | None], None] | None = None
    ) -> None:
        """Run.

        Args:
            job: What to compare.
            progress: Told how far the work is.

        Raises:
            InputError: A record is broken, and the population says to stop.
        """
        self._job = job
        users = list(job.new.population)
        flow = replace(job.flow, old=_complete(job.old, users), new=_complete(job.new, users))
        self._rows = list(self._decided(flow, users, progress))
        threshold = flow.new.settings.delete_threshold
        removed = sum(row.verdict.new.action in REMOVALS for row in self._rows)
        if deletions(removed, threshold).action != "proceed":
            flow = replace(flow, new=replace(flow.new, over_threshold=True))
            self._rows = list(self._decided(flow, users, progress))
        self._flow, self._users = flow, users
        self.summary = self._summary(threshold)

    def _decided(
        self,
        flow: PairFlow,
        users: list[User],
        progress: Callable[[str, int, int | None], None] | None,
    ) -> Iterator[PairRow]:
        for number, user in enumerate(users):
            if progress is not None and not number & 255:
                progress("comparing", number, len(users))
            found = flow.decide(user.values, self._job.new.situations(user), user.missing)
            yield PairRow(label_of(user), identifier_of(user), found.verdict, found.values)

    def _summary(self, threshold: int | None) -> PairSummary:
        counts: dict[str, Counter[ValueChange]] = {}
        for row in self._rows:
            for value in row.values:
                counts.setdefault(value.attribute, Counter())[value] += 1
        job, population = self._job.new, self._job.new.population
        reads = {*self._flow.old.plan.reads, *self._flow.new.plan.reads}
        return PairSummary(
            total(Counter(row.verdict for row in self._rows).items()),
            ranked(counts),
            shared_values(self._flow.old, self._users, job.situations),
            shared_values(self._flow.new, self._users, job.situations),
            lost_references(self._flow.new, self._users, self._rows, job.situations),
            population.ledger.left_out,
            threshold,
            (*population.told(), *job.notes),
            tuple(sorted(population.missing & reads)),
            self._job.managed_by,
            self._flow.new.plan.target_name,
        )

    @property
    def plans(self) -> tuple[Plan, Plan]:
        """The object mapping before and after."""
        return self._flow.old.plan, self._flow.new.plan

    def rows(self, fits: Callable[[PairVerdict], bool]) -> Iterator[PairRow]:
        """The users whose verdict fits, in the order of the files."""
        return (row for row in self._rows if fits(row.verdict))

    def explain(self, wanted: str) -> list[tuple[User, Decided]]:
        """The users that a word stands for, with all that was decided."""
        situations = self._job.new.situations
        return [
            (user, self._flow.decide(user.values, situations(user), user.missing))
            for user in find_users(self._users, wanted)
        ]


def _complete(job: Job, users: list[User]) -> Flow:
    """A flow with what is looked up among all users and target users, but for references.

    Whom a manager is does not differ; whether the manager is in scope is told of the manager.
    """
    flow = complete_flow(job, users)
    targets = None if flow.targets is None else Accounts(flow.targets)
    return replace(flow, targets=targets, references=None)

"""All users in columns: grouped by whatever decides about them, one of each group is decided."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from provlint.compare.users.columnar.combined import combined
from provlint.compare.users.columnar.query import PairQuery
from provlint.compare.users.decide import Accounts, Own, writes_both
from provlint.compare.users.summary import PairRow, PairSummary, ValuePairs, total
from provlint.simulate.columnar.encoding import values_of
from provlint.simulate.columnar.engine import has_value
from provlint.simulate.columnar.hits import Hits
from provlint.simulate.columnar.query import FACTORS
from provlint.simulate.cycle.quarantine import deletions
from provlint.simulate.cycle.rowwise import REMOVALS, empty_attributes, label_of
from provlint.simulate.cycle.summary import Shared, scope_reason, verdict_of
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.population import User
from provlint.simulate.population import find_users, identifier_of, values_to_match
from provlint.simulate.targets import TargetList, TargetUser, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duckdb import DuckDBPyConnection

    from provlint.compare.users.columnar.combined import Side
    from provlint.compare.users.columnar.signatures import Signature
    from provlint.compare.users.decide import Decided, PairFlow, Steps
    from provlint.compare.users.jobs import PairJob
    from provlint.compare.users.verdict import PairVerdict, ValueChange
    from provlint.simulate.columnar.decisive import Person
    from provlint.simulate.flow import Flow
    from provlint.simulate.plan import Plan
    from provlint.simulate.situation import Situation

LINKED = TargetUser("linked")


class ColumnarComparison:
    """All users, one of each kind decided under both configurations.

    Attributes:
        summary: Counts by verdict, frequent values, and what was assumed.
    """

    def __init__(
        self,
        job: PairJob,
        progress: Callable[[str, int, int | None], None] | None = None,
        factor: int = 1,
    ) -> None:
        """Run.

        Args:
            job: What to compare.
            progress: Told how far the work is.
            factor: How many times as much memory as usual DuckDB may use.

        Raises:
            InputError: A record is broken, and the population says to stop; or there is no DuckDB.
        """
        self._job = job
        self._flow = job.flow
        self._connection: DuckDBPyConnection | None = None
        self._folder = tempfile.mkdtemp(prefix="provlint-")
        try:
            self._connection = connection = connect("a comparison of many users")
            connection.execute(f"SET temp_directory = '{self._folder}/spill'")
            told = progress or _silent
            self._both = combined(job)
            self._query = PairQuery(connection, job, self._both, self._folder, told, factor)
            self._steps: dict[int, tuple[Steps, tuple[object, ...]]] = {}
            self._known: dict[tuple[object, ...], PairVerdict] = {}
            self._verdicts: dict[Signature, PairVerdict] = {}
            self._query.match(self._is_wanted)
            told("counting", 0, None)
            self.summary = self._summary()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove what was written in between."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def __del__(self) -> None:
        self.close()

    @property
    def plans(self) -> tuple[Plan, Plan]:
        """The object mapping before and after."""
        return self._flow.old.plan, self._flow.new.plan

    def _summary(self) -> PairSummary:
        groups = list(self._query.groups())
        counted = self._counted(groups)
        removed = sum(count for verdict, count in counted if verdict.new.action in REMOVALS)
        threshold = self._flow.new.settings.delete_threshold
        if deletions(removed, threshold).action != "proceed":
            self._flow = replace(self._flow, new=replace(self._flow.new, over_threshold=True))
            self._known.clear()
            counted = self._counted(groups)
        writing = [
            (signature, verdict.managed)
            for signature, verdict in self._verdicts.items()
            if verdict.changed
        ]
        values = [
            ValuePairs(attribute, users, distinct, tuple(frequent))
            for attribute, (users, distinct, frequent) in self._query.frequent(writing).items()
        ]
        population = self._job.new.population
        reads = {*self._flow.old.plan.reads, *self._flow.new.plan.reads}
        return PairSummary(
            total(counted),
            tuple(sorted(values, key=lambda each: (-each.users, each.attribute))),
            tuple(Shared(*each) for each in self._query.shared_of(self._both.old)),
            tuple(Shared(*each) for each in self._query.shared_of(self._both.new)),
            self._query.lost_references(*self._leaving_and_in_scope()),
            population.ledger.left_out,
            threshold,
            (*population.told(), *self._job.new.notes),
            tuple(sorted(self._query.missing & reads)),
            self._job.managed_by,
            self._flow.new.plan.target_name,
        )

    def _counted(
        self, groups: list[tuple[Signature, int, Person]]
    ) -> list[tuple[PairVerdict, int]]:
        return [(self._verdict(signature, person), count) for signature, count, person in groups]

    def _leaving_and_in_scope(self) -> tuple[list[int], list[int]]:
        """The numbers of the scope steps of those who leave scope, and of those who are in it."""
        steps = [(number, found[0]) for number, found in self._steps.items()]
        leaving = [number for number, each in steps if each.movement == "leaving"]
        return leaving, [number for number, each in steps if each.new.in_scope is True]

    def _is_wanted(self, number: int, person: Person) -> bool:
        """Whether more is asked of these users: they may be in scope, or are linked."""
        steps, _ = self._steps_of(number, person)
        in_scope = steps.old.in_scope is not False or steps.new.in_scope is not False
        return in_scope or self._query.situation(person).link is not None

    def _steps_of(self, number: int, person: Person) -> tuple[Steps, tuple[object, ...]]:
        found = self._steps.get(number)
        if found is None:
            user = self._query.user(person)
            situation = self._query.situation(person)
            steps = self._flow.steps(user, situation, self._query.missing_of(person))
            told: list[object] = []
            for step, flow in ((steps.old, self._flow.old), (steps.new, self._flow.new)):
                empty = empty_attributes(flow.plan, user)
                told += [
                    step.in_scope, step.why, step.code, step.account, step.contested,
                    step.assumptions, scope_reason(step, empty),
                ]  # fmt: skip
            found = self._steps[number] = (steps, tuple(told))
        return found

    def _verdict(self, signature: Signature, person: Person) -> PairVerdict:
        signatures = self._query.signatures
        steps, told = self._steps_of(signatures.scope(signature), person)
        key = (told, signatures.rest(signature))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._decided(signature, person, steps)
        self._verdicts[signature] = known
        return known

    def _decided(self, signature: Signature, person: Person, steps: Steps) -> PairVerdict:
        query, signatures = self._query, self._query.signatures
        user, situation = query.user(person), query.situation(person)
        flow = self._with_hits(signature)
        old, new, managed = flow.outcomes(user, situation, query.missing_of(person), steps)
        changed: tuple[str, ...] = ()
        off = False
        if writes_both(steps, old, new, managed=managed):
            changed = signatures.changed(signature, managed=managed)
            off = managed and signatures.disabled(signature)
        identified = steps.movement == "staying" and signatures.identified(signature)
        empties = tuple(empty_attributes(each.plan, user) for each in (flow.old, flow.new))
        verdicts = verdict_of(old, empties[0]), verdict_of(new, empties[1])
        own = Own(managed, changed, identified, off)
        return flow.verdict(steps, verdicts, empties, own)

    def _with_hits(self, signature: Signature) -> PairFlow:
        """The flows with what matching finds for the users of a signature."""
        return replace(
            self._flow,
            old=self._side(self._flow.old, self._both.old, signature),
            new=self._side(self._flow.new, self._both.new, signature),
        )

    def _side(self, flow: Flow, side: Side, signature: Signature) -> Flow:
        signatures = self._query.signatures
        found = {
            mapping.target: signatures.hits(signature, at)
            for mapping, at in zip(flow.plan.matching, side.matching, strict=True)
        }
        hits = Hits(found, LINKED if signatures.links(signature) else None)
        given = self._job.new.targets is not None
        return replace(flow, targets=hits if given else None, source_count=hits.source_count)

    def rows(self, fits: Callable[[PairVerdict], bool]) -> Iterator[PairRow]:
        """The users whose verdict fits, in the order of the files."""
        wanted = {key for key, verdict in self._verdicts.items() if fits(verdict)}
        if not wanted:
            return
        names = self._query.labels
        everybody = any(self._verdicts[key].movement == "outside" for key in wanted)
        for signature, texts, place, values in self._query.written_rows(everybody):
            if signature not in wanted:
                continue
            verdict = self._verdicts[signature]
            given = values[0 if verdict.managed else 1 :: 2]
            user = User(values_of(names, texts), frozenset(), place)
            yield PairRow(label_of(user), identifier_of(user), verdict, _those(given, verdict))

    def explain(self, wanted: str) -> list[tuple[User, Decided]]:
        """The users that a word stands for, with all that was decided. Reads all files again."""
        job = self._job.new
        found = []
        for user in find_users(job.population, wanted):
            situation = job.situations(user)
            flow = replace(
                self._flow,
                old=self._for_one(self._flow.old, self._both.old, user, situation),
                new=self._for_one(self._flow.new, self._both.new, user, situation),
            )
            found.append((user, flow.decide(user.values, situation, user.missing)))
        return found

    def _for_one(self, flow: Flow, side: Side, user: User, situation: Situation) -> Flow:
        """A flow with what is looked up among all users and target users for one user."""
        flow = replace(flow, source_count=partial(self._query.count_shared, side))
        targets = self._job.new.targets
        if targets is None:
            return flow
        entries = values_to_match(flow, user, situation)
        values = {entry.target: folded(entry.value) for entry in entries if entry.value is not None}
        link = situation.link
        few = [each for each in targets if each.id == link or has_value(each, values)]
        return replace(flow, targets=Accounts(TargetList(few)))


def _those(values: tuple[ValueChange, ...], verdict: PairVerdict) -> tuple[ValueChange, ...]:
    """The values that are written otherwise."""
    return tuple(v for v in values if v.attribute in verdict.changed and v.old != v.new)


def compare_in_columns(
    job: PairJob, progress: Callable[[str, int, int | None], None] | None = None
) -> ColumnarComparison:
    """Compare with as little memory as will do.

    Raises:
        InputError: A record is broken, and the population says to stop; or there is no DuckDB.
    """
    import duckdb

    for factor in FACTORS[:-1]:
        try:
            return ColumnarComparison(job, progress, factor)
        except duckdb.OutOfMemoryException:
            continue
    return ColumnarComparison(job, progress, FACTORS[-1])


def _silent(_: str, __: int, ___: int | None) -> None:
    return None

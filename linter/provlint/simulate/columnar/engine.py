"""All users in columns: grouped by whatever decides about them, one of each group is simulated."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.columnar.differences import odd_class, odd_pairs
from provlint.simulate.columnar.disk import temporary_files_in
from provlint.simulate.columnar.encoding import values_of
from provlint.simulate.columnar.query import FACTORS, LABELS, Query
from provlint.simulate.cycle.quarantine import deletions
from provlint.simulate.cycle.rowwise import REMOVALS, empty_attributes, label_of
from provlint.simulate.cycle.summary import Row, Shared, Summary, scope_reason, total, verdict_of
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.population import User
from provlint.simulate.plan import seen_by_mappings
from provlint.simulate.population import (
    find_users,
    identifier_of,
    references,
    values_to_match,
)
from provlint.simulate.targets import TargetList, TargetUser, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.decisive import Person
    from provlint.simulate.columnar.query import Told
    from provlint.simulate.columnar.signatures import Signature
    from provlint.simulate.cycle.job import Job
    from provlint.simulate.cycle.summary import Verdict
    from provlint.simulate.entitlement import ScopeStep
    from provlint.simulate.flow import Flow
    from provlint.simulate.outcome import UserOutcome

    MakeQuery = Callable[[DuckDBPyConnection, Job, str, Told, int], Query]


class ColumnarSimulation:
    """All users, one of each kind sent through the five steps.

    Attributes:
        summary: Counts by verdict, and what was assumed.
    """

    def __init__(
        self,
        job: Job,
        progress: Callable[[str, int, int | None], None] | None = None,
        factor: int = 1,
        query: MakeQuery = Query,
    ) -> None:
        """Run.

        Args:
            job: What to simulate.
            progress: Told how far the work is.
            factor: How many times as much memory as usual DuckDB may use.
            query: Makes the query over the users.

        Raises:
            InputError: A record is broken, and the population says to stop; or there is no DuckDB.
        """
        self._job = job
        self._connection: DuckDBPyConnection | None = None
        self._folder = tempfile.mkdtemp(prefix="provlint-")
        try:
            self._connection = connection = connect("a simulation of many users")
            connection.execute(f"SET temp_directory = '{self._folder}/spill'")
            told = progress or _silent
            self._query = query(connection, job, self._folder, told, factor)
            told("simulating", 0, None)
            self._flow = job.flow
            self._steps: dict[int, tuple[ScopeStep, tuple[object, ...]]] = {}
            self._known: dict[tuple[object, ...], Verdict] = {}
            self._verdicts: dict[tuple[object, ...], Verdict] = {}
            self._query.is_out = self._is_out
            self._query.match(self._is_wanted)
            self._flow = replace(self._flow, references=self._query.references)
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

    def _summary(self) -> Summary:
        groups = list(self._query.groups())
        counted = [(self._verdict(signature, person), count) for signature, count, person in groups]
        removed = sum(count for verdict, count in counted if verdict.action in REMOVALS)
        threshold = self._flow.settings.delete_threshold
        if deletions(removed, threshold).action != "proceed":
            self._flow = replace(self._flow, over_threshold=True)
            self._known.clear()
            counted = [
                (self._verdict(signature, person), count) for signature, count, person in groups
            ]
        population = self._job.population
        return Summary(
            total(counted),
            tuple(Shared(*shared) for shared in self._query.shared),
            population.ledger.left_out,
            threshold,
            (*population.told(), *self._job.notes),
            tuple(sorted(self._query.missing & frozenset(self._flow.plan.reads))),
        )

    def _is_wanted(self, number: int, person: Person) -> bool:
        """Whether the match of these users matters: they may be in scope, or are linked."""
        step, _ = self._step(number, person)
        return step.in_scope is not False or self._query.situation(person).link is not None

    def _is_out(self, number: int, person: Person) -> bool:
        """Whether these users are out of scope."""
        return self._step(number, person)[0].in_scope is False

    def _verdict(self, signature: Signature, person: Person) -> Verdict:
        step, told = self._step(self._query.scope(signature), person)
        odd = tuple(
            (at, odd_class(self._flow, self._flow.plan.mappings[at], value, old))
            for text in self._query.odd(signature)
            for at, value, old in odd_pairs(text)
        )
        key = (told, self._query.rest(signature), odd)
        verdict = self._known.get(key)
        if verdict is None:
            verdict = self._known[key] = verdict_of(
                self._outcome(signature, person, step),
                empty_attributes(self._flow.plan, self._query.user(person)),
            )
        self._verdicts[signature] = verdict
        return verdict

    def _step(self, number: int, person: Person) -> tuple[ScopeStep, tuple[object, ...]]:
        found = self._steps.get(number)
        if found is None:
            user = self._query.user(person)
            situation = self._query.situation(person)
            step = self._flow.decide(user, situation, self._query.missing_of(person))
            empty = empty_attributes(self._flow.plan, user)
            told = (
                step.in_scope, step.why, step.code, step.account, step.contested,
                step.assumptions, scope_reason(step, empty),
            )  # fmt: skip
            found = self._steps[number] = (step, told)
        return found

    def _outcome(self, signature: Signature, person: Person, step: ScopeStep) -> UserOutcome:
        hits = self._query.hits(signature, person)
        flow = replace(
            self._flow,
            targets=hits if self._job.targets is not None else None,
            source_count=hits.source_count,
        )
        return flow.run(
            self._query.user(person),
            self._query.situation(person),
            missing=self._query.missing_of(person),
            scope=step,
        )

    def rows(self, fits: Callable[[Verdict], bool]) -> Iterator[Row]:
        """The users whose verdict fits, in the order of the files."""
        wanted = {key for key, verdict in self._verdicts.items() if fits(verdict)}
        if not wanted:
            return
        with temporary_files_in(tempfile.gettempdir()):
            yield from self._rows(wanted)

    def _rows(self, wanted: Collection[Signature]) -> Iterator[Row]:
        for signature, texts, place, target_id in self._query.rows():
            if signature not in wanted:
                continue
            verdict = self._verdicts[signature]
            values = values_of(LABELS, texts)
            user = User(values, frozenset(), place)
            yield Row(
                label_of(user), identifier_of(user), target_id if verdict.linked else None, verdict
            )

    def explain(self, wanted: str) -> list[tuple[User, UserOutcome]]:
        """The users that a word stands for, with their five steps. Reads all files again."""
        return [(user, self._explained(user)) for user in find_users(self._job.population, wanted)]

    def _explained(self, user: User) -> UserOutcome:
        flow, job = replace(self._flow, references=None), self._job
        situation = job.situations(user)
        referred = self._referred_by(user)
        asked = [user, *referred]
        if job.targets is not None:
            values = [self._matching_values(flow, each) for each in asked]
            links = {job.situations(each).link for each in asked}
            found = [
                target
                for target in job.targets
                if target.id in links or any(has_value(target, each) for each in values)
            ]
            flow = replace(flow, targets=TargetList(found))
        flow = replace(
            flow,
            source_count=self._query.source_count,
            references=references(flow, referred, job.situations),
        )
        return flow.run(user.values, situation, missing=user.missing)

    def _matching_values(self, flow: Flow, user: User) -> dict[str, str]:
        """The matching values of a user without letter case, by target attribute."""
        entries = values_to_match(flow, user, self._job.situations(user))
        return {entry.target: folded(entry.value) for entry in entries if entry.value is not None}

    def _referred_by(self, user: User) -> list[User]:
        """The users that values of a user refer to. Reads the files where there are such values."""
        flow, job = self._flow, self._job
        seen = seen_by_mappings(user.values, in_scope=True, roles=job.situations(user).roles)
        keys: set[str] = set()
        for mapping in flow.plan.mappings:
            if mapping.reference:
                given = mapping.flow(seen, flow.context).value
                items = (given,) if isinstance(given, str) else given or ()
                keys.update(item.lower() for item in (*items, mapping.default) if item)
        if not keys:
            return []
        return [each for each in job.population if identifier_of(each).lower() in keys]


def simulate_in_columns(
    job: Job,
    progress: Callable[[str, int, int | None], None] | None = None,
    query: MakeQuery = Query,
    kind: type[ColumnarSimulation] = ColumnarSimulation,
) -> ColumnarSimulation:
    """Simulate with as little memory as will do.

    Args:
        job: What to simulate.
        progress: Told how far the work is.
        query: Makes the query over the users.
        kind: What is asked of the query.

    Raises:
        InputError: A record is broken, and the population says to stop; there is no DuckDB; or the
            disk has no room for temporary files.
    """
    import duckdb

    with temporary_files_in(tempfile.gettempdir()):
        for factor in FACTORS[:-1]:
            try:
                return kind(job, progress, factor, query)
            except duckdb.OutOfMemoryException:
                continue
        return kind(job, progress, FACTORS[-1], query)


def has_value(target: TargetUser, values: Mapping[str, str]) -> bool:
    """Whether a target user has one of the matching values."""
    for name, wanted in values.items():
        value = target.value(name)
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if item is not None and folded(provisioned_text(item)) == wanted:
                return True
    return False


def _silent(_: str, __: int, ___: int | None) -> None:
    return None

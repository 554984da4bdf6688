"""The query over all users: groups of users who are alike, and one of each."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from provlint.simulate.columnar.classes.states import DELETED
from provlint.simulate.columnar.decisive import Decisive, nobody
from provlint.simulate.columnar.encoding import decode, encode
from provlint.simulate.columnar.hits import Hits
from provlint.simulate.columnar.lookups import BATCH
from provlint.simulate.columnar.matches import Matches
from provlint.simulate.columnar.references import ReferenceTable
from provlint.simulate.columnar.signatures import Signatures
from provlint.simulate.columnar.situations import SituationTable
from provlint.simulate.columnar.staging.targets import stage_targets
from provlint.simulate.columnar.staging.users import PLACE, stage_users
from provlint.simulate.plan import ROLES
from provlint.simulate.targets import TargetUser, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.decisive import Person
    from provlint.simulate.columnar.signatures import Signature
    from provlint.simulate.columnar.staging.users import Staged
    from provlint.simulate.cycle.job import Job
    from provlint.simulate.plan import Plan
    from provlint.simulate.preparation import Situations
    from provlint.simulate.situation import Situation
    from provlint.simulate.writing import References

    Told = Callable[[str, int, int | None], None]

ACCOUNT = ("accountEnabled", "userType", "userPrincipalName")
LEAST_MEMORY, MOST_MEMORY = 300, 1050
MEMORY_OF_NOBODY, MEMORY_OF_A_MILLION = 250, 50
"""Megabytes that DuckDB may keep in memory; the rest goes to a folder for temporary files."""

FACTORS = (1, 4, 16)
"""Work that cannot be cut into pieces small enough for the memory is done again with more."""

LABELS = (
    "userPrincipalName", "displayName", "objectId", "id", "originalUserPrincipalName", "mail",
    "employeeId", "givenName", "surname",
)  # fmt: skip
"""What a user is called by in a row."""

LATE = frozenset(LABELS) - {"userPrincipalName", "objectId", "id"}
"""Labels by which no user is told from others; they are read when rows are asked for."""


class Query:
    """All users, grouped.

    Attributes:
        names: The attributes that are staged, in the order of the columns.
        missing: Attributes that no file has.
        is_out: Told the number of a scope step and a user who takes it: whether such users are out
            of scope, which references ask for. It is set before `match`.
        labels_may_be_late: Whether labels are only needed by `rows`.
    """

    is_out: Callable[[int, Person], bool] = staticmethod(nobody)
    labels_may_be_late = True

    def __init__(
        self,
        connection: DuckDBPyConnection,
        job: Job,
        folder: str,
        told: Told,
        factor: int = 1,
    ) -> None:
        """Read the users, and what decides about the scope step of each.

        Args:
            connection: To DuckDB.
            job: What to simulate.
            folder: For what is written in between.
            told: Told how far it is.
            factor: How many times as much memory as usual DuckDB may use.

        Raises:
            InputError: A record is broken, and the population says to stop.
        """
        self._connection = connection
        self._factor = factor
        self._limit(LEAST_MEMORY)
        self._flow = flow = job.flow
        self._mappings = flow.plan.mappings
        self._matching = flow.plan.matching
        self._told = told
        deciding = deciding_names(flow.plan)
        self._deciding = len(deciding)
        self.names = staged_names(flow.plan)
        self._staged = self._stage_users(job, folder, told)
        asked = MEMORY_OF_NOBODY + MEMORY_OF_A_MILLION * self._staged.users // 1_000_000
        self._limit(min(max(asked, LEAST_MEMORY), MOST_MEMORY))
        self.missing = (
            frozenset.intersection(*self._staged.missing)
            if self._staged.users
            else (job.population.missing)
        )
        self._has_targets = job.targets is not None
        if job.targets is not None:
            self._stage_targets(job, folder, told)
        told("evaluating", 0, None)
        self._columns = columns_of_mappings(self._staged.columns)
        self._situations = SituationTable(
            connection, self._known(job.situations), flow.plan, self._staged.columns
        )
        self._decisive = Decisive(
            connection, flow, self._staged, self._situations, self._columns, self._deciding
        )

    def _limit(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._connection.execute(f"SET memory_limit = '{megabytes * self._factor}MB'")

    def _in_order(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that orders them; it is asked again where the memory does not do."""
        import duckdb

        given = 0
        while True:
            cursor = self._connection.cursor()
            try:
                cursor.execute(query)
                for row in islice(_fetched(cursor), given, None):
                    given += 1
                    yield row
                return
            except duckdb.OutOfMemoryException:
                more = [factor for factor in FACTORS if factor > self._factor]
                if not more:
                    raise
                self._factor = more[0]
                self._limit(self._megabytes)
            finally:
                cursor.close()

    def match(self, wanted: Callable[[int, Person], bool]) -> None:
        """Match the users with the target users.

        Args:
            wanted: Told the number of a scope step and a user who takes it: whether it matters
                which target user such users match.
        """
        self._decisive.choose(wanted, self.is_out)
        self._told("matching", 0, None)
        self._matches = self._find_matches()
        self._told("comparing", 0, None)
        self._signatures = Signatures(
            self._connection,
            self._flow,
            self._columns,
            self._staged.columns,
            self._decisive,
            self._situations,
            self._deciding,
            has_targets=self._has_targets,
            reference_table=self._reference_table,
        )

    # What is known otherwise of a piece of the users

    def _stage_users(self, job: Job, folder: str, told: Told) -> Staged:
        """Make the users a relation."""
        deciding = deciding_names(job.flow.plan)
        late = frozenset(LATE).difference(deciding) if self.labels_may_be_late else ()
        return stage_users(self._connection, job.population, self.names, folder, told, late)

    def _stage_targets(self, job: Job, folder: str, told: Told) -> None:
        """Make the target users the relations `targets` and `keys`."""
        assert job.targets is not None
        stage_targets(
            self._connection,
            job.targets,
            job.target_paths,
            [mapping.target for mapping in self._mappings],
            [mapping.target for mapping in self._matching],
            folder,
            told,
        )

    def _known(self, situations: Situations) -> Situations:
        """What may matter of the situations."""
        return situations

    def _reference_table(
        self,
        connection: DuckDBPyConnection,
        columns: Mapping[str, str],
        decisive: Decisive,
    ) -> ReferenceTable:
        """What references are looked up in."""
        return ReferenceTable(connection, columns, decisive)

    def _find_matches(self) -> Matches:
        """Which target users the users match."""
        return Matches(
            self._connection,
            self._matching,
            self._decisive,
            self._situations,
            has_targets=self._has_targets,
        )

    @property
    def shared(self) -> list[tuple[str, int, int]]:
        """Target attribute, values that several users have, and their users."""
        return self._matches.shared

    def source_count(self, target: str, value: str) -> int:
        """How many source users have a matching value; 1 for those that are not shared."""
        return self._matches.source_count(target, encode(folded(value)))

    @property
    def references(self) -> References | None:
        """Finds what values refer to; None where no mapping gives references."""
        table = self._signatures.references
        return None if table is None else table.find

    def groups(self) -> Iterator[tuple[Signature, int, Person]]:
        """Signature, number of users, and one of the users."""
        for group, count in self._decisive.unchosen():
            number = self._decisive.steps[group.words]
            yield self._signatures.of_unchosen(number, group.keys), count, group.person
        yield from self._signatures.groups()

    def rows(self) -> Iterator[tuple[Signature, Sequence[str | None], str, str | None]]:
        """Signature, `LABELS`, place and target id of every user, in the order of the files."""
        if self._staged.read_late is not None:
            self._staged.read_late()
        place_of = self._staged.place_of
        labels = [f"q.a{self.names.index(name)}" for name in LABELS]
        place = "q.rn" if place_of is not None else f"q.{PLACE}"
        columns = ["q.rn AS rn", f"{place} AS place", f"{self._signatures.target_id} AS target_id"]
        columns.append("q.link AS link")
        columns += [f"{label} AS l{at}" for at, label in enumerate(labels)]
        signed = self._signatures.signed(columns, self._matches.everyone)
        width = len(self._signatures.names)
        for row in self._in_order(f"SELECT * EXCLUDE (rn) FROM ({signed}) ORDER BY rn"):
            where, target_id, link = row[width : width + 3]
            place = place_of(where) if place_of is not None else where
            yield row[:width], row[width + 3 :], place, target_id or link

    # What a signature says

    def scope(self, signature: Signature) -> int:
        """The number of the scope step."""
        return self._signatures.scope(signature)

    def rest(self, signature: Signature) -> Signature:
        """What decides beside, without what is odd."""
        return self._signatures.rest(signature)

    def odd(self, signature: Signature) -> Signature:
        """The columns of what only the reference path can tell."""
        return self._signatures.odd(signature)

    def hits(self, signature: Signature, person: Person) -> Hits:
        """What matching finds for the user of a group."""
        found = {
            mapping.target: self._signatures.hits(signature, at)
            for at, mapping in enumerate(self._matching)
        }
        target = None
        if person["target_id"] is not None and self._has_targets:
            olds = {
                mapping.target: decode(person[f"o{at}"])
                for at, mapping in enumerate(self._mappings)
                if person.get(f"o{at}") is not None
            }
            target = TargetUser(person["target_id"], olds)
        return Hits(found, target)

    # What a user of a group is

    def user(self, person: Person) -> dict[str, object]:
        """The attributes that decide."""
        deciding = self.names[: self._deciding]
        return {name: decode(person[f"a{at}"]) for at, name in enumerate(deciding)}

    def missing_of(self, person: Person) -> frozenset[str]:
        """The attributes that the export does not have."""
        return self._staged.missing[int(person["kind"])]

    def situation(self, person: Person) -> Situation:
        """What else is known."""
        return self._situations.situation(int(person["situation"]), person["link"])


def _fetched(cursor: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := cursor.fetchmany(BATCH):
        yield from batch


def columns_of_mappings(columns: Mapping[str, str]) -> dict[str, str]:
    """The column of each attribute as mappings see it, as SQL: roles are those of the assignment.

    Args:
        columns: The column of each attribute of the users, of the relation `situated` named `u`.
    """
    found = dict(columns)
    if ROLES in found:
        own = found[ROLES]
        found[ROLES] = f"CASE WHEN {own} IS NULL OR {own} = '' THEN u.roles ELSE {own} END"
    return found


def staged_names(plan: Plan) -> tuple[str, ...]:
    """The attributes that are looked at, those that decide first."""
    return tuple(dict.fromkeys((*deciding_names(plan), *LABELS)))


def deciding_names(plan: Plan) -> tuple[str, ...]:
    """The attributes that decide what happens to a user."""
    return tuple(dict.fromkeys((*plan.reads, *ACCOUNT, *DELETED)))

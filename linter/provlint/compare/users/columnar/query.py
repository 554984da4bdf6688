"""All users under both configurations: groups of those who are alike, and one of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provlint.compare.users.columnar.signatures import PairSignatures
from provlint.compare.users.references import lost_references_in_columns
from provlint.compare.users.summary import PAIRS
from provlint.compare.users.verdict import ValueChange
from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.columnar.decisive import BOTH
from provlint.simulate.columnar.encoding import decode, encode
from provlint.simulate.columnar.lookups import rows_of
from provlint.simulate.columnar.query import LABELS, Query
from provlint.simulate.columnar.staging.targets import stage_targets
from provlint.simulate.columnar.staging.users import PLACE
from provlint.simulate.targets import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.compare.users.columnar.combined import Combined, Side
    from provlint.compare.users.columnar.signatures import Signature
    from provlint.compare.users.jobs import PairJob
    from provlint.compare.users.references import LostReferences
    from provlint.simulate.columnar.decisive import Person
    from provlint.simulate.columnar.query import Told
    from provlint.simulate.cycle.job import Job


class PairQuery(Query):
    """All users, grouped.

    Attributes:
        signatures: What signatures say.
    """

    labels_may_be_late = False

    def __init__(
        self,
        connection: DuckDBPyConnection,
        job: PairJob,
        both: Combined,
        folder: str,
        told: Told,
        factor: int = 1,
    ) -> None:
        """Read the users, and what decides about the scope steps of each.

        Args:
            connection: To DuckDB.
            job: What is compared.
            both: Both object mappings as one.
            folder: For what is written in between.
            told: Told how far it is.
            factor: How many times as much memory as usual DuckDB may use.

        Raises:
            InputError: A record is broken, and the population says to stop.
        """
        self._differing = job.flow.mappings
        self._both = both
        super().__init__(connection, replace(job.new, flow=both.flow), folder, told, factor)

    def _stage_targets(self, job: Job, folder: str, told: Told) -> None:
        """Of target users it matters only that they are there."""
        assert job.targets is not None
        names = [mapping.target for mapping in self._matching]
        paths = job.target_paths
        stage_targets(self._connection, job.targets, paths, names, names, folder, told)

    def match(self, wanted: Callable[[int, Person], bool]) -> None:
        """Match the users with the target users.

        Args:
            wanted: Told the number of the scope steps and a user who takes them: whether more is
                asked of such users.
        """
        self._decisive.choose(wanted)
        self._told("matching", 0, None)
        self._matches = self._find_matches()
        for at in range(len(self._matching)):
            # What target users have is in `chosen` now, and takes the most memory.
            self._connection.execute(f"DROP TABLE IF EXISTS target_keys{at}")
        self._told("comparing", 0, None)
        self.signatures = PairSignatures(
            self._connection,
            self._both,
            self._differing,
            self._columns,
            self._decisive,
            self._situations,
            has_targets=self._has_targets,
        )

    def shared_of(self, side: Side) -> list[tuple[str, int, int]]:
        """Target attribute, values that several users have, and their users."""
        return [self.shared[at] for at in side.matching]

    def count_shared(self, side: Side, target: str, value: str) -> int:
        """How many source users have a matching value; 1 for those that are not shared."""
        names = [mapping.target for mapping in side.flow.plan.matching]
        at = side.matching[names.index(target)]
        row = self._connection.execute(
            f"SELECT n FROM shared{at} WHERE h = {BOTH}(?)", [encode(folded(value))]
        ).fetchone()
        return 1 if row is None else int(row[0])

    def lost_references(
        self, leaving: Collection[int], in_scope: Collection[int]
    ) -> tuple[LostReferences, ...]:
        """References of users in scope to users who leave it, by the numbers of scope steps."""
        return lost_references_in_columns(
            self._connection,
            self._both.new.flow,
            self._decisive,
            (self._staged.columns, self._columns),
            (leaving, in_scope),
        )

    def groups(self) -> Iterator[tuple[Signature, int, Person]]:
        """Signature, number of users, and one of the users."""
        for group, count in self._decisive.unchosen():
            number = self._decisive.steps[group.words]
            yield self.signatures.of_unchosen(number, group.keys), count, group.person
        found = list(self.signatures.groups())
        persons = self._decisive.persons([number for *_, number in found])
        for signature, count, number in found:
            yield signature, count, persons[number]

    # Values that are written otherwise

    def frequent(
        self, writing: Sequence[tuple[Signature, bool]]
    ) -> dict[str, tuple[int, int, list[tuple[ValueChange, int]]]]:
        """Users, kinds of change and the most frequent changes, by target attribute.

        Args:
            writing: The signatures of the users of whom both configurations write values, and
                whether their accounts are there.
        """
        pairs = self.signatures.pairs
        if not writing or not pairs:
            return {}
        self._mark(writing)
        self._count_changes()
        top: dict[int, list[tuple[int, int]]] = {}
        for at in range(len(pairs)):
            top[at] = self._connection.execute(
                f"SELECT rn, users FROM changes WHERE pair = {at} ORDER BY users DESC, rn"
                f" LIMIT {PAIRS}"
            ).fetchall()
        texts = self._texts({number for rows in top.values() for number, _ in rows})
        found = {}
        for at, users, distinct in self._connection.execute(
            "SELECT pair, sum(users), count(*) FROM changes GROUP BY pair ORDER BY pair"
        ).fetchall():
            frequent = [(texts[number][at], count) for number, count in top[at]]
            found[pairs[at].pair.target] = (int(users), int(distinct), frequent)
        return found

    def _count_changes(self) -> None:
        """The table `changes`: attribute, users, and the first of them, by kind of change.

        Of two texts their common hash of 64 bits is kept; those of a tenant never share one.
        """
        cases = []
        for at, each in enumerate(self.signatures.pairs):
            lines = [
                f"WHEN {flag} AND ({each.changed[number]})"
                f" THEN {{'pair': {at}, 'kind': hash({', '.join(each.texts[number])})}}"
                for number, flag in enumerate(("managed", "NOT managed"))
            ]
            cases.append(f"CASE {' '.join(lines)} END")
        same = " AND ".join(f"w.{name} = v.{name}" for name in self.signatures.names)
        self._connection.execute(
            "CREATE OR REPLACE TABLE changes AS SELECT c.pair AS pair, count(*) AS users,"
            f" min(rn) AS rn FROM (SELECT rn, unnest([{', '.join(cases)}]) AS c FROM"
            f" (SELECT v.*, w.managed FROM ({self.signatures.signed(['r.*'])}) v JOIN writing w"
            f" ON {same}) r) WHERE c IS NOT NULL GROUP BY c.pair, c.kind"
        )

    def _texts(self, numbers: Collection[int]) -> dict[int, list[ValueChange]]:
        """What is written of each attribute before and after, by number of the user."""
        self._ask(numbers)
        texts = []
        for each in self.signatures.pairs:
            for at in range(2):
                managed, created = (each.texts[number][at] for number in range(2))
                texts.append(f"CASE WHEN w.managed THEN {managed} ELSE {created} END")
        same = " AND ".join(f"w.{name} = r.{name}" for name in self.signatures.names)
        signed = self.signatures.signed(["r.*"], "(SELECT * FROM chosen JOIN asked USING (rn))")
        rows = self._connection.execute(
            f"SELECT r.rn, {', '.join(texts)} FROM ({signed}) r JOIN writing w ON {same}"
        ).fetchall()
        pairs = self.signatures.pairs
        return {
            row[0]: [
                ValueChange(each.pair.target, _text(row[1 + 2 * at]), _text(row[2 + 2 * at]))
                for at, each in enumerate(pairs)
            ]
            for row in rows
        }

    def _ask(self, numbers: Collection[int]) -> None:
        """The table `asked`: users by number."""
        self._connection.execute(
            f"CREATE OR REPLACE TABLE asked AS {rows_of(['rn'], ['BIGINT'])}", [list(numbers)]
        )

    def _mark(self, writing: Sequence[tuple[Signature, bool]]) -> None:
        """The table `writing`: signatures, and whether accounts are there."""
        names = self.signatures.names
        kinds = [_kind(value) for value in writing[0][0]]
        columns = [
            list(column) for column in zip(*(signature for signature, _ in writing), strict=True)
        ]
        columns.append([managed for _, managed in writing])
        rows = rows_of([*names, "managed"], [*kinds, "BOOLEAN"])
        self._connection.execute(f"CREATE OR REPLACE TABLE writing AS {rows}", columns)

    # Users one by one

    def written_rows(
        self, everybody: bool
    ) -> Iterator[tuple[Signature, Sequence[str | None], str, tuple[ValueChange, ...]]]:
        """Signature, labels, place and written values of users, in the order of the files.

        Args:
            everybody: Whether to give those too of whom nothing more was asked.
        """
        place_of = self._staged.place_of
        place = "r.rn" if place_of is not None else f"r.{PLACE}"
        columns = ["r.rn AS rn", f"{place} AS place"]
        columns += [f"r.a{at} AS label{at}" for at, name in enumerate(self.names) if name in LABELS]
        texts = []
        for each in self.signatures.pairs:
            for old, new in each.texts:
                texts += [old, new]
        columns += [f"{text} AS t{at}" for at, text in enumerate(texts)]
        relation = self._matches.everyone if everybody else "chosen"
        signed = self.signatures.signed(columns, relation)
        width = len(self.signatures.names)
        labels = [name for name in self.names if name in LABELS]
        for row in self._in_order(f"SELECT * EXCLUDE (rn) FROM ({signed}) ORDER BY rn"):
            where = row[width]
            shown = row[width + 1 : width + 1 + len(labels)]
            yield (
                row[:width],
                shown,
                place_of(where) if place_of is not None else where,
                self._changes(row[width + 1 + len(labels) :]),
            )

    @property
    def labels(self) -> list[str]:
        """The names of the labels of `rows`."""
        return [name for name in self.names if name in LABELS]

    def _changes(self, texts: Sequence[str | None]) -> tuple[ValueChange, ...]:
        """Two changes for each attribute: of an account that is there, and of a new one."""
        found = []
        for at, each in enumerate(self.signatures.pairs):
            for number in range(2):
                old, new = texts[4 * at + 2 * number : 4 * at + 2 * number + 2]
                found.append(ValueChange(each.pair.target, _text(old), _text(new)))
        return tuple(found)


def _text(encoded: str | None) -> str | None:
    return None if encoded is None else provisioned_text(decode(encoded))


def _kind(value: Any) -> str:
    """The type in SQL of a part of a signature."""
    if isinstance(value, bool):
        return "BOOLEAN"
    return "BIGINT" if isinstance(value, int) else "VARCHAR"

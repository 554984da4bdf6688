"""Whatever decides about a user beyond the scope step, as columns: the signature.

Users of the same signature have the same outcome, but for what only the reference path can tell of
values that are no plain texts, which is a column of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.simulate.columnar.differences import CASE_ONLY, CHANGED, ODD, state
from provlint.simulate.columnar.encoding import PLAIN
from provlint.simulate.columnar.lookups import BATCH, Lookups
from provlint.simulate.columnar.mappings import MappedColumn
from provlint.simulate.columnar.matches import EXACT
from provlint.simulate.columnar.references import ODD as ODD_REFERENCE
from provlint.simulate.columnar.references import (
    ReferenceTable,
    reference_join,
    reference_state,
)
from provlint.simulate.matching import can_filter, ignores_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.columnar.decisive import Decisive, Person
    from provlint.simulate.columnar.situations import SituationTable
    from provlint.simulate.flow import Flow

    MakeReferenceTable = Callable[[DuckDBPyConnection, Mapping[str, str], Decisive], ReferenceTable]

Signature = tuple[Any, ...]

NULL_TEXT = "CAST(NULL AS VARCHAR)"
MANY = 3
"""Numbers of target users from here on are alike."""


class Signatures:
    """The signatures of chosen users, and one of the users of each.

    Args:
        connection: To DuckDB.
        flow: What is simulated.
        columns: The column of each attribute as mappings see it, as SQL.
        own_columns: The column of each attribute of the users, as SQL.
        decisive: What matching attributes give.
        situations: What is known of users beside.
        deciding: The first so many attributes are those of a person.
        has_targets: Whether target users are given.
        reference_table: Makes what references are looked up in.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        flow: Flow,
        columns: Mapping[str, str],
        own_columns: Mapping[str, str],
        decisive: Decisive,
        situations: SituationTable,
        deciding: int,
        *,
        has_targets: bool,
        reference_table: MakeReferenceTable = ReferenceTable,
    ) -> None:
        self._connection = connection
        self._flow = flow
        self._deciding = deciding
        self._decisive = decisive
        self._situated = situations.any
        self._has_targets = has_targets
        self._mappings = flow.plan.mappings
        self._matching = flow.plan.matching
        self._matching_at = [self._mappings.index(mapping) for mapping in self._matching]
        self._leaving = [
            at
            for at, mapping in enumerate(self._mappings)
            if self._situated and mapping.reads_soft_deleted
        ]
        self._lookups = Lookups(connection, "mapping")
        self._given = self._values(columns)
        self._lookups.run(self._users("chosen"))
        self._hit_tables()
        self._referring = [(at, m) for at, m in enumerate(self._mappings) if m.reference]
        self.references: ReferenceTable | None = None
        if self._referring:
            self.references = reference_table(connection, own_columns, decisive)
            given = [
                (f"q.{letter}{at}", self._mappings[at])
                for _, letter, numbers in self._flows
                for at in numbers
                if self._mappings[at].reference
            ]
            self.references.fill(given, self._valued, self._matched)
        self._parts = self._signature()

    # What mappings give: `v0`, `v1`, …; to those who leave: `w0`, …

    def _values(self, columns: Mapping[str, str]) -> dict[str, MappedColumn]:
        found: dict[str, MappedColumn] = {}
        for at, mapping in enumerate(self._mappings):
            if at in self._matching_at:
                found[f"v{at}"] = self._decisive.matching[self._matching_at.index(at)]
            else:
                found[f"v{at}"] = MappedColumn(mapping, columns, self._flow.context, self._lookups)
        for at in self._leaving:
            found[f"w{at}"] = MappedColumn(
                self._mappings[at], columns, self._flow.context, self._lookups, in_scope=False
            )
        return found

    def _users(self, chosen: str) -> str:
        """Users with all that is known of them, as SQL behind FROM; they are named `u`."""
        more, join = f"{NULL_TEXT} AS link, {NULL_TEXT} AS roles, 0 AS situation", ""
        if self._situated:
            more = "s.link, s.roles, coalesce(s.situation, 0) AS situation"
            join = " LEFT JOIN situations s ON s.entry = c.entry"
        return (
            f"(SELECT p.*, c.* EXCLUDE (rn), {more} FROM people p"
            f" JOIN {chosen} c ON c.rn = p.rn{join}) u"
        )

    def _valued(self, chosen: str) -> str:
        """The same with what mappings give, and matching values `m0`, …; they are named `q`."""
        listed = [f"{column.flow} AS {name}" for name, column in self._given.items()]
        listed += [f"{each.value} AS m{at}" for at, each in enumerate(self._decisive.matching)]
        joins = " ".join(column.join for column in self._given.values())
        columns = "".join(f", {each}" for each in listed)
        return f"(SELECT u.*{columns} FROM {self._users(chosen)} {joins}) q"

    # The target user of each user

    def _hit_tables(self) -> None:
        if not self._has_targets:
            return
        tables = [f"SELECT t{at} AS t FROM chosen" for at in range(len(self._matching))]
        tables += [f"SELECT t FROM exact{at}" for at in range(len(self._matching))]
        if self._situated:
            tables.append("SELECT t FROM linked")
        union = " UNION ".join(tables) or "SELECT CAST(NULL AS BIGINT) AS t"
        self._connection.execute(
            f"CREATE TABLE hits AS SELECT t FROM ({union}) WHERE t IS NOT NULL"
        )
        self._connection.execute(
            "CREATE VIEW hit_targets AS SELECT targets.* FROM targets JOIN hits USING (t)"
        )

    def _compared(self, columns: Sequence[str], chosen: str) -> str:
        """Users with their target users, and what comparing them tells: `e0`, …; for those who
        leave: `f0`, …; they are named `r`.
        """  # noqa: D205
        joins = []
        listed = ["q.*", *columns]
        if self._has_targets:
            joins = self._hit_joins(self._hit(shared=True))
            listed += [f"exact{at}.n AS exact{at}" for at in range(len(self._matching))]
            if self._situated:
                listed.append("linked.t AS linked")
            listed += [f"tt.o{at}" for at in range(len(self._mappings))]
        for at, _ in self._referring:
            joins.append(reference_join(at))
            listed.append(f"{reference_state(at)} AS z{at}")
        for letter, given, numbers in self._flows:
            listed += [f"{self._state(given, at)} AS {letter}{at}" for at in numbers]
        return f"(SELECT {', '.join(listed)} FROM {self._valued(chosen)} {' '.join(joins)}) r"

    def _state(self, given: str, at: int) -> str:
        """What comparing what a mapping gives with the target tells."""
        mapping, value = self._mappings[at], f"q.{given}{at}"
        old = f"tt.o{at}" if self._has_targets else NULL_TEXT
        if not mapping.reference:
            return state(mapping, value, old)
        if given == "w":
            return str(ODD)
        resolved = state(mapping, f"referred{at}.id", old)
        return f"CASE WHEN {reference_state(at)} = {ODD_REFERENCE} THEN {ODD} ELSE {resolved} END"

    def _hit_joins(self, hit: str) -> list[str]:
        """The joins that bring the counts of target users, and the one that is hit."""
        joins = [
            f"LEFT JOIN exact{at} ON exact{at}.h = q.h{at} AND exact{at}.x = {EXACT}(q.m{at})"
            for at in range(len(self._matching))
        ]
        if self._situated:
            joins.append("LEFT JOIN linked ON linked.id = q.link")
        return [*joins, f"LEFT JOIN hit_targets tt ON tt.t = {hit}"]

    def _matched(self, chosen: str) -> str:
        """The target users of users that others refer to; who else has the value is not asked."""
        users = self._valued(chosen)
        if not self._has_targets:
            return f"SELECT q.rn, q.link, {NULL_TEXT} AS id FROM {users}"
        joins = self._hit_joins(self._hit(shared=False))
        return f"SELECT q.rn, q.link, tt.id FROM {users} {' '.join(joins)}"

    @property
    def _flows(self) -> list[tuple[str, str, Sequence[int]]]:
        """Names of states and of values, and the numbers of mappings."""
        found: list[tuple[str, str, Sequence[int]]] = [("e", "v", range(len(self._mappings)))]
        return [*found, ("f", "w", self._leaving)] if self._leaving else found

    def _counts(self, at: int, user: str, exact: str) -> tuple[str, str]:
        """How many target users have a matching value: in any letter case, and as it is."""
        if not self._has_targets:
            return "0", "0"
        n, x, y, m = (f"{user}.{name}{at}" for name in "nxym")
        return n, (
            f"CASE WHEN {n} = 0 THEN 0 WHEN {n} = 1 AND {x} = {y}"
            f" THEN CASE WHEN {x} = {EXACT}({m}) THEN 1 ELSE 0 END ELSE coalesce({exact}, 0) END"
        )

    def _hit(self, *, shared: bool) -> str:
        """The number of the target user, as SQL.

        Args:
            shared: Whether nobody is hit by a value that several source users have.
        """
        facts = self._flow.facts
        lines = []
        if self._situated:
            lines.append("WHEN q.link IS NOT NULL THEN linked.t")
        for at, mapping in enumerate(self._matching):
            many, exact = self._counts(at, "q", f"exact{at}.n")
            ignore = ignores_case(facts, mapping.case_exact)
            count = many if ignore else exact
            single = f"q.t{at}"
            if not ignore:
                single = f"CASE WHEN q.n{at} = 1 THEN q.t{at} ELSE exact{at}.t END"
            stops = "TRUE"
            if can_filter(mapping.target, facts):
                stops = f"(q.shared{at} AND {many} < 2)" if shared else "FALSE"
            lines.append(f"WHEN q.h{at} IS NOT NULL AND {stops} THEN NULL")
            lines.append(f"WHEN {count} = 1 THEN {single} WHEN {count} > 1 THEN NULL")
        return f"(CASE {' '.join(lines)} END)" if lines else "NULL"

    # The signature

    def _signature(self) -> list[tuple[str, Any]]:
        """Each part as SQL, with what it is for users who are not chosen."""
        parts: list[tuple[str, Any]] = [("r.scope", None)]
        if self._situated:
            parts.append(("r.link IS NOT NULL", False))
            if self._has_targets:
                parts.append(("r.linked IS NOT NULL", False))
        self._hits_at = len(parts)
        for at in range(len(self._matching)):
            many, exact = self._counts(at, "r", f"r.exact{at}")
            some = f"least({many}, {MANY})"
            parts += [
                (f"r.h{at} IS NOT NULL", None),
                (f"r.shared{at}", False),
                (some, 0),
                (f"CASE WHEN ({exact}) = {many} THEN {some} ELSE least({exact}, 2) END", 0),
            ]
        odd: list[tuple[str, Any]] = []
        for letter, given, numbers in self._flows:
            changed = " OR ".join(f"r.{letter}{at} = {CHANGED}" for at in numbers) or "FALSE"
            parts.append((f"r.wanted AND ({changed})", False))
            parts += [(f"r.wanted AND r.{letter}{at} = {CASE_ONLY}", False) for at in numbers]
            odd.append((self._odd(letter, given, numbers), None))
        parts += [(f"CASE WHEN r.wanted THEN r.z{at} ELSE 0 END", 0) for at, _ in self._referring]
        required = {*self._flow.facts.required}
        for at, mapping in enumerate(self._mappings):
            if mapping.required or mapping.target in required:
                parts.append((f"r.wanted AND r.v{at} IS NOT NULL", False))
        self._odd_at = len(parts)
        return [*parts, *odd]

    def _odd(self, letter: str, given: str, numbers: Sequence[int]) -> str:
        """Values and old values of which only the reference path can tell what they decide."""
        old = "r.o{at}" if self._has_targets else NULL_TEXT
        odd = [f"r.{letter}{at} = {ODD}" for at in numbers]
        # Duplicates in the target fail users out of scope too, with the readings of the value.
        special = [f"r.{given}{at} < {PLAIN}" for at in self._matching_at if at in numbers]
        ask = " OR ".join([f"r.wanted AND ({' OR '.join(odd) or 'FALSE'})", *special])
        pairs = ", ".join(
            f"CASE WHEN r.{letter}{at} = {ODD} THEN [r.{given}{at}, {old.format(at=at)}] END"
            if at in numbers
            else "CAST(NULL AS VARCHAR[])"
            for at in range(len(self._mappings))
        )
        return f"CASE WHEN {ask} THEN CAST(to_json([{pairs}]) AS VARCHAR) END"

    def of_unchosen(self, scope: int, keys: Sequence[bool]) -> Signature:
        """The signature of users who are not chosen, of one scope step."""
        given = iter(keys)
        found = [scope]
        for sql, value in self._parts[1:]:
            found.append(next(given) if value is None and sql.startswith("r.h") else value)
        return tuple(found)

    def scope(self, signature: Signature) -> int:
        """The number of the scope step."""
        return int(signature[0])

    def rest(self, signature: Signature) -> Signature:
        """What else decides, without what is odd."""
        return signature[1 : self._odd_at]

    def odd(self, signature: Signature) -> Signature:
        """The columns of what only the reference path can tell."""
        return signature[self._odd_at :]

    def hits(self, signature: Signature, at: int) -> tuple[bool, int, int]:
        """Whether a matching value is shared; target users with it, in any case and as it is."""
        start = self._hits_at + 4 * at
        _, shared, many, exact = signature[start : start + 4]
        return bool(shared), int(many), int(exact)

    # What is asked of the columns

    def signed(self, columns: Sequence[str], chosen: str = "chosen") -> str:
        """The signatures `s0`, … of users, with other columns, as SQL.

        Args:
            columns: The other columns; `q` is the user, `tt` the target user.
            chosen: The users: `chosen`, or another relation with its columns.
        """
        listed = [f"{sql} AS s{at}" for at, (sql, _) in enumerate(self._parts)]
        names = [column.rpartition(" AS ")[2] for column in columns]
        return f"SELECT {', '.join([*listed, *names])} FROM {self._compared(columns, chosen)}"

    @property
    def names(self) -> list[str]:
        """The names of the columns of a signature."""
        return [f"s{at}" for at in range(len(self._parts))]

    def groups(self) -> Iterator[tuple[Signature, int, Person]]:
        """The signatures of chosen users, the number of users, and one of them."""
        persons = [f"q.a{at}" for at in range(self._deciding)]
        persons += ["q.kind", "q.situation", "q.link"]
        packed = [f"{name.removeprefix('q.')} := {name}" for name in persons]
        packed.append(f"target_id := {self.target_id}")
        if self._has_targets:
            packed += [f"o{at} := tt.o{at}" for at in range(len(self._mappings))]
        names = ", ".join(self.names)
        signed = self.signed([f"struct_pack({', '.join(packed)}) AS person"])
        cursor = self._connection.cursor()
        cursor.execute(f"SELECT {names}, count(*), first(person) FROM ({signed}) GROUP BY {names}")
        while batch := cursor.fetchmany(BATCH):
            for *signature, count, person in batch:
                yield tuple(signature), int(count), person
        cursor.close()

    @property
    def target_id(self) -> str:
        """The id of the target user, as SQL."""
        return "tt.id" if self._has_targets else "q.link"

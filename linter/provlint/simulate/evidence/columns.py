"""Users in columns, through DuckDB; for files that are large.

Whatever SQL cannot tell exactly is told by the reference path, once for each distinct value.
"""

from __future__ import annotations

import tempfile
from itertools import count
from typing import TYPE_CHECKING, Any

from provlint.semantics.evidence import EXAMPLES, SharedValues, Some
from provlint.simulate.columnar.classes.clauses import classes_of
from provlint.simulate.columnar.encoding import MARK, PLAIN, decode, decode_flow, encode, quoted
from provlint.simulate.columnar.lookups import Lookups
from provlint.simulate.columnar.mappings import MappedColumn
from provlint.simulate.columnar.sql import home_name, is_ascii
from provlint.simulate.evidence.people import (
    ACCOUNT,
    DELETED,
    LABELS,
    Bunch,
    Held,
    Row,
    Wanted,
    alike,
    name_of,
)
from provlint.simulate.inputs.parquet_records import connect
from provlint.simulate.inputs.relation import as_relation
from provlint.simulate.targets import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.flow import Flow
    from provlint.simulate.inputs.direct import Kind
    from provlint.simulate.inputs.population import Population
    from provlint.simulate.plan import MappingPlan
    from provlint.simulate.preparation import Situations
    from provlint.simulate.situation import Situation

NO_TEXT = "CAST(NULL AS VARCHAR)"
"""An attribute that no user has."""

BATCH = 10_000
"""Rows that are taken from DuckDB at once."""

MEMORY = "1200MB"
"""What DuckDB may keep in memory; the rest goes to a folder for temporary files."""


class Columns:
    """All users, as the table `people`: `rn` and one column of encoded texts an attribute."""

    def __init__(
        self,
        population: Population,
        attributes: Sequence[str],
        situations: Situations,
    ) -> None:
        """Read the users.

        Args:
            population: The users.
            attributes: What is asked of them.
            situations: What else is known of users.

        Raises:
            InputError: A record is broken, and the population says to stop; or there is no DuckDB.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="provlint-")
        self.connection: DuckDBPyConnection = connect("evidence from many users")
        self.connection.execute(f"SET memory_limit = '{MEMORY}'")
        self.connection.execute(f"SET temp_directory = '{self._folder.name}/spill'")
        self.number = count(1)
        self.names = tuple(dict.fromkeys((*attributes, *ACCOUNT, *DELETED, *LABELS)))
        self._missing = frozenset[str]().union(
            population.missing, *population.missing_by_export().values()
        )
        relation = as_relation(self.connection, population, self.names)
        listed = (
            f"{_encoded(_name(relation.columns[name]), relation.kinds[name])} AS a{at}"
            for at, name in enumerate(self.names)
        )
        home = home_name(f"a{self.names.index('userPrincipalName')}")
        self.connection.execute(
            f"CREATE TABLE listed AS SELECT *, {home} AS home FROM"
            f" (SELECT {', '.join(listed)} FROM {relation.view})"
        )
        # To number the rows while they are read would leave one core to read them.
        self.connection.execute("CREATE VIEW people AS SELECT rowid AS rn, * FROM listed")
        counts = ", ".join(f"count(a{at})" for at in range(len(self.names)))
        row = self.connection.execute(f"SELECT count(*), {counts} FROM people").fetchone() or ()
        self._count = int(row[0])
        held = dict(zip(self.names, row[1:], strict=True))
        self.stored = ["home", *(f"a{at}" for at, name in enumerate(self.names) if held[name])]
        self.columns = {
            name: f"u.a{at}" if held[name] else NO_TEXT for at, name in enumerate(self.names)
        }
        self.labels = list(_telling(self._named(), self._count))
        self.situated = bool(situations.known)
        self.situations = self._situate(situations)

    def _named(self) -> dict[str, int]:
        """How many users have each label."""
        counts = ", ".join(f"count(nullif({self.columns[name]}, ''))" for name in LABELS)
        row = self.connection.execute(f"SELECT {counts} FROM people u").fetchone() or ()
        return dict(zip(LABELS, map(int, row), strict=True))

    def _situate(self, situations: Situations) -> tuple[Situation, ...]:
        """The table `situated`: object ids in lower case, and the number of a situation."""
        numbers = {situations.others: 0}
        keys: list[str] = []
        values: list[int] = []
        for identity, situation in situations.known.items():
            keys.append(encode(identity) or "")
            values.append(numbers.setdefault(situation, len(numbers)))
        self.connection.execute(
            "CREATE TABLE situated AS SELECT unnest($keys::VARCHAR[]) AS k,"
            " unnest($numbers::INTEGER[]) AS number",
            {"keys": keys, "numbers": values},
        )
        return tuple(numbers)

    def lookups(self) -> Lookups:
        """A place for what the reference path tells."""
        return Lookups(self.connection, f"told{next(self.number)}_")

    @property
    def count(self) -> int:
        """How many users there are."""
        return self._count

    @property
    def missing(self) -> frozenset[str]:
        """Attributes that were asked for and that the export does not have."""
        return self._missing

    def by_scope(self, flow: Flow) -> ColumnsByScope:
        """The users by what decides about their scope in an object mapping."""
        return ColumnsByScope(self, flow)

    def attribute(self, name: str, wanted: Wanted) -> list[Held]:
        """Values of a source attribute among all users."""
        return self.held(f"SELECT u.*, {self.columns[name]} AS v FROM people u", wanted, decode)

    def identities(self) -> set[str]:
        """The object ids of all users, in lower case."""
        rows = self.connection.execute(f"SELECT {self.identity} FROM people u").fetchall()
        return {text.lower() for (text,) in rows if text}

    @property
    def identity(self) -> str:
        """The object id of a user as SQL."""
        return f"coalesce(nullif({self.columns['objectId']}, ''), {self.columns['id']})"

    def packed(self, names: Iterable[str]) -> str:
        """The number of a user and some attributes in one value, as SQL."""
        listed = (f"x{at} := {self.columns[name]}" for at, name in enumerate(names))
        return f"struct_pack({', '.join(['rn := u.rn', *listed])})"

    def held(
        self, relation: str, wanted: Wanted, value_of: Callable[[str | None], object]
    ) -> list[Held]:
        """The values `v` of a relation of users, with those who have them.

        Args:
            relation: A query; beside `v` it gives `rn` and the columns of the attributes.
            wanted: Which values.
            value_of: From the encoded value.
        """
        order = f"n DESC, first LIMIT {wanted.most}" if wanted.most else "first"
        rows = self.connection.execute(
            f"SELECT v, count(*) AS n, min(u.rn) AS first,"
            f" arg_min({self.packed(self.labels)}, u.rn, {EXAMPLES})"
            f" FROM ({relation}) u WHERE {_condition('v', wanted)} GROUP BY v ORDER BY {order}"
        ).fetchall()
        return [
            Held(value_of(text), number, tuple(self._label(person) for person in people))
            for text, number, _, people in rows
        ]

    def _label(self, person: Mapping[str, Any]) -> tuple[int, str]:
        return int(person["rn"]), name_of(unpacked(person, self.labels), person["rn"])


def unpacked(person: Mapping[str, Any], names: Sequence[str]) -> dict[str, object]:
    """The attributes that `Columns.packed` put into one value."""
    return {name: decode(person[f"x{at}"]) for at, name in enumerate(names)}


def _telling(held: Mapping[str, int], count: int) -> Iterator[str]:
    """The labels that users may be called by: no further than one that everybody has."""
    for name in LABELS:
        if held[name]:
            yield name
        if held[name] == count:
            return


class ColumnsByScope:
    """The users by what decides about their scope.

    Attributes:
        bunches: Every user is in one of them.
    """

    def __init__(self, all_users: Columns, flow: Flow) -> None:
        self._all = all_users
        self._flow = flow
        self._table = f"scope{next(all_users.number)}"
        lookups = all_users.lookups()
        columns = all_users.columns
        types = dict(flow.plan.source_types)
        classes = classes_of(flow.plan.scope, types, columns, lookups)
        lookups.run("people u")
        parts = [each.sql for each in classes]
        parts += self._account()
        joins = [lookups.joins]
        if all_users.situated:
            joins.append(f"LEFT JOIN situated ON lower({all_users.identity}) = situated.k")
            parts.append("coalesce(situated.number, 0)")
        else:
            parts.append("0")
        self._asked = tuple(
            dict.fromkeys((*flow.plan.scope.attributes, *ACCOUNT, *DELETED, *all_users.labels))
        )
        keys = ", ".join(f"{part} AS p{at}" for at, part in enumerate(parts))
        all_users.connection.execute(
            f"CREATE TABLE {self._table} AS SELECT count(*) AS users, min(rn) AS first, list(rn) AS"
            f" numbers, min(rn, {EXAMPLES}) AS people, p{len(parts) - 1} AS situation"
            f" FROM (SELECT u.rn, {keys} FROM people u {' '.join(joins)})"
            f" GROUP BY {', '.join(f'p{at}' for at in range(len(parts)))}"
        )
        people = self._first_people()
        rows = all_users.connection.execute(
            f"SELECT users, first, situation FROM {self._table} ORDER BY first"
        ).fetchall()
        self._first = [int(row[1]) for row in rows]
        self.bunches = tuple(
            Bunch(int(users), tuple(people[first]), all_users.situations[situation])
            for users, first, situation in rows
        )

    def _first_people(self) -> dict[int, list[tuple[int, Mapping[str, object]]]]:
        """The first users of each bunch, by the number of its first."""
        listed = ", ".join(self._all.columns[name] for name in self._asked)
        found: dict[int, list[tuple[int, Mapping[str, object]]]] = {}
        for first, number, *texts in self._all.connection.execute(
            f"SELECT k.first, u.rn, {listed} FROM (SELECT first, unnest(people) AS rn FROM"
            f" {self._table}) k JOIN people u ON u.rn = k.rn ORDER BY u.rn"
        ).fetchall():
            values = dict(zip(self._asked, map(decode, texts), strict=True))
            found.setdefault(int(first), []).append((int(number), values))
        return found

    def _account(self) -> list[str]:
        """What the state of the account depends on."""
        columns = self._all.columns
        found = [columns[name] for name in ACCOUNT]
        for name in DELETED:
            column = columns[name]
            found.append(
                f"CASE WHEN {column} IS NULL OR {column} = '' THEN '0'"
                f" WHEN {column} >= {PLAIN} THEN '1' ELSE {column} END"
            )
        found.append(f"contains({columns['userPrincipalName']}, '#EXT#')")
        return found

    def inside(self, in_scope: Sequence[bool]) -> SurveyedColumns:
        """The users in scope, told for each of the bunches."""
        kept = [first for first, wanted in zip(self._first, in_scope, strict=True) if wanted]
        table = f"inside{next(self._all.number)}"
        listed = ", ".join(["u.rn", *(f"u.{name}" for name in self._all.stored)])
        self._all.connection.execute(
            f"CREATE TABLE {table} AS SELECT {listed} FROM people u JOIN (SELECT unnest(numbers) AS"
            f" rn FROM {self._table} WHERE first IN (SELECT unnest($kept::BIGINT[]))) k"
            " ON u.rn = k.rn",
            {"kept": kept},
        )
        return SurveyedColumns(self._all, self._flow, table)


class SurveyedColumns:
    """The users in scope."""

    def __init__(self, all_users: Columns, flow: Flow, table: str) -> None:
        self._all = all_users
        self._flow = flow
        self._table = table
        self._made: dict[str, str] = {}

    def _flowing(self, mapping: MappingPlan) -> str:
        """A query that adds what the mapping gives as `v`."""
        if mapping.target not in self._made:
            lookups = self._all.lookups()
            column = self._mapped(mapping, lookups)
            lookups.run(f"{self._table} u")
            self._made[mapping.target] = (
                f"SELECT u.*, {column.flow} AS v FROM {self._table} u {lookups.joins}"
            )
        return self._made[mapping.target]

    def _mapped(self, mapping: MappingPlan, lookups: Lookups) -> MappedColumn:
        return MappedColumn(mapping, self._all.columns, self._flow.context, lookups)

    def rows(
        self, mappings: Sequence[MappingPlan], attributes: Sequence[str] = ()
    ) -> Iterator[Row]:
        """Each user in scope, with what is asked for."""
        lookups = self._all.lookups()
        mapped = [self._mapped(mapping, lookups) for mapping in mappings]
        lookups.run(f"{self._table} u")
        labels = self._all.labels
        listed = ["u.rn", *(self._all.columns[name] for name in labels)]
        listed += [column.flow for column in mapped]
        listed += [self._all.columns[name] for name in attributes]
        first = 1 + len(labels)
        second = first + len(mappings)
        cursor = self._all.connection.cursor()
        cursor.execute(
            f"SELECT {', '.join(listed)} FROM {self._table} u {lookups.joins} ORDER BY u.rn"
        )
        while batch := cursor.fetchmany(BATCH):
            for row in batch:
                names = dict(zip(labels, map(decode, row[1:first]), strict=True))
                yield Row(
                    row[0],
                    name_of(names, row[0]),
                    tuple(map(decode_flow, row[first:second])),
                    tuple(map(decode, row[second:])),
                )
        cursor.close()

    def flows(self, mapping: MappingPlan, wanted: Wanted) -> list[Held]:
        """What an attribute mapping gives."""
        return self._all.held(self._flowing(mapping), wanted, decode_flow)

    def attribute(self, name: str, wanted: Wanted) -> list[Held]:
        """Values of a source attribute."""
        relation = f"SELECT u.*, {self._all.columns[name]} AS v FROM {self._table} u"
        return self._all.held(relation, wanted, decode)

    def without(self, mappings: Sequence[MappingPlan]) -> Some:
        """The users to whom none of the mappings gives a value."""
        lacking = " INTERSECT ".join(f"({self._lacking(each)})" for each in mappings)
        relation = f"SELECT u.*, NULL AS v FROM {self._table} u WHERE u.rn IN ({lacking})"
        held = self._all.held(relation, Wanted(empty=True), decode)
        return Some(
            sum(each.users for each in held),
            tuple(name for each in held for _, name in each.owners),
        )

    def _lacking(self, mapping: MappingPlan) -> str:
        """A query for the users to whom a mapping gives nothing to be matched by."""
        relation = f"({self._flowing(mapping)})"
        rows = self._all.connection.execute(
            f"SELECT DISTINCT v FROM {relation} u WHERE v < {PLAIN}"
        ).fetchall()
        nothing = ", ".join(quoted(text) for (text,) in rows if _matching_text(text) is None)
        marked = f" OR v IN ({nothing})" if nothing else ""
        return f"SELECT rn FROM {relation} u WHERE v IS NULL{marked}"

    def shared(self, mapping: MappingPlan) -> SharedValues:
        """The values that several users have."""
        relation = f"({self._flowing(mapping)})"
        lookups = self._all.lookups()
        odd = f"u.v IS NOT NULL AND NOT ({is_ascii('u.v')} AND u.v >= {PLAIN})"
        fold = lookups.ask(["u.v"], odd, _folded)
        lookups.run(f"{relation} u")
        key = f"CASE WHEN {odd} THEN {fold.result()} ELSE lower(u.v) END"
        rows = self._all.connection.execute(
            f"SELECT count(*), coalesce(sum(n), 0), arg_min(v, first, {EXAMPLES}) FROM ("
            f"SELECT {key} AS k, count(*) AS n, min(rn) AS first, arg_min(u.v, rn) AS v"
            f" FROM {relation} u {lookups.joins} GROUP BY k"
            " HAVING k IS NOT NULL AND count(*) > 1)"
        ).fetchone()
        assert rows is not None
        examples = tuple(_matching_text(text) or "" for text in rows[2] or ())
        return SharedValues(Some(int(rows[0]), examples), int(rows[1]))


def _folded(key: Sequence[str | None]) -> tuple[str | None]:
    text = _matching_text(key[0])
    return (None if text is None else encode(folded(text)),)


def _matching_text(text: str | None) -> str | None:
    """What is matched: a text, or the only one of a list."""
    value = decode_flow(text).value
    if isinstance(value, tuple):
        value = value[0] if len(value) == 1 else None
    return value or None


def _condition(column: str, wanted: Wanted) -> str:
    """Which encoded values may be wanted; those that are no plain text always may."""
    if wanted.every:
        return "TRUE"
    found = [f"{column} < {PLAIN}"]
    if wanted.empty:
        found.append(f"{column} IS NULL")
    if wanted.pattern:
        found.append(f"regexp_matches({column}, {quoted(wanted.pattern)})")
    if wanted.longer_than is not None:
        found.append(f"length({column}) > {wanted.longer_than}")
    if wanted.spelt_as is not None:
        like = alike(wanted.spelt_as)
        # What goes first spares most values the regular expression.
        tests = (
            f"{column} <> {quoted(wanted.spelt_as)}",
            f"contains(lower({column}), {quoted(like.split(' ', 1)[0])})",
            rf"lower(trim(regexp_replace({column}, '\s+', ' ', 'g'))) = {quoted(like)}",
        )
        found.append(f"({' AND '.join(tests)}) OR strlen({column}) <> length({column})")
    if wanted.most:
        found.append(f"{column} IS NOT NULL")
    return f"({' OR '.join(found)})"


def _encoded(column: str, kind: Kind) -> str:
    """A column of `provlint.simulate.inputs.relation` as `provlint.simulate.columnar` has it."""
    return _ENCODED[kind].format(c=column)


_PLAIN_TEXT = (
    "CASE WHEN {c} < chr(2) AND {c} <> '' THEN chr(1) || CAST(to_json({c}) AS VARCHAR) ELSE {c} END"
)
_ENCODED: dict[Kind, str] = {
    "text": _PLAIN_TEXT,
    "boolean": f"CASE WHEN {{c}} THEN '{MARK}true' WHEN NOT {{c}} THEN '{MARK}false' END",
    "list": "chr(1) || CAST(to_json({c}) AS VARCHAR)",
    "json": "CASE WHEN left({c}, 1) = '\"' THEN "
    + _PLAIN_TEXT.replace("{c}", "({c}::JSON ->> '$')")
    + " ELSE chr(1) || {c} END",
}


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'

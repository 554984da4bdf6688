"""The query over all users: what decides about each of them, as columns."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provlint.simulate.columnar.clauses import classes_of
from provlint.simulate.columnar.differences import Difference
from provlint.simulate.columnar.encoding import (
    MARK,
    PLAIN,
    decode,
    decode_flow,
    encode,
)
from provlint.simulate.columnar.hits import Hits
from provlint.simulate.columnar.lookups import Lookups
from provlint.simulate.columnar.mappings import Values
from provlint.simulate.columnar.staging import read_lines, stage_targets, stage_users
from provlint.simulate.inputs.population import User
from provlint.simulate.matching import can_filter, ignores_case
from provlint.simulate.plan import ROLES
from provlint.simulate.population import identifier_of
from provlint.simulate.targets import TargetUser, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.simulate.cycle.job import Job
    from provlint.simulate.plan import Plan
    from provlint.simulate.situation import Situation

    Told = Callable[[str, int, int | None], None]
    Person = dict[str, Any]

ACCOUNT = ("accountEnabled", "userType")
DELETED = ("deletionTimestamp", "deletedDateTime", "deletedTimestamp")
LABELS = (
    "userPrincipalName", "displayName", "objectId", "id", "originalUserPrincipalName", "mail",
    "employeeId",
)  # fmt: skip
BATCH = 4096
NULL_TEXT = "CAST(NULL AS VARCHAR)"


class Query:
    """The relation `signed`: one row a user, with signature columns `s0`, `s1`, … first.

    Attributes:
        names: The attributes that are staged, in the order of the columns.
        missing: Attributes that no file has.
    """

    def __init__(self, connection: DuckDBPyConnection, job: Job, folder: str, told: Told) -> None:
        self._connection, self._job, self._folder = connection, job, folder
        self._plan = job.flow.plan
        self._situated = bool(job.situations.known)
        scope = self._plan.scope
        self.names = staged_names(self._plan)
        self._staged = stage_users(connection, job.population, self.names, folder, told)
        self._columns = self._staged.columns
        self.missing = self._staged.seen_missing
        self._matching = self._plan.matching
        self._mappings = self._plan.mappings
        self._matching_at = [self._mappings.index(mapping) for mapping in self._matching]
        self._classes = classes_of(scope, dict(self._plan.source_types))
        self._situations: list[Situation] = []
        self._situate()
        if job.targets is not None:
            self._stage_targets(told)
        told("evaluating", 0, None)
        self._flows()

    def match(self, wanted: Callable[[int, Person], bool]) -> None:
        """Match the users with the target users.

        Args:
            wanted: Told the number of a group of users whose scope step is the same, and one of
                them: whether it matters which single target user each of them matches.
        """
        self._scopes(wanted)
        self._keyed()
        self._count_shared()
        self._find_targets()
        self._sign()

    def _stage_targets(self, told: Told) -> None:
        """Make the target users the relations `targets` and `keys`."""
        assert self._job.targets is not None
        stage_targets(
            self._connection,
            self._job.targets,
            self._job.target_paths,
            [mapping.target for mapping in self._mappings],
            [mapping.target for mapping in self._matching],
            self._folder,
            told,
        )

    # The situations of users

    def _situate(self) -> None:
        """A table with the number of the situation, the link and the roles of known users."""
        situations = self._job.situations
        self._situations = [situations.others]
        if not self._situated:
            return
        reads_roles = ROLES in self._plan.reads
        numbers: dict[Situation, int] = {}
        path = os.path.join(self._folder, "situations.jsonl")
        longest = 0
        with open(path, "w", encoding="utf-8") as file:
            for identity, known in situations.known.items():
                kind = replace(known, link=None, roles=known.roles if reads_roles else ())
                number = numbers.setdefault(kind, len(numbers) + 1)
                if number == len(self._situations):
                    self._situations.append(kind)
                roles = encode(list(known.roles)) if reads_roles and known.roles else None
                row = {"k": encode(identity), "number": number, "link": known.link, "roles": roles}
                line = json.dumps(row) + "\n"
                longest = max(longest, len(line))
                file.write(line)
        types = "k: 'VARCHAR', number: 'INTEGER', link: 'VARCHAR', roles: 'VARCHAR'"
        read_lines(self._connection, "situations", path, types, longest)

    def _situated_source(self) -> str:
        """The users with the columns `situation`, `link` and `roles`."""
        source = self._staged.source
        if not self._situated:
            nothing = f"{NULL_TEXT} AS link, {NULL_TEXT} AS roles"
            return f"(SELECT *, 0 AS situation, {nothing} FROM {source})"
        lookups = Lookups(self._connection, self._folder, "identity")
        first, second = (self._columns[name] for name in ("objectId", "id"))
        text = f"coalesce(nullif({first}, ''), {second})"
        plain = f"({text} >= {PLAIN} AND strlen({text}) = length({text}))"
        odd = lookups.add(source, [first, second], f"{text} <> '' AND NOT {plain}", _identity)
        key = f"CASE WHEN {plain} THEN lower({text}) ELSE {odd} END"
        self._connection.execute(
            "CREATE VIEW situated AS SELECT u.*, coalesce(s.number, 0) AS situation,"
            f" s.link AS link, s.roles AS roles FROM {source} u {' '.join(lookups.joins)}"
            f" LEFT JOIN situations s ON s.k = {key}"
        )
        return "situated"

    # What mappings give: `v0`, `v1`, …; for those who leave: `w0`, …

    def _flows(self) -> None:
        lookups = Lookups(self._connection, self._folder)
        source = self._situated_source()
        columns = dict(self._columns)
        if ROLES in columns:
            own = columns[ROLES]
            columns[ROLES] = f"CASE WHEN {own} IS NULL OR {own} = '' THEN u.roles ELSE {own} END"
        values = Values(columns, self._job.flow.context, lookups, source)
        listed = [
            f"{values.flow(mapping, in_scope=True)} AS v{at}"
            for at, mapping in enumerate(self._mappings)
        ]
        self._leaving = [
            at
            for at, mapping in enumerate(self._mappings)
            if self._situated and mapping.reads_soft_deleted
        ]
        listed += [
            f"{values.flow(self._mappings[at], in_scope=False)} AS w{at}" for at in self._leaving
        ]
        for at, found in enumerate(self._classes):
            column = self._columns[found.name]
            fallback = lookups.add(source, [column], found.route(column), found.told, "BIGINT")
            listed.append(f"{found.expression(column, fallback)} AS c{at}")
        self._connection.execute(
            f"CREATE VIEW flows AS SELECT u.*, {', '.join(listed)} FROM {source} u"
            f" {' '.join(lookups.joins)}"
        )

    # Users of the same scope step, by number

    def _scopes(self, wanted: Callable[[int, Person], bool]) -> None:
        parts = [f"u.c{at}" for at in range(len(self._classes))] + ["u.kind", "u.situation"]
        parts += self._account("u")
        listed = ", ".join(f"{part} AS p{at}" for at, part in enumerate(parts))
        names = ", ".join(f"p{at}" for at in range(len(parts)))
        kept = [f"a{at}" for at in range(len(self.names))] + ["kind", "situation", "link"]
        self._connection.execute(
            f"CREATE TABLE scopes AS SELECT *, row_number() OVER () - 1 AS scope FROM (SELECT"
            f" {names}, first(struct_pack({', '.join(kept)})) AS person FROM"
            f" (SELECT {listed}, {', '.join(f'u.{name}' for name in kept)} FROM flows u)"
            f" GROUP BY {names})"
        )
        found = self._connection.execute("SELECT scope, person FROM scopes").fetchall()
        several = len(self._matching) > 1
        numbers = [number for number, person in found if wanted(number, person) or several]
        self._connection.execute(
            "CREATE TABLE wanted AS SELECT unnest($numbers::BIGINT[]) AS scope",
            {"numbers": numbers},
        )
        same = " AND ".join(
            f"scopes.p{at} IS NOT DISTINCT FROM {part}" for at, part in enumerate(parts)
        )
        self._scope_join = (
            f"LEFT JOIN (SELECT s.* EXCLUDE (person), w.scope IS NOT NULL AS wanted FROM scopes s"
            f" LEFT JOIN wanted w ON w.scope = s.scope) scopes ON {same}"
        )

    # Matching values: `x0`, … as they are, `k0`, … folded

    def _keyed(self) -> None:
        lookups = Lookups(self._connection, self._folder, "fold")
        listed = []
        for at, mapping in enumerate(self._matching):
            value = f"u.v{self._matching_at[at]}"
            special = f"{value} < {PLAIN}"
            plain = f"strlen({value}) = length({value}) AND {value} >= {PLAIN}"
            exact = lookups.add("flows", [value], special, _exact)
            fold = lookups.add("flows", [value], f"{value} IS NOT NULL AND NOT ({plain})", _fold)
            listed.append(f"CASE WHEN {special} THEN {exact} ELSE {value} END AS x{at}")
            listed.append(
                f"CASE WHEN {value} IS NULL THEN NULL WHEN {plain} THEN lower({value})"
                f" ELSE {fold} END AS k{at}"
            )
        columns = "".join(f", {each}" for each in listed)
        self._connection.execute(
            f"CREATE VIEW keyed AS SELECT u.*, scopes.scope AS scope, scopes.wanted AS wanted"
            f"{columns} FROM flows u {self._scope_join} {' '.join(lookups.joins)}"
        )

    def _count_shared(self) -> None:
        self._shared: list[tuple[str, int, int]] = []
        for at, mapping in enumerate(self._matching):
            self._connection.execute(
                f"CREATE TABLE shared{at} AS SELECT k{at} AS k, count(*) AS n FROM keyed"
                f" WHERE k{at} IS NOT NULL GROUP BY k{at} HAVING count(*) > 1"
            )
            row = self._connection.execute(
                f"SELECT count(*), coalesce(sum(n), 0) FROM shared{at}"
            ).fetchone()
            assert row is not None
            self._shared.append((mapping.target, int(row[0]), int(row[1])))

    def shared(self) -> list[tuple[str, int, int]]:
        """Target attribute, values that several users have, and their users."""
        return self._shared

    def source_count(self, target: str, value: str) -> int:
        """How many source users have a matching value; 1 for those that are not shared."""
        for at, mapping in enumerate(self._matching):
            if mapping.target == target:
                row = self._connection.execute(
                    f"SELECT n FROM shared{at} WHERE k = ?", [encode(folded(value))]
                ).fetchone()
                return 1 if row is None else int(row[0])
        return 1

    def _find_targets(self) -> None:
        """Tables `found0`, …: hits of a folded value; `exact0`, …: hits of a value as it is."""
        if self._job.targets is None:
            return
        for at in range(len(self._matching)):
            self._connection.execute(
                f"CREATE TABLE several{at} AS SELECT k, count(DISTINCT t) AS n FROM keys"
                f" WHERE m = {at} AND k IN (SELECT k FROM keys WHERE m = {at} GROUP BY k"
                f" HAVING count(*) > 1) GROUP BY k"
            )
            self._connection.execute(
                f"CREATE TABLE exact{at} AS SELECT x, count(DISTINCT t) AS n, min(t) AS t"
                f" FROM keys WHERE m = {at} AND k IN (SELECT k FROM several{at}) GROUP BY x"
            )
            # Of whom nobody in scope asks for, only the number may matter.
            self._connection.execute(
                f"CREATE TABLE found{at} AS SELECT k, count(DISTINCT t) AS n, min(x) AS x,"
                f" max(x) AS y, min(t) AS t FROM keys WHERE m = {at} AND k IN"
                f" (SELECT k{at} FROM keyed WHERE wanted) GROUP BY k"
            )

    # The signature

    def _sign(self) -> None:
        joins: list[str] = []
        hit = self._hit(joins)
        scope_part = ["q.scope", "q.kind", "q.situation"]
        match_part, odd_part = self._matched(), []
        lists = [("v", range(len(self._mappings)))]
        if self._leaving:
            lists.append(("w", self._leaving))  # type: ignore[arg-type]
        for letter, numbers in lists:
            conditions = {at: self._difference(letter, at) for at in numbers}
            changed = " OR ".join(each.changes for each in conditions.values()) or "FALSE"
            match_part.append(f"q.wanted AND coalesce({changed}, FALSE)")
            for each in conditions.values():
                if each.case_only != "FALSE":
                    match_part.append(f"q.wanted AND coalesce({each.case_only}, FALSE)")
            odd_part.append(self._odd(letter, conditions))
        required = {*self._job.flow.facts.required}
        for at, mapping in enumerate(self._mappings):
            if mapping.required or mapping.target in required:
                match_part.append(f"q.wanted AND q.v{at} IS NOT NULL")
        self._scope_width, self._odd_width = len(scope_part), len(odd_part)
        signature = [*scope_part, *match_part, *odd_part]
        self._width = len(signature)
        listed = ", ".join(f"{each} AS s{at}" for at, each in enumerate(signature))
        persons = [f"q.a{at}" for at in range(len(self.names))]
        persons += [
            "q.place AS place",
            "q.kind AS kind",
            "q.situation AS situation",
            "q.link AS link",
        ]
        if self._job.targets is not None:
            hits = " UNION ".join(
                [f"SELECT t FROM found{at}" for at in range(len(self._matching))]
                + [f"SELECT t FROM exact{at}" for at in range(len(self._matching))]
                + (["SELECT t FROM linked"] if self._situated else [])
            )
            few = f"(SELECT * FROM targets WHERE t IN ({hits or 'SELECT 0'}))"
            joins.append(f"LEFT JOIN {few} tt ON tt.t = {hit}")
            persons.append("tt.id AS target_id")
            persons += [f"tt.o{at} AS o{at}" for at in range(len(self._mappings))]
        else:
            persons.append("q.link AS target_id")
        persons += [f"q.x{at} AS x{at}" for at in range(len(self._matching))]
        self._connection.execute(
            f"CREATE VIEW signed AS SELECT {listed}, {', '.join(persons)}, q.rn AS rn"
            f" FROM keyed q {' '.join(joins)}"
        )
        self._persons = [each.rpartition(" AS ")[2].rpartition(".")[2] for each in persons]

    def _account(self, relation: str) -> list[str]:
        found = [self._name("accountEnabled", relation)]
        for name in DELETED:
            column = self._name(name, relation)
            found.append(
                f"CASE WHEN {column} IS NULL OR {column} = '' THEN '0'"
                f" WHEN {column} >= {PLAIN} THEN '1' ELSE {column} END"
            )
        if self._plan.connector.internal_members_only:
            found.append(self._name("userType", relation))
            found.append(
                f"coalesce(contains({self._name('userPrincipalName', relation)}, '#EXT#'), FALSE)"
            )
        return [each for each in found if each]

    def _name(self, name: str, relation: str) -> str:
        return self._columns[name].replace("u.", f"{relation}.", 1)

    def _hit(self, joins: list[str]) -> str:
        """The number of the target user, as SQL; the joins that it needs are added."""
        facts = self._job.flow.facts
        self._hits: list[tuple[str, str, str]] = []
        for at in range(len(self._matching)):
            joins.append(f"LEFT JOIN shared{at} ON shared{at}.k = q.k{at}")
            if self._job.targets is None:
                self._hits.append(("0", "0", f"shared{at}.n IS NOT NULL"))
                continue
            joins.append(f"LEFT JOIN several{at} ON several{at}.k = q.k{at}")
            key = f"CASE WHEN q.wanted THEN q.k{at} END"
            joins.append(f"LEFT JOIN found{at} ON found{at}.k = {key}")
            joins.append(f"LEFT JOIN exact{at} ON exact{at}.x = q.x{at}")
            many = f"coalesce(found{at}.n, several{at}.n, 0)"
            exact = (
                f"CASE WHEN {many} = 0 THEN 0"
                f" WHEN found{at}.n = 1 AND found{at}.x = found{at}.y"
                f" THEN CASE WHEN found{at}.x = q.x{at} THEN 1 ELSE 0 END"
                f" ELSE coalesce(exact{at}.n, 0) END"
            )
            self._hits.append((many, exact, f"shared{at}.n IS NOT NULL"))
        if self._job.targets is None:
            return "NULL"
        lines = []
        if self._situated:
            self._connection.execute(
                "CREATE TABLE linked AS SELECT id, min(t) AS t FROM targets"
                " WHERE id IN (SELECT link FROM situations) GROUP BY id"
            )
            joins.append("LEFT JOIN linked ON linked.id = q.link")
            lines.append("WHEN q.link IS NOT NULL THEN linked.t")
        for at, mapping in enumerate(self._matching):
            many, exact, shared = self._hits[at]
            ignore = ignores_case(facts, mapping.case_exact)
            count = many if ignore else exact
            single = f"found{at}.t"
            if not ignore:
                single = f"CASE WHEN found{at}.n = 1 THEN found{at}.t ELSE exact{at}.t END"
            stops = f"({shared} AND {many} < 2)" if can_filter(mapping.target, facts) else "TRUE"
            lines.append(f"WHEN q.k{at} IS NOT NULL AND {stops} THEN NULL")
            lines.append(f"WHEN {count} = 1 THEN {single} WHEN {count} > 1 THEN NULL")
        return f"(CASE {' '.join(lines)} END)" if lines else "NULL"

    def _matched(self) -> list[str]:
        found = []
        if self._situated:
            found.append("CASE WHEN q.link IS NULL THEN 0 ELSE 1 END")
            if self._job.targets is not None:
                found.append("linked.t IS NOT NULL")
        self._hits_at = len(found)
        for at, (many, exact, shared) in enumerate(self._hits):
            found.append(f"q.k{at} IS NOT NULL")
            found.append(f"q.wanted AND {shared}")
            found.append(f"least({many}, 3)")
            found.append(
                f"CASE WHEN ({exact}) = {many} THEN least({many}, 3) ELSE least({exact}, 2) END"
            )
        return found

    def _difference(self, letter: str, at: int) -> Difference:
        old = f"tt.o{at}" if self._job.targets is not None else None
        return Difference(self._mappings[at], f"q.{letter}{at}", old)

    def _odd(self, letter: str, conditions: dict[int, Difference]) -> str:
        old = "tt.o{at}" if self._job.targets is not None else NULL_TEXT
        any_odd = " OR ".join(each.odd for each in conditions.values()) or "FALSE"
        # Duplicates in the target fail users out of scope too, with the readings of the value.
        matching = [at for at in self._matching_at if at in conditions]
        special = " OR ".join(f"q.{letter}{at} < {PLAIN}" for at in matching) or "FALSE"
        pairs = ", ".join(
            f"CASE WHEN {conditions[at].odd} THEN [q.{letter}{at}, {old.format(at=at)}] END"
            if at in conditions
            else "CAST(NULL AS VARCHAR[])"
            for at in range(len(self._mappings))
        )
        return f"CASE WHEN q.wanted AND ({any_odd}) OR {special} THEN CAST(to_json([{pairs}]) AS VARCHAR) END"

    # What the engine asks

    def groups(self) -> Iterator[tuple[tuple[Any, ...], int, Person]]:
        """Signature, number of users, and one of the users."""
        numbers = ", ".join(f"s{at}" for at in range(self._width))
        packed = ", ".join(self._persons)
        cursor = self._connection.cursor()
        cursor.execute(
            f"SELECT {numbers}, count(*), first(struct_pack({packed})) FROM signed"
            f" GROUP BY {numbers}"
        )
        while batch := cursor.fetchmany(BATCH):
            for row in batch:
                yield row[: self._width], int(row[self._width]), row[self._width + 1]
        cursor.close()

    def rows(self) -> Iterator[tuple[tuple[Any, ...], Sequence[str | None], str, str | None]]:
        """Signature, attributes, place and target id of every user, in the order of the files."""
        numbers = ", ".join(f"s{at}" for at in range(self._width))
        texts = ", ".join(
            f"a{at}" if name in LABELS else "NULL" for at, name in enumerate(self.names)
        )
        cursor = self._connection.cursor()
        order = " ORDER BY rn" if self._staged.source_has_number else ""
        cursor.execute(f"SELECT {numbers}, place, target_id, link, {texts} FROM signed{order}")
        width = self._width
        while batch := cursor.fetchmany(BATCH):
            for row in batch:
                target_id = row[width + 1] if row[width + 1] is not None else row[width + 2]
                yield row[:width], row[width + 3 :], row[width], target_id
        cursor.close()

    def split(self, signature: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """The part that decides the scope step, and the rest without what is odd."""
        end = self._width - self._odd_width
        return signature[:1], signature[1:end]

    def odd(self, signature: tuple[Any, ...]) -> tuple[str | None, ...]:
        """The columns of what only the reference path can tell."""
        return signature[self._width - self._odd_width :]

    def user(self, person: Person) -> dict[str, object]:
        """The attributes of the user of a group."""
        return {name: decode(person[f"a{at}"]) for at, name in enumerate(self.names)}

    def missing_of(self, person: Person) -> frozenset[str]:
        """The attributes that the user's export does not have."""
        return self._staged.missing[int(person["kind"])]

    def situation(self, person: Person) -> Situation:
        """What else is known of the user of a group."""
        number = int(person["situation"])
        return replace(self._situations[number], link=person["link"])

    def hits(self, signature: tuple[Any, ...], person: Person) -> Hits:
        """What matching finds for the user of a group."""
        base = self._scope_width + self._hits_at
        found = {}
        for at, mapping in enumerate(self._matching):
            _, shared, many, exact = signature[base + 4 * at : base + 4 * at + 4]
            found[mapping.target] = (bool(shared), int(many), int(exact))
        target = None
        if person["target_id"] is not None and self._job.targets is not None:
            olds = {
                mapping.target: decode(person[f"o{at}"])
                for at, mapping in enumerate(self._mappings)
                if person[f"o{at}"] is not None
            }
            target = TargetUser(person["target_id"], olds)
        return Hits(found, target)


def staged_names(plan: Plan) -> tuple[str, ...]:
    """The attributes that a simulation looks at."""
    return tuple(dict.fromkeys((*plan.reads, *ACCOUNT, *DELETED, *LABELS)))


def _exact(key: Sequence[str | None]) -> str | None:
    """The matching value in what a mapping gave."""
    value = decode_flow(key[0]).value
    if isinstance(value, tuple):
        value = value[0] if len(value) == 1 else None
    return encode(value or None)


def _identity(key: Sequence[str | None]) -> str | None:
    """The id of a user as situations are known by."""
    values = dict(zip(("objectId", "id"), map(decode, key), strict=True))
    return encode(identifier_of(User(values, frozenset(), "")).lower())


def _fold(key: Sequence[str | None]) -> str | None:
    """The same without letter case."""
    text = key[0]
    if text is not None and text[:1] == MARK:
        text = str(decode(_exact(key)) or "") or None
    return None if text is None else encode(folded(text))

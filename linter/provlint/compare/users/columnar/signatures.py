"""Whatever decides about a user under both configurations, as columns: the signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provlint.compare.users.columnar.values import Classes, WrittenColumn, differs, written
from provlint.simulate.columnar.encoding import quoted
from provlint.simulate.columnar.lookups import BATCH, Lookups
from provlint.simulate.columnar.matches import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from provlint.compare.users.columnar.combined import Combined, Side
    from provlint.compare.users.written import MappingPair
    from provlint.simulate.columnar.decisive import Decisive
    from provlint.simulate.columnar.situations import SituationTable

Signature = tuple[Any, ...]

MANY = 3
"""Numbers of target users from here on are alike."""

UPDATING = ("Always", "MultiValueAddOnly", "ValueAddOnly", "AttributeAddOnly")


@dataclass(frozen=True, slots=True)
class WrittenPair:
    """What is written to one target attribute before and after, as SQL over `r`.

    Attributes:
        pair: The mappings.
        texts: Old and new text of an account that is there, and of one that is created.
        changed: Whether they differ, of an account that is there, and of one that is created.
        disables: Whether the new text disables an account that is there; empty for never.
    """

    pair: MappingPair
    texts: tuple[tuple[str, str], tuple[str, str]]
    changed: tuple[str, str]
    disables: str


class PairSignatures:
    """The signatures of users.

    Attributes:
        pairs: The target attributes of which the mappings differ.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        both: Combined,
        differing: Sequence[MappingPair],
        columns: Mapping[str, str],
        decisive: Decisive,
        situations: SituationTable,
        *,
        has_targets: bool,
    ) -> None:
        """Ask for what the reference evaluator must tell.

        Args:
            connection: To DuckDB.
            both: Both object mappings.
            differing: The mappings that differ.
            columns: The column of each attribute as mappings see it, as SQL.
            decisive: What matching attributes give.
            situations: What is known of users beside.
            has_targets: Whether target users are given.
        """
        self._connection = connection
        self._both = both
        self._decisive = decisive
        self._situated = situations.any
        self._has_targets = has_targets
        self._lookups = Lookups(connection, "written")
        self._classes = Classes(both)
        self._columns = self._written_columns(columns)
        self._lookups.run(self._users("chosen"))
        self.pairs = [self._pair(pair) for pair in differing]
        self._parts = self._signature()

    # What mappings write: `text_` and a number; to those who leave: `text_w` and a number

    def _written_columns(self, columns: Mapping[str, str]) -> dict[str, WrittenColumn]:
        mappings = self._both.flow.plan.mappings
        found = {}
        for at, mapping in enumerate(mappings):
            found[str(at)] = WrittenColumn(
                at, mapping, columns, self._both, self._classes, self._lookups
            )
            if mapping.reads_soft_deleted:
                found[f"w{at}"] = WrittenColumn(
                    at, mapping, columns, self._both, self._classes, self._lookups, in_scope=False
                )
        return found

    def _pair(self, pair: MappingPair) -> WrittenPair:
        names = [
            None if mapping is None else str(side.values[side.flow.plan.mappings.index(mapping)])
            for side, mapping in ((self._both.old, pair.old), (self._both.new, pair.new))
        ]
        texts, changed = [], []
        for managed in (True, False):
            old, new = (
                written(
                    mapping,
                    None if name is None else self._columns[name],
                    managed=managed,
                    name=name or "",
                )
                for mapping, name in zip((pair.old, pair.new), names, strict=True)
            )
            texts.append((old, new))
            changed.append(differs(pair, old, new, managed=managed))
        off, disables = pair.off, ""
        if off is not None:
            old, new = (f"lower(coalesce({text}, ''))" for text in texts[0])
            disables = f"({changed[0]} AND {new} = {quoted(off)} AND {old} <> {quoted(off)})"
        return WrittenPair(pair, (texts[0], texts[1]), (changed[0], changed[1]), disables)

    def _users(self, chosen: str) -> str:
        """Users with all that is known of them, as SQL behind FROM; they are named `u`."""
        empty = "CAST(NULL AS VARCHAR)"
        more, join = f"{empty} AS link, {empty} AS roles", ""
        if self._situated:
            more = "s.link, s.roles"
            join = " LEFT JOIN situations s ON s.entry = c.entry"
        return (
            f"(SELECT p.*, c.* EXCLUDE (rn), {more} FROM people p"
            f" JOIN {chosen} c ON c.rn = p.rn{join}) u"
        )

    def relation(self, chosen: str = "chosen") -> str:
        """Users with what both configurations write, as SQL behind FROM; they are named `r`.

        Args:
            chosen: The users: `chosen`, or another relation with its columns.
        """
        listed = ["u.*"]
        for name, column in self._columns.items():
            listed += [f"{column.text} AS text_{name}", f"{column.dropped} AS dropped_{name}"]
            if not column.is_plain:
                listed.append(f"{column.kind} AS kind_{name}")
        listed += [f"{each.value} AS m{at}" for at, each in enumerate(self._decisive.matching)]
        joins = [column.join for column in self._columns.values()]
        joins += [column.join for column in self._decisive.matching]
        inner = f"(SELECT {', '.join(listed)} FROM {self._users(chosen)} {' '.join(joins)}) q"
        outer, joins = ["q.*"], []
        if self._has_targets:
            for at in range(len(self._decisive.matching)):
                joins.append(
                    f"LEFT JOIN exact{at} ON exact{at}.h = q.h{at}"
                    f" AND exact{at}.x = {EXACT}(q.m{at})"
                )
                outer.append(f"exact{at}.n AS exact{at}")
            if self._situated:
                joins.append("LEFT JOIN linked ON linked.id = q.link")
                outer.append("linked.t AS linked")
        return f"(SELECT {', '.join(outer)} FROM {inner} {' '.join(joins)}) r"

    # The signature

    def _signature(self) -> list[tuple[str, Any]]:
        """Each part as SQL over `r`, with what it is for users who are not chosen."""
        parts: list[tuple[str, Any]] = [("r.scope", None)]
        if self._situated:
            parts.append(("r.link IS NOT NULL", False))
            if self._has_targets:
                parts.append(("r.linked IS NOT NULL", False))
        self._hits_at = len(parts)
        for at in range(len(self._decisive.matching)):
            many, exact = self._counts(at)
            some = f"least({many}, {MANY})"
            parts += [
                (f"r.h{at} IS NOT NULL", None),
                (f"r.shared{at}", False),
                (some, 0),
                (f"CASE WHEN ({exact}) = {many} THEN {some} ELSE least({exact}, 2) END", 0),
            ]
        parts += self._present()
        parts += [
            (f"CASE WHEN r.wanted OR r.special THEN coalesce(r.kind_{name}, '') ELSE '' END", "")
            for name, column in self._columns.items()
            if not column.is_plain
        ]
        self._own_at = len(parts)
        old, new = (self._identifier(side) for side in (self._both.old, self._both.new))
        parts.append(
            (f"r.wanted AND {old} IS DISTINCT FROM {new}" if old != new else "FALSE", False)
        )
        disabling = " OR ".join(pair.disables for pair in self.pairs if pair.disables)
        parts.append((f"r.wanted AND ({disabling or 'FALSE'})", False))
        for pair in self.pairs:
            parts += [(f"r.wanted AND ({changed})", False) for changed in pair.changed]
        return parts

    def _present(self) -> list[tuple[str, Any]]:
        """Whether required attributes and references have a plain text, and an update anything."""
        found: dict[str, None] = {}
        for side in (self._both.old, self._both.new):
            plan = side.flow.plan
            plain = [self._plain(str(at)) for at in side.values]
            required = {*side.flow.facts.required, *(m.target for m in plan.mappings if m.required)}
            updating = []
            for mapping, text in zip(plan.mappings, plain, strict=True):
                if mapping.target in required or mapping.reference:
                    found[text] = None
                if mapping.flow_type in UPDATING:
                    updating.append(text)
            leaving = [
                self._plain(f"w{at}")
                for mapping, at in zip(plan.mappings, side.values, strict=True)
                if mapping.reads_soft_deleted and mapping.flow_type in UPDATING
            ]
            for texts in (updating, leaving):
                if texts:
                    found[f"({' OR '.join(dict.fromkeys(texts))})"] = None
        return [(f"r.wanted AND {text}", False) for text in found]

    def _plain(self, name: str) -> str:
        text = f"r.text_{name} IS NOT NULL"
        return text if self._columns[name].is_plain else f"({text} AND r.kind_{name} IS NULL)"

    def _counts(self, at: int) -> tuple[str, str]:
        """How many target users have a matching value: in any letter case, and as it is."""
        if not self._has_targets:
            return "0", "0"
        return f"r.n{at}", (
            f"CASE WHEN r.n{at} = 0 THEN 0 WHEN r.n{at} = 1 AND r.x{at} = r.y{at}"
            f" THEN CASE WHEN r.x{at} = {EXACT}(r.m{at}) THEN 1 ELSE 0 END"
            f" ELSE coalesce(r.exact{at}, 0) END"
        )

    def _identifier(self, side: Side) -> str:
        """The target attribute and value that a user is looked for by first, as SQL."""
        targets = [m.target for m in self._both.flow.plan.matching]
        lines = [
            f"WHEN r.h{at} IS NOT NULL THEN {targets.index(targets[at])} || ':' || r.m{at}"
            for at in side.matching
        ]
        return f"(CASE {' '.join(lines)} END)" if lines else "CAST(NULL AS VARCHAR)"

    def of_unchosen(self, scope: int, keys: Sequence[bool]) -> Signature:
        """The signature of users who are not chosen, of one scope step."""
        given = iter(keys)
        found: list[Any] = [scope]
        for sql, value in self._parts[1:]:
            found.append(next(given) if value is None and sql.startswith("r.h") else value)
        return tuple(found)

    # What a signature says

    def scope(self, signature: Signature) -> int:
        """The number of the scope steps."""
        return int(signature[0])

    def rest(self, signature: Signature) -> Signature:
        """What else decides."""
        return signature[1:]

    def links(self, signature: Signature) -> bool:
        """Whether the linked target user is there, where links and target users are given."""
        return bool(self._situated and self._has_targets and signature[2])

    def hits(self, signature: Signature, at: int) -> tuple[bool, int, int]:
        """Whether a matching value is shared; target users with it, in any case and as it is."""
        start = self._hits_at + 4 * at
        _, shared, many, exact = signature[start : start + 4]
        return bool(shared), int(many), int(exact)

    def identified(self, signature: Signature) -> bool:
        """Whether the value differs that the user is looked for by first."""
        return bool(signature[self._own_at])

    def disabled(self, signature: Signature) -> bool:
        """Whether a written value disables an account that is there."""
        return bool(signature[self._own_at + 1])

    def changed(self, signature: Signature, *, managed: bool) -> tuple[str, ...]:
        """The target attributes that are written otherwise, if both write."""
        bits = signature[self._own_at + 2 :][0 if managed else 1 :: 2]
        return tuple(each.pair.target for each, bit in zip(self.pairs, bits, strict=True) if bit)

    # What is asked of the columns

    @property
    def names(self) -> list[str]:
        """The names of the columns of a signature."""
        return [f"s{at}" for at in range(len(self._parts))]

    def signed(self, columns: Sequence[str], chosen: str = "chosen") -> str:
        """The signatures `s0`, … of users, with other columns of `r`, as SQL."""
        listed = [f"{sql} AS s{at}" for at, (sql, _) in enumerate(self._parts)]
        return f"SELECT {', '.join([*listed, *columns])} FROM {self.relation(chosen)}"

    def groups(self) -> Iterator[tuple[Signature, int, int]]:
        """The signatures of chosen users, the number of users, and the number of one of them."""
        names = ", ".join(self.names)
        cursor = self._connection.cursor()
        cursor.execute(
            f"SELECT {names}, count(*), min(rn) FROM ({self.signed(['r.rn AS rn'])})"
            f" GROUP BY {names}"
        )
        while batch := cursor.fetchmany(BATCH):
            for *signature, count, number in batch:
                yield tuple(signature), int(count), int(number)
        cursor.close()

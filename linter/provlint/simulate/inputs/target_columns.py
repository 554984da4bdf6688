"""Target users in JSON as columns that DuckDB reads, with the values of the record reader."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.json_columns import UnclearError, scalar_of
from provlint.simulate.inputs.problem import Ledger
from provlint.simulate.inputs.record_shape import SAMPLE, Member, Shape
from provlint.simulate.inputs.sql import sql_name, sql_text
from provlint.simulate.target_paths import split_schema, steps_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from provlint.simulate.inputs.json_columns import Kind
    from provlint.simulate.inputs.json_files import JsonFiles
    from provlint.simulate.inputs.record_shape import Pages

Members = dict[str, Member]


class Column(NamedTuple):
    """A target attribute as SQL, and what it holds."""

    sql: str
    kind: Kind = "text"


NOTHING = Column("CAST(NULL AS VARCHAR)")


class TargetColumns:
    """Target attributes of accounts in JSON files.

    Attributes:
        shape: Of the records.
    """

    def __init__(self, files: JsonFiles, paths: Sequence[str], attributes: Sequence[str]) -> None:
        """Find the attributes.

        Args:
            files: The files as DuckDB reads them.
            paths: The files as they stand.
            attributes: The target attributes.

        Raises:
            UnclearError: An attribute stands at different places in different records, or only the
                reader of records tells its value.
        """
        self._files = files
        self._attributes = attributes
        every = (record for path in paths for record, _ in records_of(path, Ledger("skip")))
        sample = list(islice(every, SAMPLE))
        self.shape = Shape(sample)
        members = self.shape.members
        marks = [n for n in ("userName", "schemas") if all(n in record for record in sample)]
        identity = members.get("id")
        if not sample or not marks or identity is None or identity.kind != "text":
            raise UnclearError
        if "data" in members:
            raise UnclearError
        members[marks[0]].required = True
        identity.required = identity.filled = identity.needed = True
        watched = {"id", "data", *marks}
        for attribute in attributes:
            schema, name = split_schema(attribute)
            watched |= {attribute.lower(), schema.lower(), name.lower()}
            watched |= {key.lower() for key, _, _ in steps_of(name)[:1]}
        self.shape.watch(lambda name: name.lower() in watched)

    def check(self) -> Pages | None:
        """Decode all records; None where one has another shape."""
        return self._files.check(self.shape)

    def query(self) -> tuple[str, list[Kind]]:
        """The ids as `id`, the attributes as `o0`, …, and what these hold.

        Raises:
            UnclearError: Only the reader of records tells a value.
        """
        columns = [self._column(attribute) for attribute in self._attributes]
        needed = [name for name, member in self.shape.members.items() if member.needed]
        if len({name.lower() for name in needed}) < len(needed):
            raise UnclearError
        listed = "".join(f", {column.sql} AS o{at}" for at, column in enumerate(columns))
        rows = self._files.rows(self.shape)
        return f"SELECT r.id AS id{listed} FROM {rows}", [column.kind for column in columns]

    def _column(self, attribute: str) -> Column:
        members = self.shape.members
        if attribute in members:
            return self._last(members[attribute], sql_name(attribute), attribute)
        schema, name = split_schema(attribute)
        path: list[str] = []
        if schema:
            key = _key(members, schema)
            plain = _key(members, name)
            if key is None:
                if plain is None:
                    return NOTHING
                if members[plain].kind != "text":
                    raise UnclearError
                return self._value(members[plain], [plain])
            if plain is not None or members[key].kind not in ("object", "text"):
                # Where the schema is absent, a member of the record itself counts.
                raise UnclearError
            members[key].needed = True
            if members[key].kind == "text":
                return NOTHING
            members, path = members[key].members, [key]
        return self._step(members, path, steps_of(name))

    def _step(
        self, members: Members, path: list[str], steps: Sequence[tuple[str, str, str]]
    ) -> Column:
        """Follow a path from the members of an object."""
        key, filter_key, wanted = steps[0]
        found = _key(members, key)
        if found is None:
            return self._kept(members)
        member, rest = members[found], steps[1:]
        here = [*path, found]
        if filter_key and member.kind == "objects":
            return self._filtered(member, here, filter_key, wanted, rest)
        if filter_key and member.kind not in ("text", "texts", "boolean"):
            raise UnclearError
        member.needed = True
        if not rest:
            return NOTHING if filter_key and member.kind == "texts" else self._value(member, here)
        if member.kind == "object":
            return self._step(member.members, here, rest)
        if member.kind in ("json", "objects"):
            raise UnclearError
        return NOTHING

    def _filtered(
        self,
        member: Member,
        path: list[str],
        filter_key: str,
        wanted: str,
        rest: Sequence[tuple[str, str, str]],
    ) -> Column:
        """A member of the first object of a list that the filter finds."""
        items = member.members
        by = _key(items, filter_key)
        if len(rest) != 1 or rest[0][1] or not wanted.isascii() or wanted.lower() == "none":
            raise UnclearError
        last = _key(items, rest[0][0])
        if by is None or last is None:
            raise UnclearError
        filtering, value = items[by], items[last]
        if value.kind not in ("text", "boolean"):
            raise UnclearError
        member.needed = filtering.needed = value.needed = True
        if filtering.kind == "boolean":
            truth = {"true": "x", "false": "NOT x"}.get(wanted.lower())
            if truth is None:
                raise UnclearError
            test = truth.replace("x", f"x.{sql_name(by)}")
        elif filtering.kind == "text":
            filtering.ascii = True
            test = f"lower(x.{sql_name(by)}) = {sql_text(wanted.lower())}"
        else:
            raise UnclearError
        found = f"list_filter(r.{_joined(path)}, lambda x: {test})[1].{sql_name(last)}"
        return Column(found, "boolean" if value.kind == "boolean" else "text")

    def _value(self, member: Member, path: list[str]) -> Column:
        return self._last(member, _joined(path), path[-1] if len(path) == 1 else "")

    def _last(self, member: Member, path: str, name: str) -> Column:
        """The value of a member."""
        if member.kind == "object" or (name == "active" and member.kind != "boolean"):
            # The reader makes Booleans of the texts of `active`.
            raise UnclearError
        if member.kind == "objects":
            member.kind = "json"
        member.needed = True
        place = scalar_of(f"r.{path}", member, keep_objects=True)
        return Column(place.sql, place.kind)

    def _kept(self, members: Members) -> Column:
        """Nothing, of an object of which something else is needed."""
        if members is not self.shape.members and not any(m.needed for m in members.values()):
            # A type without members is none.
            raise UnclearError
        return NOTHING


def _joined(path: Sequence[str]) -> str:
    return ".".join(map(sql_name, path))


def _key(members: Mapping[str, Member], name: str) -> str | None:
    """The member of a name; names of SCIM are compared without regard to letter case."""
    found = [key for key in members if key.lower() == name.lower()]
    if len(found) > 1:
        raise UnclearError
    return found[0] if found else None

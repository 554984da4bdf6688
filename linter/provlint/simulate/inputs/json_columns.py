"""Files of users in JSON as columns that DuckDB reads, with the values of the record reader.

Every attribute is found at one place of the records, or nowhere; where that differs from record to
record, or a value is of a kind that is translated record by record, there are no columns.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.names import BOOLEANS, EXTENSION_ATTRIBUTES, RENAMED
from provlint.simulate.inputs.naming import GRAPH_ONLY, OTHER_MARKS, naming_of
from provlint.simulate.inputs.problem import Ledger
from provlint.simulate.inputs.record_shape import SAMPLE, Pages, Shape
from provlint.simulate.inputs.sql import (
    boolean_of_text,
    boolean_text,
    home_name,
    sql_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from provlint.simulate.inputs.json_files import JsonFiles
    from provlint.simulate.inputs.population import Population
    from provlint.simulate.inputs.record_shape import Member

Kind = Literal["text", "boolean", "list", "json"]
_ORIGIN = {name: key for key, names in RENAMED for name in names}
_POPPED = frozenset({"businessPhones", "onPremisesExtensionAttributes", *_ORIGIN.values()})
_DEEPEST = 8


class Place(NamedTuple):
    """Where an attribute stands in the records.

    Attributes:
        sql: Its value, of a record named `r`; empty where no record has one.
        kind: What that is.
        present: Whether any record has the attribute, be it empty.
    """

    sql: str
    kind: Kind = "text"
    present: bool = True


NOWHERE = Place("", "text", False)
EMPTY = Place("", "text", True)


class UnclearError(Exception):
    """An attribute stands at different places in different records."""


class UserColumns:
    """The attributes of users in JSON files.

    Attributes:
        shape: Of the records.
        absent: Attributes that were asked for and that no record has.
    """

    def __init__(self, population: Population, names: Sequence[str], files: JsonFiles) -> None:
        """Find the attributes.

        Raises:
            UnclearError: An attribute stands at different places in different records.
        """
        self._files = files
        self._naming = population.exports[0].naming
        self._sample = list(islice(_records(population), SAMPLE))
        if any(naming_of(record) != self._naming for record in self._sample):
            raise UnclearError
        self.shape = Shape(self._sample)
        self._settle_naming()
        every = dict.fromkeys((*names, *population.attributes))
        self.shape.watch(_watched(every).__contains__)
        self._names = names
        places = self._places(every)
        self.absent = frozenset(n for n in population.attributes if not places[n].present)
        needed = [name for name, member in self.shape.members.items() if member.needed]
        if not needed or len({name.lower() for name in needed}) < len(needed):
            raise UnclearError

    def check(self) -> Pages | None:
        """Decode all records; None where one has another shape."""
        return self._files.check(self.shape)

    def query(self) -> tuple[str, dict[str, Kind]]:
        """The attributes as columns, and what they hold.

        Raises:
            UnclearError: An attribute stands at different places in different records.
        """
        places = self._places(self._names)
        listed = ", ".join(
            f"{place.sql or 'CAST(NULL AS VARCHAR)'} AS {sql_name(name)}"
            for name, place in places.items()
        )
        kinds = {name: place.kind for name, place in places.items()}
        return f"SELECT {listed} FROM {self._files.rows(self.shape)}", kinds

    def _settle_naming(self) -> None:
        """Require of every record what tells how its attributes are named."""
        members = self.shape.members
        if self._everywhere("userPrincipalName"):
            members["userPrincipalName"].required = True
        elif any(name in members for name in OTHER_MARKS):
            raise UnclearError
        if self._naming == "graph":
            if not self._everywhere("id") or "objectId" in members:
                raise UnclearError
            members["id"].required = True
            return
        for name in GRAPH_ONLY:
            if name in members:
                raise UnclearError
        if self._everywhere("objectId"):
            members["objectId"].required = True
        elif "id" in members:
            raise UnclearError

    def _everywhere(self, name: str) -> bool:
        """Whether all records of the sample have a member; of no records nothing is known."""
        return bool(self._sample) and all(name in record for record in self._sample)

    def _places(self, names: Iterable[str]) -> dict[str, Place]:
        found = {}
        for name in names:
            place = self._place(name)
            if name in BOOLEANS and place.sql and place.kind in ("text", "json"):
                # The texts `True` and `False` are Booleans.
                told = boolean_of_text if place.kind == "text" else boolean_text
                place = place._replace(sql=told(place.sql), kind="json")
            found[name] = place
        return found

    def _place(self, name: str) -> Place:
        members = self.shape.members
        if name == "originalUserPrincipalName":
            if name in members:
                raise UnclearError
            if "userPrincipalName" not in members:
                return NOWHERE
            if members["userPrincipalName"].kind != "text":
                raise UnclearError
            principal = self._value("userPrincipalName")
            return principal._replace(sql=home_name(principal.sql))
        if self._naming == "graph":
            origin = self._graph_origin(name)
            if origin is not None:
                return origin
        if name == "manager" and name in members and members[name].kind == "object":
            return self._inner(members[name], sql_name(name), "id")
        if name in members:
            return NOWHERE if "@" in name else self._value(name)
        head, dot, rest = name.partition(".")
        if not dot or head not in members or "@" in name:
            return NOWHERE
        member = members[head]
        if member.kind == "object":
            member.needed = True
            return self._inner(member, sql_name(head), rest)
        if member.kind in ("json", "objects"):
            raise UnclearError
        # An object in a later record would have the attribute.
        member.needed = True
        nothing = head == "employeeOrgData" and member.kind == "text"
        return EMPTY if nothing else NOWHERE

    def _graph_origin(self, name: str) -> Place | None:
        """The place of an attribute that Microsoft Graph has elsewhere; None where it has not."""
        members = self.shape.members
        origin = _ORIGIN.get(name)
        if name == "telephoneNumber":
            origin = "businessPhones"
        elif name in EXTENSION_ATTRIBUTES:
            origin = "onPremisesExtensionAttributes"
        if origin is None or origin not in members:
            return NOWHERE if name in _POPPED and name in members else None
        if name in members and name != origin:
            raise UnclearError
        member = members[origin]
        if name == "telephoneNumber" and member.kind == "texts":
            member.needed = True
            return Place(f"r.{sql_name(origin)}[1]")
        if origin == "onPremisesExtensionAttributes":
            if member.kind == "object":
                return self._inner(member, sql_name(origin), name)
            if any(record.get(origin) is not None for record in self._sample):
                raise UnclearError
            # Null in all records of the sample; a text behind it is read as null too.
            member.needed = True
            return EMPTY
        if member.kind not in ("text", "boolean") and name == "telephoneNumber":
            raise UnclearError
        return self._value(origin)

    def _value(self, name: str) -> Place:
        """A member of the record itself."""
        member = self.shape.members[name]
        if member.kind == "object":
            raise UnclearError
        if member.kind == "objects":
            member.kind = "json"
        member.needed = True
        return scalar_of(f"r.{sql_name(name)}", member)

    def _inner(self, member: Member, path: str, rest: str, depth: int = 0) -> Place:
        """A member of an object, by its name or by a path."""
        member.needed = True
        if rest in member.members:
            inner = member.members[rest]
            if inner.kind == "object":
                raise UnclearError
            if inner.kind == "objects":
                inner.kind = "json"
            inner.needed = True
            return scalar_of(f"r.{path}.{sql_name(rest)}", inner)
        head, dot, tail = rest.partition(".")
        if dot and head in member.members and depth < _DEEPEST:
            inner = member.members[head]
            if inner.kind == "object":
                return self._inner(inner, f"{path}.{sql_name(head)}", tail, depth + 1)
            if inner.kind in ("json", "objects"):
                raise UnclearError
            inner.needed = True
        if not any(inner.needed for inner in member.members.values()):
            # A type without members is none.
            raise UnclearError
        return EMPTY if member.null else NOWHERE


def scalar_of(sql: str, member: Member, *, keep_objects: bool = False) -> Place:
    """The value of a member that is no object.

    Args:
        sql: Where it is.
        member: What it holds.
        keep_objects: Whether an object among values of other kinds is a value, too; the attributes
            of users are spread over names with dots.
    """
    if member.kind == "json":
        text = f"CAST({sql} AS VARCHAR)"
        spread = "" if keep_objects else f" AND {text}[1] <> '{{'"
        return Place(f"CASE WHEN {text} <> 'null'{spread} THEN {text} END", "json")
    return Place(sql, "list" if member.kind == "texts" else member.kind)  # type: ignore[arg-type]


def _watched(names: Mapping[str, object]) -> frozenset[str]:
    """The members of records that would matter for attributes, and for how they are named."""
    found = {
        "userPrincipalName", "originalUserPrincipalName", "id", "objectId", "businessPhones",
        "onPremisesExtensionAttributes", *GRAPH_ONLY, *OTHER_MARKS,
    }  # fmt: skip
    for name in names:
        found |= {name, name.partition(".")[0], _ORIGIN.get(name, name)}
    return frozenset(found)


def _records(population: Population) -> Iterator[Mapping[str, object]]:
    """The records as they stand."""
    for export in population.exports:
        for record, _ in records_of(export.path, Ledger("skip")):
            yield record

"""What the records of JSON files look like: told from the first of them, then checked in all.

A reader of columns, such as DuckDB, is exact only where every record has the members that it is
told of, with values of one kind, and where the text is JSON to the letter. The first records say
what to expect; `Shape.check` decodes all of them against that, strictly and without a loop in
Python.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Kind = Literal["text", "boolean", "texts", "object", "objects", "json"]

SAMPLE = 2000
"""Records from which the shape is told."""

MOST_SURPRISES = 200
"""Members that no sample has, and kinds of values that no sample has, in all records together."""

_UNKNOWN = re.compile(r"Object contains unknown field `(.*)` - at `(\$.*)`", re.DOTALL)
_OTHER_KIND = re.compile(r"Expected `.*`, got `.*` - at `(\$.*)`", re.DOTALL)
_UNNAMEABLE = re.compile(r'["\\\x00-\x1f]')
_INDEX = re.compile(r"\[\d+\]|\[\.\.\.\]")


class Member:
    """A member of records.

    Attributes:
        kind: What it holds: text, Boolean, list of texts, object, list of objects, or anything.
        members: Of an object, or of the objects of a list.
        null: Whether it is null in a record of the sample.
        needed: Whether its values are asked for; of other members nothing is checked but that they
            are JSON.
        required: Whether every record must have it.
        filled: Whether a text must be there and not be empty.
        ascii: Whether a text must be ASCII.
        forbidden: Whether no record may have it.
    """

    __slots__ = ("ascii", "filled", "forbidden", "kind", "members", "needed", "null", "required")

    def __init__(self, kind: Kind = "json") -> None:
        self.kind: Kind = kind
        self.members: dict[str, Member] = {}
        self.null = self.needed = self.required = self.forbidden = False
        self.filled = self.ascii = False


class Shape:
    """The members of records.

    Attributes:
        members: By name, in the order in which they were seen.
    """

    def __init__(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Look at records.

        Args:
            records: The first ones of a file, as they stand.
        """
        self.members = _members(records)
        self._watched: Callable[[str], bool] = lambda _: True

    def watch(self, watched: Callable[[str], bool]) -> None:
        """Say of which members of records, that no sample has, the values would matter."""
        self._watched = watched

    def check(self, pieces: Iterable[bytes], envelope: str = "") -> Pages | None:
        """Decode all records against the shape, which may change.

        A member that is not watched for may turn up later; a value of another kind makes its
        member one of any kind.

        Args:
            pieces: The file in pieces of whole values.
            envelope: Member that holds the list of records of each value; empty where the values
                are the records.

        Returns:
            The number of pages, and of those that name a next one; None where a record has another
            shape, or the text is no JSON.
        """
        import msgspec

        try:
            decode = self._decoder(envelope)
        except ValueError:
            # A name with a quote, which msgspec does not take.
            return None
        pages = continued = surprises = 0
        for piece in pieces:
            while True:
                try:
                    values = decode(piece)
                except msgspec.ValidationError as error:
                    surprises += 1
                    if surprises > MOST_SURPRISES or not self._widen(str(error), envelope):
                        return None
                    decode = self._decoder(envelope)
                except (msgspec.DecodeError, RecursionError):
                    return None
                else:
                    break
            if envelope:
                pages += len(values)
                continued += sum(value.next is not None for value in values)
        return Pages(pages, continued)

    def _decoder(self, envelope: str) -> Callable[[bytes], list[Any]]:
        import msgspec

        record = _struct(self.members, "Record")
        if not envelope:
            return msgspec.json.Decoder(record).decode_lines
        page = msgspec.defstruct(
            "Page",
            [
                ("records", list[record], msgspec.field(name=envelope)),  # type: ignore[valid-type]
                ("next", msgspec.Raw, msgspec.field(name="@odata.nextLink", default=None)),
            ],
        )
        return msgspec.json.Decoder(page).decode_lines

    def _widen(self, message: str, envelope: str) -> bool:
        """Take a record of another shape into account; False where it cannot be."""
        unknown, other = _UNKNOWN.match(message), _OTHER_KIND.match(message)
        if unknown is not None:
            name, place = unknown.groups()
            holder = self._at(place, envelope)
            if holder is None or name in holder or _UNNAMEABLE.search(name):
                return False
            if holder is self.members:
                if self._watched(name):
                    return False
            elif any(member.needed for member in holder.values()):
                # Which member of an object is asked for is not told apart from a new one.
                return False
            holder[name] = Member()
            return True
        if other is None:
            return False
        member = self._member_at(other.group(1), envelope)
        if member is None or member.forbidden or member.filled or member.ascii:
            return False
        if member.kind not in ("text", "boolean", "texts"):
            return False
        member.kind = "json"
        return True

    def _at(self, place: str, envelope: str) -> dict[str, Member] | None:
        """The members of the object at a place of a message."""
        path = _path(place, envelope)
        if not path:
            return self.members
        member = _find(self.members, path)
        return None if member is None else member.members

    def _member_at(self, place: str, envelope: str) -> Member | None:
        return _find(self.members, _path(place, envelope))


class Pages:
    """How many pages were read.

    Attributes:
        count: Pages; 0 where the records are no pages.
        continued: Pages that name a next one.
    """

    __slots__ = ("continued", "count")

    def __init__(self, count: int, continued: int) -> None:
        self.count = count
        self.continued = continued


def _members(records: Iterable[Mapping[str, Any]]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    values: dict[str, list[Any]] = {}
    for record in records:
        for name, value in record.items():
            values.setdefault(name, []).append(value)
    for name, every in values.items():
        member = found[name] = Member(_kind_of(every))
        member.null = None in every
        if member.kind == "object":
            member.members = _members(value for value in every if value is not None)
        elif member.kind == "objects":
            member.members = _members(item for value in every for item in value or ())
    return found


def _kind_of(values: Iterable[Any]) -> Kind:
    kinds: set[Kind] = set()
    for value in values:
        if isinstance(value, str):
            kinds.add("text")
        elif isinstance(value, bool):
            kinds.add("boolean")
        elif isinstance(value, dict):
            kinds.add("object")
        elif isinstance(value, list):
            if all(isinstance(item, str) for item in value):
                kinds.update(("texts",) if value else ())
            elif all(isinstance(item, dict) for item in value):
                kinds.add("objects")
            else:
                kinds.add("json")
        elif value is not None:
            kinds.add("json")
    if not kinds:
        return "texts" if any(isinstance(value, list) for value in values) else "text"
    return kinds.pop() if len(kinds) == 1 else "json"


def _struct(members: Mapping[str, Member], name: str) -> type:
    import msgspec

    fields: list[tuple[str, Any, Any]] = []
    for at, (key, member) in enumerate(members.items()):
        options: dict[str, Any] = {"name": key}
        if not member.required:
            options["default"] = None
        fields.append((f"m{at}", _type_of(member, f"{name}{at}"), msgspec.field(**options)))
    return msgspec.defstruct(name, fields, forbid_unknown_fields=True, kw_only=True, gc=False)


def _type_of(member: Member, name: str) -> Any:
    import msgspec

    if member.forbidden:
        return Literal["\0"]
    if not member.needed or member.kind == "json":
        return msgspec.Raw
    if member.kind == "text":
        if member.filled:
            return Annotated[str, msgspec.Meta(min_length=1)]
        if member.ascii:
            return Annotated[str, msgspec.Meta(pattern=r"\A[\x00-\x7f]*\Z")] | None
        return str | None
    if member.kind == "boolean":
        return bool | None
    if member.kind == "texts":
        return list[str] | None
    inner: Any = _struct(member.members, name)
    if member.kind == "objects":
        inner = list[inner]
    # A null where the sample has none would be an attribute that the sample does not have.
    return inner | None if member.null else inner


def _path(place: str, envelope: str) -> str:
    """The path of a place in a message, from the record on."""
    path = _INDEX.sub("", place).removeprefix("$")
    if envelope:
        path = path.removeprefix(f".{envelope}")
    return path.removeprefix(".")


def _find(members: Mapping[str, Member], path: str) -> Member | None:
    """The member at a path; names may hold dots themselves."""
    for name, member in members.items():
        if path == name:
            return member
        if path.startswith(f"{name}."):
            found = _find(member.members, path[len(name) + 1 :])
            if found is not None:
                return found
    return None

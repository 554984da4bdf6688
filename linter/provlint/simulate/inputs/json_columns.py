"""Files of users in JSON as columns that DuckDB reads, with the values of the record reader.

Every attribute is found at one place of the records, or nowhere; where that differs from record to
record, or a value is of a kind that is translated record by record, there are no columns.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.json_decoding import ENVELOPES
from provlint.simulate.inputs.json_records import one_per_line
from provlint.simulate.inputs.json_slices import list_begins, list_to_lines
from provlint.simulate.inputs.names import BOOLEANS, EXTENSION_ATTRIBUTES, RENAMED
from provlint.simulate.inputs.naming import GRAPH_ONLY, OTHER_MARKS, naming_of
from provlint.simulate.inputs.problem import LARGEST_RECORD, Ledger
from provlint.simulate.inputs.record_shape import SAMPLE, Pages, Shape
from provlint.simulate.inputs.sql import (
    boolean_of_text,
    boolean_text,
    home_name,
    sql_name,
    sql_text,
)
from provlint.simulate.inputs.text import encoding_of, head_text, open_file, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from provlint.simulate.inputs.population import Population
    from provlint.simulate.inputs.record_shape import Member

Kind = Literal["text", "boolean", "list", "json"]
Layout = Literal["lines", "array", "page"]

WHOLE = 8 * 1024 * 1024
"""Bytes of the largest document that is read as it stands; larger ones are cut into lines first."""

_DECODED = 64 * 1024
"""Bytes decoded at a time: the records fit into the cache of the processor."""

_MARK = b"\xef\xbb\xbf"
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


class JsonFiles:
    """JSON files of one layout.

    Attributes:
        paths: The files.
        layout: Records by lines, a list, or a page with a list.
    """

    def __init__(self, paths: Sequence[str], layout: Layout, folder: str) -> None:
        self.paths = paths
        self.layout = layout
        self._folder = folder
        self._cut = False
        self._frames: list[bytes] = []
        self._envelope = ""
        self._by_lines = layout == "lines"

    @classmethod
    def of(cls, paths: Sequence[str], folder: str) -> JsonFiles | None:
        """The files; None where their layouts differ, or are not those that DuckDB reads.

        Args:
            paths: The files.
            folder: For documents that are cut into lines.
        """
        if find_spec("msgspec") is None:
            return None
        frames = {_frame(path) for path in paths}
        frame = frames.pop() if len(frames) == 1 else None
        if frame is None:
            return None
        files = cls(paths, frame.layout, folder)
        files._envelope, files._by_lines = frame.envelope, frame.by_lines
        return files if frame.layout == "lines" or files._prepare() else None

    def _prepare(self) -> bool:
        """Cut documents that are too large to be read at once."""
        if all(os.path.getsize(path) <= WHOLE for path in self.paths):
            return self.layout == "array" or bool(self._envelope)
        if self._by_lines and self._envelope and all(map(_has_short_lines, self.paths)):
            return True
        cut = [f"{self._folder}/{number}.jsonl" for number in range(len(self.paths))]
        for path, target in zip(self.paths, cut, strict=True):
            frame = list_to_lines(path, target, self.layout)
            if frame is None:
                return False
            self._frames.append(frame)
        self.paths, self._envelope = cut, "records"
        self._cut = self._by_lines = True
        return True

    def check(self, shape: Shape) -> Pages | None:
        """Decode all records; None where one has another shape."""
        if self.layout == "array" and not self._cut:
            return shape.check(map(_in_envelope, self.paths), "records")
        pages = shape.check(chain.from_iterable(map(self._pieces, self.paths)), self._envelope)
        return _pages_of(self._frames) if self._cut and pages is not None else pages

    def _pieces(self, path: str) -> Iterator[bytes]:
        """A file in pieces of whole values."""
        with open_file(path) as file:
            if self.layout != "lines" and os.path.getsize(path) <= WHOLE:
                yield file.read()
                return
            rest = b""
            while piece := file.read(_DECODED):
                piece = rest + piece
                end = piece.rfind(b"\n") + 1
                rest = piece[end:]
                if end:
                    yield piece[:end]
                if len(rest) > LARGEST_RECORD:
                    # No line is so long; what is no JSON is told by the reader of records.
                    yield b"!"
                    return
            if rest.strip():
                yield rest

    def rows(self, shape: Shape) -> str:
        """The records, named `r`, with their needed members, as SQL behind FROM."""
        files = f"[{', '.join(map(sql_text, self.paths))}]"
        options = f"maximum_object_size={LARGEST_RECORD}"
        needed = {name: member for name, member in shape.members.items() if member.needed}
        if self.layout == "lines" or (self.layout == "array" and not self._cut):
            form = "newline_delimited" if self.layout == "lines" else "array"
            columns = ", ".join(
                f"{sql_name(name)}: {sql_text(_type_of(member))}" for name, member in needed.items()
            )
            return (
                f"read_json({files}, format='{form}', records='true', {options},"
                f" columns={{{columns}}}) r"
            )
        members = ", ".join(f"{sql_name(n)} {_type_of(member)}" for n, member in needed.items())
        envelope, kind = sql_name(self._envelope), sql_text(f"STRUCT({members})[]")
        # What is not known to be one value per line is parsed twice by DuckDB.
        form = "newline_delimited" if self._by_lines else "unstructured"
        return (
            f"(SELECT unnest(r) FROM (SELECT unnest({envelope}) AS r FROM read_json({files},"
            f" format='{form}', records='true', {options}, columns={{{envelope}: {kind}}}))) r"
        )


def _pages_of(frames: Iterable[bytes]) -> Pages | None:
    """What the members of pages beside their lists tell; None where one is no JSON."""
    import msgspec

    try:
        members = [msgspec.json.decode(frame) for frame in frames]
    except (msgspec.DecodeError, RecursionError):
        return None
    pages = [each for each in members if isinstance(each, dict)]
    return Pages(len(pages), sum("@odata.nextLink" in page for page in pages))


def _in_envelope(path: str) -> bytes:
    with open_file(path) as file:
        return b'{"records":' + file.read() + b"}"


class Frame(NamedTuple):
    """How a file holds its records.

    Attributes:
        layout: Records by lines, a list, or a page with a list.
        envelope: The member of a page that holds its list.
        by_lines: Whether each line is a whole record or page, as far as the first bytes tell.
    """

    layout: Layout
    envelope: str = ""
    by_lines: bool = False


def _frame(path: str) -> Frame | None:
    """How a file holds its records; None where DuckDB would not read the text as it stands."""
    head = read_head(path)
    if encoding_of(head) != "utf-8" or head.startswith(_MARK):
        return None
    text = head_text(head).strip()
    if one_per_line(head_text(head)):
        return Frame("lines", by_lines=True)
    if text.startswith("["):
        return Frame("array")
    begin = list_begins(text)
    if begin is None:
        return None
    before = text.encode()[:begin].decode().rstrip(": \t\r\n")
    envelope = next((name for name in ENVELOPES if before.endswith(f'"{name}"')), "")
    first, line_break, _ = text.partition("\n")
    return Frame("page", envelope, not line_break or first.rstrip().endswith("}"))


def _has_short_lines(path: str) -> bool:
    """Whether the first of several lines is short enough to be read at once."""
    with open_file(path) as file:
        return file.readline(WHOLE).endswith(b"\n") and file.read(1) != b""


def _type_of(member: Member) -> str:
    """The type of a member in SQL."""
    if member.kind in _TYPES:
        return _TYPES[member.kind]
    members = ", ".join(
        f"{sql_name(name)} {_type_of(inner)}"
        for name, inner in member.members.items()
        if inner.needed
    )
    return f"STRUCT({members})" + ("[]" if member.kind == "objects" else "")


_TYPES = {"text": "VARCHAR", "boolean": "BOOLEAN", "texts": "VARCHAR[]", "json": "JSON"}


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

"""The users of a simulation, in provisioning names."""

from __future__ import annotations

import re
from array import array
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from provlint.simulate.inputs.containers import records_of
from provlint.simulate.inputs.exports import Export as Export
from provlint.simulate.inputs.exports import recognise, renamed
from provlint.simulate.inputs.names import (
    COMPUTED,
    EXTENSION_ATTRIBUTES,
    KNOWN,
    graph_property,
)
from provlint.simulate.inputs.naming import (
    NAMINGS,
    is_powershell,
    naming_of,
    translate,
    what_else,
)
from provlint.simulate.inputs.parquet_records import column_types
from provlint.simulate.inputs.problem import InputProblem, Ledger
from provlint.simulate.inputs.text import find_files, pieces
from provlint.simulate.inputs.type_names import TypeNotes
from provlint.wording import counted, did_you_mean, first_names, quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from provlint.simulate.inputs.problem import OnError

Kind = tuple[str, str]
"""Files of one kind are one export: a column of one of them is a column of all."""

SAMPLE = 2000
"""Users from which the columns of a JSON file are told before it is searched for the others."""

_BUCKETS = 64


class User(NamedTuple):
    """One user of the source.

    Attributes:
        values: Attributes in provisioning names: texts, Booleans, numbers, None, lists of them.
            None is an empty value; an attribute that no record of the export has is not a key.
        missing: Attributes that were asked for and that no record of this export has, which is
            not the same as being empty.
        where: `file:line`, or `file#/pointer`.
    """

    values: Mapping[str, object]
    missing: frozenset[str]
    where: str


class Duplicate(NamedTuple):
    """An object id that several records have.

    Attributes:
        identity: The `objectId`.
        places: Where the records stand; at most ten.
    """

    identity: str
    places: tuple[str, ...]


class Population:
    """Users from files, read record by record each time they are iterated.

    Attributes:
        exports: The files, with how each was recognised.
        attributes: The source attributes of which missing ones are told.
        asked: Whether somebody named them.
        ledger: What the last iteration left out.
    """

    def __init__(
        self,
        paths: Iterable[str],
        *,
        attributes: Collection[str] | None = None,
        columns: Mapping[str, str] | None = None,
        on_error: OnError = "stop",
    ) -> None:
        """Find and recognise the files; no more than their beginnings is read.

        Args:
            paths: Files, folders and globs.
            attributes: The source attributes that the configuration reads, of which missing ones
                are told; all that provisioning knows when None.
            columns: For files of human resources: the column of each attribute,
                `{"workerID": "WorkerID"}`. Other columns keep their names.
            on_error: `stop` raises at the first broken record, `skip` leaves it out and counts it.

        Raises:
            InputError: A file is missing, of no known format, or holds no users.
        """
        self.attributes = frozenset(KNOWN if attributes is None else attributes) - COMPUTED
        self.asked = attributes is not None
        self.columns = dict(columns or {})
        self.on_error = on_error
        self.ledger = Ledger(on_error)
        self.exports = tuple(recognise(path, self.columns) for path in find_files(paths))
        self._seen: dict[Kind, set[str]] = {}
        self._missing: dict[Kind, frozenset[str]] | None = None
        self._identities = array("q")
        self._count: int | None = None

    @classmethod
    def recognised(
        cls,
        exports: Iterable[Export],
        missing: frozenset[str],
        *,
        attributes: Collection[str],
        columns: Mapping[str, str] | None = None,
        on_error: OnError = "stop",
    ) -> Population:
        """Users of files that are pieces of one export, of which the whole is known already.

        Args:
            exports: The pieces.
            missing: The attributes that no record of the whole has.
            attributes: As for a `Population`; so for the others.
            columns: The column of each attribute.
            on_error: What to do about a broken record.
        """
        made = cls((), attributes=attributes, columns=columns, on_error=on_error)
        made.exports = tuple(exports)
        made._missing = {(each.container, each.naming): missing for each in made.exports}
        return made

    @property
    def users(self) -> Iterable[User]:
        """The users, read anew by each iteration."""
        return self

    def __iter__(self) -> Iterator[User]:
        """Read all users.

        Raises:
            InputError: A record is broken, and `on_error` is `stop`.
        """
        missing = self._missing_by_kind()
        self.ledger = Ledger(self.on_error)
        identities = array("q")
        count = 0
        for export in self.exports:
            absent = missing[export.container, export.naming]
            for values, where in self._records(export, self.ledger):
                count += 1
                identity = values.get("objectId")
                if identity is not None:
                    identities.append(hash(str(identity)))
                yield User(values, absent, where)
        self._identities, self._count = identities, count

    @property
    def missing(self) -> frozenset[str]:
        """Attributes that were asked for and that no record of any file has."""
        every = list(self._missing_by_kind().values())
        return frozenset.intersection(*every) if every else frozenset()

    def missing_by_export(self) -> dict[Kind, frozenset[str]]:
        """Attributes that were asked for and that an export does not have."""
        return dict(self._missing_by_kind())

    def places(self) -> Iterator[str]:
        """Where the users stand, in their order."""
        for export in self.exports:
            for _, where in self._records(export, Ledger("skip")):
                yield where

    def tell_missing(self, missing: Mapping[Kind, frozenset[str]]) -> None:
        """Tell which attributes the files do not have, where somebody knows it already."""
        self._missing = dict(missing)

    @property
    def count(self) -> int | None:
        """Number of users of the last complete iteration."""
        return self._count

    def duplicates(self) -> list[Duplicate]:
        """The object ids that several records have, in the order of the files.

        Reads the users again where there are any; call it after a complete iteration.
        """
        if self._count is None:
            for _ in self:
                pass
        twice: set[int] = set()
        for bucket in range(_BUCKETS):
            seen: set[int] = set()
            for number in self._identities:
                if number % _BUCKETS == bucket:
                    (twice if number in seen else seen).add(number)
        if not twice:
            return []
        places: dict[str, list[str]] = {}
        for export in self.exports:
            for values, where in self._records(export, Ledger("skip")):
                identity = values.get("objectId")
                if identity is not None and hash(str(identity)) in twice:
                    places.setdefault(str(identity), []).append(where)
        return [
            Duplicate(identity, tuple(found[:10]))
            for identity, found in places.items()
            if len(found) > 1
        ]

    def told(self, optional: Collection[str] = ()) -> list[str]:
        """What a report says of these users: names, missing attributes, guesses, omissions.

        Args:
            optional: Attributes that nobody misses.
        """
        lines = [
            f"{export.path}: {NAMINGS['column-map' if self.columns else export.naming]}"
            for export in self.exports[:20]
        ]
        if len(self.exports) > 20:
            lines.append(f"and {counted(len(self.exports) - 20, 'file')} more")
        for kind, missing in self._missing_by_kind().items():
            missed = sorted(missing.difference(optional))
            if missed and self.asked:
                named = first_names(missed)
                lines.append(f"not in your export ({kind[1]}): {named}")
        lines += [f"{note.text}; {note.help}" for note in self.ledger.notes]
        if self.ledger.pages and self.ledger.continued >= self.ledger.pages:
            lines.append(
                "the export is not complete: every page names a next one in `@odata.nextLink`"
            )
        if self.ledger.left_out:
            lines.append(self.ledger.summary)
        return lines

    def hints(self) -> list[str]:
        """How to get each missing attribute into the export, as far as that can be said."""
        seen = sorted({name for names in self._seen.values() for name in names})
        hints = []
        for name in sorted(self.missing):
            meant = did_you_mean(name, seen)
            wanted = graph_property(name)
            if meant:
                hints.append(f"{quote(name)}: {meant}")
            elif wanted == "manager":
                hints.append(f"{quote(name)}: export with `$expand=manager($select=id)`")
            elif wanted:
                hints.append(f"{quote(name)}: add {quote(wanted)} to `$select`")
            else:
                hints.append(f"{quote(name)}: no export of users holds it")
        return hints

    def _records(self, export: Export, ledger: Ledger) -> Iterator[tuple[dict[str, Any], str]]:
        fixed = export.naming if export.dialect is not None or self.columns else None
        types = TypeNotes(self, export) if is_powershell(export.naming) else None
        for record, where in records_of(export.path, ledger, export.dialect):
            if fixed == "column-map":
                record = renamed(record, self.columns)
            elif types is not None:
                types.note(record, ledger)
            naming = fixed or naming_of(record)
            if naming is None:
                what = what_else(record)
                message = f"the record is one of {what}, expected a user"
                ledger.leave_out(InputProblem("not-a-user", where, message, "remove the record"))
                continue
            yield translate(record, naming), where

    def _translated(self, record: dict[str, Any], export: Export) -> dict[str, Any]:
        if export.naming == "column-map":
            record = renamed(record, self.columns)
        return translate(record, export.naming)

    def _missing_by_kind(self) -> dict[Kind, frozenset[str]]:
        if self._missing is None:
            for export in self.exports:
                self._seen.setdefault((export.container, export.naming), set())
            for export in self.exports:
                self._look(export, self._seen[export.container, export.naming])
            self._missing = {kind: self.attributes - seen for kind, seen in self._seen.items()}
        return self._missing

    def _look(self, export: Export, seen: set[str]) -> None:
        """Add the attributes that the records of a file have."""
        empty_counts = not is_powershell(export.naming)
        if export.dialect is not None and empty_counts:
            record: dict[str, Any] = dict.fromkeys(export.dialect.columns, "")
            if export.naming == "column-map":
                record = renamed(record, self.columns)
            seen.update(translate(record, export.naming))
            return
        if export.container == "parquet" and empty_counts:
            from provlint.simulate.inputs.parquet_records import telling_records

            types = export.types or column_types(export.path)
            for each in telling_records(export.path, types):
                _see(self._translated(each, export), seen, empty_counts)
            return
        records = self._records(export, Ledger("skip"))
        for values, _ in islice(records, SAMPLE):
            _see(values, seen, empty_counts)
        wanted = self.attributes - seen
        following = next(records, None) if wanted else None
        if following is None:
            return
        if export.container == "json" and empty_counts and not _mentions(export.path, wanted):
            return
        for values, _ in chain((following,), records):
            _see(values, seen, empty_counts)
            if seen >= self.attributes:
                return


def _see(values: Mapping[str, object], seen: set[str], empty_counts: bool) -> None:
    if empty_counts:
        seen.update(values)
    else:
        seen.update(name for name, value in values.items() if value is not None and value != [])


def _mentions(path: str, names: Iterable[str]) -> bool:
    """Whether the text of a file has one of the properties as a key, anywhere.

    What is a part of an object is mentioned by its own key, or by an object that is null.
    """
    keys: set[str] = set()
    objects: set[str] = set()
    for name in names:
        home = graph_property(name)
        keys |= {name, name.rpartition(".")[2]}
        within = "." in name or name in EXTENSION_ATTRIBUTES
        (objects if within and home != name else keys).add(home)
    parts = [f'"{re.escape(key)}"\\s*:' for key in sorted(keys) if key]
    parts += [f'"{re.escape(key)}"\\s*:\\s*null' for key in sorted(objects) if key]
    pattern = re.compile("|".join(parts))
    before = ""
    for piece, _ in pieces(path, Ledger("skip")):
        if pattern.search(before + piece):
            return True
        before = piece[-200:]
    return False

"""Opens objects: puts their keys right and records the keys that are wrong.

An object whose keys are all as Microsoft Graph writes them costs one comparison of sets.
"""

from __future__ import annotations

from typing import Any

from provlint.model.defects import Defects
from provlint.model.misplaced import kind_in_wrong_place, misplaced_message
from provlint.model.recognise import camel, is_pascal
from provlint.model.vocabulary import KEYS, MISNOMERS, TITLES
from provlint.source.pointer import escape
from provlint.wording import nearest, quote

Fields = dict[str, Any]
"""The members of an object by their right names."""

TRUNCATED = ("@{", "Microsoft.Graph.", "System.")
"""How the strings begin that ConvertTo-Json writes in place of objects and arrays."""


class RenamedFields(dict[str, Any]):
    """The members of an object whose keys were put right, and how the file spells them."""

    __slots__ = ("spellings",)

    def __init__(self) -> None:
        self.spellings: dict[str, str] = {}


def type_name(value: object) -> str:
    """What JSON calls the type of a value, with its article."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, list):
        return "an array"
    return "an object" if isinstance(value, dict) else f"a {type(value).__name__}"


def place(fields: Fields, pointer: str, key: str) -> str:
    """The pointer of a member as the file spells its key."""
    if type(fields) is RenamedFields:
        return f"{pointer}/{fields.spellings.get(key, key)}"
    return f"{pointer}/{key}"


class Keys:
    """Opens the objects of one document.

    Attributes:
        defects: What was recorded.
        objects: How many array items were read.
        pascal: Whether the part being read has the PascalCase keys of the PowerShell SDK.
        complete: Whether the part being read is a whole schema, so that what is missing is
            missing.
        misplaced: Mappings that stand where they do not belong: kind, value, pointer.
    """

    __slots__ = ("_renamings", "complete", "defects", "misplaced", "objects", "pascal")

    def __init__(self) -> None:
        self.defects = Defects()
        self.objects = 0
        self.pascal = False
        self.complete = False
        self._renamings: dict[tuple[str, tuple[Any, ...]], dict[str, str]] = {}
        self.misplaced: list[tuple[str, Any, str]] = []

    def open(self, value: object, pointer: str, kind: str) -> Fields | None:
        """The members of an object of a kind by their right names; None for anything else."""
        if type(value) is dict:
            return value if value.keys() <= KEYS[kind] else self._rename(value, pointer, kind)
        if isinstance(value, dict):
            return self._rename(value, pointer, kind)
        self.wrong_type(value, pointer, "an object", TITLES[kind])
        return None

    def wrong_type(self, value: object, pointer: str, expected: str, what: str) -> None:
        """Record a value of another JSON type than expected."""
        if isinstance(value, str) and expected in ("an object", "an array"):
            if value.startswith(TRUNCATED):
                self.defects.truncated(pointer, value)
                return
            if not value and expected == "an array":
                # ConvertTo-Json also writes "" for an empty array below its depth
                self.defects.empty_text(pointer, what)
                return
        self.defects.add(
            "wrong-type",
            pointer,
            f"{what} must be {expected}, not {type_name(value)}",
            f"write {expected}",
        )

    def _rename(self, value: dict[Any, Any], pointer: str, kind: str) -> Fields:
        fields = RenamedFields()
        if self.pascal and not value.get("AdditionalProperties"):
            names = self._pascal_names(kind, tuple(value))
            if names:
                fields.spellings = names
                for right, key in names.items():
                    fields[right] = value[key]
                return fields
        self._take(fields, value, pointer, kind, "")
        for extra in ("AdditionalProperties", "additionalProperties"):
            more = value.get(extra)
            if isinstance(more, dict):
                self._take(fields, more, f"{pointer}/{extra}", kind, f"{extra}/")
        return fields

    def _pascal_names(self, kind: str, keys: tuple[Any, ...]) -> dict[str, str]:
        """PascalCase keys by their right names; nothing when there is more to say about them."""
        names = self._renamings.get((kind, keys))
        if names is None:
            names = {
                camel(key): key
                for key in keys
                if isinstance(key, str) and key != "AdditionalProperties"
            }
            plain = len(keys) - ("AdditionalProperties" in keys)
            if len(names) != plain or not names.keys() <= KEYS[kind]:
                names = {}
            self._renamings[(kind, keys)] = names
        return names

    def _take(
        self, fields: RenamedFields, value: dict[Any, Any], pointer: str, kind: str, prefix: str
    ) -> None:
        """Put the members of `value` into `fields` unless something better is there."""
        known = KEYS[kind]
        later: list[tuple[str, str]] = []
        for key, member in value.items():
            if key in known:
                if fields.get(key) is None:
                    fields[key] = member
                    fields.spellings[key] = prefix + key
                continue
            key = str(key)
            if "@odata." in key or key in ("AdditionalProperties", "additionalProperties"):
                continue
            right = camel(key)
            if right in known and (self.pascal or prefix):
                if fields.get(right) is None:
                    fields[right] = member
                    fields.spellings[right] = prefix + key
                continue
            later.append((key, right))
        for key, right in later:
            meant = self._misspelt(key, right, f"{pointer}/{escape(key)}", kind, fields)
            if meant is not None and fields.get(meant) is None:
                fields[meant] = value.get(key)
                fields.spellings[meant] = prefix + escape(key)

    def _misspelt(
        self, key: str, right: str, pointer: str, kind: str, fields: Fields
    ) -> str | None:
        """Record an unknown key; the property that it stands for, where that is certain."""
        known = KEYS[kind]
        title = TITLES[kind]
        misnomer = MISNOMERS.get((kind, right))
        if misnomer is not None:
            named = misnomer.replacement
            self.defects.add(
                "unknown-key",
                pointer,
                f"{title} has no property {quote(key)}; {misnomer.reason}",
                misnomer.help,
                part="key",
                replacement=self._as_here(named) if named else None,
            )
            return named
        meant = right if right in known else nearest(key, known)
        if meant is None:
            self.defects.unlisted(title, key, pointer)
            return None
        if meant in fields:
            # both spellings stand side by side: the wrong one is dead weight
            self.defects.add(
                "unknown-key",
                pointer,
                f"{title} has no property {quote(key)}; `{meant}` stands beside it",
                f"remove {quote(key)}",
                part="key",
            )
            return None
        spelled = self._as_here(meant)
        self.defects.add(
            "unknown-key",
            pointer,
            f"{title} has no property {quote(key)}; expected `{spelled}`",
            f"rename it to `{spelled}`",
            part="key",
            replacement=spelled,
        )
        return meant

    def _as_here(self, key: str) -> str:
        """A key in the case of the part being read."""
        return key[:1].upper() + key[1:] if self.pascal else key

    def is_misplaced(self, value: object, pointer: str, kind: str) -> bool:
        """Whether an object of another kind stands here; it is then kept in `misplaced`."""
        if type(value) is not dict or value.keys() <= KEYS[kind]:
            return False
        if self.pascal and self._pascal_names(kind, tuple(value)):
            return False
        found = kind_in_wrong_place(value, kind)
        if found is None:
            return False
        message, advice = misplaced_message(found, kind)
        self.defects.add("misplaced-object", pointer, message, advice)
        self.misplaced.append((found, value, pointer))
        return True

    def note_case(self, value: object) -> None:
        """See whether what follows has PascalCase keys."""
        self.pascal = isinstance(value, dict) and is_pascal(value)

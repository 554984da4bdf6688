"""Reads single values leniently: what is meant is used, what departs is recorded.

The common case costs a look-up and a type test; everything unusual goes through slow methods.
"""

from __future__ import annotations

from typing import Any

from provlint.model.defects import Defects
from provlint.model.recognise import camel, is_pascal
from provlint.model.spelling import nearest
from provlint.model.vocabulary import ENUMERATION_HELP, KEYS, MISNOMERS, TITLES, Enumeration
from provlint.source.pointer import escape

Fields = dict[str, Any]
"""The members of an object by their right names."""

MAXIMUM_OBJECTS = 2_000_000
"""Most array items that are read from one document."""

_TRUNCATED = ("@{", "Microsoft.Graph.", "System.")
_WRAPPED_ARRAY = frozenset({"value", "Count"})


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


class Values:
    """Reads members of objects and records defects."""

    __slots__ = ("defects", "objects", "pascal")

    def __init__(self) -> None:
        self.defects = Defects()
        self.objects = 0
        self.pascal = False

    def open(self, value: object, pointer: str, kind: str) -> Fields | None:
        """The members of an object of a kind by their right names; None for anything else."""
        if type(value) is dict:
            return value if value.keys() <= KEYS[kind] else self._rename(value, pointer, kind)
        if isinstance(value, dict):
            return self._rename(value, pointer, kind)
        self.wrong_type(value, pointer, "an object", f"{TITLES[kind]} is")
        return None

    def wrong_type(self, value: object, pointer: str, expected: str, what: str) -> None:
        """Record a value of another JSON type than expected."""
        if isinstance(value, str) and expected in ("an object", "an array"):
            if value.startswith(_TRUNCATED):
                self.defects.truncated(pointer, value)
                return
            if not value.strip() and self.pascal:
                # Windows PowerShell writes "" for an empty array below the depth limit
                return
        self.defects.add(
            "wrong-type",
            pointer,
            f"{what} {expected}, not {type_name(value)}",
            f"write {expected}",
        )

    def _rename(self, value: dict[Any, Any], pointer: str, kind: str) -> Fields:
        fields = RenamedFields()
        self._take(fields, value, pointer, kind, "")
        for extra in ("AdditionalProperties", "additionalProperties"):
            more = value.get(extra)
            if isinstance(more, dict):
                self._take(fields, more, f"{pointer}/{extra}", kind, f"{extra}/")
        return fields

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
                fields[meant] = value[key] if key in value else None
                fields.spellings[meant] = prefix + escape(key)

    def _misspelt(
        self, key: str, right: str, pointer: str, kind: str, fields: Fields
    ) -> str | None:
        """Record an unknown key; the property that it stands for, where that is certain."""
        known = KEYS[kind]
        title = TITLES[kind]
        misnomer = MISNOMERS.get((kind, right))
        if misnomer is not None:
            self.defects.add(
                "unknown-key",
                pointer,
                f"{title} has no property `{key}`; {misnomer.reason}",
                misnomer.help,
                part="key",
                replacement=misnomer.replacement,
            )
            return misnomer.replacement
        meant = right if right in known else nearest(key, known)
        if meant is None:
            self.defects.unlisted(title, key, pointer)
            return None
        if meant in fields:
            # both spellings stand side by side: the wrong one is dead weight
            self.defects.add(
                "unknown-key",
                pointer,
                f"{title} has no property `{key}`; `{meant}` stands beside it",
                f"remove `{key}`",
                part="key",
            )
            return None
        spelled = meant[:1].upper() + meant[1:] if self.pascal else meant
        self.defects.add(
            "unknown-key",
            pointer,
            f"{title} has no property `{key}`; expected `{spelled}`",
            f"rename it to `{spelled}`",
            part="key",
            replacement=spelled,
        )
        return meant

    def note_case(self, value: object) -> None:
        """See whether what follows has PascalCase keys."""
        self.pascal = isinstance(value, dict) and is_pascal(value)

    def items(self, fields: Fields, key: str, pointer: str) -> list[tuple[str, Any]]:
        """The items of an array with their pointers; null and absence give none."""
        value = fields.get(key)
        if not value and (value is None or type(value) is list):
            return []
        base = place(fields, pointer, key)
        if type(value) is list:
            self.objects += len(value)
            if self.objects > MAXIMUM_OBJECTS:
                self._too_many(base)
                return []
            return [(f"{base}/{index}", item) for index, item in enumerate(value)]
        return self._unusual_items(value, base, key)

    def _too_many(self, base: str) -> None:
        if self.objects < 10 * MAXIMUM_OBJECTS:
            self.objects = 10 * MAXIMUM_OBJECTS
            self.defects.add(
                "too-many",
                base,
                f"the file has more than {MAXIMUM_OBJECTS} array items; this array and later"
                " ones are not read",
                "split the file",
            )

    def _unusual_items(self, value: object, base: str, key: str) -> list[tuple[str, Any]]:
        if isinstance(value, dict):
            inner = value.get("value")
            if isinstance(inner, list) and value.keys() <= _WRAPPED_ARRAY:
                self._unwrapped(base, key, "an object with `value` and `Count`")
                return [(f"{base}/value/{index}", item) for index, item in enumerate(inner)]
            self._unwrapped(base, key, "a single object")
            return [(base, value)]
        self.wrong_type(value, base, "an array", f"`{key}` is")
        return []

    def _unwrapped(self, base: str, key: str, found: str) -> None:
        self.defects.add(
            "unwrapped-array",
            base,
            f"`{key}` is an array, not {found}; PowerShell leaves this behind when it"
            " unwraps arrays",
            "enclose it in `[` and `]`" if "single" in found else "keep only the array in `value`",
        )

    def texts(self, fields: Fields, key: str, pointer: str) -> tuple[str, ...]:
        """An array of strings; null and absence give none."""
        value = fields.get(key)
        if value is None:
            return ()
        if type(value) is list:
            if all(type(item) is str for item in value):
                return tuple(value)
            base = place(fields, pointer, key)
            return tuple(
                self._as_text(item, f"{base}/{index}", f"an item of `{key}`")
                for index, item in enumerate(value)
                if item is not None
            )
        base = place(fields, pointer, key)
        if isinstance(value, str) and not value.startswith(_TRUNCATED):
            self._unwrapped(base, key, "a single string")
            return (value,)
        if isinstance(value, dict):
            return tuple(
                self._as_text(item, pointer_of_item, f"an item of `{key}`")
                for pointer_of_item, item in self._unusual_items(value, base, key)
                if not isinstance(item, dict)
            )
        self.wrong_type(value, base, "an array", f"`{key}` is")
        return () if isinstance(value, str) else (self._plain(value),)

    def text(self, fields: Fields, key: str, pointer: str) -> str | None:
        """A string or None."""
        value = fields.get(key)
        if value is None or type(value) is str:
            return value
        if isinstance(value, str):
            return str(value)
        return self._as_text(value, place(fields, pointer, key), f"`{key}`") or None

    def _as_text(self, value: object, pointer: str, what: str) -> str:
        if isinstance(value, str):
            return value
        self.defects.add(
            "wrong-type",
            pointer,
            f"{what} is a string, not {type_name(value)}",
            "enclose it in double quotes"
            if isinstance(value, bool | int | float)
            else "write a string",
        )
        return self._plain(value)

    @staticmethod
    def _plain(value: object) -> str:
        """A scalar as JSON would write it; nothing for objects and arrays."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int) and value.bit_length() > 256:
            return ""
        return str(value) if isinstance(value, int | float) else ""

    def flag(self, fields: Fields, key: str, pointer: str, default: bool) -> bool:
        """A boolean."""
        value = fields.get(key)
        if value is True or value is False:
            return bool(value)
        if value is None:
            return default
        self.defects.add(
            "wrong-type",
            place(fields, pointer, key),
            f"`{key}` is `true` or `false`, not {type_name(value)}",
            "write `true` or `false` without quotes",
        )
        if isinstance(value, str) and value.strip().lower() in ("true", "false"):
            return value.strip().lower() == "true"
        return default

    def number(self, fields: Fields, key: str, pointer: str) -> int:
        """A whole number; 0 unless said."""
        value = fields.get(key)
        if type(value) is int:
            return value
        if value is None:
            return 0
        if isinstance(value, float) and value.is_integer():
            return int(value)
        self.defects.add(
            "wrong-type",
            place(fields, pointer, key),
            f"`{key}` is a whole number, not {type_name(value)}",
            "write a whole number without quotes",
        )
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
            return int(value)
        return 0

    def member(
        self, fields: Fields, key: str, pointer: str, enumeration: Enumeration, default: str
    ) -> str:
        """A member of an enumeration; numbers and other cases are understood."""
        value = fields.get(key)
        if value is None:
            return default
        if type(value) is int and 0 <= value < len(enumeration.members):
            return enumeration.members[value]
        where = place(fields, pointer, key)
        allowed = ", ".join(f"`{name}`" for name in enumeration.members)
        if not isinstance(value, str):
            found = str(value) if type(value) is int and abs(value) < 10**9 else type_name(value)
            self.defects.add(
                "invalid-enum",
                where,
                f"`{key}` is {found}; expected one of {allowed}",
                f"write one of {allowed}",
            )
            return default
        lower = value.lower()
        exact = enumeration.spellings.get(lower)
        if exact is not None:
            if exact != value:
                self.defects.add(
                    "enum-case",
                    where,
                    f"`{key}` is `{value}`; Microsoft Graph writes `{exact}`",
                    f"write `{exact}`",
                    replacement=exact,
                )
            return exact
        meant = nearest(value, enumeration.members)
        advice = ENUMERATION_HELP.get((key, lower))
        shown = value if len(value) <= 60 else value[:57] + "..."
        self.defects.add(
            "invalid-enum",
            where,
            f"`{key}` is `{shown}`; expected one of {allowed}",
            advice or (f"write `{meant}`" if meant else f"write one of {allowed}"),
            replacement=None if advice else meant,
        )
        return meant or default

"""Reads single values leniently: what is meant is used, what departs is recorded.

The common case costs a look-up and a type test; everything unusual goes through slow methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.model.keys import TRUNCATED, Fields, Keys, place, type_name
from provlint.model.vocabulary import ENUMERATION_HELP, MISSING_HELP, TITLES, Enumeration
from provlint.wording import alternatives, nearest, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

MAXIMUM_OBJECTS = 2_000_000
"""Most array items that are read from one document."""

NO_TEXTS: Mapping[str, str] = {}

_WRAPPED_ARRAY = frozenset({"value", "Count"})


class Values(Keys):
    """Reads members of objects and records defects."""

    __slots__ = ()

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
        self.wrong_type(value, base, "an array", f"`{key}`")
        return []

    def _unwrapped(self, base: str, key: str, found: str) -> None:
        self.defects.add(
            "unwrapped-array",
            base,
            f"`{key}` must be an array, not {found}; PowerShell leaves this behind when it"
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
        if isinstance(value, str) and not value.startswith(TRUNCATED):
            self._unwrapped(base, key, "a single string")
            return (value,)
        if isinstance(value, dict):
            return tuple(
                self._as_text(item, pointer_of_item, f"an item of `{key}`")
                for pointer_of_item, item in self._unusual_items(value, base, key)
                if not isinstance(item, dict)
            )
        self.wrong_type(value, base, "an array", f"`{key}`")
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
            f"{what} must be a string, not {type_name(value)}",
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
        return "" if isinstance(value, dict | list) else str(value)

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
            f"`{key}` must be `true` or `false`, not {type_name(value)}",
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
            f"`{key}` must be a whole number, not {type_name(value)}",
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
        allowed = alternatives(enumeration.members)
        if not isinstance(value, str):
            found = str(value) if type(value) is int and abs(value) < 10**9 else type_name(value)
            self.defects.add(
                "invalid-enum",
                where,
                f"`{key}` of {enumeration.owner} is {found}; expected {allowed}",
                f"write {allowed}",
            )
            return default
        lower = value.lower()
        exact = enumeration.spellings.get(lower)
        if exact is not None:
            if exact != value:
                self.defects.add(
                    "enum-case",
                    where,
                    f"`{key}` of {enumeration.owner} is `{value}`;"
                    f" Microsoft Graph writes `{exact}`",
                    f"write `{exact}`",
                    replacement=exact,
                )
            return exact
        meant = nearest(value, enumeration.members)
        advice = ENUMERATION_HELP.get((key, lower))
        self.defects.add(
            "invalid-enum",
            where,
            f"`{key}` of {enumeration.owner} is {quote(value)}; expected {allowed}",
            advice or (f"write `{meant}`" if meant else f"write {allowed}"),
            replacement=None if advice else meant,
        )
        return meant or default

    def pairs(
        self,
        fields: Fields,
        key: str,
        pointer: str,
        kind: str = "pair",
        name: str = "key",
        places: dict[str, str] | None = None,
    ) -> Mapping[str, str]:
        """A list of `{key, value}` as a mapping; of equal keys the last one counts.

        Where each pair stands goes into `places`, if given.
        """
        if not fields.get(key):
            return NO_TEXTS
        found: dict[str, str] = {}
        value = fields[key]
        if isinstance(value, dict) and not {name, name.capitalize(), "value"} & value.keys():
            where = place(fields, pointer, key)
            self.wrong_type(value, where, f"an array of `{name}` and `value` pairs", f"`{key}`")
            return {str(k): v for k, v in value.items() if isinstance(v, str)}
        for where, item in self.items(fields, key, pointer):
            pair = self.open(item, where, kind)
            text = self.text(pair, name, where) if pair else None
            if pair and text is not None:
                found[text] = self.text(pair, "value", where) or ""
                if places is not None:
                    places[text] = where
        return found

    def required(self, fields: Fields, key: str, pointer: str, kind: str) -> str:
        """A string that an object of this kind cannot do without."""
        value = fields.get(key)
        if type(value) is str and value:
            return value
        text = self.text(fields, key, pointer)
        if not text:
            self.missing(fields, [key], pointer, kind)
        return text or ""

    def missing(self, fields: Fields, keys: list[str], pointer: str, kind: str) -> None:
        """Record that an object lacks properties that its kind cannot do without."""
        name = fields.get("name")
        title = TITLES[kind]
        if isinstance(name, str) and name:
            title = f"{title.partition(' ')[2]} {quote(name)}"
        self.defects.add(
            "missing-key",
            pointer,
            f"{title} has no {' and no '.join(f'`{key}`' for key in keys)}",
            MISSING_HELP.get(keys[0], f"add `{keys[0]}`"),
        )

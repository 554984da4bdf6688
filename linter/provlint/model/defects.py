"""Collects what departs from the canonical form while a document is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.model.tree import Defect
from provlint.source.pointer import split
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

DEFECT_CODES: Mapping[str, Literal["error", "warning", "note"]] = {
    "unrecognised": "error",
    "unchecked-member": "note",
    "no-schema": "note",
    "truncated": "error",
    "missing-directories": "error",
    "missing-key": "error",
    "missing-source-name": "warning",
    "misplaced-object": "error",
    "unknown-key": "warning",
    "unlisted-key": "note",
    "invalid-enum": "error",
    "enum-case": "note",
    "wrong-type": "error",
    "unwrapped-array": "warning",
    "too-deep": "error",
    "too-many": "error",
}
"""Every code with the severity that is proposed for it; the rules decide."""

MAXIMUM_DEFECTS = 500
"""Most defects listed for one document; one more says that the list is cut short."""


class Defects:
    """The defects of one document. Some are counted and become one defect at the end."""

    __slots__ = ("_empty_texts", "_found", "_left_off", "_truncations", "_unlisted")

    def __init__(self) -> None:
        self._found: list[Defect] = []
        self._left_off = 0
        self._empty_texts: list[tuple[str, str]] = []
        self._truncations: list[tuple[str, str]] = []
        self._unlisted: dict[tuple[str, str], list[str]] = {}

    def add(
        self,
        code: str,
        pointer: str,
        message: str,
        help: str,  # noqa: A002
        *,
        part: Literal["key", "value"] = "value",
        replacement: str | None = None,
    ) -> None:
        """Record one defect."""
        if len(self._found) >= MAXIMUM_DEFECTS:
            self._left_off += 1
        else:
            self._found.append(Defect(code, pointer, message, help, part, replacement))

    def truncated(self, pointer: str, text: str) -> None:
        """Record a string that ConvertTo-Json wrote in place of an object or array."""
        self._truncations.append((pointer, text))

    def empty_text(self, pointer: str, what: str) -> None:
        """Record `""` in place of an array: cut off where other places are, else a wrong type."""
        self._empty_texts.append((pointer, what))

    def unlisted(self, title: str, key: str, pointer: str) -> None:
        """Record a property that Graph does not list and that is like none it lists."""
        self._unlisted.setdefault((title, key), []).append(pointer)

    @property
    def any_truncated(self) -> bool:
        """Whether ConvertTo-Json cut this document short."""
        return bool(self._truncations)

    def finished(self, value: object) -> tuple[Defect, ...]:
        """All defects in the order of the file, which `value` was read from."""
        if self._empty_texts and not self._truncations:
            for pointer, what in self._empty_texts:
                self.add("wrong-type", pointer, f'{what} must be an array, not `""`', "write `[]`")
        if not (self._found or self._truncations or self._unlisted):
            return ()
        order = _Order(value)
        found = list(self._found)
        if self._truncations:
            found.append(self._truncation_defect(order))
        for (title, key), pointers in self._unlisted.items():
            found.append(_unlisted_defect(title, key, pointers))
        found.sort(key=lambda defect: order.of(defect.pointer))
        if self._left_off:
            found.append(
                Defect(
                    "too-many",
                    "",
                    f"{self._left_off} more departures from the form of a configuration are not"
                    f" listed; {MAXIMUM_DEFECTS} are",
                    "repair the listed ones and check again",
                )
            )
        return tuple(found)

    def _truncation_defect(self, order: _Order) -> Defect:
        pointer, text = min(self._truncations, key=lambda place: order.of(place[0]))
        count = len(self._truncations) + len(self._empty_texts)
        places = "1 place holds" if count == 1 else f"{count} places hold"
        return Defect(
            "truncated",
            pointer,
            f"{places} a type name where an object or an array was expected, here {quote(text)};"
            " ConvertTo-Json cut off what lies deeper than its `-Depth`",
            "export again with `ConvertTo-Json -Depth 100`; do not upload this file",
        )


def _unlisted_defect(title: str, key: str, pointers: list[str]) -> Defect:
    count = len(pointers)
    times = "" if count == 1 else f", {count} times in this file"
    return Defect(
        "unlisted-key",
        pointers[0],
        f"{quote(key)} is not a property that Microsoft Graph lists for {title}{times}",
        "remove it, or check its spelling",
        "key",
    )


class _Order:
    """Sorts pointers by where the things they point to stand in the file."""

    def __init__(self, value: object) -> None:
        self._value = value
        self._places: dict[int, dict[str, int]] = {}

    def of(self, pointer: str) -> tuple[int, ...]:
        value = self._value
        steps: list[int] = []
        for segment in split(pointer):
            if isinstance(value, dict):
                places = self._places.get(id(value))
                if places is None:
                    places = {str(key): place for place, key in enumerate(value)}
                    self._places[id(value)] = places
                if segment not in places:
                    break
                steps.append(places[segment])
                value = value.get(segment)
            elif isinstance(value, list) and segment.isdecimal() and int(segment) < len(value):
                steps.append(int(segment))
                value = value[int(segment)]
            else:
                break
        return tuple(steps)

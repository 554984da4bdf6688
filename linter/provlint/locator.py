"""From symbolic places to lines and columns, and from edits to what stands in the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from provlint.diagnostic import Place, Position, Range
from provlint.model.locate import NAMING_KEYS, file_pointer
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.diagnostic import TextEdit
    from provlint.source.lines import LineIndex
    from provlint.source.source_file import SourceFile


class Located(NamedTuple):
    """A place with the pointer as the file spells it, and its range."""

    place: Place
    range: Range | None


class DocumentLocator:
    """Places in a file that was read; each call is one pass over the text."""

    def __init__(self, source: SourceFile) -> None:
        self._value = source.reading.value
        self._positions = source.positions
        self._source = source

    def locate(self, places: Sequence[Place]) -> list[Located]:
        """The places as the file spells them, with their ranges."""
        actual = [self._actual(place) for place in places]
        self._positions.locate([place.pointer for place in actual if place.pointer])
        return [Located(place, self._range(place)) for place in actual]

    def _actual(self, place: Place) -> Place:
        """A place with the pointer as the file spells it, and its part settled."""
        pointer = file_pointer(self._value, place.pointer)
        if place.part != "member":
            return place._replace(pointer=pointer)
        holder = file_pointer(self._value, place.pointer.rpartition("/")[0])
        if pointer != holder:
            return Place(pointer)
        for key in NAMING_KEYS:
            named = file_pointer(self._value, f"{holder}/{key}")
            if named != holder:
                return Place(named)
        return Place(holder, "key")

    def _range(self, place: Place) -> Range | None:
        start, end = place.start, place.end
        if place.part == "text":
            if place.pointer:
                start, end = self._positions.string_range(place.pointer, start, end)
        elif place.part == "key":
            start, end = self._positions.key(place.pointer)
        elif not place.pointer:
            return None
        else:
            start, end = self._positions.value(place.pointer)
        return line_range(self._source.lines, start, end)

    def replacement(self, edit: TextEdit, located: Located) -> str | None:
        """What an edit puts into the file: escaped, quoted; None where that is not certain."""
        place = located.place
        if place.part == "text" and not place.pointer:
            return edit.text
        if place.part == "key":
            start = self._positions.key(place.pointer).start
            return _quoted(edit.text, '"') if self._source.text[start] == '"' else None
        style = self._positions.string_style(place.pointer)
        quotation_mark = _QUOTATION_MARKS.get(style or "")
        if quotation_mark is None:
            return None
        quoted = _quoted(edit.text, quotation_mark)
        return quoted[1:-1] if place.part == "text" else quoted


_QUOTATION_MARKS = {"json": '"', "double": '"', "single": "'"}
"""Style of a string to its quotation mark."""


def _quoted(text: str, quotation_mark: str) -> str:
    if quotation_mark == "'":
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


class TextLocator:
    """Places in a text that is nothing but itself, such as a free-standing expression."""

    def __init__(self, lines: LineIndex) -> None:
        self._lines = lines

    def locate(self, places: Sequence[Place]) -> list[Located]:
        """The places, with their ranges; anything but a range of characters is the whole text."""
        length = len(self._lines.text)
        return [
            Located(place, line_range(self._lines, place.start, place.end))
            if place.part == "text" and not place.pointer
            else Located(place, line_range(self._lines, 0, length))
            for place in places
        ]

    def replacement(self, edit: TextEdit, located: Located) -> str | None:
        """What an edit puts into the text: itself."""
        return edit.text if located.place.part == "text" else None


def line_range(lines: LineIndex, start: int, end: int) -> Range:
    """The range of the characters from `start` to `end`."""
    return Range(Position(*lines.position(start)), Position(*lines.position(max(start, end))))

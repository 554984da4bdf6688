"""Replacement texts: `$1`, `${name}`, `$&`, and what else .NET substitutes.

Source: https://learn.microsoft.com/dotnet/standard/base-types/substitutions-in-regular-expressions
"""

from __future__ import annotations

from provlint.dotnet.regex.scanner import Scanner, is_word
from provlint.dotnet.regex.units import code_point_position, to_units
from provlint_grammar.named_tuple import NamedTuple

BEFORE, AFTER, LAST_GROUP, WHOLE_TEXT = -1, -2, -3, -4

_SPECIAL = {"&": 0, "`": BEFORE, "'": AFTER, "+": LAST_GROUP, "_": WHOLE_TEXT}


class GroupReference(NamedTuple):
    """A reference to a group as written in a replacement text.

    `start` and `end` are code point indices into the replacement text. `group` is the name or the
    digits. `known` tells whether the pattern has that group; if not, .NET leaves the text as it is.
    """

    group: str
    start: int
    end: int
    known: bool


class Replacement:
    """A parsed replacement text: literal units, group numbers and the special parts above."""

    __slots__ = ("parts", "references")

    def __init__(self, parts: list[str | int], references: list[GroupReference]) -> None:
        self.parts = parts
        self.references = references


def parse_replacement(replacement: str, group_numbers: dict[str, int]) -> Replacement:
    """Parse a replacement text for a pattern with these groups.

    Raises:
        RegexSyntaxError: A group number is greater than 2147483647.
    """
    return _Reader(to_units(replacement), group_numbers).read()


def replacement_groups(
    replacement: str, group_numbers: dict[str, int]
) -> tuple[GroupReference, ...]:
    """Return the references to groups in a replacement text, known and unknown.

    Raises:
        RegexSyntaxError: A group number is greater than 2147483647.
    """
    return tuple(parse_replacement(replacement, group_numbers).references)


class _Reader(Scanner):
    def __init__(self, units: str, group_numbers: dict[str, int]) -> None:
        super().__init__(units)
        self.group_numbers = group_numbers
        self.numbers = set(group_numbers.values())
        self.references: list[GroupReference] = []

    def read(self) -> Replacement:
        parts: list[str | int] = []
        while self.at < self.length:
            end = self.units.find("$", self.at)
            if end < 0:
                end = self.length
            if end > self.at:
                parts.append(self.units[self.at : end])
            self.at = end
            if end < self.length:
                self.at += 1
                parts.append(self._dollar())
        return Replacement(parts, self.references)

    def _dollar(self) -> str | int:
        start = self.at
        braced = self.is_at("{") and start + 1 < self.length
        if braced:
            self.at += 1
        unit = self.units[self.at] if self.at < self.length else ""
        part: str | int | None = None
        if "0" <= unit <= "9":
            number = self.scan_number()
            part = number if number in self.numbers else None
            part = self._finish(start, braced, part)
        elif braced and is_word(unit):
            name = self.scan_name()
            part = self._finish(start, True, self.group_numbers.get(name))
        elif not braced and unit == "$":
            self.at += 1
            return "$"
        elif not braced and unit in _SPECIAL:
            self.at += 1
            return _SPECIAL[unit]
        if part is None:
            # Not a reference: the dollar sign stands for itself.
            self.at = start
            return "$"
        return part

    def _finish(self, start: int, braced: bool, number: int | None) -> int | None:
        name = self.units[start + braced : self.at]
        if braced:
            if not self.is_at("}"):
                return None
            self.at += 1
        self.references.append(
            GroupReference(
                name,
                code_point_position(self.units, start - 1),
                code_point_position(self.units, self.at),
                number is not None,
            )
        )
        return number

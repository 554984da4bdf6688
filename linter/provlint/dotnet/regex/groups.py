"""The first pass over a pattern: which groups there are, and their numbers.

.NET numbers unnamed groups from left to right first; names get the numbers that are then free, in
order of appearance. `(?<7>…)` takes the number it says.
Source: https://learn.microsoft.com/dotnet/standard/base-types/grouping-constructs-in-regular-expressions
"""

from __future__ import annotations

from provlint.dotnet.regex.brackets import skip_class
from provlint.dotnet.regex.scanner import (
    EXPLICIT_CAPTURE,
    IGNORE_WHITESPACE,
    Scanner,
    is_word,
)


class Groups:
    """The groups of a pattern.

    Attributes:
        numbers: All group numbers, 0 included.
        names: The number of each named group.
    """

    __slots__ = ("names", "numbers")

    def __init__(self, numbers: set[int], names: dict[str, int]) -> None:
        self.numbers = numbers
        self.names = names

    def number_of(self, name: str) -> int | None:
        """Return the number of a named group, or None."""
        return self.names.get(name)

    def table(self) -> dict[str, int]:
        """Return the number of every group by its name, sorted by number."""
        name_of = {number: name for name, number in self.names.items()}
        return {name_of.get(number, str(number)): number for number in sorted(self.numbers)}


def find_groups(units: str) -> Groups:
    """Read a pattern once and return its groups.

    Raises:
        RegexSyntaxError: An escape, class or comment is malformed. .NET reports such an error
            before any other, however far to the right it stands.
    """
    return _FirstPass(units).run()


class _FirstPass(Scanner):
    def __init__(self, units: str) -> None:
        super().__init__(units)
        self.numbers = {0}
        self.names: list[str] = []
        self.next_number = 1
        self.saved: list[int] = []
        self.is_condition = False

    def run(self) -> Groups:
        units = self.units
        while self.at < self.length:
            unit = units[self.at]
            self.at += 1
            if unit == "\\":
                if self.at < self.length:
                    self._skip_escape()
            elif unit == "#" and self.options & IGNORE_WHITESPACE:
                self.at -= 1
                self.skip_blank()
            elif unit == "[":
                skip_class(self)
            elif unit == ")":
                if self.saved:
                    self.options = self.saved.pop()
            elif unit == "(":
                self._open()
        names: dict[str, int] = {}
        for name in self.names:
            while self.next_number in self.numbers:
                self.next_number += 1
            names[name] = self.next_number
            self.numbers.add(self.next_number)
        return Groups(self.numbers, names)

    def _open(self) -> None:
        if self.is_at("?#"):
            self.at -= 1
            self.skip_blank()
            self.is_condition = False
            return
        self.saved.append(self.options)
        if not self.is_at("?"):
            if not self.options & EXPLICIT_CAPTURE and not self.is_condition:
                self.numbers.add(self.next_number)
                self.next_number += 1
            self.is_condition = False
            return
        self.at += 1
        if self.at + 1 < self.length and self.units[self.at] in "<'":
            self.at += 1
            self._note_name()
        else:
            self.scan_options()
            if self.is_at(")"):
                # `(?i)` is no group: its options stay in force.
                self.at += 1
                self.saved.pop()
            elif self.is_at("("):
                self.is_condition = True
                return
        self.is_condition = False

    def _note_name(self) -> None:
        unit = self.units[self.at]
        if "1" <= unit <= "9":
            self.numbers.add(self.scan_number())
        elif unit != "0" and is_word(unit):
            name = self.scan_name()
            if name not in self.names:
                self.names.append(name)

    def _skip_escape(self) -> None:
        unit = self.units[self.at]
        if unit in "bBAGZzwWsSdDpP":
            self.at += 1
        else:
            read_reference(self)


class Reference:
    """What a backslash construct refers to: a number or a name, and the offset to go on from."""

    __slots__ = ("name", "number")

    def __init__(self, number: int | None, name: str | None) -> None:
        self.number = number
        self.name = name


def read_reference(scanner: Scanner) -> Reference | str:
    r"""Read `\1`, `\k<name>`, `\<name>` or an escape for one unit, after the backslash.

    Returns:
        A reference, or the unit that the escape stands for.
    """
    return _ReferenceReader(scanner).read()


class _ReferenceReader:
    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner

    def read(self) -> Reference | str:
        scanner = self.scanner
        units, length = scanner.units, scanner.length
        start = scanner.at
        unit = units[start]
        close = ""
        if unit == "k":
            if start + 1 < length:
                close = {"<": ">", "'": "'"}.get(units[start + 1], "")
                scanner.at += 2
            if not close or scanner.at == length:
                raise scanner.error("MalformedNamedReference")
            unit = units[scanner.at]
        elif unit in "<'" and start + 1 < length:
            close = ">" if unit == "<" else "'"
            scanner.at += 1
            unit = units[scanner.at]
        if close:
            reference: Reference | None = None
            if "0" <= unit <= "9":
                reference = Reference(scanner.scan_number(), None)
            elif is_word(unit):
                reference = Reference(None, scanner.scan_name())
            if reference is not None and scanner.at < length:
                scanner.at += 1
                if units[scanner.at - 1] == close:
                    return reference
        elif "1" <= unit <= "9":
            return Reference(scanner.scan_number(), None)
        scanner.at = start
        return scanner.scan_escaped_unit()

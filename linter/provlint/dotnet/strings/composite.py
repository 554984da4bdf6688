"""Composite formatting: `{0,5}` and the like, with texts for the places.

Source: https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.dotnet.failure import DotNetError
from provlint.dotnet.strings.units import from_units, to_units

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST: Final = 1_000_000


class _Places:
    """Reads the places of a pattern one character at a time."""

    __slots__ = ("at", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def next(self) -> str:
        self.at += 1
        if self.at >= len(self.pattern):
            raise self.failure("Format item ends prematurely.")
        return self.pattern[self.at]

    def after_blanks(self, character: str) -> str:
        while character == " ":
            character = self.next()
        return character

    def number(self, character: str) -> tuple[int, str]:
        """Read a number; return it with the character after it."""
        if not "0" <= character <= "9":
            raise self.failure("Expected an ASCII digit.")
        number = int(character)
        character = self.next()
        while "0" <= character <= "9" and number < _MOST:
            number = number * 10 + int(character)
            character = self.next()
        return number, character

    def failure(self, problem: str) -> DotNetError:
        return DotNetError(
            "FormatException",
            "Input string was not in a correct format. Failure to parse near offset"
            f" {self.at}. {problem}",
        )


def format_composite(pattern: str, values: Sequence[str]) -> str:
    """Fill texts into a pattern, as `string.Format` does; a format part changes no text.

    Args:
        pattern: the text with places such as `{0}` and `{1,-8}`; `{{` and `}}` stand for braces.
        values: the texts.

    Raises:
        DotNetError: `FormatException`.
    """
    written: list[str] = []
    places = _Places(to_units(pattern))
    while places.at < len(places.pattern):
        brace = places.pattern[places.at]
        if brace not in "{}":
            written.append(brace)
            places.at += 1
            continue
        following = places.next()
        if following == brace:
            written.append(brace)
        elif brace == "}":
            raise places.failure("Unexpected closing brace without a corresponding opening brace.")
        else:
            written.append(_filled(places, following, values))
        places.at += 1
    return from_units("".join(written))


def _filled(places: _Places, character: str, values: Sequence[str]) -> str:
    """Read one place up to its closing brace and return the text for it."""
    index, character = places.number(character)
    character = places.after_blanks(character)
    width, to_left = 0, False
    if character == ",":
        character = places.after_blanks(places.next())
        if character == "-":
            to_left = True
            character = places.next()
        width, character = places.number(character)
        character = places.after_blanks(character)
    if character not in "}:":
        raise places.failure("Format item ends prematurely.")
    while character != "}":
        character = places.next()
        if character == "{":
            raise places.failure("Format item ends prematurely.")
    if index >= len(values):
        raise DotNetError(
            "FormatException",
            "Index (zero based) must be greater than or equal to zero and less than the size of"
            " the argument list.",
        )
    text = to_units(values[index])
    return text.ljust(width) if to_left else text.rjust(width)

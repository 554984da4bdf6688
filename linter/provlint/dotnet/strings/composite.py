"""Composite formatting: `{0,5}` and the like, with texts for the places.

Source: https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.dotnet.strings.failure import DotNetError
from provlint.dotnet.strings.parts import length

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST: Final = 1_000_000


def format_composite(pattern: str, values: Sequence[str]) -> str:
    """Fill texts into a pattern, as `string.Format` does; a format part changes no text.

    Args:
        pattern: the text with places such as `{0}` and `{1,-8}`; `{{` and `}}` stand for braces.
        values: the texts.

    Raises:
        DotNetError: `FormatException`.
    """
    written: list[str] = []
    position = 0
    while position < len(pattern):
        brace = pattern[position]
        position += 1
        if brace not in "{}":
            written.append(brace)
        elif pattern[position : position + 1] == brace:
            written.append(brace)
            position += 1
        elif brace == "}":
            raise _failure(
                position - 1, "Unexpected closing brace without a corresponding opening brace."
            )
        else:
            text, position = _place(pattern, position, values)
            written.append(text)
    return "".join(written)


def _place(pattern: str, position: int, values: Sequence[str]) -> tuple[str, int]:
    index, position = _number(pattern, position, "Expected an ASCII digit.")
    position = _blanks(pattern, position)
    width = 0
    if pattern[position : position + 1] == ",":
        position = _blanks(pattern, position + 1)
        negative = pattern[position : position + 1] == "-"
        width, position = _number(
            pattern, position + 1 if negative else position, "Expected an ASCII digit."
        )
        width = -width if negative else width
        position = _blanks(pattern, position)
    if pattern[position : position + 1] == ":":
        position += 1
        while position < len(pattern) and pattern[position] != "}":
            if pattern[position] == "{":
                raise _failure(position, "Expected an ASCII digit.")
            position += 1
    if position >= len(pattern):
        raise _failure(position, "Format item ends prematurely.")
    if pattern[position] != "}":
        raise _failure(position, "Expected an ASCII digit.")
    if index >= len(values):
        raise DotNetError(
            "FormatException",
            "Index (zero based) must be greater than or equal to zero and less than the size of"
            " the argument list.",
        )
    text = values[index]
    padding = " " * (abs(width) - length(text))
    return (padding + text if width >= 0 else text + padding), position + 1


def _number(pattern: str, position: int, problem: str) -> tuple[int, int]:
    if position >= len(pattern):
        raise _failure(position, "Format item ends prematurely.")
    start = position
    while "0" <= pattern[position : position + 1] <= "9":
        position += 1
        if int(pattern[start:position]) >= _MOST:
            break
    if position == start:
        raise _failure(position, problem)
    return int(pattern[start:position]), position


def _blanks(pattern: str, position: int) -> int:
    while pattern[position : position + 1] == " ":
        position += 1
    return position


def _failure(offset: int, problem: str) -> DotNetError:
    return DotNetError(
        "FormatException",
        f"Input string was not in a correct format. Failure to parse near offset {offset}."
        f" {problem}",
    )

"""Parts of texts, counted in UTF-16 units: a cut may split a character beyond U+FFFF.

Source: https://learn.microsoft.com/dotnet/api/system.string.substring
"""

from __future__ import annotations

from provlint.dotnet.failure import DotNetError
from provlint.dotnet.strings.units import from_units, is_white_space, to_units


def length(text: str) -> int:
    """Return the number of UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def substring(text: str, start: int, count: int | None = None) -> str:
    """Return the part from a 0-based start on, of so many units or up to the end.

    Raises:
        DotNetError: `ArgumentOutOfRangeException` when the part does not lie within the text.
    """
    units = to_units(text)
    if start < 0:
        raise _negative("startIndex", start)
    if start > len(units):
        raise _out_of_range(
            "startIndex cannot be larger than length of string. (Parameter 'startIndex')"
        )
    if count is None:
        return from_units(units[start:])
    if count < 0:
        raise _negative("length", count)
    if start + count > len(units):
        raise _out_of_range(
            "Index and length must refer to a location within the string. (Parameter 'length')"
        )
    return from_units(units[start : start + count])


def left(text: str, count: int) -> str:
    """Return the first units, as Visual Basic's `Left` does.

    Raises:
        DotNetError: `ArgumentException` for a negative count.
    """
    _require_length(count)
    return from_units(to_units(text)[:count])


def right(text: str, count: int) -> str:
    """Return the last units, as Visual Basic's `Right` does.

    Raises:
        DotNetError: `ArgumentException` for a negative count.
    """
    _require_length(count)
    units = to_units(text)
    return from_units(units[max(len(units) - count, 0) :])


def mid(text: str, start: int, count: int | None = None) -> str:
    """Return the part from a 1-based start on, as Visual Basic's `Mid` does.

    Raises:
        DotNetError: `ArgumentException` for a start below 1 or a negative count.
    """
    _require_start(start)
    units = to_units(text)
    if count is None:
        return from_units(units[start - 1 :])
    _require_length(count)
    return from_units(units[start - 1 : start - 1 + count])


def in_string(text: str, sought: str, start: int = 1, *, ignore_case: bool = False) -> int:
    """Return the 1-based place of a text in another, 0 when absent, as `InStr` does.

    Args:
        text: the text to search.
        sought: what is sought; "" is found at the start.
        start: the 1-based place where the search begins.
        ignore_case: compare as text (culture, without case) instead of unit by unit.

    Raises:
        DotNetError: `ArgumentException` for a start below 1.
        UndecidedError: a comparison as text of characters that are not modelled.
    """
    _require_start(start)
    units = to_units(text)
    if not units or start - 1 > len(units):
        return 0
    if not sought:
        return start
    if not ignore_case:
        return units.find(to_units(sought), start - 1) + 1
    from provlint.dotnet.strings.collation import index_of_text

    rest = index_of_text(from_units(units[start - 1 :]), sought, ignore_case=True)
    return start + rest if rest >= 0 else 0


def replace(text: str, old: str, new: str) -> str:
    """Return a text with every occurrence of another replaced, compared unit by unit.

    Raises:
        DotNetError: `ArgumentException` when the text to replace is empty.
    """
    if not old:
        raise DotNetError(
            "ArgumentException", "The value cannot be an empty string. (Parameter 'oldValue')"
        )
    if (text + old).isascii():
        return text.replace(old, new)
    return from_units(to_units(text).replace(to_units(old), to_units(new)))


def split(text: str, separator: str, *, remove_empty: bool = False) -> list[str]:
    """Split a text at every occurrence of a separator; an empty separator never occurs."""
    if separator:
        parts = [from_units(part) for part in to_units(text).split(to_units(separator))]
    else:
        parts = [text]
    return [part for part in parts if part] if remove_empty else parts


def split_at_characters(text: str, separators: str) -> list[str]:
    """Split a text at every unit that is one of the separators; without any, at white space."""
    marks = to_units(separators)
    parts: list[str] = []
    start = 0
    units = to_units(text)
    for place, unit in enumerate(units):
        if unit in marks if marks else is_white_space(unit):
            parts.append(from_units(units[start:place]))
            start = place + 1
    parts.append(from_units(units[start:]))
    return parts


def trim(text: str, characters: str = "", *, start: bool = True, end: bool = True) -> str:
    """Remove white space, or the given characters, from the ends of a text."""
    marks = to_units(characters)
    units = to_units(text)
    first, last = 0, len(units)
    while start and first < last and _is_trimmed(units[first], marks):
        first += 1
    while end and last > first and _is_trimmed(units[last - 1], marks):
        last -= 1
    return from_units(units[first:last])


def _is_trimmed(unit: str, marks: str) -> bool:
    return unit in marks if marks else is_white_space(unit)


def is_blank(text: str) -> bool:
    """Tell whether a text is empty or white space only."""
    return all(is_white_space(character) for character in text)


def without_white_space(text: str) -> str:
    """Return a text without its white space."""
    return "".join([character for character in text if not is_white_space(character)])


def reverse(text: str) -> str:
    """Return the units of a text in reverse order, which tears surrogate pairs apart."""
    return from_units(to_units(text)[::-1])


def pad_left(text: str, width: int, character: str = " ") -> str:
    """Return a text filled up on the left to a width in units.

    Raises:
        DotNetError: `ArgumentOutOfRangeException` for a negative width.
    """
    if width < 0:
        raise _negative("totalWidth", width)
    return character * (width - length(text)) + text


def _require_start(start: int) -> None:
    if start < 1:
        raise DotNetError(
            "ArgumentException", "Argument 'Start' must be greater than zero. (Parameter 'Start')"
        )


def _require_length(count: int) -> None:
    if count < 0:
        raise DotNetError(
            "ArgumentException",
            "Argument 'Length' must be greater or equal to zero. (Parameter 'Length')",
        )


def _negative(parameter: str, number: int) -> DotNetError:
    return _out_of_range(
        f"{parameter} ('{number}') must be a non-negative value. (Parameter '{parameter}')\n"
        f"Actual value was {number}."
    )


def _out_of_range(message: str) -> DotNetError:
    return DotNetError("ArgumentOutOfRangeException", message)

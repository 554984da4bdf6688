"""Writing a date with a .NET format string.

Source: https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.dotnet.dates.cultures import (
    DAY_NAMES,
    INVARIANT,
    MONTH_NAMES,
    SHORT_DAY_NAMES,
    DateCulture,
    date_culture,
)
from provlint.dotnet.dates.moment import (
    LOCAL,
    TICKS_PER_HOUR,
    TICKS_PER_MINUTE,
    UTC,
    DateTime,
    DateTimeOffset,
)
from provlint.dotnet.failure import DotNetError

if TYPE_CHECKING:
    from collections.abc import Callable

_REPEATABLE: Final = frozenset("dfFghHKmMstyz")
_INVARIANT_STANDARD_FORMATS: Final = frozenset("oOrRsu")


def format_date(instant: DateTime | DateTimeOffset, pattern: str, culture: str = "") -> str:
    """Write a date as `DateTime.ToString(pattern, culture)` does.

    Args:
        instant: the date; the time zone of the host is UTC.
        pattern: a standard format of one letter or a custom format; "" means `G`.
        culture: a culture name, "" for the invariant culture.

    Raises:
        DotNetError: `FormatException` for a format that .NET refuses, `CultureNotFoundException`
            for a malformed culture name.
        UndecidedError: the date patterns of the culture are not modelled.
    """
    names = date_culture(culture)
    if isinstance(instant, DateTimeOffset):
        moment, offset = DateTime(instant.ticks), instant.offset
        if not pattern:
            return _formatted(moment, f"{names.standard_pattern('G')} zzz", names, offset)
    else:
        moment, offset = instant, None
    if len(pattern) > 1:
        return _formatted(moment, pattern, names, offset)
    letter = pattern or "G"
    custom = names.standard_pattern(letter)
    if custom is None or (letter == "U" and offset is not None):
        raise _bad_format()
    if letter in _INVARIANT_STANDARD_FORMATS:
        names = INVARIANT
    if offset is not None and letter in "rRu":
        moment = DateTime(moment.ticks - offset)
    return _formatted(moment, custom, names, offset)


def _bad_format() -> DotNetError:
    return DotNetError("FormatException", "Input string was not in a correct format.")


def _formatted(moment: DateTime, pattern: str, names: DateCulture, offset: int | None) -> str:
    written: list[str] = []
    _write(written, moment, pattern, names, offset)
    return "".join(written)


def _write(
    written: list[str], moment: DateTime, pattern: str, names: DateCulture, offset: int | None
) -> None:
    position = 0
    length = len(pattern)
    while position < length:
        letter = pattern[position]
        if letter in _REPEATABLE:
            end = position + 1
            while end < length and pattern[end] == letter:
                end += 1
            count = 1 if letter == "K" else end - position
            if letter == "F":
                _write_short_fraction(written, moment, count)
            else:
                written.append(_WRITERS[letter](moment, count, names, offset))
            position += count
        elif letter in "'\"":
            text, position = read_quoted(pattern, position)
            written.append(text)
        elif letter == "%":
            if position + 1 >= length or pattern[position + 1] == "%":
                raise _bad_format()
            _write(written, moment, pattern[position + 1], names, offset)
            position += 2
        elif letter == "\\":
            if position + 1 >= length:
                raise _bad_format()
            written.append(pattern[position + 1])
            position += 2
        else:
            written.append(letter)
            position += 1


def read_quoted(pattern: str, start: int) -> tuple[str, int]:
    """Read a quoted part of a format string.

    Args:
        pattern: the format string.
        start: the position of the opening quote.

    Returns:
        The text without quotes and escapes, and the position after the closing quote.

    Raises:
        DotNetError: `FormatException` when the quote is not closed.
    """
    quote = pattern[start]
    text: list[str] = []
    position = start + 1
    while position < len(pattern):
        character = pattern[position]
        position += 1
        if character == quote:
            return "".join(text), position
        if character == "\\":
            if position >= len(pattern):
                raise _bad_format()
            character = pattern[position]
            position += 1
        text.append(character)
    raise unclosed_quote(quote)


def unclosed_quote(quote: str) -> DotNetError:
    """Return the error for a quote that is not closed."""
    return DotNetError(
        "FormatException", f"Cannot find a matching quote character for the character '{quote}'."
    )


def _digits(number: int, count: int) -> str:
    return str(number) if count == 1 else f"{number:02d}"


def _day(moment: DateTime, count: int, _: DateCulture, __: int | None) -> str:
    if count <= 2:
        return _digits(moment.date.day, count)
    return (SHORT_DAY_NAMES if count == 3 else DAY_NAMES)[moment.day_of_week]


def _month(moment: DateTime, count: int, names: DateCulture, _: int | None) -> str:
    month = moment.date.month
    if count <= 2:
        return _digits(month, count)
    return (names.short_months if count == 3 else MONTH_NAMES)[month - 1]


def _year(moment: DateTime, count: int, _: DateCulture, __: int | None) -> str:
    year = moment.date.year
    return _digits(year % 100, count) if count <= 2 else str(year).zfill(count)


def _hour12(moment: DateTime, count: int, _: DateCulture, __: int | None) -> str:
    return _digits(moment.hour % 12 or 12, count)


def _hour24(moment: DateTime, count: int, _: DateCulture, __: int | None) -> str:
    return _digits(moment.hour, count)


def _minute(moment: DateTime, count: int, _: DateCulture, __: int | None) -> str:
    return _digits(moment.minute, count)


def _second(moment: DateTime, count: int, _: DateCulture, __: int | None) -> str:
    return _digits(moment.second, count)


def _fraction(moment: DateTime, count: int, _: DateCulture, __: int | None) -> str:
    if count > 7:
        raise _bad_format()
    return f"{moment.fraction:07d}"[:count]


def _write_short_fraction(written: list[str], moment: DateTime, count: int) -> None:
    """Write the digits of `F…`; a point before a fraction of nothing is taken back."""
    text = _fraction(moment, count, INVARIANT, None).rstrip("0")
    if text:
        written.append(text)
        return
    while written and not written[-1]:
        written.pop()
    if written:
        written[-1] = written[-1].removesuffix(".")


def _half_of_day(moment: DateTime, count: int, names: DateCulture, _: int | None) -> str:
    designator = names.morning if moment.hour < 12 else names.evening
    return designator[:1] if count == 1 else designator


def _era(_: DateTime, __: int, names: DateCulture, ___: int | None) -> str:
    return names.eras[0]


def _zone(_: DateTime, count: int, __: DateCulture, offset: int | None) -> str:
    ticks = offset or 0
    sign = "-" if ticks < 0 else "+"
    hours, rest = divmod(abs(ticks), TICKS_PER_HOUR)
    if count <= 2:
        return sign + _digits(hours, count)
    return f"{sign}{hours:02d}:{rest // TICKS_PER_MINUTE:02d}"


def _kind(moment: DateTime, _: int, names: DateCulture, offset: int | None) -> str:
    if offset is not None or moment.kind == LOCAL:
        return _zone(moment, 3, names, offset)
    return "Z" if moment.kind == UTC else ""


_WRITERS: Final[dict[str, Callable[[DateTime, int, DateCulture, int | None], str]]] = {
    "d": _day,
    "f": _fraction,
    "g": _era,
    "h": _hour12,
    "H": _hour24,
    "K": _kind,
    "m": _minute,
    "M": _month,
    "s": _second,
    "t": _half_of_day,
    "y": _year,
    "z": _zone,
}

"""Reading dates: the entrances.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parseexact
"""

from __future__ import annotations

from typing import cast

from provlint.dotnet.dates.cultures import date_culture
from provlint.dotnet.dates.exact_reader import ExactReader
from provlint.dotnet.dates.free_reader import FreeReader
from provlint.dotnet.dates.moment import DateTime, DateTimeOffset
from provlint.dotnet.dates.reading import Reading
from provlint.dotnet.dates.styles import check_styles
from provlint.dotnet.strings.units import to_units


def parse_exact(
    text: str, pattern: str, *, styles: int = 0, culture: str = "", now: DateTime
) -> DateTime:
    """Read a date by a format, as `DateTime.ParseExact` does.

    Args:
        text: the date.
        pattern: a standard format of one letter or a custom format.
        styles: DateTimeStyles, combined; see `parse_styles`.
        culture: a culture name, "" for the invariant culture.
        now: the present; its date is used when the format has no part of a date.

    Raises:
        DotNetError: `FormatException` when text and format do not match, `ArgumentException` for
            styles that exclude each other, `CultureNotFoundException`.
        UndecidedError: the date patterns of the culture are not modelled.
    """
    names = date_culture(culture)
    reading = Reading(to_units(text), check_styles(styles), now, with_offset=False)
    ExactReader(reading, to_units(pattern), names).read()
    return cast(DateTime, reading.complete())


def parse_exact_offset(
    text: str, pattern: str, *, styles: int = 0, culture: str = "", now: DateTime
) -> DateTimeOffset:
    """Read a date with its distance from UTC, as `DateTimeOffset.ParseExact` does.

    Arguments and errors are those of `parse_exact`.
    """
    names = date_culture(culture)
    checked = check_styles(styles, parameter="styles", with_offset=True)
    reading = Reading(to_units(text), checked, now, with_offset=True)
    ExactReader(reading, to_units(pattern), names).read()
    return cast(DateTimeOffset, reading.complete())


def parse(text: str, *, styles: int = 0, culture: str = "", now: DateTime) -> DateTime:
    """Read a date of no fixed format, as `DateTime.Parse` does.

    Args:
        text: the date.
        styles: DateTimeStyles, combined; see `parse_styles`.
        culture: a culture name, "" for the invariant culture, which reads the month first.
        now: the present; it completes a text without year or without date.

    Raises:
        DotNetError: `FormatException`, `ArgumentException`, `CultureNotFoundException`.
        UndecidedError: the date patterns of the culture are not modelled.
    """
    names = date_culture(culture)
    reading = Reading(
        to_units(text), check_styles(styles, parameter="styles"), now, with_offset=False
    )
    return cast(DateTime, FreeReader(reading, names).read())


def parse_offset(text: str, *, styles: int = 0, culture: str = "", now: DateTime) -> DateTimeOffset:
    """Read a date of no fixed format with its distance from UTC, as `DateTimeOffset.Parse` does.

    Arguments and errors are those of `parse`.
    """
    names = date_culture(culture)
    checked = check_styles(styles, parameter="styles", with_offset=True)
    reading = Reading(to_units(text), checked, now, with_offset=True)
    return cast(DateTimeOffset, FreeReader(reading, names).read())

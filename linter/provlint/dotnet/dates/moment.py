"""The value of a .NET DateTime: ticks and kind.

Source: https://learn.microsoft.com/dotnet/api/system.datetime
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from provlint_grammar.named_tuple import NamedTuple

Kind = Literal["Unspecified", "Utc", "Local"]

UNSPECIFIED: Final = "Unspecified"
UTC: Final = "Utc"
LOCAL: Final = "Local"

TICKS_PER_SECOND: Final = 10_000_000
TICKS_PER_MINUTE: Final = 60 * TICKS_PER_SECOND
TICKS_PER_HOUR: Final = 60 * TICKS_PER_MINUTE
TICKS_PER_DAY: Final = 24 * TICKS_PER_HOUR
MAXIMUM_TICKS: Final = 3_155_378_975_999_999_999
"""The last tick of the year 9999."""

_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DateTime(NamedTuple):
    """A point in time as .NET holds it.

    Attributes:
        ticks: units of 100 nanoseconds since 0001-01-01T00:00:00.
        kind: `Utc`, `Local` (the host's zone, here always UTC) or `Unspecified`.
    """

    ticks: int
    kind: Kind = UNSPECIFIED

    @property
    def date(self) -> date:
        """The calendar date."""
        return date.fromordinal(self.ticks // TICKS_PER_DAY + 1)

    @property
    def hour(self) -> int:
        """The hour, 0 to 23."""
        return self.ticks % TICKS_PER_DAY // TICKS_PER_HOUR

    @property
    def minute(self) -> int:
        """The minute, 0 to 59."""
        return self.ticks % TICKS_PER_HOUR // TICKS_PER_MINUTE

    @property
    def second(self) -> int:
        """The second, 0 to 59."""
        return self.ticks % TICKS_PER_MINUTE // TICKS_PER_SECOND

    @property
    def fraction(self) -> int:
        """The part of a second, in ticks, 0 to 9,999,999."""
        return self.ticks % TICKS_PER_SECOND

    @property
    def day_of_week(self) -> int:
        """The day of the week, Sunday being 0."""
        return (self.ticks // TICKS_PER_DAY + 1) % 7


class DateTimeOffset(NamedTuple):
    """A point in time with its distance from UTC.

    Attributes:
        ticks: the clock time at that distance, units of 100 nanoseconds since 0001-01-01.
        offset: distance of the clock time from UTC, in ticks, positive to the east.
    """

    ticks: int
    offset: int


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month of the Gregorian calendar."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTH_LENGTHS[month - 1]


def is_date(year: int, month: int, day: int) -> bool:
    """Tell whether the three numbers name a day of the years 1 to 9999."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def ticks_of(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0
) -> int | None:
    """Return the ticks of a calendar date and time, or None when there is no such time."""
    if not (is_date(year, month, day) and 0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    days = date(year, month, day).toordinal() - 1
    return (
        days * TICKS_PER_DAY
        + hour * TICKS_PER_HOUR
        + minute * TICKS_PER_MINUTE
        + second * TICKS_PER_SECOND
    )

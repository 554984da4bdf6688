"""What both ways of reading a date share: the fields found so far, and how they become a date.

Missing fields, the time zone and the kind are settled here, in .NET's order, so that the exact
and the lenient reader give the same date for the same fields.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parseexact
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.dotnet.dates import styles as style
from provlint.dotnet.dates.moment import (
    LOCAL,
    MAXIMUM_TICKS,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    TICKS_PER_SECOND,
    UNSPECIFIED,
    UTC,
    DateTime,
    DateTimeOffset,
    ticks_of,
)
from provlint.dotnet.failure import DotNetError

if TYPE_CHECKING:
    from datetime import date

ABSENT: Final = -1
MORNING: Final = 0
EVENING: Final = 1

_MAXIMUM_OFFSET: Final = 14 * TICKS_PER_HOUR
_LAST_TWO_DIGIT_YEAR: Final = 2049


class Reading:
    """The fields of one date while its text is read.

    Attributes:
        text: the text that is read, for messages.
        styles: the DateTimeStyles in force.
        now: the present, for fields that are left out.
        with_offset: whether a DateTimeOffset is wanted.
        year: a field that was read, or `ABSENT`; so are the others.
        fraction: the part of a second, 0 up to 1.
        half: `MORNING`, `EVENING` or `ABSENT`.
        offset: the distance from UTC in ticks, or None when the text names no zone.
        is_utc: whether the zone was written as a name of UTC, not as a number.
        calendar: the name of the calendar in the message about fields that name no date; with
            None the message is that of a text of the wrong shape.
        defaulted_year: whether the year was taken from `now`.
    """

    __slots__ = (
        "calendar",
        "day",
        "day_of_week",
        "defaulted_year",
        "fraction",
        "half",
        "hour",
        "is_utc",
        "minute",
        "month",
        "now",
        "offset",
        "second",
        "styles",
        "text",
        "with_offset",
        "year",
    )

    def __init__(self, text: str, styles: int, now: DateTime, *, with_offset: bool) -> None:
        self.text = text
        self.styles = styles
        self.now = now
        self.with_offset = with_offset
        self.year = self.month = self.day = ABSENT
        self.hour = self.minute = self.second = ABSENT
        self.day_of_week = self.half = ABSENT
        self.fraction = 0.0
        self.offset: int | None = None
        self.is_utc = False
        self.defaulted_year = False
        self.calendar: str | None = "System.Globalization.GregorianCalendar"

    def not_a_date(self, shown: str | None = None) -> DotNetError:
        """Return the error for a text that does not have the shape of a date.

        Args:
            shown: what the message shows instead of the text.
        """
        return _error(
            f"String '{self.text if shown is None else shown}' was not recognized as a valid"
            " DateTime."
        )

    def out_of_calendar(self) -> DotNetError:
        """Return the error for fields that name no day or no time of day."""
        if self.calendar is None:
            return self.not_a_date()
        return _error(
            f"The DateTime represented by the string '{self.text}' is not supported in calendar"
            f" '{self.calendar}'."
        )

    def today(self) -> date:
        """Return the present date, at the distance from UTC that was read if that is kept."""
        offset = self.offset if self.with_offset else None
        return DateTime(min(max(self.now.ticks + (offset or 0), 0), MAXIMUM_TICKS)).date

    def is_time_only(self) -> bool:
        """Tell whether no part of the date was read."""
        return self.year == self.month == self.day == ABSENT

    def complete(self) -> DateTime | DateTimeOffset:
        """Turn the fields into a date.

        Raises:
            DotNetError: `FormatException`, when the fields contradict each other or the calendar.
        """
        time_only = self.is_time_only()
        self._fill_in_date()
        ticks = ticks_of(
            self.year,
            self.month,
            self.day,
            max(self.hour, 0),
            max(self.minute, 0),
            max(self.second, 0),
        )
        if ticks is None:
            raise self.out_of_calendar()
        ticks = self.with_fraction(ticks)
        if self.day_of_week not in (ABSENT, DateTime(ticks).day_of_week):
            raise _error(
                f"String '{self.text}' was not recognized as a valid DateTime because the day of"
                " week was incorrect."
            )
        return self.zoned(ticks, time_only=time_only)

    def with_fraction(self, ticks: int) -> int:
        """Add the part of a second to a time.

        Raises:
            DotNetError: `FormatException` beyond the year 9999.
        """
        ticks += round(self.fraction * TICKS_PER_SECOND)
        if ticks > MAXIMUM_TICKS:
            raise self.not_a_date()
        return ticks

    def _fill_in_date(self) -> None:
        if (
            self.with_offset
            and self.offset is not None
            and (self.month != ABSENT or self.day != ABSENT)
            and (self.year == ABSENT or self.defaulted_year)
        ):
            raise _error(
                f"There must be at least a partial date with a year present in the input string"
                f" '{self.text}'."
            )
        if self.is_time_only():
            if self.styles & style.NO_CURRENT_DATE_DEFAULT:
                self.year = self.month = self.day = 1
            else:
                today = self.today()
                self.year, self.month, self.day = today.year, today.month, today.day
            return
        if self.year == ABSENT:
            self.year = self.today().year
        if self.month == ABSENT:
            self.month = 1
        if self.day == ABSENT:
            self.day = 1

    def zoned(self, ticks: int, *, time_only: bool) -> DateTime | DateTimeOffset:
        """Apply the time zone that was read, or that the styles assume.

        Args:
            ticks: the clock time as written.
            time_only: whether the text held no date.

        Raises:
            DotNetError: `FormatException`, when zone or result are out of range.
        """
        if self.with_offset:
            return self._with_offset(ticks)
        styles = self.styles
        offset = self.offset
        if offset is not None and abs(offset) > _MAXIMUM_OFFSET:
            raise self._bad_offset()
        if offset is None:
            if styles & style.ASSUME_LOCAL:
                if not styles & style.ADJUST_TO_UNIVERSAL:
                    return DateTime(ticks, LOCAL)
            elif not styles & style.ASSUME_UNIVERSAL:
                return DateTime(ticks, UNSPECIFIED)
            elif styles & style.ADJUST_TO_UNIVERSAL:
                return DateTime(ticks, UTC)
            offset = 0
        elif styles & style.ROUNDTRIP_KIND and self.is_utc:
            return DateTime(ticks, UTC)
        to_universal = styles & style.ADJUST_TO_UNIVERSAL
        is_first_day = ticks < TICKS_PER_DAY
        ticks -= offset
        if ticks < 0 and (to_universal or is_first_day):
            # .NET takes a time on the first day for a bare time of day, which wraps around.
            ticks += TICKS_PER_DAY
        if not 0 <= ticks <= MAXIMUM_TICKS:
            raise _error(f"The DateTime represented by the string '{self.text}' is out of range.")
        return DateTime(ticks, UTC if to_universal else LOCAL)

    def _with_offset(self, ticks: int) -> DateTimeOffset:
        offset = self.offset or 0
        if not 0 <= ticks - offset <= MAXIMUM_TICKS:
            raise _error(
                f"The UTC representation of the date '{self.text}' falls outside the year range"
                " 1-9999."
            )
        if abs(offset) > _MAXIMUM_OFFSET:
            raise self._bad_offset()
        if self.styles & style.ADJUST_TO_UNIVERSAL:
            return DateTimeOffset(ticks - offset, 0)
        return DateTimeOffset(ticks, offset)

    def _bad_offset(self) -> DotNetError:
        return _error(
            f"The time zone offset of string '{self.text}' must be within plus or minus 14 hours."
        )


def _error(message: str) -> DotNetError:
    return DotNetError("FormatException", message)


def four_digit_year(year: int) -> int:
    """Complete a year below 100: 0 to 49 mean 2000 to 2049, 50 to 99 mean 1950 to 1999.

    This is the rule of .NET 8 and later; before, the border stood at 29.
    """
    return year + 2000 if year <= _LAST_TWO_DIGIT_YEAR % 100 else year + 1900

"""Names and patterns of dates in the cultures that are modelled.

The patterns are those of .NET 8 to 10 with ICU. Entra's date functions take no culture, so the
invariant culture is what counts; `en-US` and `en-GB` are here for comparison.

Source: https://learn.microsoft.com/dotnet/api/system.globalization.datetimeformatinfo
"""

from __future__ import annotations

from typing import Final, Literal

from provlint.dotnet.failure import UndecidedError
from provlint.dotnet.strings.cultures import canonical_culture
from provlint_grammar.named_tuple import NamedTuple

DateOrder = Literal["month-day-year", "day-month-year"]

DAY_NAMES: Final = (
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
)
MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT_DAY_NAMES: Final = tuple(name[:3] for name in DAY_NAMES)
SHORT_MONTH_NAMES: Final = tuple(name[:3] for name in MONTH_NAMES)

ROUND_TRIP_PATTERN: Final = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"
RFC1123_PATTERN: Final = "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"
SORTABLE_PATTERN: Final = "yyyy'-'MM'-'dd'T'HH':'mm':'ss"
UNIVERSAL_SORTABLE_PATTERN: Final = "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"


class DateCulture(NamedTuple):
    """What a culture says about dates.

    Attributes:
        short_date: the pattern behind `d`; the others are named in the same way.
        short_months: the names behind `MMM`.
        morning: the designator behind `tt` before noon.
        evening: the designator behind `tt` from noon on.
        eras: the names that `g` reads; the first is the one written.
        order: the order of three numbers in a date.
        day_first: whether a day precedes its month when the year is left out.
        year_first: whether a year precedes its month when the day is left out.
    """

    short_date: str
    long_date: str
    short_time: str
    long_time: str
    month_day: str
    year_month: str
    short_months: tuple[str, ...]
    morning: str
    evening: str
    eras: tuple[str, ...]
    order: DateOrder
    day_first: bool
    year_first: bool

    def standard_pattern(self, letter: str) -> str | None:
        """Return the custom pattern behind a one-letter format, or None when it has none."""
        match letter:
            case "d":
                return self.short_date
            case "D":
                return self.long_date
            case "f":
                return f"{self.long_date} {self.short_time}"
            case "F" | "U":
                return f"{self.long_date} {self.long_time}"
            case "g":
                return f"{self.short_date} {self.short_time}"
            case "G":
                return f"{self.short_date} {self.long_time}"
            case "m" | "M":
                return self.month_day
            case "o" | "O":
                return ROUND_TRIP_PATTERN
            case "r" | "R":
                return RFC1123_PATTERN
            case "s":
                return SORTABLE_PATTERN
            case "t":
                return self.short_time
            case "T":
                return self.long_time
            case "u":
                return UNIVERSAL_SORTABLE_PATTERN
            case "y" | "Y":
                return self.year_month
        return None


INVARIANT: Final = DateCulture(
    short_date="MM/dd/yyyy",
    long_date="dddd, dd MMMM yyyy",
    short_time="HH:mm",
    long_time="HH:mm:ss",
    month_day="MMMM dd",
    year_month="yyyy MMMM",
    short_months=SHORT_MONTH_NAMES,
    morning="AM",
    evening="PM",
    eras=("A.D.", "AD"),
    order="month-day-year",
    day_first=False,
    year_first=True,
)
_CULTURES: Final = {
    "": INVARIANT,
    "en-us": INVARIANT._replace(
        short_date="M/d/yyyy",
        long_date="dddd, MMMM d, yyyy",
        short_time="h:mm\u202ftt",
        long_time="h:mm:ss\u202ftt",
        month_day="MMMM d",
        year_month="MMMM yyyy",
        eras=("AD", "A"),
        year_first=False,
    ),
    "en-gb": INVARIANT._replace(
        short_date="dd/MM/yyyy",
        long_date="dddd, d MMMM yyyy",
        month_day="d MMMM",
        year_month="MMMM yyyy",
        short_months=tuple("Sept" if name == "Sep" else name for name in SHORT_MONTH_NAMES),
        morning="am",
        evening="pm",
        eras=("AD",),
        order="day-month-year",
        day_first=True,
        year_first=False,
    ),
}


def date_culture(culture: str) -> DateCulture:
    """Return the names and patterns of a culture.

    Raises:
        DotNetError: `CultureNotFoundException` when the name is not well formed.
        UndecidedError: the culture is known to .NET, and its date patterns are not modelled.
    """
    found = _CULTURES.get(culture)
    if found is not None:
        return found
    name = canonical_culture(culture)
    found = _CULTURES.get(name.lower())
    if found is None:
        raise UndecidedError(f"date patterns of the culture `{name}`")
    return found

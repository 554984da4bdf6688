"""DateAdd and DateDiff, which count as Visual Basic does.

Source: https://learn.microsoft.com/dotnet/api/microsoft.visualbasic.dateandtime
"""

from __future__ import annotations

from datetime import date
from typing import Final

from provlint.dotnet.dates.moment import (
    MAXIMUM_TICKS,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    TICKS_PER_MINUTE,
    TICKS_PER_SECOND,
    UNSPECIFIED,
    DateTime,
    days_in_month,
)
from provlint.dotnet.failure import DotNetError

_TICKS_BY_INTERVAL: Final = {
    "y": TICKS_PER_DAY,
    "d": TICKS_PER_DAY,
    "w": TICKS_PER_DAY,
    "ww": 7 * TICKS_PER_DAY,
    "h": TICKS_PER_HOUR,
    "n": TICKS_PER_MINUTE,
    "s": TICKS_PER_SECOND,
}
_MOST_MONTHS: Final = 120_000
_UNREPRESENTABLE: Final = "The added or subtracted value results in an un-representable DateTime."
_MONTHS_BY_INTERVAL: Final = {"yyyy": 12, "q": 3, "m": 1}

INTERVALS: Final = frozenset(_TICKS_BY_INTERVAL) | frozenset(_MONTHS_BY_INTERVAL)


def add(interval: str, value: float, instant: DateTime) -> DateTime:
    """Add a number of intervals to a date.

    Args:
        interval: `yyyy`, `q`, `m`, `y`, `d`, `w` (all three a day), `ww`, `h`, `n` (minute) or
            `s`, in any letter case.
        value: how many; a fraction is cut off.
        instant: the date. Its kind is kept, except for `yyyy` and `m`.

    Raises:
        DotNetError: `ArgumentException` for an unknown interval, `ArgumentOutOfRangeException`
            beyond the years 1 to 9999, `OverflowException` beyond 32 bits.
    """
    name = _interval(interval)
    count = _whole(value)
    if name == "q":
        return _add_months(instant, _checked(3 * count), by_calendar=False)
    if name in ("yyyy", "m"):
        months = 12 * count if name == "yyyy" else count
        return _add_months(instant, _wrapped(months), by_calendar=True)
    unit = _TICKS_BY_INTERVAL[name]
    elapsed = count * unit
    if abs(elapsed) // min(unit, TICKS_PER_DAY) > MAXIMUM_TICKS // min(unit, TICKS_PER_DAY):
        raise _out_of_range("Value to add was out of range. (Parameter 'value')")
    ticks = instant.ticks + elapsed
    if not 0 <= ticks <= MAXIMUM_TICKS:
        raise _out_of_range(f"{_UNREPRESENTABLE} (Parameter 'value')")
    return DateTime(ticks, instant.kind)


def diff(interval: str, first: DateTime, second: DateTime) -> int:
    """Count the intervals from the first date to the second.

    Years, quarters and months are counted by the calendar fields; `ww` counts the Sundays that
    are crossed; the others count whole elapsed units, cut off towards zero.

    Raises:
        DotNetError: `ArgumentException` for an unknown interval.
    """
    name = _interval(interval)
    elapsed = second.ticks - first.ticks
    months = _MONTHS_BY_INTERVAL.get(name)
    if months is not None:
        years = second.date.year - first.date.year
        if name == "yyyy":
            return years
        if name == "q":
            return 4 * years + (second.date.month - 1) // 3 - (first.date.month - 1) // 3
        return 12 * years + second.date.month - first.date.month
    if name == "ww":
        # Both dates go back to their Sunday; before 0001-01-07 there is none to go back to.
        first_ticks = first.ticks - first.day_of_week * TICKS_PER_DAY
        second_ticks = second.ticks - second.day_of_week * TICKS_PER_DAY
        if first_ticks < 0 or second_ticks < 0:
            raise _out_of_range(f"{_UNREPRESENTABLE} (Parameter 'value')")
        elapsed = second_ticks - first_ticks
    # .NET divides floating-point numbers, which can lose one over some thousand years.
    whole = int(float(elapsed) / _TICKS_BY_INTERVAL["d" if name == "ww" else name])
    return int(whole / 7) if name in ("w", "ww") else whole


def _interval(interval: str) -> str:
    name = interval.lower()
    if name not in INTERVALS:
        raise DotNetError("ArgumentException", "Argument 'Interval' is not a valid value.")
    return name


def _whole(value: float) -> int:
    try:
        return _checked(int(value))
    except (OverflowError, ValueError):
        raise _overflow() from None


def _checked(number: int) -> int:
    if not -(2**31) <= number < 2**31:
        raise _overflow()
    return number


def _wrapped(number: int) -> int:
    """Return the number as a 32-bit integer holds it: .NET turns years into months unguarded."""
    return (number + 2**31) % 2**32 - 2**31


def _add_months(instant: DateTime, months: int, *, by_calendar: bool) -> DateTime:
    """Add months; a day that the month lacks becomes its last.

    Years and months go by way of the calendar, which forgets the kind; quarters do not.
    """
    if not -_MOST_MONTHS <= months <= _MOST_MONTHS:
        raise _out_of_range(
            f"Valid values are between -{_MOST_MONTHS} and {_MOST_MONTHS}, inclusive. (Parameter"
            f" 'months')\nActual value was {months}."
            if by_calendar
            else f"Months value must be between +/-{_MOST_MONTHS}. (Parameter 'months')"
        )
    found = instant.date
    year, month = divmod(found.year * 12 + found.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise _out_of_range(
            "Year, Month, and Day parameters describe an un-representable DateTime."
            if by_calendar
            else f"{_UNREPRESENTABLE} (Parameter 'months')"
        )
    day = min(found.day, days_in_month(year, month + 1))
    days = date(year, month + 1, day).toordinal() - 1
    ticks = days * TICKS_PER_DAY + instant.ticks % TICKS_PER_DAY
    return DateTime(ticks, UNSPECIFIED if by_calendar else instant.kind)


def _out_of_range(message: str) -> DotNetError:
    return DotNetError("ArgumentOutOfRangeException", message)


def _overflow() -> DotNetError:
    return DotNetError("OverflowException", "Arithmetic operation resulted in an overflow.")

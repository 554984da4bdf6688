"""How finished dates and times become fields.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parse
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.dotnet.dates.moment import is_date
from provlint.dotnet.dates.reading import ABSENT, Reading, four_digit_year
from provlint.dotnet.dates.tokens import UNIT_FIELDS

if TYPE_CHECKING:
    from provlint.dotnet.dates.cultures import DateCulture


class Assembly:
    """The numbers and names read so far, and the fields made of them.

    Attributes:
        numbers: the numbers since the last finished date or time.
        year: the number of three digits or more, or with a unit of year, or `ABSENT`.
        month: the month that was named, or `ABSENT`.
    """

    __slots__ = (
        "_has_date",
        "_has_time",
        "_names",
        "_reading",
        "_unit_fields",
        "month",
        "numbers",
        "year",
    )

    def __init__(self, reading: Reading, names: DateCulture) -> None:
        self._reading = reading
        self._names = names
        self.numbers: list[int] = []
        self.year = self.month = ABSENT
        self._has_date = self._has_time = False
        self._unit_fields: set[str] = set()

    def set_unit(self, unit: int, number: int) -> None:
        """Set the field that a unit names.

        Raises:
            DotNetError: `FormatException` when the unit occurs twice.
        """
        field = UNIT_FIELDS[unit]
        if field in self._unit_fields:
            raise self._reading.not_a_date()
        self._unit_fields.add(field)
        setattr(self._reading, field, number)
        if field == "year":
            self.year = number
        elif field == "month":
            self.month = number

    def finish(self, shape: str) -> None:
        """Turn the parts of a finished date or time into fields.

        Args:
            shape: a finished shape of `SHAPES`, such as `date MNN`.

        Raises:
            DotNetError: `FormatException` for a second date or time, or one that does not exist.
        """
        kind, parts = shape.split()
        if kind == "time":
            self._finish_time(parts)
        elif "n" in parts:
            self._finish_date_of_units(parts)
        else:
            self._finish_date(parts)
        self.numbers = []

    def _finish_time(self, parts: str) -> None:
        reading = self._reading
        if parts == "t":
            return
        if self._has_time or (parts == "N" and reading.half == ABSENT):
            raise reading.not_a_date()
        numbers = [*self.numbers, 0, 0]
        reading.hour = numbers[0]
        if parts != "N":
            reading.minute = numbers[1]
        if parts == "NNN":
            reading.second = numbers[2]
        self._has_time = True

    def _finish_date(self, parts: str) -> None:
        reading = self._reading
        if self._has_date:
            raise reading.not_a_date()
        for year, month, day in self._dates(parts):
            if is_date(year, month, day):
                reading.year, reading.month, reading.day = year, month, day
                self._has_date = True
                return
        raise reading.not_a_date()

    def _dates(self, parts: str) -> list[tuple[int, int, int]]:
        """Return the readings of a finished date as year, month and day, the best first."""
        names, month = self._names, self.month
        numbers = [*self.numbers, 0, 0, 0]
        first, second, third = numbers[0], numbers[1], numbers[2]
        is_day_first = names.order == "day-month-year"
        match parts:
            case "NN":
                year = self._current_year()
                return [(year, second, first) if names.day_first else (year, first, second)]
            case "NNN":
                year = _adjusted(third)
                return [(year, second, first) if is_day_first else (year, first, second)]
            case "MN":
                if names.day_first and not names.year_first:
                    return [(_adjusted(first), month, 1)]
                return [(self._current_year(), month, first)]
            case "NM":
                if not names.day_first and names.year_first:
                    return [(_adjusted(first), month, 1)]
                return [(self._current_year(), month, first)]
            case "MNN":
                return [(_adjusted(second), month, first), (_adjusted(first), month, second)]
            case "YNN":
                return [(self.year, first, second)]
            case "NNY":
                if is_day_first:
                    return [(self.year, second, first)]
                return [(self.year, first, second)]
            case "YMN":
                return [(self.year, month, first)]
            case "YN":
                return [(self.year, first, 1)]
        return [(self.year, month, 1)]

    def _current_year(self) -> int:
        self._reading.defaulted_year = True
        return self._reading.today().year

    def _finish_date_of_units(self, parts: str) -> None:
        """Complete a date some numbers of which carry a unit."""
        reading = self._reading
        if parts == "n":
            return
        if parts == "nN":
            if len(self.numbers) != 1 or reading.day != ABSENT:
                raise reading.not_a_date()
            reading.day = self.numbers[0]
        elif parts == "Nn":
            if reading.month == ABSENT or reading.year != ABSENT:
                raise reading.not_a_date()
            reading.year, reading.day = _adjusted(self.numbers[0]), 1
        else:
            self._finish_date_of_two_numbers()

    def _finish_date_of_two_numbers(self) -> None:
        reading = self._reading
        first, second = self.numbers
        units = self._unit_fields & {"year", "month", "day"}
        if units == {"year"}:
            found = (reading.year, first, second)
        elif units == {"month"}:
            found = (_adjusted(second), reading.month, first)
        else:
            raise reading.not_a_date()
        if not is_date(*found):
            raise reading.not_a_date()
        reading.year, reading.month, reading.day = found


def _adjusted(year: int) -> int:
    return four_digit_year(year) if year < 100 else year

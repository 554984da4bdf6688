"""Reading a date of no fixed format, as CDate does.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parse
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.dotnet.dates import shapes, tokens
from provlint.dotnet.dates.assembly import Assembly
from provlint.dotnet.dates.moment import (
    TICKS_PER_MINUTE,
    DateTime,
    DateTimeOffset,
    ticks_of,
)
from provlint.dotnet.dates.reading import ABSENT, EVENING, MORNING, Reading, four_digit_year
from provlint.dotnet.failure import DotNetError
from provlint.dotnet.strings.units import is_letter, is_white_space
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.dotnet.dates.cultures import DateCulture


class _Part(NamedTuple):
    """A part of a date as the shapes know it; a number with a unit carries unit and value."""

    kind: str
    unit: int = ABSENT
    number: int = 0


_NOTHING: Final = _Part(shapes.NOTHING)
_LAST: Final = frozenset({shapes.END, shapes.NUMBER_END, shapes.MONTH_END})


class FreeReader:
    """Reads one text of no fixed format.

    Attributes:
        reading: the fields found so far.
    """

    __slots__ = (
        "_cursor",
        "_parts",
        "_state",
        "reading",
    )

    def __init__(self, reading: Reading, names: DateCulture) -> None:
        self.reading = reading
        reading.hour = reading.minute = reading.second = 0
        self._cursor = tokens.Cursor(reading.text, tokens.words_of(names))
        self._state = shapes.START
        self._parts = Assembly(reading, names)

    def read(self) -> DateTime | DateTimeOffset:
        """Read the whole text.

        Raises:
            DotNetError: `FormatException`.
        """
        reading = self.reading
        is_finished = False
        while True:
            part = self._next_part()
            if part is not _NOTHING:
                if part.unit != ABSENT:
                    self._parts.set_unit(part.unit, part.number)
                if part.kind == shapes.NUMBER_MARK:
                    if self._state not in ("YN", "YN-"):
                        raise reading.not_a_date()
                    return self._read_iso_time()
                following = shapes.SHAPES[self._state].get(part.kind)
                if following is None:
                    raise reading.not_a_date()
                if following in shapes.SHAPES:
                    self._state = following
                else:
                    self._parts.finish(following)
                    is_finished = True
                    self._state = shapes.START
            if part.kind in _LAST:
                break
        if not is_finished:
            raise reading.not_a_date()
        self._settle_half()
        return reading.complete()

    def _settle_half(self) -> None:
        reading = self.reading
        if reading.half == MORNING:
            if reading.hour > 12:
                raise reading.not_a_date()
            reading.hour %= 12
        elif reading.half == EVENING:
            if reading.hour > 23:
                raise reading.not_a_date()
            if reading.hour < 12:
                reading.hour += 12

    def _next_part(self) -> _Part:
        cursor = self._cursor
        cursor.skip_white_space()
        if cursor.at_end():
            return _Part(shapes.END)
        if "0" <= cursor.current() <= "9":
            return self._number_part()
        word = cursor.word()
        match word.kind:
            case tokens.MONTH:
                return self._month_part(word.number)
            case tokens.WEEKDAY:
                if self.reading.day_of_week != ABSENT:
                    raise self.reading.not_a_date()
                self.reading.day_of_week = word.number
                return _Part(shapes.WEEKDAY)
            case tokens.UTC_NAME:
                if self.reading.offset is not None:
                    raise self.reading.not_a_date()
                self.reading.offset = 0
                self.reading.is_utc = True
                return _Part(shapes.ZONE)
            case tokens.HALF_OF_DAY:
                self._set_half(word.number)
                return _NOTHING
            case tokens.ERA:
                return _Part(shapes.ERA)
            case tokens.IGNORED:
                return _NOTHING
        return self._unknown_part()

    def _unknown_part(self) -> _Part:
        cursor = self._cursor
        if is_letter(cursor.current()):
            raise DotNetError(
                "FormatException",
                f"The string '{cursor.text}' was not recognized as a valid DateTime. There is an"
                f" unknown word starting at index '{cursor.at}'.",
            )
        if cursor.current() in "+-" and self.reading.offset is None:
            self._read_zone()
        elif not cursor.passes_punctuation():
            raise self.reading.not_a_date()
        return _NOTHING

    def _set_half(self, half: int) -> None:
        if self.reading.half != ABSENT:
            raise self.reading.not_a_date()
        self.reading.half = half

    def _number_part(self) -> _Part:
        cursor = self._cursor
        digits = cursor.digits()
        if len(self._parts.numbers) == 3 or len(digits) > tokens.MOST_DIGITS:
            raise self.reading.not_a_date()
        if self._state == "N:N:" and cursor.current() in (".", ",") and self._has_more():
            self._read_fraction()
        if self._state in ("N:", "N:N:"):
            self._read_zone_after_time()
        number = int(digits)
        if len(digits) >= 3:
            return self._year_part(number)
        start = cursor.at
        separator = cursor.separator()
        match separator.kind:
            case tokens.AT_END:
                kind = shapes.NUMBER_END
            case tokens.HALF_OF_DAY:
                if self.reading.half != ABSENT:
                    # .NET notes the error, forgets it, and goes on without the number.
                    if self._state in ("N:", "N:N:"):
                        self._read_zone_after_time()
                    return _NOTHING
                self._set_half(separator.number)
                kind = shapes.NUMBER_HALF
                if self._state == "N-N":
                    self._parts.finish("date NN")
            case tokens.BLANK:
                kind = shapes.NUMBER_BLANK
            case tokens.DATE_SEPARATOR:
                kind = shapes.NUMBER_DATE
            case tokens.DATE_OR_ZONE:
                kind = self._date_or_zone(start, shapes.NUMBER_DATE, shapes.NUMBER_BLANK)
            case tokens.TIME_SEPARATOR:
                kind = shapes.NUMBER_TIME
            case tokens.TIME_MARK:
                kind = shapes.NUMBER_MARK
            case tokens.DATE_UNIT:
                if separator.number == 0:
                    number = four_digit_year(number)
                return _Part(shapes.NUMBER_DATE_UNIT, separator.number, number)
            case _:
                return _Part(shapes.NUMBER_TIME_UNIT, separator.number, number)
        self._parts.numbers.append(number)
        if kind == shapes.NUMBER_HALF and self._state in ("N:", "N:N:"):
            self._read_zone_after_time()
        return _Part(kind)

    def _year_part(self, number: int) -> _Part:
        cursor = self._cursor
        if self._parts.year != ABSENT:
            raise self.reading.not_a_date()
        self._parts.year = number
        start = cursor.at
        separator = cursor.separator()
        match separator.kind:
            case tokens.AT_END:
                return _Part(shapes.YEAR_END)
            case tokens.HALF_OF_DAY:
                if self.reading.half != ABSENT:
                    return _NOTHING
                self._set_half(separator.number)
                return _Part(shapes.YEAR_BLANK)
            case tokens.BLANK:
                return _Part(shapes.YEAR_BLANK)
            case tokens.DATE_SEPARATOR:
                return _Part(shapes.YEAR_DATE)
            case tokens.DATE_OR_ZONE:
                return _Part(self._date_or_zone(start, shapes.YEAR_DATE, shapes.YEAR_BLANK))
            case tokens.DATE_UNIT:
                return _Part(shapes.NUMBER_DATE_UNIT, separator.number, number)
            case tokens.TIME_UNIT:
                return _Part(shapes.NUMBER_TIME_UNIT, separator.number, number)
        raise self.reading.not_a_date()

    def _month_part(self, month: int) -> _Part:
        cursor = self._cursor
        if self._parts.month != ABSENT:
            raise self.reading.not_a_date()
        start = cursor.at
        separator = cursor.separator()
        match separator.kind:
            case tokens.AT_END:
                kind = shapes.MONTH_END
            case tokens.BLANK:
                kind = shapes.MONTH_BLANK
            case tokens.DATE_SEPARATOR:
                kind = shapes.MONTH_DATE
            case tokens.DATE_OR_ZONE:
                kind = self._date_or_zone(start, shapes.MONTH_DATE, shapes.MONTH_BLANK)
            case _:
                raise self.reading.not_a_date()
        self._parts.month = month
        return _Part(kind)

    def _date_or_zone(self, start: int, as_date: str, as_blank: str) -> str:
        """Take a hyphen for a date separator where one can stand, else leave it unread."""
        following = shapes.SHAPES[self._state]
        if as_date not in following and following.get(as_blank) not in (None, *shapes.SHAPES):
            self._cursor.at = start
            return as_blank
        return as_date

    def _has_more(self) -> bool:
        return self._cursor.at < len(self._cursor.text) - 1

    def _read_fraction(self) -> str:
        cursor = self._cursor
        cursor.at += 1
        digits = cursor.digits()
        # Added up digit by digit, as .NET does: the last tick depends on it.
        place, fraction = 0.1, 0.0
        for digit in digits:
            fraction += int(digit) * place
            place *= 0.1
        self.reading.fraction = fraction
        return digits

    def _read_zone_after_time(self) -> None:
        cursor = self._cursor
        at = cursor.at
        last = len(cursor.text) - 1
        if at >= last:
            return
        while at < last and is_white_space(cursor.text[at]):
            at += 1
        if cursor.text[at] in "+-":
            if self.reading.offset is not None:
                raise self.reading.not_a_date()
            cursor.at = at
            self._read_zone()

    def _read_zone(self) -> None:
        """Read a distance from UTC such as `+2`, `+02:00` or `-0800`."""
        cursor = self._cursor
        sign = cursor.current()
        cursor.at += 1
        digits = cursor.digits()
        minutes = 0
        if len(digits) in (1, 2):
            hours = int(digits)
            if cursor.current() == ":":
                cursor.at += 1
                minute_digits = cursor.digits()
                if len(minute_digits) not in (1, 2):
                    raise self.reading.not_a_date()
                minutes = int(minute_digits)
        elif len(digits) in (3, 4):
            hours, minutes = divmod(int(digits), 100)
        else:
            raise self.reading.not_a_date()
        if minutes >= 60:
            raise self.reading.not_a_date()
        offset = (hours * 60 + minutes) * TICKS_PER_MINUTE
        self.reading.offset = offset if sign == "+" else -offset

    def _read_iso_time(self) -> DateTime | DateTimeOffset:
        """Read the time after the `T` of an ISO 8601 date, and the rest of the text."""
        reading, cursor = self.reading, self._cursor
        clock = [self._two_digits()]
        if cursor.current() != ":":
            raise reading.not_a_date()
        while cursor.current() == ":" and len(clock) < 3:
            cursor.at += 1
            clock.append(self._two_digits(skip_after=len(clock) < 2))
        if len(clock) == 3:
            if cursor.current() in (".", ",") and not self._read_fraction():
                raise reading.not_a_date()
            cursor.skip_white_space()
        self._read_iso_end()
        ticks = ticks_of(self._parts.year, self._parts.numbers[0], self._parts.numbers[1], *clock)
        if ticks is None:
            raise reading.out_of_calendar()
        return reading.zoned(reading.with_fraction(ticks), time_only=False)

    def _two_digits(self, *, skip_after: bool = True) -> int:
        cursor = self._cursor
        cursor.skip_white_space()
        digits = cursor.digits(2)
        if len(digits) < 2:
            raise self.reading.not_a_date()
        if skip_after:
            cursor.skip_white_space()
        return int(digits)

    def _read_iso_end(self) -> None:
        reading, cursor = self.reading, self._cursor
        if cursor.at_end():
            return
        if cursor.current() in "+-":
            self._read_zone()
        elif cursor.current() in "Zz":
            reading.offset = 0
            reading.is_utc = True
            cursor.at += 1
        cursor.skip_white_space()
        for sign in "#\0":
            if cursor.current() == sign:
                if not cursor.passes_punctuation():
                    raise reading.not_a_date()
                cursor.skip_white_space()
        if not cursor.at_end():
            raise reading.not_a_date()

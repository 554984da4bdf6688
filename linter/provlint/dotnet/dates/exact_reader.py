"""Reading a date by a .NET format string.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parseexact
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provlint.dotnet.dates import styles as style
from provlint.dotnet.dates.blanks import (
    trim_end,
    trim_quoted_end,
    trim_quoted_start,
    white_space_end,
)
from provlint.dotnet.dates.cultures import (
    DAY_NAMES,
    INVARIANT,
    MONTH_NAMES,
    RFC1123_PATTERN,
    SHORT_DAY_NAMES,
    UNIVERSAL_SORTABLE_PATTERN,
    DateCulture,
)
from provlint.dotnet.dates.moment import TICKS_PER_MINUTE
from provlint.dotnet.dates.reading import ABSENT, EVENING, MORNING, Reading, four_digit_year
from provlint.dotnet.dates.writing import read_quoted, unclosed_quote
from provlint.dotnet.failure import DotNetError
from provlint.dotnet.strings.units import is_letter, is_white_space

if TYPE_CHECKING:
    from collections.abc import Callable

_INVARIANT_STANDARD_FORMATS: Final = frozenset("oOrRsu")
_IGNORED_WITH_OFFSET: Final = style.ROUNDTRIP_KIND | style.ASSUME_LOCAL
_SPACES: Final = frozenset(" \u00a0\u202f")


class ExactReader:
    """Reads one text by one format, left to right.

    Attributes:
        reading: the fields found so far.
    """

    __slots__ = (
        "_after_missing_blank",
        "_any_minutes",
        "_format",
        "_format_at",
        "_fraction_read",
        "_inner_white",
        "_names",
        "_standard",
        "_text",
        "_text_at",
        "_trailing_white",
        "_twelve_hours",
        "_two_digit_year",
        "reading",
    )

    def __init__(self, reading: Reading, pattern: str, names: DateCulture) -> None:
        self.reading = reading
        self._text = reading.text
        self._text_at = 0
        self._format = pattern
        self._format_at = 0
        self._names = names
        self._standard = ""
        self._inner_white = bool(reading.styles & style.ALLOW_INNER_WHITE)
        self._trailing_white = bool(reading.styles & style.ALLOW_TRAILING_WHITE)
        self._two_digit_year = self._twelve_hours = self._fraction_read = False
        self._after_missing_blank = self._any_minutes = False

    def read(self) -> None:
        """Read the whole text into the fields.

        Raises:
            DotNetError: `FormatException`, for the format or for the text.
        """
        reading = self.reading
        if not self._text:
            raise reading.not_a_date()
        if not self._format:
            raise self._bad_specifier()
        if len(self._format) == 1:
            self._expand_standard_format()
        pattern = self._format
        self._trim()
        while self._format_at < len(self._format):
            if self._inner_white:
                self._skip_white_space()
            after_missing_blank, self._after_missing_blank = self._after_missing_blank, False
            try:
                self._read_specifier()
            except DotNetError as error:
                if not after_missing_blank:
                    raise
                # .NET shows the format here when the format is at fault.
                at_fault = error.message == self._bad_specifier().message
                raise reading.not_a_date(self._format if at_fault else None) from None
        self._format = pattern
        if self._text_at < len(self._text):
            raise reading.not_a_date()
        self._settle_year()
        self._settle_hour()

    def _settle_year(self) -> None:
        reading = self.reading
        if self._two_digit_year:
            if reading.year >= 100:
                raise reading.not_a_date()
            reading.year = four_digit_year(reading.year)

    def _settle_hour(self) -> None:
        reading = self.reading
        if self._twelve_hours:
            if reading.hour > 12:
                raise reading.not_a_date()
            reading.hour = reading.hour % 12 + (12 if reading.half == EVENING else 0)
        elif (reading.half == MORNING and reading.hour >= 12) or (
            reading.half == EVENING and reading.hour < 12
        ):
            raise reading.not_a_date()

    def _expand_standard_format(self) -> None:
        letter = self._format
        pattern = self._names.standard_pattern(letter)
        if pattern is None:
            raise DotNetError("FormatException", "Input string was not in a correct format.")
        if letter in _INVARIANT_STANDARD_FORMATS:
            self._names = INVARIANT
        if letter == "U":
            if self.reading.with_offset:
                raise self._bad_specifier()
            self._set_zone(0, is_utc=True, letter=letter)
        if not self.reading.styles & ~(_IGNORED_WITH_OFFSET if self.reading.with_offset else 0):
            # A quicker reader of .NET takes these over; it differs in small things.
            if letter in "rR":
                self.reading.calendar = ""
            elif letter in "oO":
                self.reading.calendar = None
                self._any_minutes = True
        self._standard = pattern
        self._format = pattern

    def _trim(self) -> None:
        """Drop blanks at the ends of text and format, as far as the styles allow it."""
        styles = self.reading.styles
        if styles & style.ALLOW_TRAILING_WHITE:
            self._format = trim_quoted_end(trim_end(self._format))
            self._text = trim_end(self._text)
        if styles & style.ALLOW_LEADING_WHITE:
            self._format = trim_quoted_start(self._format, white_space_end(self._format, 0))
            self._format_at = white_space_end(self._format, 0)
            self._text_at = white_space_end(self._text, 0)

    def _bad_specifier(self) -> DotNetError:
        return DotNetError("FormatException", f"Format specifier '{self._format}' was invalid.")

    def _skip_white_space(self) -> None:
        self._text_at = white_space_end(self._text, self._text_at)

    def _read_specifier(self) -> None:
        letter = self._format[self._format_at]
        self._format_at += 1
        reader = _READERS.get(letter)
        if reader is None:
            self._read_literal(letter)
            return
        count = 1
        if letter in _REPEATABLE:
            while self._format[self._format_at : self._format_at + 1] == letter:
                self._format_at += 1
                count += 1
        reader(self, letter, count)

    def _take(self, character: str) -> bool:
        if self._text[self._text_at : self._text_at + 1] == character:
            self._text_at += 1
            return True
        return False

    def _take_word(self, word: str) -> bool:
        end = self._text_at + len(word)
        found = self._text[self._text_at : end]
        if len(found) == len(word) and found.isascii() and found.lower() == word.lower():
            self._text_at = end
            return True
        return False

    def _take_longest(self, words: tuple[str, ...]) -> int:
        start = self._text_at
        best, end = ABSENT, start
        for index, word in enumerate(words):
            self._text_at = start
            if self._take_word(word) and self._text_at > end:
                best, end = index, self._text_at
        self._text_at = end
        if best == ABSENT:
            raise self.reading.not_a_date()
        return best

    def _digits(self, least: int, most: int) -> int:
        start = end = self._text_at
        while end < len(self._text) and end - start < most and "0" <= self._text[end] <= "9":
            end += 1
        if end - start < least:
            raise self.reading.not_a_date()
        self._text_at = end
        # A year may have any number of digits; the last 32 decide its 32 bits.
        return int(self._text[start:end][-32:])

    def _number(self, count: int) -> int:
        return self._digits(1, 2) if count == 1 else self._digits(count, count)

    def _set(self, field: str, number: int, letter: str) -> None:
        if getattr(self.reading, field) not in (ABSENT, number):
            raise self._repeated(letter)
        setattr(self.reading, field, number)

    def _repeated(self, letter: str) -> DotNetError:
        return DotNetError(
            "FormatException",
            f"DateTime pattern '{letter}' appears more than once with different values.",
        )

    def _set_zone(self, offset: int, *, is_utc: bool, letter: str) -> None:
        if self.reading.offset not in (None, offset):
            raise self._repeated(letter)
        self.reading.offset = offset
        self.reading.is_utc = self.reading.is_utc or is_utc

    def _read_year(self, letter: str, count: int) -> None:
        if count <= 2:
            self._two_digit_year = True
        self._set("year", _wrapped(self._number(count)), letter)

    def _read_month(self, letter: str, count: int) -> None:
        if count <= 2:
            month = self._number(count)
        else:
            names = self._names.short_months if count == 3 else MONTH_NAMES
            month = self._take_longest(names) + 1
        self._set("month", month, letter)

    def _read_day(self, letter: str, count: int) -> None:
        if count <= 2:
            self._set("day", self._number(count), letter)
        else:
            names = SHORT_DAY_NAMES if count == 3 else DAY_NAMES
            self._set("day_of_week", self._take_longest(names), letter)

    def _read_time(self, letter: str, count: int) -> None:
        if letter == "h":
            self._twelve_hours = True
        self._set(_TIME_FIELDS[letter], self._number(min(count, 2)), letter)

    def _read_fraction(self, letter: str, count: int) -> None:
        if count > 7:
            raise self.reading.not_a_date()
        start = self._text_at
        digits = ""
        if "0" <= self._text[start : start + 1] <= "9":
            self._digits(1, count)
            digits = self._text[start : self._text_at]
        if letter == "f" and len(digits) < count:
            raise self.reading.not_a_date()
        fraction = int(digits) / 10 ** len(digits) if digits else 0.0
        if self._fraction_read and fraction != self.reading.fraction:
            raise self._repeated(letter)
        self.reading.fraction = fraction
        self._fraction_read = True

    def _read_half(self, letter: str, count: int) -> None:
        designators = (self._names.morning, self._names.evening)
        if count == 1:
            half = ABSENT
            for index, designator in enumerate(designators):
                if self._take(designator[0]):
                    half = index
                    break
            if half == ABSENT:
                raise self.reading.not_a_date()
        else:
            half = self._take_longest(designators)
        self._set("half", half, letter)

    def _read_era(self, letter: str, count: int) -> None:
        if not any(self._take_word(era) for era in self._names.eras):
            raise self.reading.not_a_date()

    def _read_zone(self, letter: str, count: int) -> None:
        sign = self._text[self._text_at : self._text_at + 1]
        if sign not in ("+", "-"):
            raise self.reading.not_a_date()
        self._text_at += 1
        minutes = 0
        if count <= 2:
            hours = self._number(count)
        else:
            hours = self._number(1)
            self._take(":")
            minutes = self._number(2)
            if minutes >= 60 and not self._any_minutes:
                raise self.reading.not_a_date()
        offset = (hours * 60 + minutes) * TICKS_PER_MINUTE
        self._set_zone(offset if sign == "+" else -offset, is_utc=False, letter=letter)

    def _read_zone_name(self, letter: str, count: int) -> None:
        if self.reading.offset not in (None, 0):
            raise self._repeated(letter)
        for name in ("GMT", "Z"):
            following = self._text[self._text_at + len(name) : self._text_at + len(name) + 1]
            if not (following and is_letter(following)) and self._take_word(name):
                break
        else:
            raise self.reading.not_a_date()
        self._set_zone(0, is_utc=True, letter=letter)

    def _read_kind(self, letter: str, count: int) -> None:
        following = self._text[self._text_at : self._text_at + 1]
        if following == "Z":
            self._text_at += 1
            self._set_zone(0, is_utc=True, letter=letter)
        elif following in ("+", "-"):
            self._read_zone(letter, 3)

    def _read_separator(self, letter: str, count: int) -> None:
        if not self._take(letter):
            raise self.reading.not_a_date()

    def _read_quoted(self, letter: str, count: int) -> None:
        try:
            text, self._format_at = read_quoted(self._format, self._format_at - 1)
        except DotNetError:
            raise unclosed_quote(letter) from None
        for character in text:
            if character == " " and self._inner_white:
                self._skip_white_space()
            elif not self._take(character):
                raise self.reading.not_a_date()
        if self.reading.with_offset and (
            (text == "GMT" and self._standard == RFC1123_PATTERN)
            or (text == "Z" and self._standard == UNIVERSAL_SORTABLE_PATTERN)
        ):
            self._set_zone(0, is_utc=False, letter=letter)

    def _read_percent(self, letter: str, count: int) -> None:
        if self._format[self._format_at : self._format_at + 1] in ("", "%"):
            raise self._bad_specifier()

    def _read_escaped(self, letter: str, count: int) -> None:
        if self._format_at >= len(self._format):
            raise self._bad_specifier()
        if not self._take(self._format[self._format_at]):
            raise self.reading.not_a_date()
        self._format_at += 1

    def _read_point(self, letter: str, count: int) -> None:
        if self._take("."):
            return
        # .NET means to make ".FFF" optional, and looks one place too far: the place after the
        # point is passed over unread, whatever stands there.
        if self._format[self._format_at + 1 : self._format_at + 2] != "F":
            raise self.reading.not_a_date()
        self._format_at += 1
        while self._format[self._format_at : self._format_at + 1] == "F":
            self._format_at += 1

    def _read_literal(self, character: str) -> None:
        if is_white_space(character):
            if self._inner_white:
                return
            following = self._text[self._text_at : self._text_at + 1]
            if following == character or (character == " " and following in _SPACES):
                self._text_at += 1
            elif self._trailing_white and self._format_at < len(self._format):
                self._after_missing_blank = True
            else:
                raise self.reading.not_a_date()
        elif self._format[self._format_at - 1 : self._format_at + 2].lower() == "gmt":
            if not self._text.startswith("GMT", self._text_at):
                raise self.reading.not_a_date()
            self._format_at += 2
            self._text_at += 3
            self.reading.offset = 0
        elif not self._take(character):
            raise self.reading.not_a_date()


_TIME_FIELDS: Final = {"h": "hour", "H": "hour", "m": "minute", "s": "second"}
_REPEATABLE: Final = frozenset("dfFghHmMstyz")
_READERS: Final[dict[str, Callable[[ExactReader, str, int], None]]] = {
    "d": ExactReader._read_day,
    "f": ExactReader._read_fraction,
    "F": ExactReader._read_fraction,
    "g": ExactReader._read_era,
    "h": ExactReader._read_time,
    "H": ExactReader._read_time,
    "K": ExactReader._read_kind,
    "m": ExactReader._read_time,
    "M": ExactReader._read_month,
    "s": ExactReader._read_time,
    "t": ExactReader._read_half,
    "y": ExactReader._read_year,
    "z": ExactReader._read_zone,
    "Z": ExactReader._read_zone_name,
    ":": ExactReader._read_separator,
    "/": ExactReader._read_separator,
    "'": ExactReader._read_quoted,
    '"': ExactReader._read_quoted,
    "%": ExactReader._read_percent,
    "\\": ExactReader._read_escaped,
    ".": ExactReader._read_point,
}


def _wrapped(number: int) -> int:
    """Return the number as a 32-bit integer holds it; .NET does not guard a long run of digits."""
    return (number + 2**31) % 2**32 - 2**31

"""The words and signs of a free-form date, and the cursor that finds them.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parse
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from provlint.dotnet.dates.cultures import (
    DAY_NAMES,
    INVARIANT,
    MONTH_NAMES,
    SHORT_DAY_NAMES,
    SHORT_MONTH_NAMES,
    DateCulture,
)
from provlint.dotnet.strings.units import is_letter, is_white_space
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_END: Final = "end"
BLANK: Final = "blank"
DATE_SEPARATOR: Final = "/"
DATE_OR_ZONE: Final = "-"
TIME_SEPARATOR: Final = ":"
TIME_MARK: Final = "T"
HALF_OF_DAY: Final = "half of day"
DATE_UNIT: Final = "unit of date"
TIME_UNIT: Final = "unit of time"
WEEKDAY: Final = "weekday"
MONTH: Final = "month"
ERA: Final = "era"
UTC_NAME: Final = "name of UTC"
IGNORED: Final = "ignored"
NUMBER: Final = "number"
UNKNOWN: Final = "unknown"

_SEPARATORS: Final = frozenset(
    {
        DATE_SEPARATOR,
        DATE_OR_ZONE,
        TIME_SEPARATOR,
        TIME_MARK,
        HALF_OF_DAY,
        DATE_UNIT,
        TIME_UNIT,
    }
)
_WORDS: Final = frozenset({HALF_OF_DAY, WEEKDAY, MONTH, ERA, UTC_NAME, IGNORED})

UNIT_FIELDS: Final = ("year", "month", "day", "hour", "minute", "second")
_UNITS: Final = ("年년", "月월", "日일", "時时", "分", "秒")
MOST_DIGITS: Final = 8
"""Longer runs of digits are no number of a date."""


class Word(NamedTuple):
    """A word or sign with its meaning.

    Attributes:
        text: the word in lower case.
        kind: what it is.
        number: which one of its kind: the month, the weekday, the half of the day, the unit.
    """

    text: str
    kind: str
    number: int


def _named(names: Iterable[str], kind: str, first: int) -> list[Word]:
    return [Word(name.lower(), kind, first + index) for index, name in enumerate(names)]


@cache
def words_of(names: DateCulture) -> dict[str, list[Word]]:
    """Return the words of a culture by their first letter, longer ones first."""
    words: list[Word] = [
        Word(",", IGNORED, 0),
        Word(".", IGNORED, 0),
        Word("/", DATE_SEPARATOR, 0),
        Word("-", DATE_OR_ZONE, 0),
        Word(":", TIME_SEPARATOR, 0),
        Word("t", TIME_MARK, 0),
        Word("gmt", UTC_NAME, 0),
        Word("z", UTC_NAME, 0),
        *_named((names.morning, names.evening), HALF_OF_DAY, 0),
        *_named((INVARIANT.morning, INVARIANT.evening), HALF_OF_DAY, 0),
        *_named(MONTH_NAMES, MONTH, 1),
        *_named(names.short_months, MONTH, 1),
        *_named(SHORT_MONTH_NAMES, MONTH, 1),
        *_named(DAY_NAMES, WEEKDAY, 0),
        *_named(SHORT_DAY_NAMES, WEEKDAY, 0),
        *_named(names.eras, ERA, 1),
    ]
    for index, signs in enumerate(_UNITS):
        kind = DATE_UNIT if index < 3 else TIME_UNIT
        words += [Word(sign, kind, index) for sign in signs]
    by_letter: dict[str, list[Word]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word.text), word)):
        by_letter.setdefault(word.text[0], []).append(word)
    return by_letter


class Cursor:
    """A place in a text of UTF-16 units.

    Attributes:
        text: the text.
        at: the index of the unit that is read next.
    """

    __slots__ = ("_lower", "_words", "at", "text")

    def __init__(self, text: str, words: dict[str, list[Word]]) -> None:
        self.text = text
        self.at = 0
        lower = text.lower()
        if len(lower) != len(text):
            # Some letters lower to two; positions must hold.
            lower = "".join([unit.lower() if len(unit.lower()) == 1 else unit for unit in text])
        self._lower = lower
        self._words = words

    def at_end(self) -> bool:
        """Tell whether nothing is left."""
        return self.at >= len(self.text)

    def current(self) -> str:
        """Return the unit that is read next, "" at the end."""
        return self.text[self.at : self.at + 1]

    def skip_white_space(self) -> None:
        """Go on to the next unit that is no white space."""
        while self.at < len(self.text) and is_white_space(self.text[self.at]):
            self.at += 1

    def digits(self, most: int | None = None) -> str:
        """Read the digits that stand here, at most so many."""
        start = self.at
        while "0" <= self.current() <= "9" and (most is None or self.at - start < most):
            self.at += 1
        return self.text[start : self.at]

    def _word(self, kinds: frozenset[str]) -> Word | None:
        for word in self._words.get(self._lower[self.at : self.at + 1], ()):
            end = self.at + len(word.text)
            if (
                word.kind in kinds
                and self._lower.startswith(word.text, self.at)
                and not (is_letter(word.text[0]) and is_letter(self.text[end : end + 1]))
            ):
                self.at = end
                return word
        return None

    def separator(self) -> Word:
        """Read what separates a number or a month from what follows."""
        self.skip_white_space()
        if self.at_end():
            return Word("", AT_END, 0)
        return self._word(_SEPARATORS) or Word("", BLANK, 0)

    def word(self) -> Word:
        """Read a word that is no number; an unknown one is not consumed."""
        return self._word(_WORDS) or Word("", UNKNOWN, 0)

    def passes_punctuation(self) -> bool:
        """Read a number sign or null character, if .NET lets them stand here.

        A date may be enclosed in `#…#`, and null characters may end a text.
        """
        text = self.text
        if self.current() == "\0":
            if text[self.at :].strip("\0"):
                return False
            self.at = len(text)
            return True
        if self.current() != "#":
            return False
        signs = 0
        for unit in text:
            if unit == "#":
                signs += 1
                if signs > 2:
                    return False
            elif unit == "\0":
                if signs < 2:
                    return False
            elif not is_white_space(unit) and signs != 1:
                return False
        self.at += 1
        return signs == 2

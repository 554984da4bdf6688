"""The shapes of free-form dates and times: which sequence of parts .NET reads as what.

A text is a sequence of parts: numbers, years (numbers of three digits or more), month names and
so on, each with what follows it. A state says what was read since the last finished date or time;
a part leads to the next state, or finishes a date or a time.

In the names of states and shapes, `N` is a number, `Y` a year, `M` a month name, `-` and `:` an
open separator, and `n` a number with a Chinese, Japanese or Korean unit of date.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parse
"""

from __future__ import annotations

from typing import Final

END: Final = "end"
NUMBER_END: Final = "number, end"
NUMBER_HALF: Final = "number, half of day"
NUMBER_BLANK: Final = "number, blank"
NUMBER_DATE: Final = "number, date separator"
NUMBER_TIME: Final = "number, time separator"
NUMBER_DATE_UNIT: Final = "number, unit of date"
NUMBER_TIME_UNIT: Final = "number, unit of time"
NUMBER_MARK: Final = "number, T"
MONTH_END: Final = "month, end"
MONTH_BLANK: Final = "month, blank"
MONTH_DATE: Final = "month, date separator"
YEAR_END: Final = "year, end"
YEAR_BLANK: Final = "year, blank"
YEAR_DATE: Final = "year, date separator"
WEEKDAY: Final = "weekday"
ERA: Final = "era"
ZONE: Final = "zone"
NOTHING: Final = "nothing"

START: Final = ""

_ONE: Final = {NUMBER_END, NUMBER_HALF, NUMBER_BLANK}


def _each(parts: set[str], following: str) -> dict[str, str]:
    return dict.fromkeys(sorted(parts), following)


_MONTHS: Final = {MONTH_END, MONTH_BLANK}
_YEARS: Final = {YEAR_END, YEAR_BLANK}

SHAPES: Final[dict[str, dict[str, str]]] = {
    START: {
        END: START,
        NUMBER_HALF: "time N",
        NUMBER_BLANK: "N",
        NUMBER_DATE: "N-",
        NUMBER_TIME: "N:",
        MONTH_BLANK: "M",
        MONTH_DATE: "M",
        NUMBER_DATE_UNIT: "n",
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: START,
        YEAR_BLANK: "Y",
        YEAR_DATE: "Y",
        ZONE: START,
    },
    "N": {
        NUMBER_END: "date NN",
        NUMBER_HALF: "time NN",
        NUMBER_BLANK: "NN",
        NUMBER_DATE: "N-N-",
        MONTH_END: "date NM",
        MONTH_BLANK: "NM",
        MONTH_DATE: "MN-",
        NUMBER_DATE_UNIT: "Nn",
        WEEKDAY: "N",
        YEAR_BLANK: "YN",
        YEAR_DATE: "YN-",
        YEAR_END: "date YN",
        ZONE: "N",
    },
    "NN": {
        END: "date NN",
        NUMBER_END: "date NNN",
        NUMBER_HALF: "time NNN",
        NUMBER_BLANK: "date NNN",
        NUMBER_TIME: "N:",
        **_each(_MONTHS, "date MNN"),
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: "NN",
        **_each(_YEARS, "date NNY"),
        ZONE: "NN",
    },
    "N-": {
        NUMBER_END: "date NN",
        NUMBER_BLANK: "N-N",
        NUMBER_DATE: "N-N-",
        MONTH_END: "date NM",
        MONTH_BLANK: "MN",
        MONTH_DATE: "MN-",
        WEEKDAY: "N-",
        YEAR_BLANK: "YN",
        YEAR_DATE: "YN-",
        YEAR_END: "date YN",
    },
    "N-N": {
        END: "date NN",
        NUMBER_END: "date NNN",
        NUMBER_HALF: "time N",
        NUMBER_BLANK: "date NNN",
        NUMBER_TIME: "N:",
        **_each(_MONTHS, "date MNN"),
        NUMBER_DATE_UNIT: "date n",
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: "N-N",
        **_each(_YEARS, "date NNY"),
    },
    "N-N-": {
        **_each(_ONE, "date NNN"),
        **_each(_MONTHS, "date MNN"),
        NUMBER_DATE_UNIT: "date n",
        WEEKDAY: "N-N-",
        **_each(_YEARS, "date NNY"),
    },
    "M": {
        NUMBER_END: "date MN",
        NUMBER_BLANK: "MN",
        NUMBER_DATE: "MN-",
        WEEKDAY: "M",
        YEAR_BLANK: "YM",
        YEAR_DATE: "YM-",
        YEAR_END: "date YM",
    },
    "MN": {
        END: "date MN",
        **_each(_ONE, "date MNN"),
        NUMBER_TIME: "N:",
        NUMBER_DATE_UNIT: "date n",
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: "MN",
        **_each(_YEARS, "date YMN"),
    },
    "NM": {
        END: "date NM",
        **_each(_ONE, "date MNN"),
        NUMBER_TIME: "N:",
        NUMBER_DATE_UNIT: "date n",
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: "NM",
        **_each(_YEARS, "date YMN"),
    },
    "MN-": {
        NUMBER_END: "date MNN",
        NUMBER_BLANK: "date MNN",
        WEEKDAY: "MN-",
        **_each(_YEARS, "date YMN"),
    },
    "Nn": {
        END: "date Nn",
        **_each(_ONE, "date NnN"),
        NUMBER_TIME: "N:",
        NUMBER_DATE_UNIT: "Nn",
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: "Nn",
    },
    "Y": {
        NUMBER_END: "date YN",
        NUMBER_BLANK: "YN",
        NUMBER_DATE: "YN-",
        MONTH_END: "date YM",
        MONTH_BLANK: "YM",
        MONTH_DATE: "YM-",
        NUMBER_DATE_UNIT: "YM",
        WEEKDAY: "Y",
    },
    "YN": {
        END: "date YN",
        **_each(_ONE, "date YNN"),
        **_each(_MONTHS, "date YMN"),
        WEEKDAY: "YN",
    },
    "YN-": {
        **_each(_ONE, "date YNN"),
        **_each(_MONTHS, "date YMN"),
        WEEKDAY: "YN",
    },
    "YM": {
        END: "date YM",
        **_each(_ONE, "date YMN"),
        WEEKDAY: "YM",
    },
    "YM-": {
        **_each(_ONE, "date YMN"),
        WEEKDAY: "YM",
    },
    "n": {
        END: "date n",
        NUMBER_END: "date nN",
        NUMBER_HALF: "time N",
        NUMBER_BLANK: "N:",
        NUMBER_TIME: "N:",
        NUMBER_DATE_UNIT: "n",
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: "n",
    },
    "t": {
        END: "time t",
        NUMBER_END: "time t",
        NUMBER_HALF: "time t",
        NUMBER_BLANK: "N:",
        NUMBER_DATE: "N-",
        NUMBER_DATE_UNIT: "n",
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: "t",
        ZONE: "t",
    },
    "N:": {
        **_each(_ONE, "time NN"),
        NUMBER_TIME: "N:N:",
        MONTH_END: "date NM",
        MONTH_BLANK: "NM",
        NUMBER_TIME_UNIT: "t",
        ZONE: "N:",
    },
    "N:N:": {
        **_each(_ONE, "time NNN"),
        NUMBER_TIME_UNIT: "t",
        WEEKDAY: "N:N:",
        ZONE: "N:N:",
    },
}

# An era changes nothing, except that it ends an open separator after a year, as a weekday does.
for _state, _following in SHAPES.items():
    _following[ERA] = _following.get(WEEKDAY, _state)

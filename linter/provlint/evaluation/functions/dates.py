"""Dates.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#cdate
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from provlint.dotnet.dates.moment import (
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    TICKS_PER_MINUTE,
    TICKS_PER_SECOND,
    UNSPECIFIED,
    UTC,
    DateTime,
)
from provlint.dotnet.failure import DotNetError, UndecidedError
from provlint.evaluation.coercion import as_date, as_integer, as_text, numeric, shown
from provlint.evaluation.readings import (
    DATE_NUMBER_TEXT,
    DATE_ORDER,
    DATE_TEXT,
    DATE_WITHOUT_OFFSET,
    DATEADD_MONTH_END,
    DATEDIFF_COUNTING,
    FORMAT_TIME_ZONE,
    NOT_A_DATE,
    NULL_NUMBER,
)
from provlint.evaluation.state import Failure
from provlint.evaluation.values import Date

if TYPE_CHECKING:
    from provlint.evaluation.state import State
    from provlint.evaluation.values import Value

INTERVALS: Final = ("yyyy", "m", "d", "ww", "h", "n", "s")
"""The intervals of the page; `n` is a minute."""

_ROUNDTRIP_KIND: Final = 128
_GUARD: Final = 'guard it: `Switch(source, source, "", "9999-12-31")`'
_TICKS: Final = {
    "d": TICKS_PER_DAY,
    "h": TICKS_PER_HOUR,
    "n": TICKS_PER_MINUTE,
    "s": TICKS_PER_SECOND,
}


def present(state: State) -> Value:
    """Now(): the present in UTC."""
    state.flag("time")
    return Date(state.now)


def to_date(state: State, value: Value) -> Value:
    """CDate(expression): a text as a date in UTC."""
    if type(value) is Date:
        return value
    return read_date(state, value, 0)


def read_date(state: State, value: Value, argument: int) -> Date:
    """A text as a date in UTC.

    Raises:
        Failure: There is no text, or it is no date.
    """
    if value is None or value == "":
        state.note(NOT_A_DATE)
        found = "no value" if value is None else "an empty text"
        raise Failure(f"found {found}; expected a date", _GUARD, argument=argument)
    text = as_text(state, value, argument)
    moment = _parsed(state, text, argument)
    if _is_ambiguous(text, moment):
        state.note(DATE_ORDER)
    doubt = DATE_WITHOUT_OFFSET if moment.kind == UNSPECIFIED else ""
    return Date(DateTime(moment.ticks, UTC), doubt)


def _read(text: str, now: DateTime) -> DateTime:
    from provlint.dotnet.dates import parse

    return parse(text, styles=_ROUNDTRIP_KIND, now=now)


@lru_cache(maxsize=4096)
def _read_whole(text: str) -> DateTime:
    """A date that begins with year, month and day, so that the present does not matter."""
    return _read(text, DateTime(0, UTC))


def _parsed(state: State, text: str, argument: int) -> DateTime:
    try:
        moment = _read_whole(text) if _is_iso(text) else _read(text, state.now)
    except DotNetError:
        state.note(NOT_A_DATE)
        raise Failure(
            f"found {shown(text)}; expected a date such as `2025-03-16` or `3/16/2025 7:00:00 AM`",
            "correct the value, or read it by `FormatDateTime` with its own format",
            argument=argument,
        ) from None
    except UndecidedError as error:
        from provlint.evaluation.foreign import undecided

        failure = undecided(error.construct)
        failure.argument = argument
        raise failure from None
    if not _has_year(text):
        state.flag("time")
    return moment


def _has_year(text: str) -> bool:
    run = 0
    for character in text:
        run = run + 1 if character.isdigit() else 0
        if run == 4:
            return True
    return False


def _is_ambiguous(text: str, moment: DateTime) -> bool:
    """Whether day and month could be meant the other way round.

    The form with AM or PM is the one that the service itself writes, month first.
    """
    found = moment.date
    if found.day > 12 or found.day == found.month:
        return False
    start = text.lstrip()
    first = start[: len(start) - len(start.lstrip("0123456789"))]
    return 1 <= len(first) <= 2 and not start.rstrip().upper().endswith(("AM", "PM"))


def _interval(state: State, value: Value) -> str:
    name = as_text(state, value, 0)
    if name not in INTERVALS:
        raise Failure(
            f"the interval is {shown(name)}; expected one of {', '.join(INTERVALS)}",
            "write `m` for months, `n` for minutes",
            argument=0,
        )
    return name


def add(state: State, interval: Value, value: Value, date: Value) -> Value:
    """DateAdd(interval, value, dateTime): a date some time later, or earlier."""
    from provlint.dotnet.dates import add as add_interval

    name = _interval(state, interval)
    number = numeric(value)
    if number is None:
        if value is None:
            state.note(NULL_NUMBER)
        raise Failure(
            "found no value; expected a number" if value is None
            else f"found {shown(value)}; expected a number",
            "give a number, or a text of digits",
            argument=1,
        )  # fmt: skip
    moment = as_date(state, date, 2).moment
    added = add_interval(name, number if type(number) is int else float(number), moment)
    if name in ("yyyy", "m") and added.date.day != moment.date.day:
        state.note(DATEADD_MONTH_END)
    return Date(DateTime(added.ticks, UTC))


def difference(state: State, interval: Value, first: Value, second: Value) -> Value:
    """DateDiff(interval, date1, date2): the time from date1 to date2; positive if that is later."""
    from provlint.dotnet.dates import diff

    name = _interval(state, interval)
    start, end = as_date(state, first, 1).moment, as_date(state, second, 2).moment
    count = diff(name, start, end)
    other = _other_count(name, start, end)
    state.other_count = other if other != count else None
    if other != count:
        state.note(DATEDIFF_COUNTING)
    return count


def _other_count(name: str, start: DateTime, end: DateTime) -> int:
    """The count by the other reading: crossed boundaries for elapsed units, and vice versa."""
    if name in _TICKS:
        return end.ticks // _TICKS[name] - start.ticks // _TICKS[name]
    if name == "ww":
        # The page's own sample excludes elapsed weeks cut off; rounding would give its number too.
        return round((end.ticks - start.ticks) / (7 * TICKS_PER_DAY))
    months = 12 * (end.date.year - start.date.year) + end.date.month - start.date.month
    rest = (end.date.day, end.ticks % TICKS_PER_DAY)
    begun = (start.date.day, start.ticks % TICKS_PER_DAY)
    if months > 0 and rest < begun:
        months -= 1
    elif months < 0 and rest > begun:
        months += 1
    return months if name == "m" else int(months / 12)


def from_number(state: State, value: Value) -> Value:
    """DateFromNum(value): the date of an Active Directory time (100 ns since 1601)."""
    from provlint.dotnet.dates import from_filetime

    return Date(from_filetime(as_integer(state, value, 0, 64)), DATE_NUMBER_TEXT)


def to_number(state: State, value: Value) -> Value:
    """NumFromDate(value): the Active Directory time of an ISO 8601 text."""
    from provlint.dotnet.dates import to_filetime

    if type(value) is Date:
        state.note(DATE_TEXT)
        return to_filetime(value.moment)
    if value is None or value == "":
        state.note(NOT_A_DATE)
        found = "no value" if value is None else "an empty text"
        raise Failure(f"found {found}; expected a date", _GUARD, argument=0)
    text = as_text(state, value, 0)
    if not _is_iso(text):
        if "/" not in text:
            # That dates such as 12/31/9999 fail is documented; of other texts nothing is said.
            state.note(NOT_A_DATE)
        raise Failure(
            f"found {shown(text)}; expected an ISO 8601 date such as `2025-12-31 23:59:59-08:00`",
            "bring it into that form by `FormatDateTime`",
            argument=0,
        )
    moment = _parsed(state, text, 0)
    if moment.kind == UNSPECIFIED:
        state.note(DATE_WITHOUT_OFFSET)
    return to_filetime(moment)


def _is_iso(text: str) -> bool:
    start = text.strip()[:10]
    return (
        len(start) == 10
        and start[4] == start[7] == "-"
        and (start[:4] + start[5:7] + start[8:]).isdigit()
    )


def reformat(
    state: State, source: Value, styles: Value, input_format: Value, output_format: Value
) -> Value:
    """FormatDateTime(source, dateTimeStyles, inputFormat, outputFormat).

    Without an inputFormat, which only default mappings of cloud sync have, the source is read as
    CDate reads it.
    """
    from provlint.dotnet.dates import ENTRA_DEFAULT, parse_exact, parse_styles
    from provlint.dotnet.dates import format as format_date

    wanted = as_text(state, output_format, 3)
    if input_format is None:
        return format_date(as_date(state, source, 0).moment, wanted)
    given = as_text(state, input_format, 2)
    chosen: Any = None if styles is None else as_text(state, styles, 1)
    number = parse_styles(chosen) if chosen else ENTRA_DEFAULT
    if source is None:
        state.note(NOT_A_DATE)
        raise Failure("found no value; expected a date", _GUARD, argument=0)
    text = as_text(state, source, 0)
    try:
        moment = parse_exact(text, given, styles=number, now=state.now)
    except DotNetError as error:
        if error.kind != "FormatException":
            raise
        state.note(NOT_A_DATE)
        raise Failure(
            f"found {shown(text)}; expected a date in the form `{given}`",
            "make the inputFormat fit the value; case and blanks count",
            argument=0,
        ) from None
    if not any(letter in given for letter in "dMy") and len(given) > 1:
        state.flag("time")
    if "z" in given or ("z" in wanted and moment.kind != UTC):
        state.note(FORMAT_TIME_ZONE)
    return format_date(moment, wanted)

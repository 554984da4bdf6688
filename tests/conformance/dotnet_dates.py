"""Maps the recorded date operations of .NET onto `provlint.dotnet.dates`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.dotnet import dates, numbers

if TYPE_CHECKING:
    from collections.abc import Callable

Arguments = dict[str, Any]

RECORDED_NOW = dates.DateTime(639_309_024_000_000_000)
"""The day on which the answers of .NET were recorded, 2026-11-22."""

_INTERCHANGE = "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"


def _instant(text: str) -> dates.DateTime:
    pattern = "yyyy-MM-dd" if "T" not in text else _INTERCHANGE
    if "T" in text and "." not in text:
        pattern = "yyyy-MM-ddTHH:mm:ssK"
    styles = dates.parse_styles("RoundtripKind")
    return dates.parse_exact(text, pattern, styles=styles, now=RECORDED_NOW)


def _styles(arguments: Arguments) -> int:
    text = arguments.get("styles", "")
    return dates.parse_styles(text) if text.strip() else 0


def _reading(arguments: Arguments) -> Arguments:
    return {
        "styles": _styles(arguments),
        "culture": arguments.get("culture", ""),
        "now": RECORDED_NOW,
    }


def _shape(instant: dates.DateTime) -> Arguments:
    return {"ticks": str(instant.ticks), "kind": instant.kind, "o": dates.format(instant, "o")}


def _offset_shape(instant: dates.DateTimeOffset) -> Arguments:
    return {
        "ticks": str(instant.ticks),
        "offset_min": instant.offset // 600_000_000,
        "o": dates.format(instant, "o"),
    }


def _format_datetime(arguments: Arguments) -> str:
    found = dates.parse_exact(arguments["source"], arguments["input_format"], **_reading(arguments))
    return dates.format(found, arguments["output_format"], arguments.get("culture", ""))


def _format_offset(arguments: Arguments) -> str:
    found = dates.parse_exact_offset(arguments["d"], "o", now=RECORDED_NOW)
    return dates.format(found, arguments["format"], arguments.get("culture", ""))


_OPERATIONS: dict[str, Callable[[Arguments], Any]] = {
    "date_format": lambda arguments: dates.format(
        _instant(arguments["d"]), arguments["format"], arguments.get("culture", "")
    ),
    "date_parse": lambda arguments: _shape(dates.parse(arguments["s"], **_reading(arguments))),
    "date_parse_exact": lambda arguments: _shape(
        dates.parse_exact(arguments["s"], arguments["format"], **_reading(arguments))
    ),
    "dto_format": _format_offset,
    "dto_parse": lambda arguments: _offset_shape(
        dates.parse_offset(arguments["s"], **_reading(arguments))
    ),
    "dto_parse_exact": lambda arguments: _offset_shape(
        dates.parse_exact_offset(arguments["s"], arguments["format"], **_reading(arguments))
    ),
    "filetime": lambda arguments: dates.format(
        dates.from_filetime(numbers.parse_int64(arguments["s"])), "o"
    ),
    "format_datetime": _format_datetime,
    "vb_dateadd": lambda arguments: _shape(
        dates.add(arguments["interval"], arguments["n"], _instant(arguments["d"]))
    ),
    "vb_datediff": lambda arguments: dates.diff(
        arguments["interval"], _instant(arguments["d1"]), _instant(arguments["d2"])
    ),
}

_ARGUMENTS = frozenset(
    [
        "culture",
        "d",
        "d1",
        "d2",
        "format",
        "input_format",
        "interval",
        "n",
        "output_format",
        "s",
        "source",
        "styles",
    ]
)


def answer_dates(case: Arguments) -> Arguments:
    """Answer one recorded operation in the shape of its `expect`, or refuse it."""
    operation = _OPERATIONS.get(case["op"])
    if operation is None:
        return {"refused": f"operation `{case['op']}`"}
    unknown = set(case["args"]) - _ARGUMENTS
    if unknown:
        return {"refused": f"argument `{min(unknown)}`"}
    try:
        return {"value": operation(case["args"])}
    except dates.DotNetError as error:
        return {"error": error.kind, "message": error.message}
    except dates.UndecidedError as refusal:
        return {"refused": refusal.construct}

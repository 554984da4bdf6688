"""Dates as .NET 8 to 10 handles them on a host whose time zone is UTC.

An operation returns a value, raises `DotNetError` where .NET throws, or raises `UndecidedError`
where the answer of .NET is not reproduced. Nothing is approximated.

Source: https://learn.microsoft.com/dotnet/standard/base-types/standard-date-and-time-format-strings
"""

from __future__ import annotations

from provlint.dotnet.dates.api import (
    parse,
    parse_exact,
    parse_exact_offset,
    parse_offset,
)
from provlint.dotnet.dates.filetime import from_filetime, to_filetime
from provlint.dotnet.dates.moment import LOCAL, UNSPECIFIED, UTC, DateTime, DateTimeOffset, Kind
from provlint.dotnet.dates.styles import ENTRA_DEFAULT, parse_styles
from provlint.dotnet.dates.visual_basic import INTERVALS, add, diff
from provlint.dotnet.dates.writing import format_date as format  # noqa: A004
from provlint.dotnet.failure import DotNetError, UndecidedError

__all__ = [
    "ENTRA_DEFAULT",
    "INTERVALS",
    "LOCAL",
    "UNSPECIFIED",
    "UTC",
    "DateTime",
    "DateTimeOffset",
    "DotNetError",
    "Kind",
    "UndecidedError",
    "add",
    "diff",
    "format",
    "from_filetime",
    "parse",
    "parse_exact",
    "parse_exact_offset",
    "parse_offset",
    "parse_styles",
    "to_filetime",
]

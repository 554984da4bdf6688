"""FILETIME, the number form of dates in Active Directory.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.fromfiletimeutc
"""

from __future__ import annotations

from typing import Final

from provlint.dotnet.dates.moment import MAXIMUM_TICKS, UTC, DateTime
from provlint.dotnet.failure import DotNetError

_EPOCH: Final = 504_911_232_000_000_000
"""The ticks of 1601-01-01."""


def from_filetime(number: int) -> DateTime:
    """Return the UTC date of a count of 100 nanoseconds since 1601-01-01.

    Raises:
        DotNetError: `ArgumentOutOfRangeException` when negative or beyond the year 9999.
    """
    if not 0 <= number <= MAXIMUM_TICKS - _EPOCH:
        raise DotNetError(
            "ArgumentOutOfRangeException", "Not a valid Win32 FileTime. (Parameter 'fileTime')"
        )
    return DateTime(number + _EPOCH, UTC)


def to_filetime(instant: DateTime) -> int:
    """Return the count of 100 nanoseconds since 1601-01-01; every kind is taken as UTC.

    Raises:
        DotNetError: `ArgumentOutOfRangeException` before 1601.
    """
    if instant.ticks < _EPOCH:
        raise DotNetError("ArgumentOutOfRangeException", "Not a valid Win32 FileTime.")
    return instant.ticks - _EPOCH

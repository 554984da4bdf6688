"""The present, as callers may give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.dotnet.dates.moment import UTC, DateTime, ticks_of

if TYPE_CHECKING:
    from datetime import datetime

_UNIX_EPOCH = 621_355_968_000_000_000


def present() -> DateTime:
    """The time of the clock, in UTC."""
    from time import time_ns

    return DateTime(_UNIX_EPOCH + time_ns() // 100, UTC)


def moment_of(now: datetime | str | DateTime | None) -> DateTime | None:
    """The present that a caller gave; without offset it is taken as UTC.

    Args:
        now: A `datetime`, an ISO 8601 text, or a .NET date.

    Raises:
        ValueError: The text is no date.
    """
    if now is None or isinstance(now, DateTime):
        return now
    if isinstance(now, str):
        from datetime import datetime

        try:
            now = datetime.fromisoformat(now)
        except ValueError:
            raise ValueError(
                f"`{now}` is no time; expected one such as `2026-11-22T15:00:00`"
            ) from None
    if now.tzinfo is not None:
        from datetime import UTC as UTC_ZONE

        try:
            now = now.astimezone(UTC_ZONE)
        except OverflowError:
            raise ValueError(f"`{now.isoformat()}` lies beyond the years 1 to 9999") from None
    ticks = ticks_of(now.year, now.month, now.day, now.hour, now.minute, now.second)
    assert ticks is not None
    return DateTime(ticks + now.microsecond * 10, UTC)

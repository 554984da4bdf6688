"""Progress of long work on a terminal: rows, rate, time left. None in a pipe."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

PATIENCE = 1.0
"""Seconds before anything is shown."""

EVERY = 0.2
"""Seconds between two updates."""


class Progress:
    """One line that is written anew."""

    __slots__ = ("_last", "_stage", "_started", "_stream", "_width")

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._stage = ""
        self._started = time.monotonic()
        self._last = self._started + PATIENCE - EVERY
        self._width = 0

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Tell what is done, how many rows are done, and of how many, if that is known."""
        if self._stream is None:
            return
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._started = stage, now
        if now - self._last < EVERY:
            return
        self._last = now
        self._show(line(stage, done, total, now - self._started))

    def _show(self, text: str) -> None:
        assert self._stream is not None
        self._stream.write("\r" + text.ljust(self._width))
        self._stream.flush()
        self._width = len(text)

    def close(self) -> None:
        """Wipe the line."""
        if self._stream is not None and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


def line(stage: str, done: int, total: int | None, seconds: float) -> str:
    """What is shown."""
    if not done:
        return stage
    rate = done / seconds if seconds > 0 else 0.0
    text = f"{stage}: {done:,}" + (f" of {total:,}" if total else "") + " rows"
    if rate:
        text += f", {rate:,.0f} a second"
    if total and rate:
        text += f", {(total - done) / rate:,.0f} s left"
    return text


def progress_on(stream: TextIO) -> Progress:
    """Progress on a terminal; a silent one elsewhere."""
    try:
        terminal = stream.isatty()
    except (AttributeError, ValueError):
        terminal = False
    return Progress(stream if terminal else None)

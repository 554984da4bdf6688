"""Colour, links and width: what a terminal adds to a text and never changes in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from provlint.diagnostic import Severity

Colour = Literal["auto", "always", "never"]

WIDTH = 120
"""Columns of output that goes to no terminal."""

_NARROWEST = 60
_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "gutter": "94",
    "message": "1",
    "help": "32",
    "quiet": "2",
    "removed": "31",
    "added": "32",
}


class Look(NamedTuple):
    """How text output may look.

    Attributes:
        colour: Whether to colour.
        links: Whether to make addresses clickable (OSC 8).
        width: Columns before an excerpt is cut to a window.
    """

    colour: bool = False
    links: bool = False
    width: int = WIDTH

    def paint(self, style: str, text: str) -> str:
        """Return `text` in a style of the table, or as it is without colour."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text

    def severity(self, severity: Severity, text: str) -> str:
        """Return `text` in the colour of a severity."""
        return self.paint(severity.value, text)

    def link(self, address: str) -> str:
        """Return an address, clickable where the terminal can."""
        if not self.links or not address.startswith(("https://", "http://")):
            return address
        return f"\x1b]8;;{address}\x1b\\{address}\x1b]8;;\x1b\\"


PLAIN = Look()


def use_colour(stream: TextIO, environ: Mapping[str, str], option: Colour = "auto") -> bool:
    """Whether to colour what goes to `stream`.

    The option of the command line wins, then `NO_COLOR` (https://no-color.org), then
    `FORCE_COLOR` (`0` means no), then whether the stream is a terminal that is not `dumb`.
    """
    if option != "auto":
        return option == "always"
    if environ.get("NO_COLOR"):
        return False
    forced = environ.get("FORCE_COLOR")
    if forced:
        return forced not in {"0", "false"}
    return _is_terminal(stream) and environ.get("TERM") != "dumb"


def look(stream: TextIO, environ: Mapping[str, str], option: Colour = "auto") -> Look:
    """Return the look that fits `stream`."""
    terminal = _is_terminal(stream)
    colour = use_colour(stream, environ, option)
    return Look(colour, colour and terminal, _columns(stream, environ) if terminal else WIDTH)


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def _columns(stream: TextIO, environ: Mapping[str, str]) -> int:
    stated = environ.get("COLUMNS", "")
    if stated.isascii() and stated.isdigit() and 0 < len(stated) < 6:
        return max(int(stated), _NARROWEST)
    try:
        return max(os.get_terminal_size(stream.fileno()).columns, _NARROWEST)
    except (OSError, ValueError, AttributeError):
        return WIDTH

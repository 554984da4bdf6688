"""Marks that an unfinished git merge leaves in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provlint.source.tolerant.collector import Collector

_CONFLICT = (
    r"^<{7}[^\n]*\n(?P<ours>(?:(?![<=>|]{7})[^\n]*\n)*)"
    r"(?:\|{7}[^\n]*\n(?:(?!={7})[^\n]*\n)*)?"
    r"={7}[^\n]*\n(?:(?!>{7})[^\n]*\n)*>{7}[^\n]*$"
)


def without_conflicts(text: str, collector: Collector) -> str:
    """Report each conflict once, and blank out all of it but the side of this branch.

    The text that is returned has the length of the one given, so that offsets stay.
    """
    if "<<<<<<<" not in text:
        return text
    parts: list[str] = []
    done = 0
    for conflict in re.finditer(_CONFLICT, text, re.MULTILINE):
        start, end = conflict.span("ours")
        line_end = text.find("\n", conflict.start())
        collector.report("merge-conflict", conflict.start(), line_end)
        parts += [
            text[done : conflict.start()],
            _blank(text[conflict.start() : start]),
            text[start:end],
            _blank(text[end : conflict.end()]),
        ]
        done = conflict.end()
    return "".join(parts) + text[done:]


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)

"""How figures are shown: a table for the terminal, `docs/performance.md` for readers."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.figures import Figure

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "docs", "performance.md")
LIBRARIES = ("click", "pydantic", "PyYAML", "duckdb")

_HEAD = """# Performance

Written by `python -m benchmarks --write`; do not edit. `--only WORD` measures the tables so titled
and leaves the others as they are.

The figures of a table are of one run in which the things compared took turns, so that a busy
machine slows them alike. A ratio is the median of the ratios pair by pair; the spread is its first
and third quartile. Milliseconds are of this machine and of little use on another; ratios carry
over.

Machine: {machine}.
Versions: {versions}.

CI runs `python -m benchmarks --small` and fails where a ratio exceeds its budget by a quarter.
Figures of many users, and of Spark: [scale.md](scale.md).
"""
_SECTION = "\n## "


def table(figures: Iterable[Figure], tolerance: float) -> str:
    """The figures in lines for a terminal, with a verdict where there is a budget."""
    lines = [f"{'figure':<44}{'value':>8}  {'spread':<13} {'ms':>9}  {'budget':>7}  against"]
    for figure in figures:
        spread = f"{figure.low:.2f}-{figure.high:.2f}"
        milliseconds = "" if figure.milliseconds is None else f"{figure.milliseconds:,.1f}"
        budget = figure.limit
        verdict = "" if figure.holds(tolerance) else "  TOO MUCH"
        lines.append(
            f"{figure.name:<44}{figure.value:>8.2f}  {spread:<13} {milliseconds:>9}  {budget:>7}"
            f"  {figure.against}{verdict}"
        )
    return "\n".join(lines)


def machine() -> str:
    """The class of the machine; nothing that tells which one it is."""
    parts = [f"{os.cpu_count()} cores", platform.machine(), platform.system()]
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        parts.insert(1, f"{memory / 2**30:.0f} GiB")
    except (AttributeError, ValueError):
        pass
    return ", ".join(parts)


def versions(more: Mapping[str, str] = MappingProxyType({})) -> str:
    """Python, the libraries that take part, and others by name."""
    named = [f"Python {platform.python_version()}", f"provlint {version('provlint')}"]
    named += [f"{name} {version(name)}" for name in LIBRARIES]
    named += [f"{name} {number}" for name, number in more.items()]
    return ", ".join(named)


def page(
    rooms: Mapping[str, Sequence[Figure]],
    command: str,
    peers: Mapping[str, str],
    earlier: str = "",
) -> str:
    """The text of `docs/performance.md`.

    Args:
        rooms: Figures by the title of their table.
        command: What measured them.
        peers: Versions of the peers that took part.
        earlier: The page as it is; its other tables are kept.
    """
    named = "".join(f", {name} {number}" for name, number in peers.items())
    measured = f"Measured on {time.strftime('%Y-%m-%d')} by `{command}`{named}."
    sections = dict(part.split("\n", 1) for part in earlier.split(_SECTION)[1:])
    for title, figures in rooms.items():
        sections[title] = f"\n{_rows(figures)}\n{measured}\n"
    head = _HEAD.format(machine=machine(), versions=versions())
    return head + "".join(f"{_SECTION}{title}\n{text}" for title, text in sections.items())


def _rows(figures: Sequence[Figure]) -> str:
    memory = {
        figure.name.removesuffix(": MB"): figure for figure in figures if figure.against == "MB"
    }
    head = "| what | ratio | spread | budget | ms |" + (" MB |" if memory else "")
    rule = "|---|---|---|---|---|" + ("---|" if memory else "")
    lines = [head, rule]
    against = ""
    for figure in figures:
        if figure.against == "MB":
            continue
        against = against if figure.against in against else f"{against}, `{figure.against}`"
        budget = figure.limit if figure.holds() else f"{figure.limit}, missed"
        cells = [
            figure.name,
            f"{figure.value:.2f}",
            f"{figure.low:.2f} to {figure.high:.2f}",
            budget,
            f"{figure.milliseconds or 0:,.1f}",
        ]
        if memory:
            used = memory.get(figure.name)
            limit = "" if used is None or used.budget is None else f" (≤ {used.budget:g})"
            cells.append("" if used is None else f"{used.value:.0f}{limit}")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + f"\n\nRatios are multiples of {against.removeprefix(', ')}.\n"

"""How a notebook shows a simulation: counters, and the most frequent reasons."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provlint.simulate.cycle.summary import Summary

MOST = 10
"""Reasons, and remarks, that are shown."""


def summary_html(summary: Summary) -> str:
    """The summary as HTML. Nothing in it is taken as markup."""
    counters = [(name.replace("_", " "), f"{n:,}") for name, n in summary.counters.items() if n]
    reasons = [
        (f"{n:,}", action, reason, code or "") for action, reason, code, n in summary.reasons()
    ]
    assumed = [f"{text} ({n:,})" for text, n in summary.assumptions()]
    parts = [
        _table((), counters),
        _table(("users", "action", "reason", "code"), reasons[:MOST]),
        _more(len(reasons) - MOST, "reasons: `summary.reasons()`"),
        _list("assumed", assumed),
        _list("inputs", summary.notes),
    ]
    return "".join(parts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [("th", heads)] if heads else []
    cells = "".join(
        f"<tr>{''.join(f'<{kind}>{escape(cell)}</{kind}>' for cell in line)}</tr>"
        for kind, line in [*lines, *(("td", row) for row in rows)]
    )
    return f"<table>{cells}</table>"


def _more(count: int, of_what: str) -> str:
    return f"<p>{count:,} more {escape(of_what)}</p>" if count > 0 else ""


def _list(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines[:MOST])
    more = _more(len(lines) - MOST, "")
    return f"<details><summary>{title}</summary><ul>{items}</ul>{more}</details>"

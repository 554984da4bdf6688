"""Renders the results of cases: for people, for machines, for CI servers."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.cases.run import Result

DOTS = {"passed": ".", "failed": "F", "error": "E"}
WIDTH = 72


def dots(results: Sequence[Result]) -> str:
    """A sign for each case, in lines."""
    signs = "".join(DOTS[result.status] for result in results)
    return "\n".join(signs[at : at + WIDTH] for at in range(0, len(signs), WIDTH))


def text(results: Sequence[Result]) -> str:
    """Dots, then each case that did not pass, then the counts."""
    parts = [dots(results)] if results else []
    for result in results:
        if result.status == "passed":
            continue
        lines = [f"{result.status}: {result.id}"]
        if result.where and result.where != result.id:
            lines.append(f"  --> {result.where}")
        lines += [f"  {line}" for line in result.message.split("\n")]
        parts.append("\n".join(lines))
    parts.append(summary(results))
    return "\n\n".join(parts) + "\n"


def summary(results: Sequence[Result]) -> str:
    """The counts: "3 passed, 1 failed"."""
    counts: Counter[str] = Counter(result.status for result in results)
    named = [f"{counts[status]} {word}" for status, word in _WORDS if counts[status]]
    return ", ".join(named) or "no cases"


_WORDS = (("passed", "passed"), ("failed", "failed"), ("error", "in error"))


def json_text(results: Sequence[Result]) -> str:
    """The published format, version 1; `docs/schemas/test-report.json` describes it."""
    counts = Counter(result.status for result in results)
    document = {
        "version": 1,
        "cases": [
            {"id": result.id, "status": result.status, "message": result.message}
            for result in results
        ],
        "summary": {
            "total": len(results),
            "passed": counts["passed"],
            "failed": counts["failed"],
            "errors": counts["error"],
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def junit(results: Sequence[Result]) -> str:
    """JUnit XML, as CI servers read it."""
    counts = Counter(result.status for result in results)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<testsuites tests="{len(results)}" failures="{counts["failed"]}"'
        f' errors="{counts["error"]}">',
        f'  <testsuite name="provlint" tests="{len(results)}" failures="{counts["failed"]}"'
        f' errors="{counts["error"]}">',
    ]
    for result in results:
        place, _, _ = result.where.rpartition(":")
        head = (
            f"    <testcase name={quoteattr(_clean(result.id))}"
            f" classname={quoteattr(_clean(place or 'provlint'))}"
        )
        if result.status == "passed":
            lines.append(head + "/>")
            continue
        tag = "failure" if result.status == "failed" else "error"
        message = _clean(result.message)
        first = quoteattr(message.split("\n", 1)[0])
        lines.append(f"{head}>")
        lines.append(f"      <{tag} message={first}>{escape(message)}</{tag}>")
        lines.append("    </testcase>")
    return "\n".join([*lines, "  </testsuite>", "</testsuites>", ""])


def _clean(message: str) -> str:
    """The text without characters that XML does not know."""
    return "".join(c if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd"
                   for c in message if not 0xD800 <= ord(c) <= 0xDFFF)  # fmt: skip


FORMATS = {"text": text, "json": json_text, "junit": junit}

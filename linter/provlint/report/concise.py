"""One line per finding, for editors and for `grep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.report.cells import harmless
from provlint.report.redaction import redacted
from provlint.report.style import PLAIN
from provlint.report.summary import closing

if TYPE_CHECKING:
    from provlint.report.result import Run
    from provlint.report.style import Look


def render(run: Run, look: Look = PLAIN) -> str:
    """Return `file:line:column: severity rule message` for each finding, and a summary."""
    run = redacted(run)
    rows: list[str] = []
    for file in run.files:
        for diagnostic in file.diagnostics:
            # A finding on the whole file stands at its beginning: readers of this format expect
            # the two numbers.
            line, column = diagnostic.range.start if diagnostic.range else (1, 1)
            place = f"{harmless(diagnostic.file)}:{line}:{column}"
            kind = look.severity(diagnostic.severity, f"{diagnostic.severity} {diagnostic.rule}")
            rows.append(f"{place}: {kind} {harmless(diagnostic.message)}")
    rows.extend(closing(run))
    return "".join(f"{row}\n" for row in rows)

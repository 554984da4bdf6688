"""What a run found, counted, and the closing words of the formats that people read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint.report.cells import harmless
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provlint.report.result import Run

HIDDEN: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "profile": ("piece of advice", "pieces of advice", "--profile strict"),
        "baseline": ("finding of the baseline", "findings of the baseline", "--no-baseline"),
        "suppressed": (
            "finding suppressed by the configuration",
            "findings suppressed by the configuration",
            "--no-suppressions",
        ),
    }
)
"""Reason for hiding to one, several, and the option that shows them."""


class Counts(NamedTuple):
    """Findings that are shown.

    Attributes:
        errors: How many are errors.
        warnings: How many are warnings.
        notes: How many are notes.
        files: How many files have any.
    """

    errors: int
    warnings: int
    notes: int
    files: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.errors + self.warnings + self.notes


def counts(run: Run) -> Counts:
    """Count what is shown."""
    by_severity = {"error": 0, "warning": 0, "note": 0}
    for file in run.files:
        for diagnostic in file.diagnostics:
            by_severity[diagnostic.severity.value] += 1
    return Counts(
        by_severity["error"],
        by_severity["warning"],
        by_severity["note"],
        sum(1 for file in run.files if file.diagnostics),
    )


def several(count: int, one: str, many: str = "") -> str:
    """Return `1 file`, `2 files`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def closing(run: Run) -> Iterator[str]:
    """Yield the lines that end a report: what was found, where was looked, what is not shown."""
    for notice in run.notices:
        yield f"notice: {harmless(notice)}"
    found = counts(run)
    time = "" if run.elapsed is None else f" ({run.elapsed:.2f} s)"
    if found.total:
        kinds = ((found.errors, "error"), (found.warnings, "warning"), (found.notes, "note"))
        listed = [several(count, kind) for count, kind in kinds if count]
        yield f"found {_and(listed)} in {several(found.files, 'file')}{time}"
    elif run.recognised:
        yield f"no findings in {several(run.recognised, 'configuration file')}{time}"
    yield from _coverage(run, found)
    for reason, count in {"suppressed": run.suppressed, **run.hidden}.items():
        if count:
            yield _hidden(count, *HIDDEN.get(reason, (reason, reason, "")))


def _coverage(run: Run, found: Counts) -> Iterator[str]:
    others = run.looked_at - run.recognised
    if not run.looked_at:
        if not found.total:
            yield "nothing to check: no file was found"
    elif not run.recognised:
        if found.total:
            yield "no file holds a readable provisioning configuration"
        elif run.looked_at == 1:
            yield "nothing to check: the file holds no provisioning configuration"
        else:
            yield (
                f"nothing to check: none of the {run.looked_at:,} files looked at"
                " holds a provisioning configuration"
            )
        if not found.total:
            yield (
                "help: give a synchronization schema, job or template, as Microsoft Graph or the"
                " portal's schema editor exports it"
            )
    elif others:
        verb = "holds" if others == 1 else "hold"
        yield (
            f"looked at {several(run.looked_at, 'file')};"
            f" {others:,} {verb} no provisioning configuration"
        )


def _hidden(count: int, one: str, many: str, option: str) -> str:
    hint = f" (`{option}` shows {'it' if count == 1 else 'them'})" if option else ""
    return harmless(f"not shown: {several(count, one, many)}{hint}")


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"

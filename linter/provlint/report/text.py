"""The format for people: every finding with the lines that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.report.cells import harmless
from provlint.report.redaction import redacted
from provlint.report.style import PLAIN
from provlint.report.summary import closing, counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.diagnostic import Diagnostic, Subject
    from provlint.report.excerpt import Excerpts
    from provlint.report.result import FileResult, Run
    from provlint.report.style import Look

_FIXES = {
    "safe": "fix",
    "unsafe": "fix that may change the meaning",
    "display-only": "suggestion",
}


def render(run: Run, look: Look = PLAIN) -> str:
    """Return the findings with excerpts, and a summary."""
    run = redacted(run)
    shown = _findings(run, look)
    lines = list(closing(run))
    found = counts(run)
    for index, line in enumerate(lines):
        if line.startswith("found "):
            style = "error" if found.errors else "warning" if found.warnings else "note"
            lines[index] = look.paint(style, line)
        elif not line.startswith(("no findings", "nothing", "notice", "help")):
            lines[index] = look.paint("quiet", line)
    ending = "".join(f"{line}\n" for line in lines)
    return f"{shown}\n{ending}" if shown else ending


def findings(run: Run, look: Look = PLAIN) -> str:
    """Return the findings with excerpts, a blank line between them, and nothing else."""
    return _findings(redacted(run), look)


def _findings(run: Run, look: Look) -> str:
    return "\n".join(block for file in run.files for block in _file(file, look))


def _file(file: FileResult, look: Look) -> Iterator[str]:
    if not file.diagnostics:
        return
    # A clean file needs no excerpts, nor the module that makes them.
    from provlint.report.excerpt import Excerpts

    excerpts = None if file.source is None else Excerpts(file.source, look, file.secrets)
    for diagnostic in file.diagnostics:
        yield "".join(f"{row}\n" for row in _rows(diagnostic, excerpts, look))


def _rows(diagnostic: Diagnostic, excerpts: Excerpts | None, look: Look) -> Iterator[str]:
    code = f"{diagnostic.severity}[{diagnostic.rule} {diagnostic.name}]"
    message = look.paint("message", f": {harmless(diagnostic.message)}")
    yield f"{look.severity(diagnostic.severity, code)}{message}"

    gutter = _gutter(diagnostic)
    place = harmless(diagnostic.file)
    if diagnostic.range is not None:
        line, column = diagnostic.range.start
        place += f":{line}:{column}"
    arrow = look.paint("gutter", " " * gutter + "-->")
    yield f"{arrow} {place}{harmless(_way(diagnostic.subject))}"

    loose = [related for related in diagnostic.related if related.range is None]
    if excerpts is not None:
        from provlint.report.excerpt import Mark

        marks = [
            Mark(related.range, "gutter", "-", harmless(related.message))
            for related in diagnostic.related
            if related.range is not None
        ]
        if diagnostic.range is not None:
            marks.append(Mark(diagnostic.range, diagnostic.severity.value))
        rows = list(excerpts.draw(marks, gutter))
        if rows:
            yield look.paint("gutter", " " * gutter + " |")
            yield from rows
    equals = look.paint("gutter", " " * gutter + " =")
    for related in loose:
        yield f"{equals} note: {harmless(related.message)}"
    if diagnostic.help:
        yield f"{equals} {look.paint('help', 'help:')} {harmless(diagnostic.help)}"
    if diagnostic.contested:
        yield (
            f"{equals} contested: this rests on the reading `{harmless(diagnostic.contested)}`,"
            " which Microsoft's documentation leaves open"
        )
    if diagnostic.documentation:
        yield f"{equals} docs: {look.link(harmless(diagnostic.documentation))}"
    if diagnostic.fix is not None:
        kind = look.paint("help", f"{_FIXES[diagnostic.fix.applicability]}:")
        yield f"{equals} {kind} {harmless(diagnostic.fix.title)}"
        if excerpts is not None and diagnostic.fix.edits:
            from provlint.report.difference import difference

            yield from difference(excerpts, diagnostic.fix.edits, gutter)


def _gutter(diagnostic: Diagnostic) -> int:
    ranges = [diagnostic.range, *(related.range for related in diagnostic.related)]
    if diagnostic.fix is not None:
        ranges += [edit.range for edit in diagnostic.fix.edits]
    return len(str(max((place.end.line for place in ranges if place is not None), default=1)))


def _way(subject: Subject) -> str:
    """Return the way to the thing in the portal, as menus are written."""
    group = f"filter group {subject.filter_group}" if subject.filter_group else ""
    steps = (subject.application, subject.mapping, subject.target, group)
    named = " > ".join(step for step in steps if step)
    return f" ({named})" if named else ""

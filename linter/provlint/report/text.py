"""The format for people: every finding with the lines that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.report.cells import harmless
from provlint.report.excerpt import Excerpts, Mark
from provlint.report.redaction import redact, secrets_of
from provlint.report.style import PLAIN
from provlint.report.summary import closing, counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provlint.diagnostic import Diagnostic, Subject
    from provlint.report.result import FileResult, Run
    from provlint.report.style import Look

_FIXES = {
    "safe": "fix",
    "unsafe": "fix that may change the meaning",
    "display-only": "suggestion",
}


def render(run: Run, look: Look = PLAIN) -> str:
    """Return the findings with excerpts, and a summary."""
    blocks = [block for file in run.files for block in _file(file, look)]
    lines = list(closing(run))
    found = counts(run)
    for index, line in enumerate(lines):
        if line.startswith("found "):
            style = "error" if found.errors else "warning" if found.warnings else "note"
            lines[index] = look.paint(style, line)
        elif not line.startswith(("no findings", "nothing", "notice", "help")):
            lines[index] = look.paint("quiet", line)
    blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def _file(file: FileResult, look: Look) -> Iterator[str]:
    known = secrets_of(file)
    excerpts = Excerpts(file.source, look, known) if file.source is not None else None
    for diagnostic in file.diagnostics:
        yield "".join(f"{row}\n" for row in _rows(diagnostic, excerpts, look, known))


def diagnostic_text(file: FileResult, diagnostic: Diagnostic, look: Look = PLAIN) -> str:
    """Return one finding as the text format shows it."""
    return next(iter(_file(file._replace(diagnostics=(diagnostic,)), look)))


def _rows(
    diagnostic: Diagnostic, excerpts: Excerpts | None, look: Look, known: Sequence[str]
) -> Iterator[str]:
    def clean(text: str) -> str:
        return harmless(redact(text, known))

    code = f"{diagnostic.severity}[{diagnostic.rule} {diagnostic.name}]"
    message = look.paint("message", f": {clean(diagnostic.message)}")
    yield f"{look.severity(diagnostic.severity, code)}{message}"

    gutter = _gutter(diagnostic)
    location = harmless(diagnostic.file)
    if diagnostic.range is not None:
        line, column = diagnostic.range.start
        location += f":{line}:{column}"
    yield f"{look.paint('gutter', ' ' * gutter + '-->')} {location}{clean(_way(diagnostic.subject))}"

    loose = [related for related in diagnostic.related if related.range is None]
    if excerpts is not None:
        marks = [
            Mark(related.range, "gutter", "-", clean(related.message))
            for related in diagnostic.related
            if related.range is not None
        ]
        if diagnostic.range is not None:
            marks.append(Mark(diagnostic.range, diagnostic.severity.value))
        rows = list(excerpts.draw(marks, gutter))
        if rows:
            edge = look.paint("gutter", " " * gutter + " |")
            yield edge
            yield from rows
            yield edge
    equals = look.paint("gutter", " " * gutter + " =")
    for related in loose:
        yield f"{equals} note: {clean(related.message)}"
    if diagnostic.help:
        yield f"{equals} {look.paint('help', 'help:')} {clean(diagnostic.help)}"
    if diagnostic.contested:
        yield (
            f"{equals} contested: this rests on the reading `{clean(diagnostic.contested)}`,"
            " which Microsoft's documentation leaves open"
        )
    if diagnostic.documentation:
        yield f"{equals} docs: {look.link(clean(diagnostic.documentation))}"
    if diagnostic.fix is not None:
        yield f"{equals} {_FIXES[diagnostic.fix.applicability]}: {clean(diagnostic.fix.title)}"
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

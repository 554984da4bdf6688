"""Applies the fixes of findings to the text of a file, until nothing is left to fix.

Edits are minimal: every byte outside them stays. After each pass the text is read again; a pass
that would break the file is not taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.source.edits import apply_edits
from provlint.source.source_file import SourceFile, read_text
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provlint.diagnostic import Diagnostic, Range

    Lint = Callable[[SourceFile], Sequence[Diagnostic]]
    Edit = tuple[int, int, str]

MOST_PASSES = 10
"""Passes after which fixing stops, should two rules undo each other's work."""


class Fixed(NamedTuple):
    """What came of fixing a file.

    Attributes:
        source: The file with its new text.
        applied: How many fixes were applied.
        complete: Whether nothing is left that could be fixed.
    """

    source: SourceFile
    applied: int
    complete: bool


def fix(source: SourceFile, lint: Lint, *, unsafe: bool) -> Fixed:
    """Apply the safe fixes of a file, and the unsafe ones too where that is asked for.

    Args:
        source: The file.
        lint: Gives the findings that may be fixed.
        unsafe: Whether fixes that may change the meaning are applied.
    """
    count = 0
    for _ in range(MOST_PASSES):
        edits, applied = _edits(source, lint(source), unsafe=unsafe)
        if not applied:
            return Fixed(source, count, True)
        after = _with_text(source, apply_edits(source.text, edits))
        if _defects(after) > _defects(source):
            return Fixed(source, count, False)
        source = after
        count += applied
    return Fixed(source, count, False)


def _edits(
    source: SourceFile, diagnostics: Sequence[Diagnostic], *, unsafe: bool
) -> tuple[list[Edit], int]:
    """The edits of the fixes that do not touch each other, and how many fixes they are."""
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    taken: list[Edit] = []
    applied = 0
    for diagnostic in diagnostics:
        repair = diagnostic.fix
        if repair is None or repair.applicability not in wanted:
            continue
        ranges = [edit.range for edit in repair.edits]
        if not ranges or any(where is None for where in ranges):
            continue
        edits = [
            (*_offsets(source, where), edit.text)
            for edit, where in zip(repair.edits, ranges, strict=True)
            if where is not None
        ]
        if all(edit in taken for edit in edits):
            applied += 1
        elif not any(_touch(edit, other) for edit in edits for other in taken):
            taken += edits
            applied += 1
    return taken, applied


def _offsets(source: SourceFile, where: Range) -> tuple[int, int]:
    return source.lines.offset(*where.start), source.lines.offset(*where.end)


def _touch(left: Edit, right: Edit) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def _with_text(source: SourceFile, text: str) -> SourceFile:
    return SourceFile(
        source.name,
        text,
        read_text(text, source.name),
        encoding=source.encoding,
        bom=source.bom,
    )


def _defects(source: SourceFile) -> int:
    """How many errors the text has, and whether it holds anything at all."""
    errors = sum(problem.level == "error" for problem in source.reading.problems)
    return errors + (0 if source.reading.found else 1_000_000)


def difference(before: SourceFile, after: SourceFile) -> str:
    """The change as a unified diff, for people and `git apply`."""
    from difflib import unified_diff

    name = before.name.replace("\\", "/")
    rows = unified_diff(
        before.text.splitlines(keepends=True),
        after.text.splitlines(keepends=True),
        f"a/{name}",
        f"b/{name}",
    )
    return "".join(
        row if row.endswith(("\n", "\r")) else f"{row}\n\\ No newline at end of file\n"
        for row in rows
    )

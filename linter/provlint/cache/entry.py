"""Findings as JSON, and back: arrays in the order of the fields, without the name of the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provlint.diagnostic import (
    Diagnostic,
    Fix,
    Place,
    Position,
    Range,
    Related,
    Severity,
    Subject,
    TextEdit,
)
from provlint.program_rules import RULE_CRASHED

if TYPE_CHECKING:
    from collections.abc import Sequence


def findings_text(diagnostics: Sequence[Diagnostic], text: str) -> str | None:
    """The findings on a text; None where they must not be kept.

    A failure of a rule is to be seen again, and a secret of the text is not to be written into
    another file.
    """
    if any(each.rule == RULE_CRASHED.id for each in diagnostics):
        return None
    from provlint.report.redaction import find_secrets

    written = json.dumps([each._replace(file="") for each in diagnostics], separators=(",", ":"))
    for secret in find_secrets(text):
        if json.dumps(secret)[1:-1] in written:
            return None
    return written


def read_findings(written: str, file: str) -> tuple[Diagnostic, ...]:
    """The findings, said of a file.

    Raises:
        TypeError: The text is not what `findings_text` gives.
        ValueError: The same.
    """
    return tuple(_diagnostic(row, file) for row in json.loads(written))


def _diagnostic(row: list[Any], file: str) -> Diagnostic:
    (
        rule,
        name,
        severity,
        message,
        help_,
        _,
        place,
        where,
        related,
        fix,
        page,
        contested,
        subject,
        fingerprint,
    ) = row
    return Diagnostic(
        rule,
        name,
        Severity(severity),
        message,
        help_,
        file,
        Place(*place),
        _range(where),
        tuple(Related(what, Place(*at), _range(there)) for what, at, there in related),
        _fix(fix),
        page,
        contested,
        Subject(*subject),
        fingerprint,
    )


def _range(row: list[list[int]] | None) -> Range | None:
    return None if row is None else Range(Position(*row[0]), Position(*row[1]))


def _fix(row: list[Any] | None) -> Fix | None:
    if row is None:
        return None
    title, edits, applicability = row
    made = tuple(TextEdit(Place(*at), text, _range(there)) for at, text, there in edits)
    return Fix(title, made, applicability)

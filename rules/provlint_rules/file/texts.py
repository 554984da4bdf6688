"""What is wrong with a file before its content means anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, Fix, Place, Related, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provlint.semantics.configuration import ConfigurationUnit
    from provlint.source import SourceProblem

MALFORMED = RuleInfo(
    "PL001", "malformed-file", "The file is not valid JSON or YAML", ERROR, sources.UPDATE_SCHEMA,
    fixable=True,
)  # fmt: skip
UNREADABLE = RuleInfo(
    "PL002", "unreadable-file", "The file cannot be read as text", ERROR, sources.EXPORT_IMPORT,
)  # fmt: skip
DUPLICATE_KEY = RuleInfo(
    "PL003", "duplicate-key", "An object has one key twice, and the first value is lost", ERROR,
    sources.UPDATE_SCHEMA,
)  # fmt: skip
TEMPLATE_DIRECTIVE = RuleInfo(
    "PL015", "template-directive", "A template directive is checked as plain text", NOTE,
    sources.UPDATE_SCHEMA,
)  # fmt: skip
TOO_LARGE = RuleInfo(
    "PL018", "too-large", "A part of the file is beyond the limits of the linter", ERROR,
    sources.SCHEMA,
)  # fmt: skip

UNREADABLE_CODES = frozenset(
    {"unreadable-file", "unreadable-directory", "no-such-file", "no-match", "broken-link",
     "not-a-file", "binary-file", "null-bytes", "undecodable", "utf-32", "not-utf-8",
     "no-candidates", "empty-file"}
)  # fmt: skip
TOO_LARGE_CODES = frozenset(
    {"file-too-large", "nested-too-deeply", "too-deep", "more-problems", "yaml-aliases"}
)


def rule_of(code: str) -> str:
    """The id of the rule that reports a problem of the text."""
    if code in UNREADABLE_CODES:
        return UNREADABLE.id
    if code == "duplicate-key":
        return DUPLICATE_KEY.id
    if code == "template-directive":
        return TEMPLATE_DIRECTIVE.id
    return TOO_LARGE.id if code in TOO_LARGE_CODES else MALFORMED.id


def _reporter(info: RuleInfo) -> Callable[[ConfigurationUnit], Iterator[Finding]]:
    def report(unit: ConfigurationUnit) -> Iterator[Finding]:
        for problem in unit.problems:
            if rule_of(problem.code) == info.id:
                yield finding_of(problem)

    return report


def finding_of(problem: SourceProblem) -> Finding:
    """A problem of the text as a finding."""
    fix = None
    if problem.edits:
        edits = tuple(
            TextEdit(Place("", "text", start, end), text) for start, end, text in problem.edits
        )
        fix = Fix("correct the text", edits)
    return Finding(
        problem.message,
        problem.help,
        Place("", "text", problem.start, problem.end),
        related=tuple(
            Related("the other place", Place("", "text", *other)) for other in problem.related
        ),
        fix=fix,
        severity=NOTE if problem.level == "note" else None,
    )


RULES = tuple(
    Rule(info, "document", _reporter(info))
    for info in (MALFORMED, UNREADABLE, DUPLICATE_KEY, TEMPLATE_DIRECTIVE, TOO_LARGE)
)

"""Departures from the form of a schema, as the reader of the model records them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Fix, Place, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provlint.diagnostic import Severity
    from provlint.model.tree import Defect
    from provlint.semantics.configuration import ConfigurationUnit

TRUNCATED = RuleInfo(
    "PL004", "truncated-export", "ConvertTo-Json cut the export short", ERROR,
    sources.CONVERT_TO_JSON,
)  # fmt: skip
UNKNOWN_KEY = RuleInfo(
    "PL005", "unknown-key", "A key is none of Microsoft Graph's, so the service ignores it",
    WARNING, sources.SCHEMA, fixable=True,
)  # fmt: skip
INVALID_ENUM = RuleInfo(
    "PL006", "invalid-enum", "A value is not one of those that Microsoft Graph allows", ERROR,
    sources.ATTRIBUTE_MAPPING, fixable=True,
)  # fmt: skip
WRONG_TYPE = RuleInfo(
    "PL007", "wrong-json-type", "A value is of another JSON type than Microsoft Graph's", ERROR,
    sources.SCHEMA,
)  # fmt: skip
UNWRAPPED_ARRAY = RuleInfo(
    "PL008", "unwrapped-array", "PowerShell unwrapped an array with one item", WARNING,
    sources.CONVERT_TO_JSON,
)  # fmt: skip
MISSING_DIRECTORIES = RuleInfo(
    "PL009", "missing-directories", "The schema lacks its directories, and PUT replaces everything",
    ERROR, sources.UPDATE_SCHEMA,
)  # fmt: skip
MISPLACED = RuleInfo(
    "PL012", "misplaced-object", "An object stands where another kind is due", ERROR,
    sources.SCHEMA,
)  # fmt: skip
NO_SCHEMA = RuleInfo(
    "PL013", "no-schema", "The file describes a job or template without its schema", NOTE,
    sources.JOB,
)  # fmt: skip
UNRECOGNISED = RuleInfo(
    "PL016", "unrecognised-file", "The file holds no provisioning configuration", ERROR,
    sources.EXPORT_IMPORT,
)  # fmt: skip
MISSING_KEY = RuleInfo(
    "PL017", "missing-key", "A key that the service needs is missing", ERROR, sources.SCHEMA,
)  # fmt: skip
BEYOND_LIMITS = RuleInfo(
    "PL019", "beyond-limits", "A part of the schema was not read", ERROR, sources.SCHEMA,
)  # fmt: skip

CODES: dict[str, tuple[RuleInfo, Severity | None]] = {
    "truncated": (TRUNCATED, None),
    "unknown-key": (UNKNOWN_KEY, None),
    "unlisted-key": (UNKNOWN_KEY, NOTE),
    "invalid-enum": (INVALID_ENUM, None),
    "enum-case": (INVALID_ENUM, NOTE),
    "wrong-type": (WRONG_TYPE, None),
    "unwrapped-array": (UNWRAPPED_ARRAY, None),
    "missing-directories": (MISSING_DIRECTORIES, None),
    "misplaced-object": (MISPLACED, None),
    "no-schema": (NO_SCHEMA, None),
    "unrecognised": (UNRECOGNISED, None),
    "unchecked-member": (UNRECOGNISED, NOTE),
    "missing-key": (MISSING_KEY, None),
    "missing-source-name": (MISSING_KEY, WARNING),
    "too-deep": (BEYOND_LIMITS, None),
    "too-many": (BEYOND_LIMITS, None),
}
"""Code of a defect to the rule that reports it, and its severity where it differs."""


def _reporter(info: RuleInfo) -> Callable[[ConfigurationUnit], Iterator[Finding]]:
    def report(unit: ConfigurationUnit) -> Iterator[Finding]:
        for defect in unit.document.defects:
            rule, severity = CODES[defect.code]
            if rule is info:
                yield _finding(defect, severity)

    return report


def _finding(defect: Defect, severity: Severity | None) -> Finding:
    place = Place(defect.pointer, defect.part)
    fix = None
    if defect.replacement is not None:
        fix = Fix(f"write {quote(defect.replacement)}", (TextEdit(place, defect.replacement),))
    return Finding(defect.message, defect.help, place, fix=fix, severity=severity)


RULES = tuple(
    Rule(info, "document", _reporter(info))
    for info in (
        TRUNCATED,
        UNKNOWN_KEY,
        INVALID_ENUM,
        WRONG_TYPE,
        UNWRAPPED_ARRAY,
        MISSING_DIRECTORIES,
        MISPLACED,
        NO_SCHEMA,
        UNRECOGNISED,
        MISSING_KEY,
        BEYOND_LIMITS,
    )
)

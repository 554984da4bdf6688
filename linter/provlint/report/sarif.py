"""SARIF 2.1.0, for code scanning and for other tools.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from provlint.report.identity import Identities, baseline_state, suppressions
from provlint.report.json_text import json_text
from provlint.report.redaction import redacted
from provlint.report.style import PLAIN
from provlint.rule import group_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.diagnostic import Diagnostic, Fix, Range
    from provlint.report.result import FileResult, Run, Suppressed
    from provlint.report.style import Look
    from provlint.rule import RuleInfo

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
INTERNAL = "internal"
"""Group of the rules whose findings are about provlint itself: SARIF calls them notifications."""

_PRECISION = {"high": "very-high", "medium": "medium", "low": "low"}
_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}


def render(run: Run, look: Look = PLAIN) -> str:
    """Return one SARIF log with one run; the look is of no effect."""
    del look
    return json_text(_Log(redacted(run)).document())


class _Log:
    def __init__(self, run: Run) -> None:
        self.run = run
        self.rules: dict[str, dict[str, Any]] = {
            rule.id: _rule(rule, run.documentation.get(rule.id, "")) for rule in run.rules
        }
        self.index = {rule: number for number, rule in enumerate(self.rules)}
        self.identities = Identities()

    def document(self) -> dict[str, Any]:
        results: list[dict[str, Any]] = []
        notifications: list[dict[str, Any]] = [
            {"level": "note", "message": {"text": notice}} for notice in self.run.notices
        ]
        failed = False
        for file in self.run.files:
            for diagnostic, suppressed in _all(file):
                if group_of(diagnostic.rule) == INTERNAL and suppressed is None:
                    failed = True
                    notifications.append(self._notification(diagnostic))
                else:
                    results.append(self._result(diagnostic, suppressed))
        invocation: dict[str, Any] = {
            "executionSuccessful": not failed,
            "toolExecutionNotifications": notifications,
        }
        overrides = [
            {
                "configuration": {"level": severity.value},
                "descriptor": {"id": rule, "index": self._descriptor(rule)},
            }
            for rule, severity in sorted(self.run.severities.items())
            if rule in self.index
        ]
        if overrides:
            invocation["ruleConfigurationOverrides"] = overrides
        driver = {
            "name": "provlint",
            **({"version": self.run.version} if self.run.version else {}),
            "rules": list(self.rules.values()),
        }
        return {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver, **self.extensions()},
                    "invocations": [invocation],
                    "columnKind": "unicodeCodePoints",
                    "results": results,
                }
            ],
        }

    def extensions(self) -> dict[str, Any]:
        """The plugins; their rules stand among those of the driver."""
        found = [
            {"name": name, **({"version": version} if version else {})}
            for name, version in self.run.plugins
        ]
        return {"extensions": found} if found else {}

    def _descriptor(self, rule: str, diagnostic: Diagnostic | None = None) -> int:
        if rule not in self.index:
            self.index[rule] = len(self.index)
            self.rules[rule] = {"id": rule}
            if diagnostic is not None:
                self.rules[rule]["name"] = diagnostic.name
        descriptor = self.rules[rule]
        if diagnostic is not None and diagnostic.documentation:
            descriptor.setdefault("helpUri", diagnostic.documentation)
        return self.index[rule]

    def _result(self, diagnostic: Diagnostic, suppressed: Suppressed | None) -> dict[str, Any]:
        uri = artifact_uri(diagnostic.file, self.run.root)
        result: dict[str, Any] = {
            "ruleId": diagnostic.rule,
            "ruleIndex": self._descriptor(diagnostic.rule, diagnostic),
            "level": diagnostic.severity.value,
            "message": {"text": _words(diagnostic)},
            "locations": [_location(uri, diagnostic.range, _logical(diagnostic))],
        }
        if identity := self.identities.of(diagnostic):
            result["partialFingerprints"] = identity
        if self.run.baseline:
            result["baselineState"] = baseline_state(suppressed)
        if diagnostic.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    "message": {"text": related.message},
                    **_location(uri, related.range),
                }
                for number, related in enumerate(diagnostic.related, start=1)
            ]
        if diagnostic.fix is not None and (fix := _fix(diagnostic.fix, uri)):
            result["fixes"] = [fix]
        result["suppressions"] = suppressions(suppressed)
        properties = {"help": diagnostic.help} if diagnostic.help else {}
        if diagnostic.contested:
            properties["contested"] = diagnostic.contested
        if properties:
            result["properties"] = properties
        return result

    def _notification(self, diagnostic: Diagnostic) -> dict[str, Any]:
        uri = artifact_uri(diagnostic.file, self.run.root)
        return {
            "descriptor": {
                "id": diagnostic.rule,
                "index": self._descriptor(diagnostic.rule, diagnostic),
            },
            "level": diagnostic.severity.value,
            "message": {"text": _words(diagnostic)},
            "locations": [_location(uri, diagnostic.range)],
        }


def _all(file: FileResult) -> Iterator[tuple[Diagnostic, Suppressed | None]]:
    for diagnostic in file.diagnostics:
        yield diagnostic, None
    for suppressed in file.suppressed:
        yield suppressed.diagnostic, suppressed


def _rule(rule: RuleInfo, documentation: str) -> dict[str, Any]:
    address = documentation or rule.source
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"{rule.summary}\n\nSource: {rule.source}"},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "tags": [rule.group],
            "precision": _PRECISION[rule.confidence],
            "problem.severity": _PROBLEM[rule.severity.value],
            "profile": rule.profile,
            "since": rule.since,
            "status": rule.status,
            "source": rule.source,
        },
    }


def _words(diagnostic: Diagnostic) -> str:
    message = diagnostic.message
    return f"{message}\n{diagnostic.help}" if diagnostic.help else message


def _location(
    uri: str, place: Range | None, logical: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if place is not None:
        physical["region"] = _region(place)
    location: dict[str, Any] = {"physicalLocation": physical}
    if logical:
        location["logicalLocations"] = logical
    return location


def _logical(diagnostic: Diagnostic) -> list[dict[str, str]]:
    pointer = diagnostic.place.pointer
    named = [name for name in diagnostic.subject if name]
    if not pointer and not named:
        return []
    location = {"name": named[-1]} if named else {}
    return [{**location, "fullyQualifiedName": pointer or "/".join(named), "kind": "member"}]


def _region(place: Range) -> dict[str, int]:
    return {
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    }


def _fix(fix: Fix, uri: str) -> dict[str, Any] | None:
    """SARIF fixes are meant to be applied, so advice and fixes without a place stay out."""
    if fix.applicability == "display-only" or not fix.edits:
        return None
    replacements: list[dict[str, Any]] = []
    for edit in fix.edits:
        if edit.range is None:
            return None
        replacements.append(
            {"deletedRegion": _region(edit.range), "insertedContent": {"text": edit.text}}
        )
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": replacements}],
        "properties": {"applicability": fix.applicability},
    }


def artifact_uri(name: str, root: str = "") -> str:
    """Return a file name as a URI reference, relative to `root` where it lies below it.

    Args:
        name: As the user named it.
        root: Absolute working directory, or nothing.
    """
    from urllib.parse import quote

    path = name.replace(os.sep, "/")
    base = root.replace(os.sep, "/").rstrip("/")
    if base and path.startswith(f"{base}/"):
        path = path[len(base) + 1 :]
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    quoted = quote(path, safe="/", errors="surrogatepass")
    if path.startswith("//"):
        return f"file:{quoted}"
    if path.startswith("/"):
        return f"file://{quoted}"
    if os.sep == "\\" and path[1:3] == ":/":
        return f"file:///{path[0]}:{quoted[4:]}"
    return quoted

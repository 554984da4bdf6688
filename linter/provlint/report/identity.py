"""What findings are known by in the formats for programs, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provlint.diagnostic import Diagnostic
    from provlint.report.result import Suppressed

FINGERPRINT = "provlintFinding/v1"
"""Name of the fingerprint; the number grows when the same finding would get another one."""

_BY = {"configuration": "the configuration", "baseline": "the baseline"}


class Identities:
    """Fingerprints of the findings of a run; equal ones of one file are counted."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], int] = {}

    def of(self, diagnostic: Diagnostic) -> dict[str, str]:
        """The fingerprints of a finding by name; none where none was asked for."""
        if not diagnostic.fingerprint:
            return {}
        key = (diagnostic.file, diagnostic.fingerprint)
        number = self._seen[key] = self._seen.get(key, 0) + 1
        return {FINGERPRINT: f"{diagnostic.fingerprint}:{number}"}


def baseline_state(suppressed: Suppressed | None) -> str:
    """How a finding stands to the baseline, in the words of SARIF."""
    known = suppressed is not None and suppressed.kind == "baseline"
    return "unchanged" if known else "new"


def suppressions(suppressed: Suppressed | None) -> list[dict[str, Any]]:
    """By what a finding is silenced, in the words of SARIF; empty when it is not."""
    if suppressed is None:
        return []
    return [
        {
            "kind": "external",
            "status": "accepted",
            "justification": suppressed.reason,
            "properties": {"by": _BY[suppressed.kind]},
        }
    ]

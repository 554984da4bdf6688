"""Writes `docs/schemas/lint-report.json`: `python -m provlint.report.generate`."""

from __future__ import annotations

import json
from pathlib import Path

from provlint.report.published import lint_report_schema

TARGET = Path(__file__).parents[3] / "docs" / "schemas" / "lint-report.json"


def content() -> str:
    """Return what the file must hold."""
    return json.dumps(lint_report_schema(), indent=2) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(content(), encoding="utf-8", newline="\n")

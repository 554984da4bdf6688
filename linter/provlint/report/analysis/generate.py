"""Writes `docs/schemas/analysis.json`: `python -m provlint.report.analysis.generate`."""

from __future__ import annotations

import json
from pathlib import Path

from provlint.report.analysis.published import analysis_schema

TARGET = Path(__file__).parents[4] / "docs" / "schemas" / "analysis.json"


def content() -> str:
    """Return what the file must hold."""
    return json.dumps(analysis_schema(), indent=2) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(content(), encoding="utf-8", newline="\n")

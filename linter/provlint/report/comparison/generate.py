"""Writes `docs/schemas/comparison.json`: `python -m provlint.report.comparison.generate`."""

from __future__ import annotations

import json
from pathlib import Path

from provlint.report.comparison.published import comparison_schema

TARGET = Path(__file__).parents[4] / "docs" / "schemas" / "comparison.json"


def content() -> str:
    """Return what the file must hold."""
    return json.dumps(comparison_schema(), indent=2) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(content(), encoding="utf-8", newline="\n")

"""Writes `docs/schemas/baseline.json`: `python -m provlint.baseline.generate`."""

from __future__ import annotations

import json
from pathlib import Path

from provlint.baseline.published import baseline_schema

TARGET = Path(__file__).parents[3] / "docs" / "schemas" / "baseline.json"


def content() -> str:
    """Return what the file must hold."""
    return json.dumps(baseline_schema(), indent=2) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(content(), encoding="utf-8", newline="\n")

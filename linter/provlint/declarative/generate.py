"""Writes `docs/schemas/rules.json`: `python -m provlint.declarative.generate`."""

from __future__ import annotations

import json
from pathlib import Path

from provlint.declarative.published import rules_schema

TARGET = Path(__file__).parents[3] / "docs" / "schemas" / "rules.json"


def content() -> str:
    """Return what the file must hold."""
    return json.dumps(rules_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(content(), encoding="utf-8", newline="\n")

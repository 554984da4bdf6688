"""Writes `docs/schemas/configuration.json`: `python -m provlint.config.generate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from provlint.config.settings import Settings

TARGET = Path(__file__).parents[3] / "docs" / "schemas" / "configuration.json"


def configuration_schema() -> dict[str, Any]:
    """Return the JSON Schema of `provlint.toml` and of `[tool.provlint]`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Settings.model_json_schema(),
    }


def content() -> str:
    """Return what the file must hold."""
    return json.dumps(configuration_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(content(), encoding="utf-8", newline="\n")

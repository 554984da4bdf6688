"""Writes the JSON Schema of test-case files: `python -m provlint.cases.generate`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from provlint.cases.shapes import Case, CaseFile

TITLE = "Test cases of provlint"


def schema() -> dict[str, Any]:
    """The JSON Schema of a case file: an object with `cases`, a list of cases, or one case."""
    adapter: TypeAdapter[Any] = TypeAdapter(CaseFile | list[Case] | Case)
    document = adapter.json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        **document,
    }


def text() -> str:
    """The schema as it stands in the repository."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the schema into the folder that is named, or into `docs/schemas`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/schemas")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "test-cases.json").write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()

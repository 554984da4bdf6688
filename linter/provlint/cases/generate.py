"""Writes the JSON Schemas of case files and of the report: `python -m provlint.cases.generate`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from provlint.cases.shapes import Case, CaseFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReportedCase(_Part):
    """What came of one case."""

    id: str = Field(description="Name of the case.")
    status: Literal["passed", "failed", "error"] = Field(
        description="`error` when the case cannot be run."
    )
    message: str = Field(description="What differs; may have several lines; empty when it passed.")


class ReportSummary(_Part):
    """How many cases came to what."""

    total: int
    passed: int
    failed: int
    errors: int


class Report(_Part):
    """What `provlint test --format json` writes."""

    version: Literal[1]
    cases: list[ReportedCase]
    summary: ReportSummary


def case_schema() -> str:
    """The schema of a case file: an object with `cases`, a list of cases, or one case."""
    adapter: TypeAdapter[Any] = TypeAdapter(CaseFile | list[Case] | Case)
    return _text("Test cases of provlint", adapter.json_schema(by_alias=True))


def report_schema() -> str:
    """The schema of the report."""
    return _text("Report of provlint test", Report.model_json_schema())


def _text(title: str, schema: dict[str, Any]) -> str:
    document = {"$schema": DIALECT, **schema, "title": title}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


OUTPUTS = {"test-cases.json": case_schema, "test-report.json": report_schema}
"""File in `docs/schemas` to what it holds."""


def main() -> None:
    """Write the schemas into the folder that is named, or into `docs/schemas`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/schemas")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in OUTPUTS.items():
        (folder / name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The published format of `lint --format json`, as models; its JSON Schema is made from them.

Not imported by the renderer. `python -m provlint.report.generate` writes the schema, a test keeps
it in step, and another validates output against it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

PositiveInteger = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]


class _Published(BaseModel):
    model_config = ConfigDict(frozen=True)


class Position(_Published):
    """A place in a file."""

    line: PositiveInteger = Field(description="From 1.")
    column: PositiveInteger = Field(description="From 1, in Unicode code points.")


class Range(_Published):
    """From the first character to one past the last."""

    start: Position
    end: Position


class Related(_Published):
    """Another place in the same file that explains the finding."""

    message: str
    pointer: str = Field(description="JSON pointer (RFC 6901) in the file.")
    range: Range | None


class Edit(_Published):
    """Put `text` in the place of `range`."""

    range: Range
    text: str


class Fix(_Published):
    """A change that removes the finding."""

    title: str
    applicability: Literal["safe", "unsafe", "display-only"] = Field(
        description="`safe` keeps the meaning, `unsafe` may change it, `display-only` is advice."
    )
    edits: list[Edit]


class Suppression(_Published):
    """Why a finding counts for nothing."""

    kind: Literal["external"] = Field(description="It is not silenced in the file itself.")
    justification: str


class Diagnostic(_Published):
    """One finding."""

    rule: str = Field(pattern=r"^[A-Z]+\d{3}$", description="Stable id, never reused.")
    name: str = Field(description="Kebab-case name, an equal alias of the id.")
    severity: Literal["error", "warning", "note"]
    message: str = Field(description="What was found and what was expected.")
    help: str = Field(description="What to do; may be empty.")
    file: str = Field(description="As the user named it.")
    pointer: str = Field(description="JSON pointer (RFC 6901); empty for the whole file.")
    range: Range | None = Field(description="null for a finding about the file as a whole.")
    related: list[Related]
    fix: Fix | None
    documentation: str = Field(description="Address of a page on the rule; may be empty.")
    contested: str | None = Field(
        description="Name of the open reading of Microsoft's documentation that this rests on."
    )
    partialFingerprints: dict[str, str] = Field(  # noqa: N815 - the name in SARIF
        description="What the finding is known by from run to run."
    )
    baselineState: Literal["new", "unchanged"] | None = Field(  # noqa: N815 - as above
        description="Whether the baseline accepts it, which is `unchanged`; null without baseline."
    )
    suppressions: list[Suppression] = Field(
        description="Why it counts for nothing; empty for a finding that does count."
    )


class Summary(_Published):
    """The run, counted."""

    provlint: str = Field(description="Version of the program.")
    looked_at: Count = Field(description="Files opened.")
    recognised: Count = Field(description="Files that hold a provisioning configuration.")
    with_findings: Count = Field(description="Files that `diagnostics` speaks of.")
    errors: Count = Field(description="Those that count, as all that follow.")
    warnings: Count
    notes: Count
    suppressed: Count = Field(description="Findings that the configuration silences.")
    hidden: dict[str, Count] = Field(description="Reason for not showing findings to how many.")
    notices: list[str] = Field(description="What the user should know and that is about no file.")


class LintReport(_Published):
    """What `provlint lint --format json` writes.

    New members may be added within a version; ignore those that you do not know.
    """

    version: Literal[1]
    diagnostics: list[Diagnostic]
    summary: Summary


def lint_report_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **LintReport.model_json_schema(mode="serialization"),
    }

"""The published format of `analyze --format json`, as models; its JSON Schema is made from them.

Not imported by the renderer. `python -m provlint.report.analysis.generate` writes the schema.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[int, Field(ge=0)]
FilterSet = Literal["groups", "inputFilterGroups", "categoryFilterGroups"]
Verdict = Literal["never", "sometimes", "with-value", "always", "unknown"]
Witness = dict[str, str | int | bool | None]
"""A user: values by source attribute, null for an empty one. Others may be anything."""


class _Published(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Conflict(_Published):
    """Clauses of a group that nobody passes together, and of which none can be left out."""

    clauses: list[Number] = Field(description="Their numbers, from 0.")
    reason: str = Field(description="Why nobody passes them.")
    exception: Witness | None = Field(
        description="A user who does, by a value with a control character such as a line break."
    )


class Overlap(_Published):
    """A later group of the same set that admits some of the same users."""

    group: Number = Field(description="Number of the group in its set, from 0.")
    witness: Witness = Field(description="A user whom both groups admit.")


class Clause(_Published):
    """One clause of a group."""

    text: str = Field(description="In the text form of filters.")
    verdict: Verdict = Field(description="Who passes the clause.")
    witness: Witness | None = Field(description="A user who passes it.")
    reason: str | None = Field(description="Why nobody passes it.")
    implied_by: list[Number] = Field(
        description="The fewest other clauses of the group, from 0, from which it follows."
    )


class Group(_Published):
    """Clauses that must all hold."""

    set: FilterSet
    number: Number = Field(description="In its set, from 0.")
    title: str
    text: str = Field(description="In the text form of filters.")
    verdict: Verdict = Field(description="Who passes the group.")
    witness: Witness | None = Field(description="A user who passes it.")
    conflicts: list[Conflict] = Field(description="Clauses that nobody passes together.")
    contained_in: list[Number] = Field(
        description="The fewest other groups of the set that admit everybody whom this one admits."
    )
    overlaps: list[Overlap]
    clauses: list[Clause]


class Finding(_Published):
    """What an administrator should know."""

    kind: Literal[
        "invalid", "contradiction", "admits-nobody", "admits-everybody", "idle-group", "idle-clause"
    ]
    message: str
    help: str
    set: FilterSet | None = Field(description="null for the whole filter.")
    group: Number | None
    clauses: list[Number]
    contested: str | None = Field(
        description="Name of the open reading of Microsoft's documentation that it rests on."
    )


class Filter(_Published):
    """The filter of one object mapping, or one that was typed."""

    rule: str | None = Field(description="Name of the synchronization rule.")
    mapping: str | None = Field(description="Name of the object mapping.")
    target: str | None = Field(description="Name of the target directory.")
    sets: dict[FilterSet, str] = Field(description="The filter sets that have groups, as text.")
    null_policy: Literal["documented", "negatives-true"]
    verdict: Verdict = Field(
        description="Who passes: nobody, some, all who have a value of `valued`, everybody."
    )
    witness: Witness | None = Field(description="A user who passes.")
    outsider: Witness | None = Field(description="A user who does not.")
    valued: list[str] = Field(description="Attributes of which a value is enough to pass.")
    problem: str | None = Field(description="Why the filter is invalid.")
    groups: list[Group]
    findings: list[Finding]
    beyond: list[str] = Field(description="What could not be decided, in words.")
    steps: Number


class AnalysisReport(_Published):
    """What `provlint analyze --format json` writes."""

    version: Literal[1]
    filters: list[Filter]


def analysis_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **AnalysisReport.model_json_schema(mode="serialization"),
    }

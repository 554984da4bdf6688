"""The published format of `simulate --format json`, as models; its JSON Schema is made from them.

Not imported by the renderer. `python -m provlint.report.simulation.generate` writes the schema.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0)]
Action = Literal[
    "create", "update", "create-or-update", "disable", "delete", "skip", "none", "fail", "unknown",
    "staged-delete",
]  # fmt: skip
StepName = Literal["test connection", "import", "scope", "match", "action"]


class _Published(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Configuration(_Published):
    """The object mapping that was simulated."""

    rule: str = Field(description="Name of the synchronization rule.")
    mapping: str = Field(description="Name of the object mapping.")
    target: str = Field(description="Name of the target directory.")


class Counters(_Published):
    """Numbers of users; `--fail-if` knows them by these names."""

    users: Count
    in_scope: Count
    out_of_scope: Count
    undecided: Count = Field(description="Whose scope cannot be told.")
    created: Count
    updated: Count
    created_or_updated: Count = Field(description="In scope, but no target users were given.")
    disabled: Count
    deleted: Count
    staged_deletes: Count = Field(description="Held back as the deletions exceed the threshold.")
    deletions: Count = Field(description="disabled, deleted and staged_deletes.")
    unchanged: Count = Field(description="Matched, and nothing differs (RedundantExport).")
    skipped: Count = Field(description="All skips, `unchanged` among them.")
    untouched: Count = Field(description="Linked users for whom nothing is done.")
    failed: Count
    import_skipped: Count = Field(description="Without a value for any matching attribute.")
    duplicates_in_source: Count = Field(description="Fail: another source user has the value.")
    duplicates_in_target: Count = Field(description="Fail: several target users have the value.")
    contested: Count = Field(description="Whose outcome rests on an open reading.")
    left_out: Count = Field(description="Records that could not be read.")


class StepCount(_Published):
    """Users by the step that decided and the action."""

    step: StepName
    action: Action
    users: Count


class Reason(_Published):
    """A reason, without anything that is a user's own."""

    action: Action
    reason: str
    code: str | None = Field(description="Microsoft's code, where one is documented.")
    users: Count


class Shared(_Published):
    """Matching values that several source users have; letter case does not count."""

    attribute: str = Field(description="The target attribute.")
    values: Count
    users: Count


class Deletions(_Published):
    """Disables and deletions against the threshold of the job."""

    count: Count
    threshold: int | None
    exceeded: bool


class Contested(_Published):
    """An open reading, and how many outcomes rest on it."""

    reading: str
    meaning: str
    users: Count


class Assumption(_Published):
    """What was taken for granted, and for how many users."""

    text: str
    users: Count


class Summary(_Published):
    """What is told before any row."""

    counters: Counters
    steps: list[StepCount]
    reasons: list[Reason] = Field(description="The most frequent first.")
    shared_in_source: list[Shared]
    deletions: Deletions
    contested: list[Contested]
    assumptions: list[Assumption]
    missing: list[str] = Field(description="Attributes that are read and not in the export.")
    notes: list[str] = Field(description="On the files of the users.")


class Threshold(_Published):
    """One `--fail-if`."""

    text: str
    counter: str
    value: float
    exceeded: bool


class Row(_Published):
    """One user; also a line of `--format jsonl`, and the columns of CSV and Parquet."""

    user: str
    object_id: str
    target_id: str | None
    action: Action
    code: str | None
    step: StepName
    reason: str
    in_scope: bool | None
    matched_on: str | None = Field(description="The target attribute on which the user matched.")
    contested: list[str]


class SimulationReport(_Published):
    """What `provlint simulate --format json` writes."""

    version: Literal[1]
    configuration: Configuration
    summary: Summary
    thresholds: list[Threshold]
    rows: list[Row] = Field(description="Those that --show asks for.")
    more_rows: bool = Field(description="Whether --limit cut the rows short.")


def simulation_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SimulationReport.model_json_schema(mode="serialization"),
    }

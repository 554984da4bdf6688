"""The published format of `compare --format json`, as models; its JSON Schema is made from them.

Not imported by the renderer. `python -m provlint.report.comparison.generate` writes the schema.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from provlint.report.simulation.published import (
    Action,
    Assumption,
    Contested,
    Deletions,
    Shared,
    Threshold,
)

Count = Annotated[int, Field(ge=0)]
Weight = Literal["danger", "caution", "note"]
Movement = Literal["entering", "leaving", "staying", "outside", "undecided"]
Mark = Literal["deactivated", "activated", "identifier changed", "renamed", "entitlement changed"]


class _Published(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(_Published):
    """One thing that the change does."""

    weight: Weight
    text: str


class Change(_Published):
    """One difference of the configurations."""

    kind: str = Field(description="Kebab-case; kinds are never renamed.")
    weight: Weight = Field(
        description="danger: accounts may be lost, kept or doubled; caution: something else is"
        " written, or other people are; note: good to know."
    )
    rule: str = Field(description="Name of the synchronization rule; empty for the job.")
    mapping: str = Field(description="Name of the object mapping; empty for the whole rule.")
    attribute: str = Field(description="The target attribute, where it is about one.")
    text: str
    consequence: str
    advice: str = Field(description="What to do; empty where nothing needs doing.")
    old: str | None = Field(description="What was, in the canonical spelling.")
    new: str | None = Field(description="What is.")
    entering: dict[str, Any] | None = Field(
        description="Values of a user whom the new filter admits and the old one does not."
    )
    leaving: dict[str, Any] | None = Field(
        description="Values of a user whom the old filter admits and the new one does not."
    )


class Counters(_Published):
    """Numbers of users; `--fail-if` knows them by these names."""

    users: Count
    in_scope_before: Count
    in_scope_after: Count
    entering: Count
    leaving: Count
    staying: Count
    outside: Count
    undecided: Count = Field(description="Whose scope cannot be told before or after.")
    may_enter: Count = Field(description="Out of scope before; after the change it cannot be told.")
    may_leave: Count = Field(description="In scope before; after the change it cannot be told.")
    disabled: Count = Field(description="As they leave, or by a written value.")
    disabled_leaving: Count
    disabled_in_scope: Count = Field(description="By a written value, such as `active`.")
    deleted: Count
    staged_deletes: Count = Field(description="Held back as the deletions exceed the threshold.")
    deletions: Count = Field(
        description="Who leave and are disabled or deleted: what counts against the threshold."
    )
    leaving_untouched: Count = Field(description="Who leave scope and keep their accounts.")
    leaving_unmanaged: Count = Field(description="Who leave scope and have no account.")
    created: Count = Field(description="Of those who enter.")
    linked: Count = Field(description="Who enter and have an account already.")
    created_or_linked: Count = Field(description="Who enter; no target users were given.")
    matching_changed: Count = Field(description="Who stay, and are matched by another value.")
    values_changed: Count = Field(description="Who stay, and are written otherwise.")
    renamed: Count
    entitlements_changed: Count
    activated: Count
    deactivated: Count = Field(description="disabled, deleted and staged_deletes.")
    new_failures: Count
    still_failing: Count
    repaired: Count = Field(description="Who failed before and do not any more.")
    managed: Count = Field(description="Who have an account that provisioning manages.")
    contested: Count = Field(description="Whose outcome rests on an open reading.")
    left_out: Count = Field(description="Records that could not be read.")


class Reason(_Published):
    """A reason, without anything that is a user's own."""

    action: Action
    reason: str
    users: Count


class LostReferences(_Published):
    """References of users in scope, such as `manager`, to users who leave it."""

    attribute: str
    users: Count = Field(description="Users in scope who refer to somebody who leaves it.")
    referred: Count = Field(description="Users who leave scope to whom they refer.")


class FrequentChange(_Published):
    """A pair of values that many users have; null for nothing."""

    old: str | None
    new: str | None
    users: Count


class Values(_Published):
    """A target attribute that is written otherwise."""

    attribute: str
    users: Count
    distinct: Count = Field(description="Number of different pairs of old and new value.")
    frequent: list[FrequentChange] = Field(description="Empty with --no-examples.")


class ValueChange(_Published):
    """One attribute of one user."""

    attribute: str
    old: str | None
    new: str | None


class Row(_Published):
    """One user; CSV and Parquet have `changed`, the names of the attributes, for `values`."""

    user: str
    object_id: str
    movement: Movement
    managed: bool
    action_before: Action
    action: Action
    code: str | None
    because: str = Field(description="Why the user moves into scope or out of it.")
    reason: str = Field(description="Why the action is taken under the new configuration.")
    failing: bool
    marks: list[Mark]
    contested: list[str]
    values: list[ValueChange]


class Users(_Published):
    """The same users under both configurations."""

    rule: str
    mapping: str
    counters: Counters
    leaving: list[Reason]
    entering: list[Reason] = Field(description="Why these users were out of scope before.")
    undecided: list[Reason]
    failing: list[Reason] = Field(description="Why users fail under the new configuration.")
    values: list[Values]
    shared_before: list[Shared]
    shared_after: list[Shared]
    references: list[LostReferences]
    deletions: Deletions
    contested: list[Contested]
    managed_by: Literal["links", "target", "scope"] = Field(
        description="How it is known who has an account."
    )
    assumptions: list[Assumption]
    missing: list[str] = Field(description="Attributes that are read and not in the export.")
    notes: list[str]
    rows: list[Row] = Field(description="Those that --show asks for.")
    more_rows: bool


class Configuration(_Published):
    """One configuration before and after."""

    name: str
    status: Literal["changed", "same", "added", "removed"]
    verdict: list[Fact] = Field(description="The gravest first; never empty.")
    changes: list[Change]
    starts_initial_cycle: bool
    users: Users | None


class ComparisonReport(_Published):
    """What `provlint compare --format json` writes."""

    version: Literal[1]
    weight: Weight = Field(description="That of the gravest verdict.")
    configurations: list[Configuration]
    thresholds: list[Threshold]
    notes: list[str]


def comparison_schema() -> dict[str, Any]:
    """Return the JSON Schema of the format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ComparisonReport.model_json_schema(mode="serialization"),
    }

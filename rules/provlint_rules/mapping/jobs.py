"""What the job around a schema says: its settings and its schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import NOTE, Place
from provlint.rule import Finding, Rule, RuleInfo
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import ObjectMappingUnit, SchemaUnit

NO_THRESHOLD = RuleInfo(
    "PL425", "missing-delete-threshold", "Nothing stops a job that deletes too many", NOTE,
    sources.ACCIDENTAL_DELETIONS,
)  # fmt: skip
OPEN_JOB = RuleInfo(
    "PL426", "open-inbound-job", "An inbound job runs, and no filter limits it", NOTE,
    sources.PLAN_HR, confidence="medium",
)  # fmt: skip

THRESHOLD = "QuarantineTooManyDeletesThreshold"
WITH_DEFAULT = frozenset({"azure2azure"})
"""Templates, in lower case, whose jobs have a threshold unless it is changed."""


def no_threshold(unit: SchemaUnit) -> Iterator[Finding]:
    """A wrong filter takes everybody out of scope, and a threshold stops the cycle."""
    job = unit.schema.job
    if job is None or not job.has_settings or unit.template_id.lower() in WITH_DEFAULT:
        return
    if THRESHOLD not in job.settings:
        yield Finding(
            f"the job has no `{THRESHOLD}`, so a wrong filter may disable or delete everybody in"
            " one cycle",
            "set a threshold for accidental deletions, and a notification address",
            Place(job.pointer + "/synchronizationJobSettings"),
        )


def open_job(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """A test with one person creates everybody while the job runs without a filter."""
    job = unit.rule.schema.schema.job
    if job is None or job.schedule_state != "Active" or not unit.rule.from_hr:
        return
    scope = unit.scope_unit
    filtered = scope is not None and any(group.filter_set == "groups" for group in scope.groups)
    if unit.maps_users and unit.mapping.enabled and not filtered:
        yield Finding(
            "the job is active and no scoping filter limits it, so every person of the source is"
            " provisioned",
            "while you test, add a filter for the test users or stop the job",
            unit.place("scope"),
        )


RULES = (
    Rule(NO_THRESHOLD, "schema", no_threshold),
    Rule(OPEN_JOB, "object-mapping", open_job),
)

"""What an object mapping is allowed to do in the target, and the job around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, NOTE, WARNING, Place
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.syntax import calls
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit, SchemaUnit

UPDATE_OFF = RuleInfo(
    "PL411", "update-switched-off", "Updates are switched off, and disabling is an update",
    WARNING, sources.HOW_PROVISIONING_WORKS,
)  # fmt: skip
CREATE_OFF = RuleInfo(
    "PL412", "create-switched-off", "New users are never created", NOTE, sources.CUSTOMIZE,
)  # fmt: skip
DELETE_OFF = RuleInfo(
    "PL423", "delete-switched-off", "Accounts of deleted users stay in the target", NOTE,
    sources.HOW_PROVISIONING_WORKS,
)  # fmt: skip
NULL_FROM_PAYLOAD = RuleInfo(
    "PL424", "null-flow-from-payload", "An attribute that a payload leaves out is cleared", NOTE,
    sources.CLEAR_VALUES,
)  # fmt: skip
USERS_DISABLED = RuleInfo(
    "PL413", "user-mapping-disabled", "The mapping of users is disabled", ERROR, sources.CUSTOMIZE,
)  # fmt: skip
DEFAULT_ON_UPDATE = RuleInfo(
    "PL418", "default-value-on-update", "A default value is written on creation only", NOTE,
    sources.CUSTOMIZE, profile="strict",
)  # fmt: skip
NULL_FLOW_CONFLICT = RuleInfo(
    "PL419", "null-flow-conflict", "One setting clears the target, the other keeps it", WARNING,
    sources.CLEAR_VALUES,
)  # fmt: skip
HARD_DELETE = RuleInfo(
    "PL422", "hard-delete", "Leavers are deleted, not disabled", NOTE, sources.INBOUND_API_FAQ,
)  # fmt: skip

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


def update_off(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """A disable is an update of `active`; without updates leavers keep their access."""
    flow = unit.mapping.flow_types
    if flow is not None and flow and "Update" not in flow:
        yield Finding(
            f"the flow types {quote(', '.join(sorted(flow)))} lack `Update`, so users who leave are"
            " never disabled",
            "add `Update` to `flowTypes`",
            unit.place("flowTypes"),
        )


def create_off(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """A documented pattern for applications that are only updated, and an oversight elsewhere."""
    flow = unit.mapping.flow_types
    if flow is not None and "Add" not in flow:
        yield Finding(
            "the flow types lack `Add`, so new users never appear in the target",
            "add `Add` to `flowTypes`, unless the target is meant to be updated only",
            unit.place("flowTypes"),
        )


def delete_off(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Who is deleted in Entra ID for good is deleted in the target, if that is switched on."""
    flow = unit.mapping.flow_types
    outbound = unit.rule.source_system == "entra"
    outbound = outbound and unit.rule.target_system in ("application", "entra")
    if outbound and flow and "Update" in flow and "Add" in flow and "Delete" not in flow:
        yield Finding(
            "the flow types lack `Delete`, so accounts of deleted users stay in the target",
            "add `Delete` to `flowTypes`, unless the accounts are meant to be kept",
            unit.place("flowTypes"),
        )


def null_from_payload(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """An API client that sends a part of a record clears what it does not send."""
    if unit.rule.source_system != "api-driven":
        return
    read = {name for found in unit.attribute_mappings for name in found.source_attributes}
    for name, definition in (unit.source_attributes or {}).items():
        if definition.flow_null_values and name in read:
            yield Finding(
                f"{quote(name)} lets null values flow, so a payload that leaves it out clears the"
                " target",
                "send complete records only, or set `flowNullValues` to false",
                Place(definition.pointer + "/flowNullValues"),
            )


def users_disabled(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Group mappings may be disabled; the mapping of users may not."""
    if not unit.mapping.enabled and unit.maps_users and unit.mapping.name:
        rule = unit.rule
        pair = {rule.source_system, rule.target_system}
        if pair == {"active-directory", "entra"}:
            return
        yield Finding(
            f"the mapping of users {quote(unit.mapping.name)} is disabled, which is not supported",
            "enable it; to provision nobody, narrow the scope or stop the job",
            unit.place("enabled"),
        )


def default_on_update(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The portal says so: the default is used when the object is created."""
    mapping = unit.mapping
    if mapping.default_value and mapping.flow_type == "Always" and mapping.source is not None:
        yield Finding(
            f"the default {quote(mapping.default_value)} of"
            f" {quote(mapping.target_attribute_name)} is written on creation only",
            'write the default into the expression, such as `Switch([a], [a], "", "default")`',
            unit.place("defaultValue"),
        )


def null_flow_conflict(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Null flow clears the target; `IgnoreFlowIfNullOrEmpty` keeps what the target has."""
    yield from _null_flow_without_effect(unit)
    expression = unit.expression
    if expression is None or expression.tree is None or not unit.parent.rule.from_hr:
        return
    call = next(calls(expression.tree), None)
    if call is None or call.name.lower() != "ignoreflowifnullorempty":
        return
    attributes = unit.parent.source_attributes or {}
    for name in unit.source_attributes:
        definition = attributes.get(name)
        if definition is not None and definition.flow_null_values:
            yield Finding(
                f"`IgnoreFlowIfNullOrEmpty` keeps the target's value, and {quote(name)} is set to"
                " let null clear it",
                "decide: remove the function, or set `flowNullValues` to false",
                expression.place(*call.name_span),
            )


def _null_flow_without_effect(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """The preview clears single values, and only in inbound provisioning from HR."""
    rule, target = unit.parent.rule, unit.target
    outbound = rule.source_system == "entra" and rule.target_system == "application"
    attributes = unit.parent.source_attributes or {}
    for name in unit.source_attributes:
        definition = attributes.get(name)
        if definition is None or not definition.flow_null_values:
            continue
        several = definition.multivalued or (target is not None and target.multivalued)
        if outbound or (rule.from_hr and several):
            yield Finding(
                f"{quote(name)} is set to let null clear the target, which"
                + (
                    " outbound provisioning does not do"
                    if outbound
                    else " works for one value only"
                ),
                "set `flowNullValues` to false",
                Place(definition.pointer + "/flowNullValues"),
                severity=NOTE,
            )


def hard_delete(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """A delete in Active Directory is final, but for its recycle bin."""
    flow = unit.mapping.flow_types
    rule = unit.rule
    if flow and "Delete" in flow and rule.from_hr and rule.target_system == "active-directory":
        yield Finding(
            "the flow types hold `Delete`, which removes the object from Active Directory for good",
            "decide explicitly, and enable the Active Directory recycle bin",
            Place(unit.mapping.pointer + "/flowTypes"),
        )


def no_threshold(unit: SchemaUnit) -> Iterator[Finding]:
    """A wrong filter takes everybody out of scope, and a threshold stops the cycle."""
    job = unit.schema.job
    if job is None or not job.has_settings or unit.template_id.lower() in WITH_DEFAULT:
        return
    secrets = unit.evidence.secrets if unit.evidence is not None else None
    if secrets is not None and secrets.delete_threshold_enabled:
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
    Rule(UPDATE_OFF, "object-mapping", update_off),
    Rule(CREATE_OFF, "object-mapping", create_off),
    Rule(DELETE_OFF, "object-mapping", delete_off),
    Rule(NULL_FROM_PAYLOAD, "object-mapping", null_from_payload),
    Rule(USERS_DISABLED, "object-mapping", users_disabled),
    Rule(DEFAULT_ON_UPDATE, "attribute-mapping", default_on_update),
    Rule(NULL_FLOW_CONFLICT, "attribute-mapping", null_flow_conflict),
    Rule(HARD_DELETE, "object-mapping", hard_delete),
    Rule(NO_THRESHOLD, "schema", no_threshold),
    Rule(OPEN_JOB, "object-mapping", open_job),
)

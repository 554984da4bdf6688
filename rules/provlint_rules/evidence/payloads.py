"""Payloads of API-driven provisioning, given as users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.diagnostic import ERROR, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.evidence import OmittedBy, ScopeOf
from provlint.wording import alternatives, counted, quote
from provlint_rules import sources
from provlint_rules.evidence_wording import such_as
from provlint_rules.mapping.deprovisioning import DISABLING, ENABLING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.rule import Need
    from provlint.semantics.configuration import AttributeMappingUnit
    from provlint.semantics.evidence import Question, Some

USERS: tuple[Need, ...] = ("configuration", "users")

NO_STATUS = RuleInfo(
    "PL727", "payload-without-status", "A payload leaves out whether the account is active", ERROR,
    sources.INBOUND_API_ISSUES, needs=USERS,
)  # fmt: skip
CLEARS = RuleInfo(
    "PL728", "payload-that-clears", "A payload leaves out what its absence clears", WARNING,
    sources.CLEAR_VALUES, needs=USERS,
)  # fmt: skip


def _is_driven(unit: AttributeMappingUnit) -> bool:
    parent = unit.parent
    return parent.rule.source_system == "api-driven" and parent.mapping.enabled


def _tells_status(unit: AttributeMappingUnit) -> bool:
    target = unit.mapping.target_attribute_name.lower()
    return _is_driven(unit) and target in ENABLING | DISABLING and bool(unit.source_attributes)


def _may_clear(unit: AttributeMappingUnit) -> bool:
    attributes = unit.parent.source_attributes or {}
    return _is_driven(unit) and any(
        name in attributes and attributes[name].flow_null_values for name in unit.source_attributes
    )


def _omitted(unit: AttributeMappingUnit) -> tuple[Some, str] | None:
    """Whose records leave out what the mapping reads, and that in words."""
    evidence = unit.parent.evidence
    if evidence is None:
        return None
    found = evidence.answer(OmittedBy(unit.mapping.pointer))
    results = evidence.answer(ScopeOf(unit.parent.mapping.pointer))
    if found is None or results is None or not found.number:
        return None
    names = alternatives(unit.source_attributes)
    records = f"{found.number:,} of {counted(results.users, 'record')}"
    return found, f"{records} {'leaves' if found.number == 1 else 'leave'} out {names}"


def _asks_status(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if _tells_status(unit):
        yield OmittedBy(unit.mapping.pointer)
        yield ScopeOf(unit.parent.mapping.pointer)


def no_status(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Reported in 2026: an update without `active` disables the account."""
    omitted = _omitted(unit) if _tells_status(unit) else None
    if omitted is not None:
        found, words = omitted
        yield Finding(
            f"{words}, so an update may disable the account by"
            f" {quote(unit.mapping.target_attribute_name)}{such_as(found)}",
            "send it with every record",
            unit.source_place,
        )


def _asks_cleared(unit: AttributeMappingUnit) -> Iterator[Question[Any]]:
    if _may_clear(unit):
        yield OmittedBy(unit.mapping.pointer)
        yield ScopeOf(unit.parent.mapping.pointer)


def clears(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """What a payload leaves out counts as null, and null flows."""
    omitted = _omitted(unit) if _may_clear(unit) and not _tells_status(unit) else None
    if omitted is not None:
        found, words = omitted
        yield Finding(
            f"{words}, which clears {quote(unit.mapping.target_attribute_name)}{such_as(found)}",
            "send complete records, or set `flowNullValues` to false",
            unit.source_place,
        )


RULES = (
    Rule(NO_STATUS, "attribute-mapping", no_status, asks=_asks_status),
    Rule(CLEARS, "attribute-mapping", clears, asks=_asks_cleared),
)

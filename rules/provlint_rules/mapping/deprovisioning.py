"""Mappings that disable accounts: the ones that hurt most when they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint.semantics.inference.facts import Type

FROM_ACCOUNT_ENABLED = RuleInfo(
    "PL408", "active-from-account-enabled", "Users who lose access stay active in the application",
    ERROR, sources.CUSTOMIZE,
)  # fmt: skip
INVERTED = RuleInfo(
    "PL409", "inverted-active", "Active users would be disabled, and leavers enabled", ERROR,
    sources.CUSTOMIZE,
)  # fmt: skip
NOT_MAPPED = RuleInfo(
    "PL410", "soft-delete-unmapped", "No mapping disables users who leave", WARNING,
    sources.HOW_PROVISIONING_WORKS,
)  # fmt: skip

ENABLING = frozenset({"active", "isactive", "accountenabled", "enabled", "is_active"})
"""Target attributes, in lower case, that are true for a user who may sign in."""
DISABLING = frozenset(
    {"suspended", "accountdisabled", "disabled", "isdisabled", "inactive", "locked", "deactivated",
     "isfrozen", "archived"}
)  # fmt: skip
"""Target attributes, in lower case, that are true for a user who may not."""
LOCKING = frozenset({"locked_out", "lockedout", "islocked", "is_locked", "issoftdeleted"})
"""Target attributes, in lower case, that are true for a leaver beside one of those above."""


def from_account_enabled(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """`IsSoftDeleted` knows of unassignment and scope; `accountEnabled` knows of neither."""
    rule = unit.parent.rule
    target = unit.mapping.target_attribute_name.lower()
    if rule.source_system != "entra" or rule.target_system != "application":
        return
    names = {name.lower() for name in unit.source_attributes}
    if (
        target in ENABLING | DISABLING
        and "accountenabled" in names
        and "issoftdeleted" not in names
    ):
        good = (
            "[IsSoftDeleted]"
            if target in DISABLING
            else 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
        )
        yield Finding(
            f"{quote(unit.mapping.target_attribute_name)} follows `accountEnabled`, so users who"
            " are unassigned or leave the scope stay active",
            f"map it from `IsSoftDeleted`: `{good}`",
            unit.place("targetAttributeName"),
        )


AT_WORK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("IsSoftDeleted", ("False",)),
    ("accountEnabled", ("True",)),
    ("Active", ("1", "True")),
    ("active", ("True", "true")),
    ("emplStatus", ("A",)),
    ("userAccountControl", ("512",)),
)
"""Source attributes, and the values that they have for somebody who is at work."""


SPELT_ONE_WAY = frozenset({"IsSoftDeleted", "accountEnabled"})
"""Source attributes whose value is surely none of other keys; HR sources spell theirs anyhow."""


UNHEARD_OF = "\ue000"
"""A value that no expression knows."""


def inverted(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Somebody at work must come out enabled."""
    target = unit.mapping.target_attribute_name.lower()
    if target not in ENABLING | DISABLING | LOCKING:
        return
    for name, values in AT_WORK:
        if name not in unit.source_attributes:
            continue
        for value in values:
            result = _result(unit, name, value)
            if result is None or result.lower() not in ("true", "false"):
                continue
            if (result.lower() == "true") is (target in ENABLING):
                continue
            yield Finding(
                f"{quote(unit.mapping.target_attribute_name)} becomes {quote(result)} when"
                f" {quote(name)} is {quote(value)}, so the first cycle disables everybody who is"
                " active",
                'swap the values: `Switch([IsSoftDeleted], , "False", "True", "True", "False")`'
                if target in ENABLING and name == "IsSoftDeleted"
                else "swap the values",
                unit.source_place,
            )
            return


def _result(unit: AttributeMappingUnit, name: str, value: str) -> str | None:
    """What flows for one value of one attribute; None where that is not constant."""
    tree = None if unit.expression is None else unit.expression.tree
    if tree is None:
        return value if unit.source_attribute == name else None
    from provlint.semantics.inference import from_values, infer

    attributes = unit.parent.source_attributes
    type_: Type = "boolean" if value.lower() in ("true", "false") else "text"
    result = infer(tree, attributes, {name: from_values((value,), type_=type_)}).constant
    if name in SPELT_ONE_WAY or result is None:
        return result
    # A value that no key knows may be another spelling than the source's.
    other = infer(tree, attributes, {name: from_values((UNHEARD_OF,), type_=type_)}).constant
    return None if result == other else result


def not_mapped(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Without a mapping of `IsSoftDeleted` no disable is ever sent."""
    rule = unit.rule
    between_tenants = rule.target_system == "entra"
    if not unit.maps_users or rule.source_system != "entra":
        return
    if rule.target_system != "application" and not between_tenants:
        return
    targets = unit.target_attributes
    if targets is None or not unit.mapping.enabled:
        return
    switches = ENABLING | DISABLING if not between_tenants else frozenset({"issoftdeleted"})
    switch = next((name for name in targets if name.lower() in switches), None)
    if switch is None:
        return
    read = {name.lower() for found in unit.attribute_mappings for name in found.source_attributes}
    from_status = any(
        found.mapping.target_attribute_name.lower() in switches
        and "accountenabled" in (name.lower() for name in found.source_attributes)
        for found in unit.attribute_mappings
    )  # `active-from-account-enabled` has said so
    if "issoftdeleted" not in read and not from_status:
        yield Finding(
            "no mapping reads `IsSoftDeleted`, so users who are unassigned or leave the scope are"
            " never disabled",
            f"map {quote(switch)} from `IsSoftDeleted`, unless that is intended",
            unit.place("attributeMappings")._replace(part="key"),
        )


RULES = (
    Rule(FROM_ACCOUNT_ENABLED, "attribute-mapping", from_account_enabled),
    Rule(INVERTED, "attribute-mapping", inverted),
    Rule(NOT_MAPPED, "object-mapping", not_mapped),
)

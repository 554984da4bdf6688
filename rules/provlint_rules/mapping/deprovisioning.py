"""Mappings that disable accounts: the ones that hurt most when they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar import syntax
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit

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
)
"""Source attributes, and the values that they have for somebody who is at work."""


SPELT_ONE_WAY = frozenset({"IsSoftDeleted", "accountEnabled"})
"""Source attributes whose value is surely none of other keys; HR sources spell theirs anyhow."""


def inverted(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Somebody at work must come out enabled."""
    target = unit.mapping.target_attribute_name.lower()
    if target not in ENABLING | DISABLING:
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
    if unit.expression is not None and unit.expression.tree is not None:
        return _value(unit.expression.tree, name, value)
    return value if unit.source_attribute == name else None


def _value(node: syntax.Expression, name: str, value: str) -> str | None:
    if isinstance(node, syntax.Text):
        return node.value
    if isinstance(node, syntax.Attribute):
        return value if node.name == name else None
    if isinstance(node, syntax.BareLiteral):
        return node.name
    if not isinstance(node, syntax.Call):
        return None
    arguments = node.arguments
    function = node.name.lower()
    if function in ("not", "tolower", "toupper", "cbool", "cstr") and arguments:
        inner = _value(arguments[0], name, value)
        if inner is None or function not in ("not", "cbool"):
            return inner
        return str((inner.lower() == "true") is (function == "cbool"))
    if function == "switch" and len(arguments) >= 4:
        source = _value(arguments[0], name, value)
        keys = [_value(key, name, value) for key in arguments[2::2]]
        if source is None or None in keys or len(arguments) % 2:
            return None
        if source in keys:
            return _value(arguments[3 + 2 * keys.index(source)], name, value)
        return _value(arguments[1], name, value) if name in SPELT_ONE_WAY else None
    if function == "iif" and len(arguments) == 3:
        condition = arguments[0]
        if not isinstance(condition, syntax.Comparison):
            met = _value(condition, name, value)
            if met is None or met.lower() not in ("true", "false"):
                return None
            return _value(arguments[1 if met.lower() == "true" else 2], name, value)
        left, right = _value(condition.left, name, value), _value(condition.right, name, value)
        if left is not None and right is not None and condition.operator in ("=", "<>"):
            holds = (left == right) is (condition.operator == "=")
            return _value(arguments[1 if holds else 2], name, value)
    return None


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

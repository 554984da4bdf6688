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


def inverted(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """With `IsSoftDeleted` False the user is at work: the account must come out enabled."""
    target = unit.mapping.target_attribute_name.lower()
    if target not in ENABLING | DISABLING or "IsSoftDeleted" not in unit.source_attributes:
        return
    tree = unit.expression.tree if unit.expression is not None else None
    if tree is None:
        result = "false" if unit.source_attribute == "IsSoftDeleted" else None
    else:
        result = _value(tree, "False")
    if result is None or result.lower() not in ("true", "false"):
        return
    enabled = (result.lower() == "true") is (target in ENABLING)
    if not enabled:
        yield Finding(
            f"{quote(unit.mapping.target_attribute_name)} becomes {quote(result)} for users who are"
            " active, so the first cycle disables everybody",
            'swap the values: `Switch([IsSoftDeleted], , "False", "True", "True", "False")`'
            if target in ENABLING
            else "map `[IsSoftDeleted]` as it is",
            unit.place("targetAttributeName"),
        )


def _value(node: syntax.Expression, soft_deleted: str) -> str | None:
    """What the expression gives for a value of `IsSoftDeleted`; None where it is not constant."""
    if isinstance(node, syntax.Text):
        return node.value
    if isinstance(node, syntax.Attribute):
        return soft_deleted if node.name == "IsSoftDeleted" else None
    if isinstance(node, syntax.BareLiteral):
        return node.name
    if not isinstance(node, syntax.Call):
        return None
    arguments = node.arguments
    name = node.name.lower()
    if name in ("not", "tolower", "toupper", "cbool", "cstr") and arguments:
        inner = _value(arguments[0], soft_deleted)
        if inner is None or name not in ("not", "cbool"):
            return inner
        return str((inner.lower() == "true") is (name == "cbool"))
    if name == "switch" and len(arguments) >= 4:
        return _switch(arguments, soft_deleted)
    if name == "iif" and len(arguments) == 3 and isinstance(arguments[0], syntax.Comparison):
        condition = arguments[0]
        left, right = _value(condition.left, soft_deleted), _value(condition.right, soft_deleted)
        if left is not None and right is not None and condition.operator in ("=", "<>"):
            holds = (left == right) is (condition.operator == "=")
            return _value(arguments[1 if holds else 2], soft_deleted)
    return None


def _switch(arguments: tuple[syntax.Expression, ...], soft_deleted: str) -> str | None:
    source = _value(arguments[0], soft_deleted)
    if source is None:
        return None
    for key, value in zip(arguments[2::2], arguments[3::2], strict=False):
        if _value(key, soft_deleted) == source:
            return _value(value, soft_deleted)
    return _value(arguments[1], soft_deleted)


def not_mapped(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Without a mapping of `IsSoftDeleted` no disable is ever sent."""
    rule = unit.rule
    if not unit.maps_users or rule.source_system != "entra" or rule.target_system != "application":
        return
    targets = unit.target_attributes
    if targets is None or not unit.mapping.enabled:
        return
    switch = next((name for name in targets if name.lower() in ENABLING | DISABLING), None)
    if switch is None:
        return
    read = {name.lower() for found in unit.attribute_mappings for name in found.source_attributes}
    if not read & {"issoftdeleted", "accountenabled"}:
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

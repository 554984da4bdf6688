"""An expression without a file, in a mapping that is imagined around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from provlint.model.tree import (
    AttributeDefinition,
    AttributeMapping,
    Document,
    MappingSource,
    ObjectMapping,
    Schema,
    SynchronizationRule,
)
from provlint.semantics.configuration import (
    AttributeMappingUnit,
    ConfigurationUnit,
    ExpressionUnit,
    ObjectMappingUnit,
    SynchronizationRuleUnit,
)
from provlint.semantics.systems import SYSTEMS, system_from_word

if TYPE_CHECKING:
    from provlint.semantics.systems import System

DIALECTS = ("app-provisioning", "cloud-sync")


def free_standing_expression(
    text: str,
    *,
    dialect: str | None = None,
    source: str | None = None,
    target: str | None = None,
    attributes: Iterable[str] | Mapping[str, str] | None = None,
    matching_priority: int = 0,
    flow_type: str | None = None,
    target_attribute: str = "",
) -> ExpressionUnit:
    """The unit of an expression that stands in no file; arguments as in `lint_expression`.

    Raises:
        ValueError: `source`, `target` or `dialect` is an unknown word.
    """
    if dialect is not None and dialect not in DIALECTS:
        raise ValueError(f"unknown dialect `{dialect}`; known are {', '.join(DIALECTS)}")
    mapping = AttributeMapping(
        "",
        target_attribute,
        MappingSource("", "Function", None, text),
        matching_priority,
        flow_type or "",
    )
    schema = Schema("", fragment=True)
    configuration = ConfigurationUnit(Document("attribute-mapping", (schema,)), dialect=dialect)
    rule = SynchronizationRuleUnit(
        configuration.schemas[0],
        SynchronizationRule(""),
        source_system=_system(source, "source"),
        target_system=_system(target, "target"),
    )
    parent = ObjectMappingUnit(rule, ObjectMapping(""), source_attributes=_definitions(attributes))
    attribute_mapping = AttributeMappingUnit(parent, mapping)
    expression = ExpressionUnit(attribute_mapping, text, "")
    # Rules on the mapping must speak of places in this text too, not of a member of a file.
    attribute_mapping._expression = expression
    return expression


def _system(word: str | None, name: str) -> System | None:
    if word is None:
        return None
    system = system_from_word(word)
    if system is None:
        raise ValueError(f"unknown {name} system `{word}`; known are {', '.join(SYSTEMS)}")
    return system


def _definitions(
    attributes: Iterable[str] | Mapping[str, str] | None,
) -> dict[str, AttributeDefinition] | None:
    if attributes is None:
        return None
    if isinstance(attributes, Mapping):
        return {name: AttributeDefinition("", name, kind) for name, kind in attributes.items()}
    return {name: AttributeDefinition("", name) for name in attributes}

"""What the rules of a run want to know of the inputs beside a configuration.

Only a run with such inputs imports this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provlint.rule import Rule
    from provlint.semantics.configuration import ConfigurationUnit, ObjectMappingUnit, SchemaUnit
    from provlint.semantics.evidence import Question


def questions(configuration: ConfigurationUnit, rules: Iterable[Rule]) -> set[Question[Any]]:
    """Everything that the rules ask, each question once.

    A rule that fails to ask is not heard here; it fails again when it is called, and is reported.
    """
    asking: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.asks is not None:
            asking.setdefault(rule.unit, []).append(rule)
    found: set[Question[Any]] = set()
    for name, unit in units(configuration):
        for rule in asking.get(name, ()):
            assert rule.asks is not None
            try:
                found.update(rule.asks(unit))
            except Exception:
                continue
    return found


def units(configuration: ConfigurationUnit) -> Iterator[tuple[str, Any]]:
    """Every unit of a configuration that may ask, by the name that rules call it."""
    yield "document", configuration
    for schema in configuration.schemas:
        yield from _of_schema(schema)


def _of_schema(schema: SchemaUnit) -> Iterator[tuple[str, Any]]:
    yield "schema", schema
    for rule in schema.rules:
        yield "synchronization-rule", rule
        for mapping in rule.object_mappings:
            if not mapping.is_stub:
                yield from _of_object_mapping(mapping)


def _of_object_mapping(mapping: ObjectMappingUnit) -> Iterator[tuple[str, Any]]:
    yield "object-mapping", mapping
    scope = mapping.scope_unit
    if scope is not None:
        yield "scope", scope
        for group in scope.groups:
            yield "filter-group", group
            yield from (("clause", clause) for clause in group.clauses)
    yield from (("attribute-mapping", each) for each in mapping.attribute_mappings)

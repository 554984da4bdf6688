"""What is known of the users of a scoping filter before any of them is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.systems import ALWAYS_PRESENT
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.semantics.filter_clauses import NullPolicy


class FilterFacts(NamedTuple):
    """What is known of the source objects of an object mapping.

    Attributes:
        types: Types of the source attributes by name, as the schema declares them.
        present: Attributes that every object has.
        source_system: The system that the objects come from.
        target_system: The system that they go to.
    """

    types: Mapping[str, str]
    present: frozenset[str]
    source_system: str
    target_system: str

    def input_null_policy(self, asked: NullPolicy) -> NullPolicy:
        """The null policy of `inputFilterGroups`; Microsoft's filters for AD need another."""
        return input_null_policy(self.source_system, self.target_system, asked)


def input_null_policy(source_system: str, target_system: str, asked: NullPolicy) -> NullPolicy:
    """The null policy of `inputFilterGroups` between two systems."""
    if source_system == "active-directory" and target_system == "entra":
        return "negatives-true"
    return asked


def filter_facts(unit: ObjectMappingUnit) -> FilterFacts:
    """What is known of the source objects of an object mapping."""
    attributes = unit.source_attributes or {}
    present = {name for name, each in attributes.items() if each.anchor}
    if unit.rule.source_system == "entra" and unit.maps_users:
        present |= ALWAYS_PRESENT
    return FilterFacts(
        {name: each.type for name, each in attributes.items()},
        frozenset(present),
        unit.rule.source_system,
        unit.rule.target_system,
    )

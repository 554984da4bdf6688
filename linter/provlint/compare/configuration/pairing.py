"""Which thing of the old configuration is which of the new one.

What has the same name is the same. Of what is left, what does the same under another name was
renamed. The rest was added or removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from provlint.compare.configuration.canonical import canonical_source

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from provlint.semantics.configuration import (
        AttributeMappingUnit,
        ConfigurationUnit,
        ObjectMappingUnit,
        SchemaUnit,
        SynchronizationRuleUnit,
    )

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Pairs(Generic[Thing]):
    """What became of the things of one kind.

    Attributes:
        both: Old and new, in the order of the new configuration.
        removed: Those of the old configuration alone.
        added: Those of the new configuration alone.
    """

    both: tuple[tuple[Thing, Thing], ...]
    removed: tuple[Thing, ...]
    added: tuple[Thing, ...]


def pair(
    old: Iterable[Thing],
    new: Iterable[Thing],
    keys: Sequence[Callable[[Thing], Hashable]],
    *,
    lone: bool = True,
) -> Pairs[Thing]:
    """Pair things by the first key that both have.

    Args:
        old: The things of the old configuration.
        new: Those of the new one.
        keys: From a thing to what identifies it, the surest first; an empty result identifies
            nothing. Several things of one key are paired in order.
        lone: Whether the only one that is left on both sides is the same.
    """
    old_left, new_left = list(enumerate(old)), list(enumerate(new))
    found: dict[int, tuple[Thing, Thing]] = {}
    for key in keys:
        waiting: dict[Hashable, list[tuple[int, Thing]]] = {}
        for item in old_left:
            waiting.setdefault(key(item[1]), []).append(item)
        taken: set[int] = set()
        kept = []
        for at, thing in new_left:
            same = waiting.get(key(thing)) if key(thing) else None
            if same:
                number, other = same.pop(0)
                taken.add(number)
                found[at] = (other, thing)
            else:
                kept.append((at, thing))
        old_left = [item for item in old_left if item[0] not in taken]
        new_left = kept
    if lone and len(old_left) == len(new_left) == 1:
        found[new_left[0][0]] = (old_left[0][1], new_left[0][1])
        old_left, new_left = [], []
    both = tuple(found[at] for at in sorted(found))
    return Pairs(both, tuple(t for _, t in old_left), tuple(t for _, t in new_left))


def pair_schemas(old: ConfigurationUnit, new: ConfigurationUnit) -> Pairs[SchemaUnit]:
    """The schemas of two configurations; a list of jobs holds several."""
    return pair(old.schemas, new.schemas, (_schema_id, lambda unit: unit.template_id))


def _schema_id(unit: SchemaUnit) -> str:
    job = unit.schema.job
    return (job.id if job is not None else None) or unit.schema.id or ""


def pair_rules(old: SchemaUnit, new: SchemaUnit) -> Pairs[SynchronizationRuleUnit]:
    """The synchronization rules of two schemas."""
    return pair(
        old.rules,
        new.rules,
        (
            lambda unit: unit.rule.id or "",
            lambda unit: unit.rule.name or "",
            lambda unit: tuple(
                filter(None, (unit.rule.source_directory_name, unit.rule.target_directory_name))
            ),
        ),
    )


def pair_object_mappings(
    old: SynchronizationRuleUnit, new: SynchronizationRuleUnit
) -> Pairs[ObjectMappingUnit]:
    """The object mappings of two rules; the service's nameless stubs are left out."""
    return pair(
        [unit for unit in old.object_mappings if not unit.is_stub],
        [unit for unit in new.object_mappings if not unit.is_stub],
        (
            lambda unit: (unit.mapping.name, *_objects(unit)) if unit.mapping.name else (),
            lambda unit: unit.mapping.name or "",
            _objects,
        ),
        lone=False,
    )


def _objects(unit: ObjectMappingUnit) -> tuple[str, ...]:
    names = (unit.mapping.source_object_name, unit.mapping.target_object_name)
    return names if all(names) else ()


def pair_attribute_mappings(
    old: ObjectMappingUnit, new: ObjectMappingUnit
) -> Pairs[AttributeMappingUnit]:
    """The attribute mappings of two object mappings, by target attribute."""
    return pair(
        old.attribute_mappings,
        new.attribute_mappings,
        (lambda unit: unit.mapping.target_attribute_name,),
        lone=False,
    )


def moved(
    pairs: Pairs[AttributeMappingUnit],
) -> list[tuple[AttributeMappingUnit, AttributeMappingUnit]]:
    """Removed and added mappings that write the same value, each the only one that does."""
    sources = [
        {id(unit): canonical_source(unit.mapping.source) for unit in units}
        for units in (pairs.removed, pairs.added)
    ]
    found = []
    for unit in pairs.removed:
        source = sources[0][id(unit)]
        twins = [other for other in pairs.added if sources[1][id(other)] == source]
        lone = list(sources[0].values()).count(source) == len(twins) == 1
        if lone and "[" in source:
            found.append((unit, twins[0]))
    return found

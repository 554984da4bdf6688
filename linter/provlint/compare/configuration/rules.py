"""Synchronization rules and object mappings as wholes: which are new, gone, renamed, redirected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.compare.configuration.changes import Change, Place, named
from provlint.simulate.object_mapping import mapping_title
from provlint.wording import counted, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provlint.compare.configuration.changes import Weight
    from provlint.compare.configuration.pairing import Pairs
    from provlint.compare.configuration.side import SidePair
    from provlint.semantics.configuration import ObjectMappingUnit, SynchronizationRuleUnit

UNMANAGED = "accounts that it manages stay as they are, also those of people who leave"


def rule_title(unit: SynchronizationRuleUnit) -> str:
    """The name of a rule, or its two directories; empty for one that holds a part of a schema."""
    rule = unit.rule
    directories = (rule.source_directory_name, rule.target_directory_name)
    return rule.name or " to ".join(filter(None, directories))


def place_of(unit: ObjectMappingUnit) -> Place:
    """How reports call an object mapping."""
    return Place(rule_title(unit.rule), mapping_title(unit))


def compare_rule_lists(pairs: Pairs[SynchronizationRuleUnit]) -> Iterator[Change]:
    """Rules that are new or gone."""
    for unit in pairs.removed:
        text = f"the synchronization rule {named(rule_title(unit))} is gone"
        place = Place(rule_title(unit))
        yield Change("rule-removed", "danger", place, text, UNMANAGED, "restore the rule")
    for unit in pairs.added:
        text = f"the synchronization rule {named(rule_title(unit))} is new"
        mappings = counted(len(unit.object_mappings), "object mapping")
        consequence = f"everybody in the scope of its {mappings} is provisioned"
        yield Change("rule-added", "caution", Place(rule_title(unit)), text, consequence)


def compare_rule(old: SynchronizationRuleUnit, new: SynchronizationRuleUnit) -> Iterator[Change]:
    """What changed in a rule beside its object mappings."""
    was, now = old.rule, new.rule
    place = Place(rule_title(new))
    if was.name and now.name and was.name != now.name:
        text = f"the rule {named(was.name)} is called {named(now.name)}"
        yield Change("rule-renamed", "note", place, text, "", "", was.name, now.name)
    for word, before, after, same in (
        ("source", was.source_directory_name, now.source_directory_name,
         old.source_system == new.source_system != "unknown"),
        ("target", was.target_directory_name, now.target_directory_name,
         old.target_system == new.target_system not in ("unknown", "application")),
    ):  # fmt: skip
        if before and after and before != after:
            text = f"the {word} directory is {named(after)}; it was {named(before)}"
            weight: Weight = "note" if same else "caution"
            yield Change("direction-changed", weight, place, text, "", "", before, after)
    if was.priority != now.priority:
        text = f"the priority of the rule is `{now.priority}`; it was `{was.priority}`"
        yield Change(
            "rule-priority-changed", "note", place, text, "", "", str(was.priority),
            str(now.priority),
        )  # fmt: skip
    yield from _metadata(was.metadata, now.metadata, place)
    for word, containers, others in (
        ("organizational units", was.included_containers, now.included_containers),
        ("groups", was.included_groups, now.included_groups),
    ):
        if set(containers) != set(others):
            text = f"cloud sync takes in {_said(others, word)}; it was {_said(containers, word)}"
            consequence = "who is not in them any more leaves scope" if others else ""
            if containers and set(containers) < set(others):
                consequence = "more people come into scope"
            yield Change(
                "containers-changed", "danger" if consequence.startswith("who") else "caution",
                place, text, consequence, "", "\n".join(containers), "\n".join(others),
            )  # fmt: skip


def _metadata(old: Mapping[str, str], new: Mapping[str, str], place: Place) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if was != now:
            text = f"the metadata {named(name)} is {_value(now)}; it was {_value(was)}"
            yield Change("metadata-changed", "note", place, text, "", "", was, now)


def _value(text: str | None) -> str:
    return "not set" if text is None else quote(text)


def _said(names: tuple[str, ...], word: str) -> str:
    return f"all {word}" if not names else f"{len(names)} of the {word}"


def compare_object_mapping_lists(pairs: Pairs[ObjectMappingUnit]) -> Iterator[Change]:
    """Object mappings that are new or gone."""
    for unit in pairs.removed:
        title = mapping_title(unit)
        text = f"the object mapping {named(title)} is gone"
        yield Change(
            "object-mapping-removed",
            "danger" if unit.mapping.enabled else "note",
            place_of(unit),
            text,
            UNMANAGED if unit.mapping.enabled else "it was switched off",
            "restore it" if unit.mapping.enabled else "",
        )
    for unit in pairs.added:
        title = mapping_title(unit)
        enabled = unit.mapping.enabled
        text = f"the object mapping {named(title)} is new" + ("" if enabled else ", switched off")
        yield Change(
            "object-mapping-added",
            "caution" if enabled else "note",
            place_of(unit),
            text,
            "everybody in its scope is provisioned" if enabled else "",
        )


def compare_object_mapping(pair: SidePair) -> Iterator[Change]:
    """What changed in the names of an object mapping."""
    was, now = pair.old.unit.mapping, pair.new.unit.mapping
    if was.name and now.name and was.name != now.name:
        text = f"the object mapping {named(was.name)} is called {named(now.name)}"
        yield Change("object-mapping-renamed", "note", pair.place, text, "", "", was.name, now.name)
    yield from _metadata(was.metadata, now.metadata, pair.place)
    for word, before, after in (
        ("source", was.source_object_name, now.source_object_name),
        ("target", was.target_object_name, now.target_object_name),
    ):
        if before and after and before != after:
            text = f"the {word} object is {named(after)}; it was {named(before)}"
            yield Change("objects-changed", "caution", pair.place, text, "", "", before, after)

"""The attributes that the two directories declare.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-attributedefinition
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint.compare.configuration.changes import Change, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.compare.configuration.changes import Place, Weight
    from provlint.compare.configuration.side import SidePair
    from provlint.model.tree import AttributeDefinition

NAMED = 8
"""Attributes that one change names; the others are counted."""

MEMBERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "type": ("type", "expressions and filters read it as another type"),
        "anchor": ("anchor", "accounts are identified by another attribute"),
        "case_exact": ("caseExact", "letter case counts as a change, or counts no more"),
        "multivalued": ("multivalued", "it holds one value, or several"),
        "mutability": ("mutability", "it can be written, or only read"),
        "required": ("required", "who has no value for it cannot be created"),
        "default_value": ("defaultValue", ""),
        "flow_null_values": ("flowNullValues", "values that become empty are cleared, or stay"),
        "referenced_objects": ("referencedObjects", ""),
        "metadata": ("metadata", ""),
        "api_expressions": ("apiExpressions", "requests to the directory are made otherwise"),
    }
)  # fmt: skip
"""Member of a definition to Microsoft Graph's name and what a change of it does."""


def compare_definitions(pair: SidePair) -> Iterator[Change]:
    """What changed in the declared attributes of source and target, where both files have them."""
    old, new = pair.old.unit, pair.new.unit
    target = new.rule.rule.target_directory_name or "the target"
    source = new.rule.rule.source_directory_name or "the source"
    yield from _attributes(old.source_attributes, new.source_attributes, source, pair, False)
    yield from _attributes(old.target_attributes, new.target_attributes, target, pair, True)


def _attributes(
    old: Mapping[str, AttributeDefinition] | None,
    new: Mapping[str, AttributeDefinition] | None,
    directory: str,
    pair: SidePair,
    is_target: bool,
) -> Iterator[Change]:
    if old is None or new is None:
        return
    for kind, names, word in (
        ("definition-added", [name for name in new if name not in old], "declares now"),
        ("definition-removed", [name for name in old if name not in new], "declares no more"),
    ):
        if names:
            shown = ", ".join(map(named, names[:NAMED]))
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield Change(kind, "note", pair.place, f"{named(directory)} {word}: {shown}{more}")
    for name, definition in new.items():
        if name in old:
            yield from _members(old[name], definition, directory, pair.place, is_target)


def _members(
    old: AttributeDefinition,
    new: AttributeDefinition,
    directory: str,
    place: Place,
    is_target: bool,
) -> Iterator[Change]:
    for member, (graph, consequence) in MEMBERS.items():
        was, now = getattr(old, member), getattr(new, member)
        if was == now:
            continue
        weight: Weight = "note"
        if is_target and (graph == "anchor" or (graph == "required" and now)):
            weight = "caution"
        if graph == "required" and not now:
            consequence = "people without a value for it are created too"
        here = place._replace(attribute=new.name) if is_target else place
        text = (
            f"{named(new.name)} of {named(directory)}: `{graph}` {named(_said(was))} becomes"
            f" {named(_said(now))}"
        )
        yield Change(
            "definition-changed", weight, here, text, consequence, "", _said(was), _said(now)
        )


def _said(value: object) -> str:
    if value is None or value == {}:
        return "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={text}" for key, text in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)

"""Attribute mappings: what is written where, when, and with which default.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.compare.configuration.canonical import NOTHING, canonical_source
from provlint.compare.configuration.changes import SHORT, Change, becomes, named
from provlint.compare.configuration.pairing import moved, pair_attribute_mappings
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.compare.configuration.changes import Place, Weight
    from provlint.compare.configuration.side import Side, SidePair
    from provlint.model.tree import AttributeMapping
    from provlint.semantics.configuration import AttributeMappingUnit

APPLIED = {
    "Always": "on every create and update",
    "ObjectAddOnly": "on creation only",
    "MultiValueAddOnly": "by adding values only",
    "ValueAddOnly": "by adding values only",
    "AttributeAddOnly": "where the target has no value only",
}
"""When a mapping of a flow type writes."""

EVERYBODY = "everybody in scope who has another value there is updated in the next cycle"


def compare_mappings(pair: SidePair) -> Iterator[Change]:
    """What changed in the attribute mappings of an object mapping; matching is told elsewhere."""
    pairs = pair_attribute_mappings(pair.old.unit, pair.new.unit)
    gone, come = {id(unit) for unit in pairs.removed}, {id(unit) for unit in pairs.added}
    for was, now in moved(pairs):
        gone.discard(id(was))
        come.discard(id(now))
        yield _moved(was, now, pair.place)
    for was, now in pairs.both:
        broken = "" if _fault(pair.old, was) else _fault(pair.new, now)
        yield from _both(was, now, pair.place, broken)
    for unit in pairs.removed:
        if id(unit) in gone:
            yield _removed(unit, pair.place)
    for unit in pairs.added:
        if id(unit) in come:
            yield _added(unit, pair.place)


def shown_source(unit: AttributeMappingUnit) -> str:
    """What a mapping writes; of one without a source, its default."""
    mapping = unit.mapping
    source = canonical_source(mapping.source)
    if source != NOTHING:
        return source
    return f'the default "{mapping.default_value}"' if mapping.default_value else NOTHING


def _aside(before: str, source: str) -> str:
    """A source at the end of a sentence, where it is short."""
    return f"{before}{named(source)}" if len(source) <= SHORT else ""


def _moved(was: AttributeMappingUnit, now: AttributeMappingUnit, place: Place) -> Change:
    old, new = was.mapping.target_attribute_name, now.mapping.target_attribute_name
    source = shown_source(now)
    return Change(
        "mapping-moved",
        "caution",
        place._replace(attribute=new),
        f"{quote(source)} goes to {named(new)} instead of {named(old)}",
        f"{named(old)} keeps the values it has and is not maintained any more",
        "",
        old,
        new,
    )


def _removed(unit: AttributeMappingUnit, place: Place) -> Change:
    name = unit.mapping.target_attribute_name
    source = shown_source(unit)
    required = unit.target is not None and unit.target.required
    consequence = "it keeps the values it has and is not maintained any more"
    if required:
        consequence = "it is required, so nobody can be created"
    return Change(
        "mapping-removed",
        "danger" if required else "caution",
        place._replace(attribute=name),
        f"nothing is written to {named(name)} any more" + _aside("; it was ", source),
        consequence,
        "restore the mapping, or give it a default value" if required else "",
        source,
        None,
    )


def _added(unit: AttributeMappingUnit, place: Place) -> Change:
    mapping = unit.mapping
    name, source = mapping.target_attribute_name, shown_source(unit)
    text = f"{named(name)} is written for the first time" + _aside(": ", source)
    applied = APPLIED.get(mapping.flow_type)
    if mapping.flow_type != "Always" and applied:
        text += f", {applied}"
    consequence = EVERYBODY if mapping.flow_type != "ObjectAddOnly" else ""
    return Change(
        "mapping-added",
        "caution",
        place._replace(attribute=name),
        text,
        consequence,
        "",
        None,
        source,
    )


def _fault(side: Side, unit: AttributeMappingUnit) -> str:
    """Why an expression can never be evaluated; empty where it can."""
    program = side.mapping(unit).program
    return "" if program is None or program.problem is None else program.problem.message


def _both(
    was: AttributeMappingUnit, now: AttributeMappingUnit, place: Place, broken: str
) -> Iterator[Change]:
    old, new = was.mapping, now.mapping
    here = place._replace(attribute=new.target_attribute_name)
    name = named(new.target_attribute_name)
    sources = canonical_source(old.source), canonical_source(new.source)
    if sources[0] != sources[1]:
        shown = shown_source(was), shown_source(now)
        if new.flow_type == "ObjectAddOnly":
            consequence = "those who are created from now on get the new value"
        elif sources[1] == NOTHING:
            consequence = f"{name} keeps the values it has; only empty ones are filled"
        else:
            consequence = EVERYBODY
        text = f"{name}: {becomes(*shown, 'another value is written')}"
        weight: Weight = "caution"
        advice = ""
        if broken:
            weight, advice = "danger", "correct the expression; `provlint lint` shows the place"
            consequence = f"it cannot be evaluated, so everybody in scope fails: {broken}"
        yield Change("mapping-changed", weight, here, text, consequence, advice, *shown)
    if old.flow_type != new.flow_type:
        yield _flow_type(old, new, here)
    if (old.default_value or "") != (new.default_value or "") and NOTHING not in sources:
        yield _default(old, new, here)
    if old.export_missing_references != new.export_missing_references:
        word = "are" if new.export_missing_references else "are not"
        text = f"{name}: references to objects that are missing {word} exported"
        yield Change("mapping-changed", "note", here, text)
    if old.flow_behavior != new.flow_behavior:
        text = f"{name}: the flow behavior `{old.flow_behavior}` becomes `{new.flow_behavior}`"
        consequence = "the value is sent when it changes only"
        if new.flow_behavior == "FlowAlways":
            consequence = "the value is sent in every cycle, changed or not"
        yield Change(
            "flow-behavior-changed", "note", here, text, consequence, "",
            old.flow_behavior, new.flow_behavior,
        )  # fmt: skip


def _flow_type(old: AttributeMapping, new: AttributeMapping, place: Place) -> Change:
    name = named(new.target_attribute_name)
    was = APPLIED.get(old.flow_type, quote(old.flow_type))
    now = APPLIED.get(new.flow_type, quote(new.flow_type))
    consequence = {
        "Always": "values that were changed in the target are overwritten",
        "ObjectAddOnly": "changes in the source do not reach those who exist",
    }.get(new.flow_type, "values that are there already stay")
    return Change(
        "flow-type-changed",
        "caution",
        place,
        f"{name} is applied {now}; it was {was}",
        consequence,
        "",
        old.flow_type,
        new.flow_type,
    )


def _default(old: AttributeMapping, new: AttributeMapping, place: Place) -> Change:
    name = named(new.target_attribute_name)
    was, now = old.default_value or "", new.default_value or ""
    if not now:
        text = f"{name} has no default value any more; it was {quote(was)}"
    elif not was:
        text = f"{name} has the default value {quote(now)}"
    else:
        text = f"{name}: the default value {quote(was)} becomes {quote(now)}"
    return Change(
        "default-changed",
        "note",
        place,
        text,
        "a default is written on creation only, where the source is empty",
        "",
        was or None,
        now or None,
    )

"""Which object mapping of a file a simulation is about, and what is known of its application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.configuration_files import read_configuration
from provlint.simulate.inputs.problem import refuse
from provlint.simulate.situation import Facts
from provlint.wording import alternatives, counted, did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.semantics.configuration import ObjectMappingUnit


def choose_object_mapping(
    path: str,
    *,
    rule: str | None = None,
    mapping: str | None = None,
    job: str | None = None,
    application: str | None = None,
) -> ObjectMappingUnit:
    """The object mapping that provisions people, or the one that was asked for.

    Args:
        path: The configuration.
        rule: Name or id of the synchronization rule, where there are several.
        mapping: Name of the object mapping, where there are several.
        job: File of the job, where the configuration is its schema alone.
        application: The application, where the user gave it.

    Raises:
        InputError: The file cannot be read, or the choice is not one object mapping.
    """
    configuration = read_configuration(path, job=job, application=application or "")
    found = [
        unit
        for schema in configuration.schemas
        for each in schema.rules
        for unit in each.object_mappings
        if unit.mapping.attribute_mappings
    ]
    return choose(found, path, rule=rule, mapping=mapping)


def choose(
    units: Iterable[ObjectMappingUnit],
    path: str,
    *,
    rule: str | None = None,
    mapping: str | None = None,
) -> ObjectMappingUnit:
    """The object mapping that provisions people, or the one that was asked for.

    Args:
        units: The object mappings of a configuration.
        path: The configuration, for messages.
        rule: Name or id of the synchronization rule, where there are several.
        mapping: Name of the object mapping, where there are several.

    Raises:
        InputError: The choice is not one object mapping.
    """
    found = list(units)
    if not found:
        message = f"`{path}` holds no object mapping with attribute mappings"
        raise refuse("no-mapping", path, message, "give an exported schema or job")
    found = named(found, path, rule=rule, mapping=mapping)
    if len(found) > 1:
        people = [unit for unit in found if unit.maps_users and unit.mapping.enabled]
        found = people or [unit for unit in found if unit.mapping.enabled] or found
    if len(found) > 1:
        titles = [f"{_rule_name(unit)} / {mapping_title(unit)}" for unit in found[:6]]
        message = f"{counted(len(found), 'object mapping')} may be meant: "
        message += alternatives(titles, "and")
        raise refuse("several-mappings", path, message, "choose one by --rule and --mapping")
    return found[0]


def named(
    found: list[ObjectMappingUnit], path: str, *, rule: str | None, mapping: str | None
) -> list[ObjectMappingUnit]:
    """The object mappings that were asked for by name, or all of them.

    Raises:
        InputError: None has that name.
    """
    if rule is not None:
        names = [name for unit in found for name in (_rule_name(unit), unit.rule.rule.id or "")]
        kept = [unit for unit in found if rule.lower() in _rule_names(unit)]
        found = kept or _no_such("synchronization rule", rule, names, path)
    if mapping is not None:
        names = list(map(mapping_title, found))
        kept = [unit for unit in found if mapping_title(unit).lower() == mapping.lower()]
        found = kept or _no_such("object mapping", mapping, names, path)
    return found


def told_of_application(unit: ObjectMappingUnit) -> list[str]:
    """What a report says of the name given for the application, where it does not count."""
    from provlint_rules.applications import named, recognise

    word = unit.rule.schema.configuration.application
    if not word:
        return []
    known = named(word)
    if not known:
        return [f"no application called {quote(word)} is known, so its limits do not count"]
    found = recognise(unit.rule)
    if found is None or found.application in known:
        return []
    name = quote(found.application.name)
    return [f"the {found.by} says {name}, which counts, not {quote(word)}"]


def facts_of(unit: ObjectMappingUnit) -> Facts:
    """What the catalogue of applications knows of the application of an object mapping."""
    from provlint_rules.applications import recognise

    found = recognise(unit.rule)
    if found is None:
        return Facts()
    application = found.application
    matching = application.users_matching if unit.maps_users else application.groups_matching
    return Facts(
        application=application.name,
        matching=matching or None,
        soft_delete=False if application.status("disable") == "unsupported" else None,
        required=application.users_required if unit.maps_users else (),
        default_access=False if application.no_default_access else None,
    )


def mapping_title(unit: ObjectMappingUnit) -> str:
    """The name of an object mapping, or its two objects."""
    mapping = unit.mapping
    return mapping.name or f"{mapping.source_object_name} to {mapping.target_object_name}"


def _rule_name(unit: ObjectMappingUnit) -> str:
    return unit.rule.rule.name or unit.rule.rule.id or ""


def _rule_names(unit: ObjectMappingUnit) -> tuple[str, str]:
    return _rule_name(unit).lower(), (unit.rule.rule.id or "").lower()


def _no_such(what: str, name: str, names: list[str], path: str) -> list[ObjectMappingUnit]:
    known = list(dict.fromkeys(filter(None, names)))
    message = f"no {what} is called {quote(name)}; there are {alternatives(known[:8], 'and')}"
    raise refuse("no-such-name", path, message, did_you_mean(name, known) or "give one of these")

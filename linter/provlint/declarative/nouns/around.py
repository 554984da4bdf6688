"""What is around a thing: fields that every noun below a synchronization rule has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.declarative.nouns import application_name
from provlint.declarative.nouns.noun import Field

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint.semantics.configuration import ObjectMappingUnit, SynchronizationRuleUnit

SYSTEMS = (
    "`entra`, `active-directory`, `workday`, `successfactors`, `api-driven`, `application`, or"
    " `unknown` where the file does not tell"
)


def provisioned(unit: ObjectMappingUnit) -> str | None:
    """What an object mapping is for: `users`, `groups` or `other`; nothing where it is not told."""
    if not unit.mapping.source_object_name:
        return None
    return "users" if unit.maps_users else "groups" if unit.maps_groups else "other"


PROVISIONS = "`users`, `groups` or `other`, whatever the source object is called"


def of_rule(rule: Callable[[Any], SynchronizationRuleUnit]) -> tuple[Field, ...]:
    """What the synchronization rule says, for a noun that is in one."""
    return (
        application_name.field(
            lambda thing: application_name.of_rule(rule(thing)), " or that of the target directory"
        ),
        Field(
            "templateId",
            "text",
            "id of the template, such as `customappsso`, where the file tells it",
            lambda thing: rule(thing).schema.template_id or None,
        ),
        Field("sourceSystem", "text", SYSTEMS, lambda thing: rule(thing).source_system),
        Field("targetSystem", "text", SYSTEMS, lambda thing: rule(thing).target_system),
    )


def of_mapping(mapping: Callable[[Any], ObjectMappingUnit]) -> tuple[Field, ...]:
    """What the object mapping says, for a noun that is in one."""
    return (
        Field(
            "objectMapping",
            "text",
            "name of the object mapping around it",
            lambda thing: mapping(thing).mapping.name,
        ),
        Field(
            "sourceObjectName",
            "text",
            "kind of source object, such as `User`; `provisions` knows them all",
            lambda thing: mapping(thing).mapping.source_object_name or None,
        ),
        Field(
            "targetObjectName",
            "text",
            "kind of target object",
            lambda thing: mapping(thing).mapping.target_object_name or None,
        ),
        Field("provisions", "text", PROVISIONS, lambda thing: provisioned(mapping(thing))),
        *of_rule(lambda thing: mapping(thing).rule),
    )

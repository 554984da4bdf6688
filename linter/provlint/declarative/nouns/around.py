"""What is around a thing: fields that every noun below a synchronization rule has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.declarative.nouns.noun import Field

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint.semantics.configuration import ObjectMappingUnit, SynchronizationRuleUnit

SYSTEMS = "`entra`, `active-directory`, `workday`, `successfactors`, `api-driven`, `application`"


def of_rule(rule: Callable[[Any], SynchronizationRuleUnit]) -> tuple[Field, ...]:
    """What the synchronization rule says, for a noun that is in one."""
    return (
        Field(
            "application",
            "text",
            "name of the application as `--application` or `[[application]]` gives it, else of the"
            " target directory",
            lambda thing: rule(thing).subject.application or None,
        ),
        Field(
            "templateId",
            "text",
            "id of the template, such as `customappsso`, where the file tells it",
            lambda thing: rule(thing).schema.template_id or None,
        ),
        Field("sourceSystem", "text", f"one of {SYSTEMS}", lambda thing: rule(thing).source_system),
        Field("targetSystem", "text", f"one of {SYSTEMS}", lambda thing: rule(thing).target_system),
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
            "kind of source object, such as `User`",
            lambda thing: mapping(thing).mapping.source_object_name or None,
        ),
        Field(
            "targetObjectName",
            "text",
            "kind of target object",
            lambda thing: mapping(thing).mapping.target_object_name or None,
        ),
        *of_rule(lambda thing: mapping(thing).rule),
    )

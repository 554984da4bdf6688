"""Schemas, synchronization rules, directories and attribute definitions as rules see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from provlint.declarative.nouns import application_name, wrapping
from provlint.declarative.nouns.around import of_rule
from provlint.declarative.nouns.mappings import clauses_of, groups_of
from provlint.declarative.nouns.noun import Family, Field, Noun, member, table
from provlint.diagnostic import Place
from provlint.model.vocabulary import KEYS

if TYPE_CHECKING:
    from provlint.model.tree import AttributeDefinition, Directory, ObjectDefinition
    from provlint.semantics.configuration import (
        ObjectMappingUnit,
        SchemaUnit,
        SynchronizationRuleUnit,
    )


def _schema_pointer(unit: SchemaUnit) -> str:
    return unit.schema.pointer


def _mappings(unit: SchemaUnit) -> Iterator[ObjectMappingUnit]:
    for rule in unit.rules:
        yield from _of_rule(rule)


def _of_rule(unit: SynchronizationRuleUnit) -> Iterator[ObjectMappingUnit]:
    return (each for each in unit.object_mappings if not each.is_stub)


def _below(
    mappings: Callable[[Any], Iterator[ObjectMappingUnit]],
) -> dict[str, tuple[str, Callable[[Any], Iterator[Any]]]]:
    """What stands in the object mappings of a thing, by the key of a condition on it."""
    return {
        "objectMappings": ("objectMapping", mappings),
        "attributeMappings": (
            "attributeMapping",
            lambda unit: (each for found in mappings(unit) for each in found.attribute_mappings),
        ),
        "scopingGroups": (
            "scopingGroup",
            lambda unit: (each for found in mappings(unit) for each in groups_of(found)),
        ),
        "clauses": (
            "clause",
            lambda unit: (each for found in mappings(unit) for each in clauses_of(found)),
        ),
    }


def _directories(unit: SchemaUnit) -> Iterator[DirectoryThing]:
    return (DirectoryThing(unit, each) for each in unit.schema.directories or ())


def schema_contents() -> dict[str, tuple[str, Callable[[Any], Iterator[Any]]]]:
    """The nouns in a schema, by the key of a condition on them."""
    return {
        "synchronizationRules": ("synchronizationRule", lambda unit: iter(unit.rules)),
        **_below(_mappings),
        "directories": ("directory", _directories),
    }


SCHEMA = Noun(
    "schema",
    "a synchronization schema: the mappings of one job",
    "schema",
    lambda unit: iter((unit,)),
    _schema_pointer,
    "id",
    "id",
    table(
        member("id", "text", "id of the job", lambda unit: unit.schema.id, _schema_pointer),
        member("version", "text", "as exported", lambda unit: unit.schema.version, _schema_pointer),
        application_name.field(application_name.of_schema),
        Field(
            "templateId",
            "text",
            "id of the template, such as `customappsso`, where the file tells it",
            lambda unit: unit.template_id or None,
        ),
        Field(
            "directoryNames",
            "list",
            "names of its directories",
            lambda unit: tuple(each.name for each in unit.schema.directories or ()),
        ),
        Field(
            "complete",
            "true or false",
            "whether the file holds all of it, not a part",
            lambda unit: unit.complete,
        ),
    ),
    lambda sample: {"synchronizationRules": [], "directories": [], **sample},
    KEYS["schema"],
    inside=schema_contents(),
)


def _rule_pointer(unit: SynchronizationRuleUnit) -> str:
    return unit.rule.pointer


SYNCHRONIZATION_RULE = Noun(
    "synchronizationRule",
    "one direction between two directories",
    "synchronization-rule",
    lambda unit: iter((unit,)),
    _rule_pointer,
    "name",
    "name",
    table(
        member("name", "text", "its name", lambda unit: unit.rule.name, _rule_pointer),
        member("id", "text", "its id", lambda unit: unit.rule.id, _rule_pointer),
        member(
            "priority", "number", "its priority", lambda unit: unit.rule.priority, _rule_pointer
        ),
        member(
            "editable",
            "true or false",
            "whether it may be edited",
            lambda unit: unit.rule.editable,
            _rule_pointer,
        ),
        member(
            "sourceDirectoryName",
            "text",
            "name of the source directory",
            lambda unit: unit.rule.source_directory_name,
            _rule_pointer,
        ),
        member(
            "targetDirectoryName",
            "text",
            "name of the target directory",
            lambda unit: unit.rule.target_directory_name,
            _rule_pointer,
        ),
        member(
            "containerFilter.includedContainers",
            "list",
            "distinguished names of the containers that cloud sync is limited to",
            lambda unit: unit.rule.included_containers,
            _rule_pointer,
        ),
        member(
            "groupFilter.includedGroups",
            "list",
            "distinguished names of the groups that cloud sync is limited to",
            lambda unit: unit.rule.included_groups,
            _rule_pointer,
        ),
        *of_rule(lambda unit: unit),
    ),
    wrapping.schema_with,
    KEYS["synchronization-rule"],
    families=(
        Family(
            "metadata.",
            "metadata.supportsProvisionOnDemand",
            "text",
            "a value of its metadata",
            lambda unit, name: unit.rule.metadata.get(name),
            lambda unit, _: Place(unit.rule.pointer + "/metadata", "member"),
        ),
    ),
    inside=_below(_of_rule),
)


class DirectoryThing(NamedTuple):
    """A directory and the schema that it is in."""

    schema: SchemaUnit
    directory: Directory


def _directory_pointer(thing: DirectoryThing) -> str:
    return thing.directory.pointer


def _definitions(thing: DirectoryThing) -> Iterator[DefinitionThing]:
    for definition in thing.directory.objects:
        for attribute in definition.attributes:
            yield DefinitionThing(thing.directory, definition, attribute)


DIRECTORY = Noun(
    "directory",
    "the definition of one side: its objects and their attributes",
    "schema",
    _directories,
    _directory_pointer,
    "name",
    "name",
    table(
        member("name", "text", "its name", lambda thing: thing.directory.name, _directory_pointer),
        member(
            "id", "text", "its id", lambda thing: thing.directory.id or None, _directory_pointer
        ),
        member(
            "readOnly",
            "true or false",
            "whether nothing is written to it",
            lambda thing: thing.directory.read_only,
            _directory_pointer,
        ),
        Field(
            "objectNames",
            "list",
            "names of its objects, such as `User`",
            lambda thing: tuple(each.name for each in thing.directory.objects),
        ),
        application_name.field(lambda thing: application_name.of_schema(thing.schema)),
    ),
    wrapping.directory,
    KEYS["directory"],
    inside={"attributeDefinitions": ("attributeDefinition", _definitions)},
)


class DefinitionThing(NamedTuple):
    """The definition of an attribute, and what it is in."""

    directory: Directory
    object: ObjectDefinition
    attribute: AttributeDefinition


def _attribute_pointer(thing: DefinitionThing) -> str:
    return thing.attribute.pointer


def _all_definitions(unit: SchemaUnit) -> Iterator[DefinitionThing]:
    for directory in _directories(unit):
        yield from _definitions(directory)


def _flag(name: str, attribute: str, about: str) -> Field:
    return member(
        name,
        "true or false",
        about,
        lambda thing: getattr(thing.attribute, attribute),
        _attribute_pointer,
    )


ATTRIBUTE_DEFINITION = Noun(
    "attributeDefinition",
    "an attribute of an object in a directory",
    "schema",
    _all_definitions,
    _attribute_pointer,
    "name",
    "name",
    table(
        member("name", "text", "its name", lambda thing: thing.attribute.name, _attribute_pointer),
        member(
            "type",
            "text",
            "`String`, `Boolean`, `Integer`, `Reference`, `Binary` or `DateTime`",
            lambda thing: thing.attribute.type,
            _attribute_pointer,
        ),
        member(
            "mutability",
            "text",
            "`ReadWrite`, `ReadOnly`, `Immutable` or `WriteOnly`",
            lambda thing: thing.attribute.mutability,
            _attribute_pointer,
        ),
        member(
            "defaultValue",
            "text",
            "its default value",
            lambda thing: thing.attribute.default_value,
            _attribute_pointer,
        ),
        _flag("anchor", "anchor", "whether it is the key of the object"),
        _flag("caseExact", "case_exact", "whether letter case counts"),
        _flag("flowNullValues", "flow_null_values", "whether nothing flows as nothing"),
        _flag("multivalued", "multivalued", "whether it holds several values"),
        _flag("required", "required", "whether an object must have it"),
        Field(
            "object", "text", "name of the object that it is of", lambda thing: thing.object.name
        ),
        Field("directory", "text", "name of its directory", lambda thing: thing.directory.name),
    ),
    wrapping.attribute_definition,
    KEYS["attribute-definition"],
    families=(
        Family(
            "metadata.",
            "metadata.IsCustomerDefined",
            "text",
            "a value of its metadata",
            lambda thing, name: thing.attribute.metadata.get(name),
            lambda thing, _: Place(thing.attribute.pointer + "/metadata", "member"),
        ),
    ),
)

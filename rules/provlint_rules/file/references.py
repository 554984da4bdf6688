"""Names in a schema that refer to other parts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING, Place, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import alternatives, did_you_mean, quote
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.model.tree import Directory, ObjectDefinition
    from provlint.semantics.configuration import (
        ObjectMappingUnit,
        SchemaUnit,
        SynchronizationRuleUnit,
    )

UNKNOWN_DIRECTORY = RuleInfo(
    "PL010", "unknown-directory", "A rule names a directory that the schema lacks", ERROR,
    sources.SYNCHRONIZATION_RULE,
)  # fmt: skip
UNKNOWN_OBJECT = RuleInfo(
    "PL011", "unknown-object", "An object mapping names an object that its directory lacks", ERROR,
    sources.OBJECT_MAPPING,
)  # fmt: skip
DUPLICATE_DEFINITION = RuleInfo(
    "PL014", "duplicate-definition", "A name is defined twice, and the definitions differ", ERROR,
    sources.OBJECT_DEFINITION,
)  # fmt: skip
SEVERAL_ANCHORS = RuleInfo(
    "PL020", "several-anchors", "An object has more than one anchor", WARNING,
    sources.ATTRIBUTE_DEFINITION, profile="strict",
)  # fmt: skip


def unknown_directory(unit: SynchronizationRuleUnit) -> Iterator[Finding]:
    """Rules refer to directories by their exact names."""
    if not unit.schema.complete:
        return
    known = unit.schema.directories
    sides = (
        ("sourceDirectoryName", unit.rule.source_directory_name),
        ("targetDirectoryName", unit.rule.target_directory_name),
    )
    for member, name in sides:
        if not name or name in known:
            continue
        hint = did_you_mean(name, known)
        if not hint:
            hint = f"write {alternatives(known)}, as the schema has it" if known else "define it"
        yield Finding(
            f"no directory of the schema is called {quote(name)}",
            hint,
            Place(f"{unit.rule.pointer}/{member}"),
        )


def unknown_object(unit: ObjectMappingUnit) -> Iterator[Finding]:
    """Mappings refer to objects by their exact names."""
    rule, mapping = unit.rule, unit.mapping
    if not rule.schema.complete:
        return
    sides = (
        ("sourceObjectName", mapping.source_object_name, rule.source_directory),
        ("targetObjectName", mapping.target_object_name, rule.target_directory),
    )
    for member, name, directory in sides:
        if directory is None or not directory.objects or not name:
            continue
        known = [definition.name for definition in directory.objects]
        if name not in known:
            yield Finding(
                f"directory {quote(directory.name)} has no object {quote(name)}",
                did_you_mean(name, known) or f"write {alternatives(known)}, which it has",
                unit.place(member),
            )


def duplicate_definition(unit: SchemaUnit) -> Iterator[Finding]:
    """Microsoft's own exports repeat an object, with the same definition."""
    directories: dict[str, Directory] = {}
    for directory in unit.schema.directories or ():
        other_directory = directories.setdefault(directory.name, directory)
        if other_directory is not directory and not unit.schema.fragment:
            yield _duplicate("directory", directory.name, directory, other_directory)
        objects: dict[str, ObjectDefinition] = {}
        for definition in directory.objects:
            other = objects.setdefault(definition.name, definition)
            if other is not definition and definition.name and not _same(other, definition):
                yield _duplicate("object", definition.name, definition, other)
            attributes: dict[str, str] = {}
            for attribute in definition.attributes:
                first = attributes.setdefault(attribute.name, attribute.pointer)
                if first != attribute.pointer:
                    yield Finding(
                        f"attribute {quote(attribute.name)} is defined twice",
                        "remove one of the two definitions",
                        Place(attribute.pointer + "/name"),
                        related=(Related("the first", Place(first + "/name")),),
                    )


def _same(left: ObjectDefinition, right: ObjectDefinition) -> bool:
    return [attribute[1:] for attribute in left.attributes] == [
        attribute[1:] for attribute in right.attributes
    ]


def _duplicate(
    kind: str,
    name: str,
    second: Directory | ObjectDefinition,
    first: Directory | ObjectDefinition,
) -> Finding:
    return Finding(
        f"{kind} {quote(name)} is defined twice",
        "remove or rename one of the two",
        Place(second.pointer + "/name"),
        related=(Related("the first", Place(first.pointer + "/name")),),
    )


def several_anchors(unit: SchemaUnit) -> Iterator[Finding]:
    """The documentation asks for exactly one; the service has been seen to accept two."""
    for directory in unit.schema.directories or ():
        for definition in directory.objects:
            anchors = [attribute for attribute in definition.attributes if attribute.anchor]
            if len(anchors) > 1:
                names = alternatives((anchor.name for anchor in anchors), "and")
                yield Finding(
                    f"object {quote(definition.name)} has more than one anchor: {names}",
                    "leave `anchor` true on one attribute",
                    Place(anchors[1].pointer + "/anchor"),
                    related=(Related("the first", Place(anchors[0].pointer + "/anchor")),),
                )


RULES = (
    Rule(UNKNOWN_DIRECTORY, "synchronization-rule", unknown_directory),
    Rule(UNKNOWN_OBJECT, "object-mapping", unknown_object),
    Rule(DUPLICATE_DEFINITION, "schema", duplicate_definition),
    Rule(SEVERAL_ANCHORS, "schema", several_anchors),
)

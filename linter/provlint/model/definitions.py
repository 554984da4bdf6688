"""Reads directories and the definitions of their objects and attributes.

Definitions of attributes make up most of a schema, so their common form is read without a call
per property.
"""

from __future__ import annotations

from typing import Any

from provlint.model.keys import Fields
from provlint.model.tree import AttributeDefinition, Directory, ObjectDefinition
from provlint.model.values import NO_TEXTS, Values
from provlint.model.vocabulary import ATTRIBUTE_TYPE, KEYS, MUTABILITY

_ATTRIBUTE_TYPES = frozenset(ATTRIBUTE_TYPE.members)
_MUTABILITIES = frozenset(MUTABILITY.members)


class DefinitionReader(Values):
    """Reads directories."""

    __slots__ = ()

    def directories(self, items: list[tuple[str, Any]]) -> tuple[Directory, ...]:
        """Directories."""
        found: list[Directory] = []
        for pointer, value in items:
            if self.is_misplaced(value, pointer, "directory"):
                continue
            fields = self.open(value, pointer, "directory")
            if fields is not None:
                found.append(
                    Directory(
                        pointer,
                        self.required(fields, "name", pointer, "directory"),
                        self.text(fields, "id", pointer) or "",
                        self.object_definitions(self.items(fields, "objects", pointer)),
                        self.flag(fields, "readOnly", pointer, False),
                    )
                )
        return tuple(found)

    def object_definitions(self, items: list[tuple[str, Any]]) -> tuple[ObjectDefinition, ...]:
        """Definitions of objects."""
        found: list[ObjectDefinition] = []
        for pointer, value in items:
            if self.is_misplaced(value, pointer, "object-definition"):
                continue
            fields = self.open(value, pointer, "object-definition")
            if fields is not None:
                found.append(
                    ObjectDefinition(
                        pointer,
                        self.required(fields, "name", pointer, "object-definition"),
                        self.attribute_definitions(self.items(fields, "attributes", pointer)),
                        self.pairs(fields, "metadata", pointer),
                    )
                )
        return tuple(found)

    def attribute_definitions(
        self, items: list[tuple[str, Any]]
    ) -> tuple[AttributeDefinition, ...]:
        """Definitions of attributes: the most numerous objects, so the fast way is spelled out."""
        found: list[AttributeDefinition] = []
        append = found.append
        known, is_misplaced = KEYS["attribute-definition"], self.is_misplaced
        open_, flag, member = self.open, self.flag, self.member
        for pointer, value in items:
            if type(value) is dict and value.keys() <= known:
                fields = value
            elif is_misplaced(value, pointer, "attribute-definition"):
                continue
            else:
                opened = open_(value, pointer, "attribute-definition")
                if opened is None:
                    continue
                fields = opened
            get = fields.get
            name = get("name")
            if type(name) is not str or not name:
                name = self.required(fields, "name", pointer, "attribute-definition")
            kind = get("type")
            if type(kind) is not str or kind not in _ATTRIBUTE_TYPES:
                kind = member(fields, "type", pointer, ATTRIBUTE_TYPE, "String")
            mutability = get("mutability")
            if type(mutability) is not str or mutability not in _MUTABILITIES:
                mutability = member(fields, "mutability", pointer, MUTABILITY, "ReadWrite")
            anchor = get("anchor")
            if anchor is not False:
                anchor = flag(fields, "anchor", pointer, False)
            case_exact = get("caseExact")
            if case_exact is not False:
                case_exact = flag(fields, "caseExact", pointer, False)
            flow_null_values = get("flowNullValues")
            if flow_null_values is not False:
                flow_null_values = flag(fields, "flowNullValues", pointer, False)
            multivalued = get("multivalued")
            if multivalued is not False:
                multivalued = flag(fields, "multivalued", pointer, False)
            required = get("required")
            if required is not False:
                required = flag(fields, "required", pointer, False)
            default_value = get("defaultValue")
            if default_value is not None:
                default_value = self.text(fields, "defaultValue", pointer)
            append(
                AttributeDefinition(
                    pointer,
                    name,
                    kind,
                    anchor,
                    case_exact,
                    default_value,
                    flow_null_values,
                    multivalued,
                    mutability,
                    required,
                    self.pairs(fields, "metadata", pointer) if get("metadata") else NO_TEXTS,
                    self.pairs(fields, "apiExpressions", pointer)
                    if get("apiExpressions")
                    else NO_TEXTS,
                    self._referenced_objects(fields, pointer) if get("referencedObjects") else (),
                )
            )
        return tuple(found)

    def _referenced_objects(self, fields: Fields, pointer: str) -> tuple[str, ...]:
        found: list[str] = []
        for where, value in self.items(fields, "referencedObjects", pointer):
            reference = self.open(value, where, "referenced-object")
            name = self.text(reference, "referencedObjectName", where) if reference else None
            if name:
                found.append(name)
        return tuple(found)

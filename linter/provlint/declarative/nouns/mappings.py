"""Object mappings and attribute mappings as rules see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provlint.declarative.nouns import wrapping
from provlint.declarative.nouns.around import PROVISIONS, of_mapping, of_rule, provisioned
from provlint.declarative.nouns.noun import Family, Field, Noun, Value, member, table
from provlint.diagnostic import Place
from provlint.model.vocabulary import KEYS

if TYPE_CHECKING:
    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.semantics.expressions import AttributeMappingUnit, CallUnit
    from provlint.semantics.filters import ClauseUnit, FilterGroupUnit


def _mapping_pointer(unit: ObjectMappingUnit) -> str:
    return unit.mapping.pointer


FLOW_TYPES = {"Add": 0, "Update": 1, "Delete": 2}
"""Flow types in the order in which the portal shows them."""


def groups_of(unit: ObjectMappingUnit) -> Iterator[FilterGroupUnit]:
    """The filter groups of an object mapping."""
    scope = unit.scope_unit
    if scope is not None:
        yield from scope.groups


def clauses_of(unit: ObjectMappingUnit) -> Iterator[ClauseUnit]:
    """The clauses of all filter groups of an object mapping."""
    for group in groups_of(unit):
        yield from group.clauses


OBJECT_MAPPING = Noun(
    "objectMapping",
    "how one kind of source object becomes one kind of target object",
    "object-mapping",
    lambda unit: iter((unit,)),
    _mapping_pointer,
    "name",
    "name",
    table(
        member("name", "text", "its name", lambda unit: unit.mapping.name, _mapping_pointer),
        member(
            "enabled",
            "true or false",
            "whether it is switched on; `true` where the file says nothing",
            lambda unit: unit.mapping.enabled,
            _mapping_pointer,
        ),
        member(
            "flowTypes",
            "list",
            "`Add`, `Update`, `Delete`: those that are switched on, in this order",
            lambda unit: (
                None
                if unit.mapping.flow_types is None
                else tuple(
                    sorted(unit.mapping.flow_types, key=lambda name: FLOW_TYPES.get(name, 3))
                )
            ),
            _mapping_pointer,
        ),
        member(
            "sourceObjectName",
            "text",
            "kind of source object, such as `User`; `provisions` knows them all",
            lambda unit: unit.mapping.source_object_name or None,
            _mapping_pointer,
        ),
        member(
            "targetObjectName",
            "text",
            "kind of target object",
            lambda unit: unit.mapping.target_object_name or None,
            _mapping_pointer,
        ),
        Field("provisions", "text", PROVISIONS, provisioned),
        Field(
            "targetAttributes",
            "list",
            "names of the target attributes that it writes",
            lambda unit: tuple(
                each.mapping.target_attribute_name for each in unit.attribute_mappings
            ),
        ),
        Field(
            "matchingAttributes",
            "list",
            "names of the target attributes that it matches by, in their order",
            lambda unit: tuple(each.mapping.target_attribute_name for each in unit.matching),
        ),
        Field(
            "filterAttributes",
            "list",
            "names of the attributes that its scoping filters ask",
            lambda unit: tuple(
                dict.fromkeys(each.clause.source_operand_name for each in clauses_of(unit))
            ),
        ),
        *of_rule(lambda unit: unit.rule),
    ),
    wrapping.object_mapping,
    KEYS["object-mapping"],
    families=(
        Family(
            "metadata.",
            "metadata.Disposition",
            "text",
            "a value of its metadata",
            lambda unit, name: unit.mapping.metadata.get(name),
            lambda unit, _: Place(unit.mapping.pointer + "/metadata", "member"),
        ),
    ),
    inside={
        "attributeMappings": ("attributeMapping", lambda unit: iter(unit.attribute_mappings)),
        "scopingGroups": ("scopingGroup", groups_of),
        "clauses": ("clause", clauses_of),
    },
)


def _pointer(unit: AttributeMappingUnit) -> str:
    return unit.mapping.pointer


def _source_text(unit: AttributeMappingUnit) -> Value:
    source = unit.mapping.source
    if source is None:
        return None
    return source.expression if source.expression is not None else source.name


def _constant(unit: AttributeMappingUnit) -> Value:
    source = unit.mapping.source
    if source is not None and source.type == "Constant":
        return source.name if source.name is not None else source.expression
    return None


def _source_place(unit: AttributeMappingUnit) -> Place:
    if unit.expression is not None:
        return unit.expression.place()
    return Place(f"{unit.mapping.pointer}/source/name", "member")


def _calls(unit: AttributeMappingUnit) -> Iterator[CallUnit]:
    if unit.expression is not None:
        yield from unit.expression.calls()


def _defined(name: str, kind: str) -> Field:
    """A fact from the definition of the target attribute."""
    return Field(
        f"targetAttribute.{name}",
        "true or false" if kind == "flag" else "text",
        f"`{name}` of the definition of the target attribute, where the file has it",
        lambda unit: None if unit.target is None else getattr(unit.target, _snake(name)),
        lambda unit: Place(f"{unit.mapping.pointer}/targetAttributeName", "member"),
    )


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


ATTRIBUTE_MAPPING = Noun(
    "attributeMapping",
    "what is written to one target attribute",
    "attribute-mapping",
    lambda unit: iter((unit,)),
    _pointer,
    "targetAttributeName",
    "targetAttributeName",
    table(
        member(
            "targetAttributeName",
            "text",
            "name of the target attribute",
            lambda unit: unit.mapping.target_attribute_name or None,
            _pointer,
        ),
        member(
            "matchingPriority",
            "number",
            "1 for the first matching attribute; 0 for none",
            lambda unit: unit.mapping.matching_priority,
            _pointer,
        ),
        member(
            "flowType",
            "text",
            "`Always`, `ObjectAddOnly`, …; `Always` where the file says nothing",
            lambda unit: unit.mapping.flow_type,
            _pointer,
        ),
        member(
            "flowBehavior",
            "text",
            "`FlowWhenChanged` or `FlowAlways`",
            lambda unit: unit.mapping.flow_behavior,
            _pointer,
        ),
        member(
            "defaultValue",
            "text",
            "default value if null",
            lambda unit: unit.mapping.default_value,
            _pointer,
        ),
        member(
            "exportMissingReferences",
            "true or false",
            "whether references to objects out of scope are written",
            lambda unit: unit.mapping.export_missing_references,
            _pointer,
        ),
        member(
            "source.type",
            "text",
            "`Attribute`, `Constant` or `Function`",
            lambda unit: None if unit.mapping.source is None else unit.mapping.source.type,
            _pointer,
        ),
        member(
            "source.name",
            "text",
            "name of the attribute or function, or the constant",
            lambda unit: None if unit.mapping.source is None else unit.mapping.source.name,
            _pointer,
        ),
        member(
            "source.expression",
            "text",
            "the expression",
            lambda unit: None if unit.mapping.source is None else unit.mapping.source.expression,
            _pointer,
        ),
        Field(
            "source",
            "text",
            "what flows, whatever its type: the expression, the attribute, the constant",
            _source_text,
            _source_place,
        ),
        Field(
            "sourceAttribute",
            "text",
            "name of the source attribute of a direct mapping; nothing for an expression",
            lambda unit: unit.source_attribute,
            _source_place,
        ),
        Field(
            "sourceAttributes",
            "list",
            "names of all source attributes that it reads",
            lambda unit: unit.source_attributes,
            _source_place,
        ),
        Field(
            "expression",
            "text",
            "the same as `source.expression`",
            lambda unit: None if unit.mapping.source is None else unit.mapping.source.expression,
            _source_place,
        ),
        Field("constant", "text", "the value of a constant mapping", _constant, _source_place),
        _defined("type", "text"),
        _defined("mutability", "text"),
        _defined("required", "flag"),
        _defined("caseExact", "flag"),
        _defined("multivalued", "flag"),
        *of_mapping(lambda unit: unit.parent),
    ),
    wrapping.attribute_mapping,
    KEYS["attribute-mapping"],
    inside={"calls": ("functionCall", _calls)},
    written={
        "expression": lambda value: {"source": {"type": "Function", "expression": value}},
        "sourceAttribute": lambda value: {
            "source": {"type": "Attribute", "name": value, "expression": f"[{value}]"}
        },
        "constant": lambda value: {"source": {"type": "Constant", "name": value}},
    },
    tree=lambda unit: unit.expression,
)

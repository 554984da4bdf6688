"""Scoping filters as rules see them: groups of clauses, and clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.declarative.nouns import wrapping
from provlint.declarative.nouns.around import of_mapping
from provlint.declarative.nouns.noun import Field, Noun, member, table
from provlint.diagnostic import Place
from provlint.model.vocabulary import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.model.tree import FilterClause
    from provlint.semantics.filters import ClauseUnit, FilterGroupUnit


def _words(clause: FilterClause) -> str:
    values = ", ".join(f'"{value}"' for value in clause.values or ())
    return f"{clause.source_operand_name} {clause.operator_name} {values}".strip()


def _group_pointer(unit: FilterGroupUnit) -> str:
    return unit.group.pointer


SCOPING_GROUP = Noun(
    "scopingGroup",
    "a group of clauses that must all hold; a scoping filter in the portal",
    "filter-group",
    lambda unit: iter((unit,)),
    _group_pointer,
    "name",
    "name",
    table(
        member("name", "text", "its title", lambda unit: unit.group.name, _group_pointer),
        Field(
            "attributes",
            "list",
            "names of the attributes that its clauses ask, each once",
            lambda unit: tuple(
                dict.fromkeys(each.clause.source_operand_name for each in unit.clauses)
            ),
        ),
        Field(
            "filterSet",
            "text",
            "`groups` for the filters of the portal; `inputFilterGroups`, `categoryFilterGroups`",
            lambda unit: unit.filter_set,
        ),
        *of_mapping(lambda unit: unit.scope.object_mapping),
    ),
    wrapping.filter_group,
    KEYS["filter-group"],
    inside={"clauses": ("clause", lambda unit: iter(unit.clauses))},
    home=lambda unit: unit.place,
)


def _pointer(unit: ClauseUnit) -> str:
    return unit.clause.pointer


def _values_place(unit: ClauseUnit) -> Place:
    return unit.value_place() if unit.clause.values else unit.operator_place()


def _operand(value: Any) -> Mapping[str, Any]:
    return {"targetOperand": {"values": value if isinstance(value, list) else [value]}}


CLAUSE = Noun(
    "clause",
    "one test of a scoping filter",
    "clause",
    lambda unit: iter((unit,)),
    _pointer,
    "sourceOperandName",
    "text",
    table(
        member(
            "sourceOperandName",
            "text",
            "name of the source attribute",
            lambda unit: unit.clause.source_operand_name or None,
            _pointer,
        ),
        member(
            "operatorName",
            "text",
            "the operator, such as `EQUALS`",
            lambda unit: unit.clause.operator_name or None,
            _pointer,
        ),
        Field(
            "targetOperand.values",
            "list",
            "the values",
            lambda unit: unit.clause.values,
            _values_place,
            "targetOperand.values",
        ),
        Field("values", "list", "the same", lambda unit: unit.clause.values, _values_place),
        Field(
            "value",
            "text",
            "the first value",
            lambda unit: unit.clause.values[0] if unit.clause.values else None,
            _values_place,
        ),
        Field(
            "text",
            "text",
            'the clause as text, such as `department EQUALS "Sales"`',
            lambda unit: _words(unit.clause),
        ),
        Field(
            "scopingGroup",
            "text",
            "title of the filter around it",
            lambda unit: unit.group.group.name,
        ),
        Field(
            "clausesInGroup",
            "number",
            "how many clauses the filter around it has",
            lambda unit: len(unit.group.clauses),
        ),
        Field(
            "attributeType",
            "text",
            "type of the attribute, such as `String`, where the file has its definition",
            lambda unit: None if unit.attribute is None else unit.attribute.type,
        ),
        *of_mapping(lambda unit: unit.object_mapping),
    ),
    wrapping.clause,
    KEYS["filter-clause"],
    written={"values": _operand, "value": _operand},
)

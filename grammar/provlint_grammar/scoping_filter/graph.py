"""Scoping filters between Graph's JSON values and the tree.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-filter
"""

from __future__ import annotations

from typing import TypeVar

from provlint_grammar.scoping_filter.operators import find_operator
from provlint_grammar.scoping_filter.tree import Clause, Filter, Group

_Kind = TypeVar("_Kind")

SETS = ("groups", "inputFilterGroups", "categoryFilterGroups")
"""The three filter sets of a Graph scope; `groups` is the one that the portal shows."""


class ShapeError(ValueError):
    """A JSON value is not the shape of a scoping filter."""


def from_graph(scope: object, set_name: str = "groups") -> Filter:
    """Read one filter set of a Graph `scope` object.

    Null and missing members stand for nothing: no scope, no groups, no title, no clauses, no
    operand. Known operators get their canonical spelling, others stay as found. Operand values that
    are numbers or Booleans become text as Graph writes it (`5`, `True`).

    Args:
        scope: Null or an object with lists of groups, as decoded from JSON.
        set_name: One of `SETS`.

    Raises:
        ShapeError: A value is neither null nor of the type that Graph has there. The message names
            the place.
    """
    groups = _member(scope, set_name, list, "")
    return Filter(
        tuple(_group(group, f"{set_name}[{index}]") for index, group in enumerate(groups or ()))
    )


def to_graph(tree: Filter) -> dict[str, list[object]]:
    """A Graph `scope` object with the filter in `groups` and the other two sets empty."""
    return {
        "groups": [
            {"name": group.name, "clauses": [_clause_to_graph(clause) for clause in group.clauses]}
            for group in tree.groups
        ],
        "inputFilterGroups": [],
        "categoryFilterGroups": [],
    }


def _clause_to_graph(clause: Clause) -> dict[str, object]:
    return {
        "sourceOperandName": clause.attribute,
        "operatorName": clause.operator,
        "targetOperand": {"values": list(clause.values)} if clause.values else None,
    }


def _group(value: object, place: str) -> Group:
    name = _member(value, "name", str, place) or ""
    clauses = _member(value, "clauses", list, place) or ()
    return Group(
        name,
        tuple(_clause(clause, f"{place}.clauses[{index}]") for index, clause in enumerate(clauses)),
    )


def _clause(value: object, place: str) -> Clause:
    attribute = _member(value, "sourceOperandName", str, place) or ""
    spelling = _member(value, "operatorName", str, place) or ""
    operand = _member(value, "targetOperand", dict, place)
    values = _member(operand, "values", list, f"{place}.targetOperand") or ()
    operator = find_operator(spelling)
    return Clause(
        attribute,
        operator.name if operator else spelling,
        tuple(
            _operand_value(item, f"{place}.targetOperand.values[{index}]")
            for index, item in enumerate(values)
        ),
    )


def _operand_value(value: object, place: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)):
        return str(value)
    raise ShapeError(f"`{place}` is {_kind(value)}, expected a string")


_KINDS = {str: "a string", list: "a list", dict: "an object", bool: "a Boolean", type(None): "null"}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a number")


def _member(value: object, key: str, kind: type[_Kind], place: str) -> _Kind | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ShapeError(f"`{place or 'scope'}` is {_kind(value)}, expected an object")
    member = value.get(key)
    if member is None or isinstance(member, kind):
        return member
    place = f"{place}.{key}" if place else key
    raise ShapeError(f"`{place}` is {_kind(member)}, expected {_KINDS[kind]}")

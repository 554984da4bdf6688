"""The way to a value by names: what stays the same when arrays and keys change their order.

A JSON pointer counts array items, so it changes whenever one is added before another. Here an item
has the name that an administrator knows it by: the target attribute of an attribute mapping, the
title of a filter group, the words of a clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.model.locate import NAMING_KEYS
from provlint.source.pointer import split

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDITIONAL = ("AdditionalProperties", "additionalProperties")
"""Members that the PowerShell SDK wraps others in."""

_OF_A_CLAUSE = ("sourceOperandName", "operatorName", "targetOperand")

_ENDS = ("sourceDirectoryName", "targetDirectoryName", "sourceObjectName", "targetObjectName")
"""What tells a synchronization rule or an object mapping without a name."""


def named_path(value: object, pointer: str) -> str:
    """Return the way to what `pointer` denotes, such as `objectMappings[Users].name`.

    Keys are spelled as Microsoft Graph spells them, so that the output of the PowerShell SDK gives
    the same names as the export of the service.

    Args:
        value: What the file holds.
        pointer: An RFC 6901 pointer in it; what it does not lead to is left out.
    """
    steps: list[str] = []
    for segment in split(pointer):
        if isinstance(value, dict):
            if segment not in value:
                break
            value = value[segment]
            if segment not in _ADDITIONAL:
                steps.append(_canonical(segment))
        elif isinstance(value, list):
            if not segment.isdecimal() or int(segment) >= len(value):
                break
            value = value[int(segment)]
            name = _name(value)
            if name or not steps:
                steps.append(f"{steps.pop() if steps else ''}[{name}]")
        else:
            break
    return ".".join(steps)


def _canonical(key: str) -> str:
    return key[:1].lower() + key[1:]


def _name(item: object) -> str:
    """What an administrator calls an item of an array; nothing where it has no name."""
    if not isinstance(item, dict):
        return ""
    if any(_member(item, key) is not None for key in _OF_A_CLAUSE):
        return _clause(item)
    for key in NAMING_KEYS:
        name = _member(item, key)
        if isinstance(name, str) and name:
            return name
    clauses = _member(item, "clauses")
    if isinstance(clauses, list):
        return "; ".join(sorted(_clause(each) for each in clauses if isinstance(each, dict)))
    ends = [_member(item, key) for key in _ENDS]
    return " to ".join(end for end in ends if isinstance(end, str) and end)


def _clause(clause: dict[str, Any]) -> str:
    operand = _member(clause, "targetOperand")
    values = _member(operand, "values") if isinstance(operand, dict) else operand
    words = [_member(clause, "sourceOperandName"), _member(clause, "operatorName")]
    words += sorted(map(str, values)) if isinstance(values, list) else [values]
    return " ".join(str(word) for word in words if word is not None)


def _member(item: dict[str, Any], key: str) -> object:
    return next((found for found in _spellings(item, key) if found is not None), None)


def _spellings(item: dict[str, Any], key: str) -> Iterator[object]:
    pascal = key[:1].upper() + key[1:]
    yield item.get(key)
    yield item.get(pascal)
    for additional in _ADDITIONAL:
        inner = item.get(additional)
        if isinstance(inner, dict):
            yield inner.get(key)
            yield inner.get(pascal)

"""Members of a sample: what an author writes, as Microsoft's objects have it.

Fields of ours, such as `sourceAttribute`, and contents, such as `scopingGroups`, are put where they
stand in Microsoft's objects, in the sample itself and in all that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from provlint.declarative.operands import is_scalar
from provlint.validation import FaultError
from provlint.wording import did_you_mean, quote

if TYPE_CHECKING:
    from provlint.declarative.nouns.noun import Field, Noun, Value
    from provlint.validation import Path

NAMED = "sample"
"""Name of what has to stand around a part of a sample."""

HELD: Mapping[str, str] = {
    "synchronizationRules": "synchronizationRule",
    "objectMappings": "objectMapping",
    "attributeMappings": "attributeMapping",
    "groups": "scopingGroup",
    "inputFilterGroups": "scopingGroup",
    "categoryFilterGroups": "scopingGroup",
    "clauses": "clause",
    "directories": "directory",
    "attributes": "attributeDefinition",
    "schema": "schema",
}
"""Key of Microsoft's objects to the noun of what stands below it."""


def members_of(
    noun: Noun, sample: Mapping[Any, Any], path: Path
) -> tuple[dict[str, Any], dict[str, Value]]:
    """Members by Microsoft's names, and values that stand in for those of fields.

    Raises:
        FaultError: A key is none that the noun has, or its value is of the wrong kind.
    """
    members: dict[str, Any] = {}
    given: dict[str, Value] = {}
    for key, value in sample.items():
        field = noun.field(key)
        if key in noun.written:
            _merge(members, noun.written[key](value))
        elif key in noun.inside and _holds_objects(value):
            _merge(members, _placed(noun.name, key, _inner(noun, key, value, (*path, key))))
        elif field is not None and field.key and "." in key:
            _merge(members, _nested(field.key.split("."), value))
        elif key in noun.keys and (field is None or not _stands_in(field, key, value)):
            _merge(members, {key: _below(key, value, (*path, key))})
        elif field is not None:
            given[key] = _value(value, (*path, key))
        else:
            known = [*noun.names(), *noun.keys]
            raise FaultError(
                f"`{noun.name}` has no field {quote(str(key))}",
                did_you_mean(str(key), known) or noun.hint(str(key)),
                (*path, key),
                key=True,
            )
    return members, given


def _holds_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _inner(noun: Noun, key: str, value: list[Any], path: Path) -> list[Any]:
    return _things(noun.inside[key][0], value, path)


def _below(key: str, value: Any, path: Path) -> Any:
    """A member of one of Microsoft's objects, with the fields of ours in it put in their places."""
    if key in HELD and isinstance(value, list):
        return _things(HELD[key], value, path)
    if key in HELD and isinstance(value, dict):
        return _things(HELD[key], [value], path)[0]
    if isinstance(value, dict) and key in ("scope", "objects"):
        return {name: _below(name, each, (*path, name)) for name, each in value.items()}
    if isinstance(value, list) and key == "objects":
        return [_below(key, each, (*path, index)) for index, each in enumerate(value)]
    return value


def _things(name: str, value: list[Any], path: Path) -> list[Any]:
    from provlint.declarative.nouns import NOUNS

    found = []
    for index, each in enumerate(value):
        if not isinstance(each, dict):
            found.append(each)
            continue
        members, given = members_of(NOUNS[name], each, (*path, index))
        for key in given:
            raise FaultError(
                f"{quote(key)} cannot be given for a thing inside the sample",
                "write what it follows from, or give it for the sample itself",
                (*path, index, key),
                key=True,
            )
        found.append(members)
    return found


_AROUND: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "schema": (
        "synchronizationRules",
        "synchronizationRule",
        frozenset({"synchronizationRules", "directories"}),
    ),
    "synchronizationRule": ("objectMappings", "objectMapping", frozenset({"objectMappings"})),
}
"""Noun to the key and the noun of what stands between it and its contents, and its own keys."""

_WAYS: Mapping[tuple[str, str], Callable[[list[Any]], dict[str, Any]]] = {
    ("objectMapping", "scopingGroups"): lambda groups: {"scope": {"groups": groups}},
    ("objectMapping", "clauses"): lambda clauses: {
        "scope": {"groups": [{"name": NAMED, "clauses": clauses}]}
    },
    ("directory", "attributeDefinitions"): lambda attributes: {
        "objects": [{"name": NAMED, "attributes": attributes}]
    },
}
"""Where contents stand that have another name, or another place, in Microsoft's objects."""


def _placed(noun: str, key: str, value: list[Any]) -> dict[str, Any]:
    """Contents where they stand in Microsoft's object."""
    if noun == "job":
        return {"schema": _placed("schema", key, value)}
    if (noun, key) in _WAYS:
        return _WAYS[noun, key](value)
    if noun in _AROUND and key not in _AROUND[noun][2]:
        between, inner, _ = _AROUND[noun]
        return {between: [{"name": NAMED, **_placed(inner, key, value)}]}
    return {key: value}


def _stands_in(field: Field, key: str, value: Any) -> bool:
    """Whether the value is that of the field, and not of the member that Microsoft calls so."""
    if isinstance(value, list):
        return field.kind == "list" and all(map(is_scalar, value))
    return field.key != key and is_scalar(value)


def _value(value: Any, path: Path) -> Value:
    if isinstance(value, list) and all(map(is_scalar, value)):
        return tuple(str(each) for each in value) or None
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise FaultError(
        "the value is neither a text, a number, `true`, `false` nor a list of these",
        "write such a value",
        path,
    )


def _nested(steps: list[str], value: Any) -> dict[str, Any]:
    first, *others = steps
    return {first: _nested(others, value) if others else value}


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        held = into.get(key)
        if isinstance(held, dict) and isinstance(value, Mapping):
            _merge(held, value)
        else:
            into[key] = dict(value) if isinstance(value, Mapping) else value

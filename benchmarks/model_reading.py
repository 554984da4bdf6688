"""Reading a schema into the canonical tree, against `json.loads` of its text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, from_times, in_turns

from provlint.model import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

LOADS = "json.loads"


def attribute(number: int) -> dict[str, Any]:
    return {
        "anchor": number == 0,
        "caseExact": False,
        "defaultValue": None,
        "flowNullValues": False,
        "multivalued": number % 9 == 0,
        "mutability": "ReadWrite",
        "name": f"urn:ietf:params:scim:schemas:extension:example:2.0:User:attribute{number}",
        "required": number % 20 == 0,
        "type": "Reference" if number % 8 == 0 else "String",
        "apiExpressions": [],
        "metadata": [{"key": "MaximumLength", "value": "64"}] if number % 5 == 0 else [],
        "referencedObjects": [{"referencedObjectName": "User", "referencedProperty": None}]
        if number % 8 == 0
        else [],
    }


def source(name: str, parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "expression": f"{name}([attribute1])" if parameters else f"[{name}]",
        "name": name,
        "parameters": parameters or [],
        "type": "Function" if parameters else "Attribute",
    }


def mapping(number: int) -> dict[str, Any]:
    inner = source(f"attribute{number}")
    if number % 3:
        inner = source("Trim", [{"key": "source", "value": inner}])
    return {
        "defaultValue": "",
        "exportMissingReferences": False,
        "flowBehavior": "FlowWhenChanged",
        "flowType": "Always",
        "matchingPriority": 1 if number == 0 else 0,
        "source": inner,
        "targetAttributeName": f"target{number}",
    }


def schema(attributes: int, mappings: int) -> dict[str, Any]:
    half = attributes // 2
    return {
        "id": "scim.1.2",
        "version": "1",
        "synchronizationRules": [
            {
                "id": "1",
                "name": "USER_OUTBOUND_USER",
                "sourceDirectoryName": "one",
                "targetDirectoryName": "two",
                "objectMappings": [
                    {
                        "enabled": True,
                        "flowTypes": "Add,Update,Delete",
                        "sourceObjectName": "User",
                        "targetObjectName": "User",
                        "scope": None,
                        "attributeMappings": [mapping(number) for number in range(mappings)],
                    }
                ],
            }
        ],
        "directories": [
            {"name": name, "objects": [{"name": "User", "attributes": definitions}]}
            for name, definitions in (
                ("one", [attribute(number) for number in range(half)]),
                ("two", [attribute(number) for number in range(half)]),
            )
        ],
    }


def pascal(value: Any) -> Any:
    if isinstance(value, list):
        return [pascal(item) for item in value]
    if isinstance(value, dict):
        renamed = {key[:1].upper() + key[1:]: pascal(member) for key, member in value.items()}
        return {"AdditionalProperties": {}, **renamed}
    return value


def figures(rounds: int) -> list[Figure]:
    """The tree of one schema, of one twice as large, and of one as PowerShell writes it."""
    found = []
    for name, value in (
        ("model reading", schema(1250, 430)),
        ("model reading, twice as much", schema(2500, 860)),
        ("model reading, PowerShell SDK", pascal(schema(1250, 430))),
    ):
        text = json.dumps(value, indent=2)
        assert not read_document(value).defects
        tasks: dict[str, Callable[[], object]] = {
            name: lambda value=value: read_document(value),  # type: ignore[misc]
            LOADS: lambda text=text: json.loads(text),  # type: ignore[misc]
        }
        times = in_turns(tasks, rounds)
        found.append(from_times(name, times[name], times[LOADS], LOADS))
    return found

"""Synthetic schemas of any size, of the shape that Microsoft Graph exports, without a finding."""

from __future__ import annotations

import json
from typing import Any

CLAUSES = ("EQUALS", "Includes", "REGEX MATCH")
EXTENSION = "urn:ietf:params:scim:schemas:extension:fjord:2.0:User"


def _attribute(name: str) -> dict[str, Any]:
    return {
        "anchor": name in {"objectId", "id"},
        "caseExact": False,
        "defaultValue": None,
        "flowNullValues": False,
        "multivalued": False,
        "mutability": "ReadWrite",
        "name": name,
        "required": name == "userName",
        "type": "String",
        "apiExpressions": [],
        "metadata": [],
        "referencedObjects": [],
    }


def _reference(name: str) -> dict[str, Any]:
    return {"expression": f"[{name}]", "name": name, "type": "Attribute", "parameters": []}


def _constant(text: str) -> dict[str, Any]:
    written = text.replace("\\", "\\\\")
    return {"expression": f'"{written}"', "name": text, "type": "Constant", "parameters": []}


def _call(name: str, expression: str, *parameters: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "expression": expression,
        "name": name,
        "type": "Function",
        "parameters": [{"key": key, "value": value} for key, value in parameters],
    }


def _source(number: int) -> dict[str, Any]:
    """Every distinct text once; of five mappings two are direct, as in real schemas or more."""
    name = f"attribute{number}"
    source = _reference(name)
    shape = number % 5
    if shape == 2:
        return _call(
            "Switch",
            f'Switch([{name}], "Oslo{number}", "NO", "Norway", "SE", "Sweden", "DK", "Denmark")',
            ("source", source),
            ("defaultValue", _constant(f"Oslo{number}")),
            *(
                ("switchValue", _constant(word))
                for word in ("NO", "Norway", "SE", "Sweden", "DK", "Denmark")
            ),
        )
    if shape == 3:
        return _call(
            "Replace",
            f'Replace([{name}], , "[()\\\\s-]+{number}", , "", , )',
            ("source", source),
            ("RegularExpression", _constant(f"[()\\s-]+{number}")),
            ("Replacement", _constant("")),
        )
    if shape == 4:
        other = f"attribute{number - 1}"
        return _call(
            "Join",
            f'Join(".", [{name}], [{other}], "{number}")',
            ("separator", _constant(".")),
            ("source", source),
            ("source", _reference(other)),
            ("source", _constant(str(number))),
        )
    return source


def _mapping(number: int) -> dict[str, Any]:
    return {
        "defaultValue": "",
        "exportMissingReferences": False,
        "flowBehavior": "FlowWhenChanged",
        "flowType": "Always",
        "matchingPriority": 0,
        "targetAttributeName": f"{EXTENSION}:value{number}",
        "source": _source(number),
    }


def _clause(number: int) -> dict[str, Any]:
    operator = CLAUSES[number % len(CLAUSES)]
    value = f"^Fjord{number}$" if operator == "REGEX MATCH" else f"Fjord{number}"
    return {
        "operatorName": operator,
        "sourceOperandName": f"attribute{number}",
        "targetOperand": {"values": [value]},
    }


def schema(mappings: int, attributes: int, clauses: int = 3, groups: int = 1) -> dict[str, Any]:
    """A schema with so many attribute mappings, attributes of each side, clauses of each group.

    `attributes` is at least `mappings`, and `clauses` times `groups`.
    """
    matching = _mapping(0)
    matching["matchingPriority"] = 1
    matching["targetAttributeName"] = "userName"
    matching["source"] = _reference("userPrincipalName")
    switch = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
    active = _mapping(0)
    active["targetAttributeName"] = "active"
    active["source"] = _call(
        "Switch",
        switch,
        ("source", _reference("IsSoftDeleted")),
        *(("switchValue", _constant(word)) for word in ("False", "True", "True", "False")),
    )
    filter_groups = [
        {
            "name": f"Employees {group}",
            "clauses": [_clause(group * clauses + number) for number in range(clauses)],
        }
        for group in range(groups)
    ]
    names = {
        "Microsoft Entra ID": [
            "objectId", "userPrincipalName", "IsSoftDeleted",
            *(f"attribute{n}" for n in range(attributes)),
        ],
        "customappsso": [
            "id", "userName", "active", *(f"{EXTENSION}:value{n}" for n in range(attributes)),
        ],
    }  # fmt: skip
    object_names = {"Microsoft Entra ID": "User", "customappsso": f"{EXTENSION[:-10]}:User"}
    return {
        "id": "scim.1",
        "version": "Date:2026-10-02T06:18:09.5570126Z",
        "synchronizationRules": [
            {
                "containerFilter": None,
                "editable": True,
                "groupFilter": None,
                "id": "3f0d5c52-8b0d-4f0e-a1a0-6f1f2f0f7c11",
                "name": "USER_OUTBOUND_USER",
                "priority": 1,
                "sourceDirectoryName": "Microsoft Entra ID",
                "targetDirectoryName": "customappsso",
                "metadata": [],
                "objectMappings": [
                    {
                        "enabled": True,
                        "flowTypes": "Add,Update,Delete",
                        "name": "Provision Microsoft Entra ID Users",
                        "sourceObjectName": "User",
                        "targetObjectName": object_names["customappsso"],
                        "attributeMappings": [
                            matching,
                            active,
                            *(_mapping(number) for number in range(mappings)),
                        ],
                        "metadata": [],
                        "scope": {
                            "categoryFilterGroups": [],
                            "groups": filter_groups,
                            "inputFilterGroups": [],
                        },
                    }
                ],
            }
        ],
        "directories": [
            {
                "id": identifier,
                "discoverabilities": "None",
                "discoveryDateTime": None,
                "name": name,
                "readOnly": False,
                "version": None,
                "objects": [
                    {
                        "name": object_names[name],
                        "attributes": [_attribute(each) for each in names[name]],
                        "metadata": [],
                        "supportedApis": [],
                    }
                ],
            }
            for identifier, name in (
                ("66e4a8cc-1b7b-435e-95f8-f06cea133828", "Microsoft Entra ID"),
                ("d07a25b9-6e4c-4813-bf92-1a8c53e6d704", "customappsso"),
            )
        ],
    }


def text(mappings: int, attributes: int, clauses: int = 3, groups: int = 1) -> str:
    """The same as JSON with two spaces, as exports are kept."""
    return json.dumps(schema(mappings, attributes, clauses, groups), indent=2)

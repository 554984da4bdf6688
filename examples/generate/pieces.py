"""The parts of a synchronization schema, with the defaults and the key order of Graph exports."""

from __future__ import annotations

import json
from typing import Any

from expressions import source_of

Json = dict[str, Any]

TENANT = "5b1c2f0e9d474c1a8e632f7a90d4b6c1"
GRAPH = "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals"
ENTRA = "Microsoft Entra ID"
ENTRA_ID = "66e4a8cc-1b7b-435e-95f8-f06cea133828"
AD = "Active Directory"
AD_ID = "ba5b00eb-4c24-41a7-9d57-cd305d47d540"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
FJORDBANK = "urn:ietf:params:scim:schemas:extension:fjordbank:2.0:User"


def attribute(
    name: str,
    kind: str = "String",
    *,
    anchor: bool = False,
    case_exact: bool = False,
    flow_null: bool = False,
    multivalued: bool = False,
    mutability: str = "ReadWrite",
    required: bool = False,
    refers_to: tuple[str, ...] = (),
    path: str = "",
    metadata: tuple[tuple[str, str], ...] = (),
) -> Json:
    """Return an attributeDefinition; `path` is the XPATH or JSONPath of an HR source."""
    return {
        "anchor": anchor,
        "caseExact": case_exact,
        "defaultValue": None,
        "flowNullValues": flow_null,
        "multivalued": multivalued,
        "mutability": mutability,
        "name": name,
        "required": required,
        "type": kind,
        "apiExpressions": [{"key": "XPATH", "value": path}] if path else [],
        "metadata": pairs(metadata),
        "referencedObjects": [
            {"referencedObjectName": each, "referencedProperty": None} for each in refers_to
        ],
    }


def pairs(entries: tuple[tuple[str, str], ...]) -> list[Json]:
    """Return `key`/`value` objects."""
    return [{"key": key, "value": value} for key, value in entries]


def mapping(
    target: str,
    text: str | None,
    *,
    matching: int = 0,
    flow_type: str = "Always",
    default: str | None = None,
    source: Json | None = None,
) -> Json:
    """Return an attributeMapping; `source` overrides what the text would be parsed to."""
    return {
        "defaultValue": default,
        "exportMissingReferences": False,
        "flowBehavior": "FlowWhenChanged",
        "flowType": flow_type,
        "matchingPriority": matching,
        "targetAttributeName": target,
        "source": source if source or text is None else source_of(text),
    }


def clause(name: str, operator: str, *values: str) -> Json:
    """Return a filterClause; without values its operand is null, as for unary operators."""
    return {
        "operatorName": operator,
        "sourceOperandName": name,
        "targetOperand": {"values": list(values)} if values else None,
    }


def group(name: str, *clauses: Json) -> Json:
    """Return a filterGroup: its clauses must all hold."""
    return {"name": name, "clauses": list(clauses)}


def scope(*groups: Json) -> Json:
    """Return the filter of an object mapping: one of its groups must hold."""
    return {"categoryFilterGroups": [], "groups": list(groups), "inputFilterGroups": []}


def object_mapping(
    name: str,
    source: str,
    target: str,
    mappings: list[Json],
    *,
    only: Json | None = None,
    flow_types: str = "Add,Update,Delete",
    enabled: bool = True,
) -> Json:
    """Return an objectMapping; `only` is its scope."""
    matched = [each for each in mappings if each.get("matchingPriority")]
    first = min(matched, key=lambda each: int(each["matchingPriority"]), default=None)
    joining = (("OriginalJoiningProperty", first["targetAttributeName"]),) if first else ()
    return {
        "enabled": enabled,
        "flowTypes": flow_types,
        "name": name,
        "sourceObjectName": source,
        "targetObjectName": target,
        "attributeMappings": mappings,
        "metadata": pairs(
            (
                ("IsCustomerDefined", "false"),
                ("DisableMonitoringForChanges", "false"),
                ("Disposition", '"Normal"'),
                ("ExcludeFromReporting", "false"),
                ("EscrowBehavior", '"Default"'),
                ("Unsynchronized", "false"),
                *joining,
            )
        ),
        "scope": only,
    }


def rule(
    identifier: str, name: str, source: str, target: str, mappings: list[Json], priority: int = 1
) -> Json:
    """Return a synchronizationRule with the metadata that exports carry."""
    defaults: list[Json] = [
        {
            "AttributeMappings": [],
            "DisableMonitoringForChanges": False,
            "Disposition": 0,
            "Enabled": False,
            "EscrowBehavior": 1,
            "FlowTypes": 7,
            "Internal": False,
            "IsCustomerDefined": False,
            "Name": None,
            "Scope": None,
            "SourceObjectName": "",
            "Synchronized": False,
            "TargetObjectName": mappings[0]["targetObjectName"] if mappings else "",
            "Unsynchronized": True,
        }
    ]
    blob = json.dumps(defaults, separators=(",", ":"))
    return {
        "containerFilter": None,
        "editable": True,
        "groupFilter": None,
        "id": identifier,
        "name": name,
        "priority": priority,
        "sourceDirectoryName": source,
        "targetDirectoryName": target,
        "metadata": pairs(
            (("defaultSourceObjectMappings", blob), ("supportsProvisionOnDemand", "true"))
        ),
        "objectMappings": mappings,
    }


def object_definition(name: str, attributes: list[Json], *, soft_delete: bool = True) -> Json:
    """Return an objectDefinition."""
    return {
        "name": name,
        "supportedApis": [],
        "attributes": attributes,
        "metadata": pairs(
            (
                ("IsSoftDeletionSupported", str(soft_delete).lower()),
                ("IsSynchronizeAllSupported", "true"),
                ("ConnectorDataStorageRequired", "false"),
            )
        ),
    }


def directory(identifier: str, name: str, objects: list[Json], *, read_only: bool = False) -> Json:
    """Return a directoryDefinition."""
    return {
        "id": identifier,
        "discoverabilities": "AttributeNames, AttributeDataTypes" if read_only else "None",
        "discoveryDateTime": None,
        "name": name,
        "readOnly": read_only,
        "version": None,
        "objects": objects,
    }


def schema(job: str, principal: str, version: str, rules: list[Json], both: list[Json]) -> Json:
    """Return what `GET .../jobs/{id}/schema` answers; `both` are the two directories."""
    place = f"{GRAPH}('{principal}')/synchronization/jobs('{job}')/schema"
    return {
        "@odata.context": f"{place}/$entity",
        "id": job,
        "version": version,
        "synchronizationRules": rules,
        "directories@odata.context": f"{place}/directories",
        "directories": both,
    }


def in_graph_order(value: Any) -> Any:
    """Order keys in place as the service writes them: simple values, then objects and lists.

    Within each sort the order is alphabetical, and a null object counts as a simple value. Only a
    directory, being an entity, begins with its identity.
    """
    if isinstance(value, list):
        for each in value:
            in_graph_order(each)
    elif isinstance(value, dict):
        items = list(value.items())
        for _, each in items:
            in_graph_order(each)
        if not any(key.startswith("@") for key in value) and "directories" not in value:
            first = "id" if "objects" in value else ""
            items.sort(
                key=lambda item: (item[0] != first, isinstance(item[1], dict | list), item[0])
            )
        value.clear()
        value.update(items)
    return value

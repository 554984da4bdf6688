"""Builders of small configurations, and their PowerShell forms."""

import copy
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


def source(name="mail"):
    return {"expression": f"[{name}]", "name": name, "type": "Attribute", "parameters": []}


def call():
    return {
        "expression": 'Append([mail], "x")',
        "name": "Append",
        "type": "Function",
        "parameters": [
            {"key": "source", "value": source()},
            {
                "key": "suffix",
                "value": {
                    "expression": '"x"',
                    "name": "x",
                    "type": "Constant",
                    "parameters": [],
                },
            },
        ],
    }


def attribute_mapping(target="userName", mapped=None, priority=0):
    return {
        "defaultValue": "",
        "exportMissingReferences": False,
        "flowBehavior": "FlowWhenChanged",
        "flowType": "Always",
        "matchingPriority": priority,
        "targetAttributeName": target,
        "source": mapped or source(),
    }


def attribute(name, **members):
    return {
        "anchor": False,
        "caseExact": False,
        "defaultValue": None,
        "flowNullValues": False,
        "multivalued": False,
        "mutability": "ReadWrite",
        "name": name,
        "required": False,
        "type": "String",
        "apiExpressions": [],
        "metadata": [],
        "referencedObjects": [],
        **members,
    }


def clause(operator="EQUALS", values=("Sales",)):
    operand = None if values is None else {"values": list(values)}
    return {
        "operatorName": operator,
        "sourceOperandName": "department",
        "targetOperand": operand,
    }


def scope():
    return {
        "categoryFilterGroups": [],
        "groups": [{"name": "Sales only", "clauses": [clause(), clause("IS NOT NULL", None)]}],
        "inputFilterGroups": [],
    }


def object_mapping():
    return {
        "enabled": True,
        "flowTypes": "Add,Update,Delete",
        "name": "Provision Microsoft Entra ID Users",
        "sourceObjectName": "User",
        "targetObjectName": "Account",
        "attributeMappings": [
            attribute_mapping(priority=1),
            attribute_mapping("displayName", call()),
        ],
        "metadata": [{"key": "Disposition", "value": '"Normal"'}],
        "scope": scope(),
    }


def rule():
    return {
        "containerFilter": None,
        "editable": True,
        "groupFilter": {"includedGroups": ["CN=Sales,DC=example"]},
        "id": "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8",
        "name": "USER_OUTBOUND_USER",
        "priority": 1,
        "sourceDirectoryName": "Microsoft Entra ID",
        "targetDirectoryName": "customappsso",
        "metadata": [{"key": "supportsProvisionOnDemand", "value": "true"}],
        "objectMappings": [object_mapping()],
    }


def object_definition(name="User", *attributes):
    return {
        "name": name,
        "supportedApis": [],
        "attributes": list(attributes) or [attribute("mail"), attribute("department")],
        "metadata": [{"key": "IsSoftDeletionSupported", "value": "true"}],
    }


def directory(name="Microsoft Entra ID", *objects):
    return {
        "id": "66e4a8cc-1b7b-435e-95f8-f06cea133828",
        "discoverabilities": "AttributeNames, AttributeDataTypes",
        "discoveryDateTime": None,
        "name": name,
        "readOnly": True,
        "version": "v1",
        "objects": list(objects) or [object_definition()],
    }


def schema():
    account = object_definition(
        "Account",
        attribute("userName", anchor=True, required=True),
        attribute("displayName"),
        attribute(
            "manager",
            type="Reference",
            referencedObjects=[{"referencedObjectName": "Account", "referencedProperty": None}],
            apiExpressions=[{"key": "path", "value": "/manager"}],
        ),
    )
    return {
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('1')"
        "/synchronization/jobs('scim.1.2')/schema/$entity",
        "id": "scim.1.2",
        "version": "Date:2026-01-02T03:04:05Z, ActivityId:7",
        "synchronizationRules": [rule()],
        "directories@odata.context": "https://graph.microsoft.com/v1.0/$metadata#directories",
        "directories": [directory(), directory("customappsso", account)],
    }


def job():
    return {
        "id": "scim.1.2",
        "templateId": "scim",
        "schedule": {"expiration": None, "interval": "PT40M", "state": "Active"},
        "status": {"code": "Active"},
        "synchronizationJobSettings": [{"name": "Domain", "value": "example.com"}],
    }


def template():
    return {
        "id": "aWSSingleSignon",
        "applicationId": "8b1025e4-1dd2-430b-a150-2ef79cd700f5",
        "default": True,
        "description": None,
        "discoverable": True,
        "factoryTag": "aWSSingleSignon",
        "metadata": [
            {"key": "galleryApplicationKey", "value": "aws"},
            {"key": "AzureIngestionAttributeOptimization", "value": "0"},
            {"key": "AzureIngestionAttributeOptimization", "value": "1"},
        ],
        "schema@odata.context": "https://graph.microsoft.com/v1.0/$metadata#schema",
        "schema": schema(),
    }


def pascal(value):
    """What ConvertTo-Json makes of the objects of the PowerShell SDK."""
    if isinstance(value, list):
        return [pascal(item) for item in value]
    if not isinstance(value, dict):
        return value
    additional = {key: member for key, member in value.items() if "@odata." in key}
    result = {
        key[:1].upper() + key[1:]: pascal(member)
        for key, member in value.items()
        if "@odata." not in key
    }
    return {"AdditionalProperties": additional, **result}


@pytest.fixture
def build():
    """The builders by name; each call gives a fresh value."""

    class Builders:
        pass

    for function in (
        source,
        call,
        attribute_mapping,
        attribute,
        clause,
        scope,
        object_mapping,
        rule,
        object_definition,
        directory,
        schema,
        job,
        template,
        pascal,
    ):
        setattr(Builders, function.__name__, staticmethod(function))
    Builders.copy = staticmethod(copy.deepcopy)
    return Builders

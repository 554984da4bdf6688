"""Mistakes in the form of the document: names, references and values that the service refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import entra
import scim_outbound
from pieces import (
    CORE_GROUP,
    ENTERPRISE,
    ENTRA,
    TENANT,
    attribute,
    clause,
    directory,
    group,
    mapping,
    object_definition,
    object_mapping,
    rule,
    schema,
    scope,
)
from specimen import Specimen

Json = dict[str, Any]

TEXTS = "userPrincipalName displayName department"


def schema_shape() -> tuple[Specimen, Json]:
    """Return an export whose definitions and references were edited by hand."""
    it = Specimen()
    users: list[Json] = [
        mapping("userName", "[userPrincipalName]", matching=1),
        mapping("externalId", "[objectId]", matching=2),
        mapping("active", scim_outbound.ACTIVE),
    ]
    invalid = mapping("displayName", "[displayName]", flow_type="Add")
    it.wrong("enum", "Add is no attributeFlowType", invalid, "flowType")
    behavior = mapping("title", "[department]")
    behavior["flowBehavior"] = "FlowWhenchanged"
    it.wrong("enum", "wrong case: FlowWhenChanged", behavior, "flowBehavior")
    kind = mapping("nickName", "[displayName]")
    kind["source"]["type"] = "Direct"
    it.wrong("enum", "Direct is no attributeMappingSourceType", kind["source"], "type")
    quoted = mapping("locale", '"nb-NO"')
    quoted["matchingPriority"] = "0"
    it.wrong("value-type", "a number is expected, not a text", quoted, "matchingPriority")
    unknown = mapping("timezone", '"Europe/Oslo"')
    unknown["mappingType"] = "Constant"
    it.wrong("unknown-key", "Graph knows no mappingType", unknown, "mappingType")
    only = scope()
    only["filterGroups"] = [group("Cards", clause("department", "EQUALS", "Cards"))]
    it.wrong("unknown-key", "the property is called groups", only, "filterGroups")
    of_users = object_mapping(
        "Provision Microsoft Entra ID Users",
        "User",
        ENTERPRISE,
        [*users, invalid, behavior, kind, quoted, unknown],
        only=only,
    )
    of_users["flowTypes"] = ["Add", "Update", "Delete"]
    it.wrong("value-type", "one text with commas is expected, not a list", of_users, "flowTypes")
    missing = object_mapping(
        "Provision Contacts", "Contact", ENTERPRISE, [dict(each) for each in users]
    )
    it.wrong("object-unknown", "the source directory has no Contact", missing, "sourceObjectName")
    cased = object_mapping(
        "Provision Groups",
        "Group",
        CORE_GROUP.replace("Group", "group"),
        scim_outbound.group_mappings(),
    )
    it.wrong("object-unknown", "wrong case: the target calls it Group", cased, "targetObjectName")
    actions = object_mapping(
        "Provision More Groups",
        "Group",
        CORE_GROUP,
        scim_outbound.group_mappings(),
        flow_types="Add,Change,Delete",
    )
    it.wrong("enum", "Change is no objectFlowType", actions, "flowTypes")
    first = rule(
        scim_outbound.USER_RULE,
        "USER_OUTBOUND_USER",
        ENTRA,
        scim_outbound.TARGET,
        [of_users, missing],
    )
    second = rule(
        scim_outbound.GROUP_RULE,
        "USERGROUP_OUTBOUND_USERGROUP",
        ENTRA,
        scim_outbound.TARGET,
        [cased, actions],
        1,
    )
    third = rule(
        "2f5a8c61-d03b-4e97-a14c-b86f0e7d92c3",
        "USERGROUP_OUTBOUND_MORE",
        "Azure Active Directory",
        "CustomAppSso",
        [],
        3,
    )
    it.wrong(
        "directory-unknown", "the schema calls it Microsoft Entra ID", third, "sourceDirectoryName"
    )
    it.wrong(
        "directory-unknown",
        "wrong case: the schema calls it customappsso",
        third,
        "targetDirectoryName",
    )
    it.wrong("equal-rule-priorities", "the other rule has priority 1 as well", second, "priority")
    second["containerFilter"] = {"includedContainers": ["OU=Staff,DC=fjordbank,DC=example"]}
    second["groupFilter"] = {"includedGroups": ["CN=CRM,OU=Groups,DC=fjordbank,DC=example"]}
    it.wrong(
        "container-and-group-filter",
        "only one of the two filters may be used",
        second,
        "groupFilter",
    )
    twice = attribute("displayName", "Boolean")
    it.wrong("duplicate-attribute", "displayName is defined above, as a text", twice, "name")
    anchor = attribute("externalId", anchor=True)
    it.wrong("two-anchors", "id is the anchor already", anchor, "anchor")
    lower = attribute("locale", "Text")
    it.wrong("enum", "Text is no attributeType", lower, "type")
    mutable = attribute("timezone", mutability="Writable")
    it.wrong("enum", "Writable is no mutability", mutable, "mutability")
    dangling = attribute("reportsTo", "Reference", refers_to=("Person",))
    it.wrong(
        "object-unknown",
        "the target has no object Person",
        dangling["referencedObjects"][0],
        "referencedObjectName",
    )
    target = object_definition(
        ENTERPRISE,
        [
            attribute("id", anchor=True, mutability="ReadOnly"),
            attribute("userName", required=True),
            anchor,
            attribute("active", "Boolean"),
            attribute("displayName"),
            twice,
            attribute("title"),
            attribute("nickName"),
            lower,
            mutable,
            dangling,
        ],
    )
    principal = "f71c0a85-29be-4d43-8a6f-b5e30d94c712"
    archive = directory("41b7d90e-c258-4f63-8e1a-7d05c9f3b264", "Archive", [])
    namesake = directory("c8a5e10d-6f72-4b39-9d04-3b7e61f8a2c5", "Archive", [])
    it.wrong("duplicate-directory", "another directory has this name", namesake, "name")
    both = scim_outbound.directories(entra.user(texts=TEXTS), target)
    document = schema(
        f"customappsso.{TENANT}.{principal}",
        principal,
        scim_outbound.VERSION,
        [first, second, third],
        [*both, archive, namesake],
    )
    it.wrong("M88", "customappsso is the unsupported forerunner of scim", document, "id")
    return it, document


def put_body() -> tuple[Specimen, Json]:
    """Return a body for PUT as people write it by hand."""
    it = Specimen()
    name = {"source": {"type": "Attribute", "name": "userPrincipalName"}}
    constant = {"source": {"type": "Constant"}, "targetAttributeName": "userType"}
    it.wrong("constant-without-value", "neither name nor expression", constant, "source")
    lower = {
        "source": {"type": "attribute", "name": "displayName", "expression": "[displayName]"},
        "targetAttributeName": "displayName",
        "flowType": "always",
    }
    it.wrong("enum", "wrong case: Attribute", lower, "source", "type")
    it.wrong("enum", "wrong case: Always", lower, "flowType")
    targetless = {"source": {"type": "Attribute", "name": "department"}}
    it.wrong("missing-key", "no targetAttributeName", targetless)
    mappings: list[Json] = [
        {**name, "targetAttributeName": "userName"},
        constant,
        lower,
        targetless,
    ]
    it.wrong("no-matching-attribute", "no mapping has a matchingPriority", mappings)
    only: Json = {"filterGroups": []}
    it.wrong("unknown-key", "the property is called groups", only, "filterGroups")
    users: Json = {
        "name": "Provision Users",
        "enabled": "true",
        "sourceObjectName": "user",
        "targetObjectName": "User",
        "flowTypes": "Add,Update",
        "scope": only,
        "attributeMappings": mappings,
    }
    it.wrong("value-type", "true is expected, not a text", users, "enabled")
    single: Json = {
        "name": "USER_OUTBOUND_USER",
        "priority": 1,
        "sourceDirectoryName": "Azure Active Directory",
        "targetDirectoryName": "Harbour CRM",
        "objectMappings": users,
    }
    it.wrong("missing-key", "the rule has no id", single)
    it.wrong(
        "object-for-list", "a list is expected: PowerShell unwrapped it", single, "objectMappings"
    )
    document: Json = {"synchronizationRules": [single]}
    it.wrong("missing-directories", "PUT replaces everything: both directories are lost", document)
    return it, document


def truncated() -> tuple[Specimen, Json]:
    """Return what `ConvertTo-Json` leaves of a schema at its default depth."""
    it = Specimen()
    model = "Microsoft.Graph.PowerShell.Models.MicrosoftGraph"
    user_rule: Json = {
        "ContainerFilter": f"{model}ContainerFilter",
        "Editable": True,
        "GroupFilter": f"{model}GroupFilter",
        "Id": scim_outbound.USER_RULE,
        "Metadata": f"{model}StringKeyStringValuePair",
        "Name": "USER_OUTBOUND_USER",
        "ObjectMappings": f"{model}ObjectMapping {model}ObjectMapping",
        "Priority": 1,
        "SourceDirectoryName": ENTRA,
        "TargetDirectoryName": scim_outbound.TARGET,
        "AdditionalProperties": "System.Collections.Generic.Dictionary`2[System.String,"
        "System.Object]",
    }
    source: Json = {
        "Discoverabilities": "AttributeNames, AttributeDataTypes",
        "Id": "66e4a8cc-1b7b-435e-95f8-f06cea133828",
        "Name": ENTRA,
        "Objects": "System.Object[]",
        "ReadOnly": True,
        "Version": "@{Major=1; Minor=0}",
    }
    target: Json = {
        "Discoverabilities": "None",
        "Id": scim_outbound.TARGET_ID,
        "Name": scim_outbound.TARGET,
        "Objects": f"{model}ObjectDefinition {model}ObjectDefinition",
        "ReadOnly": False,
        "Version": None,
    }
    why = "cut off by ConvertTo-Json: use -Depth 20"
    for part, keys in (
        (
            user_rule,
            (
                "ContainerFilter",
                "GroupFilter",
                "Metadata",
                "ObjectMappings",
                "AdditionalProperties",
            ),
        ),
        (source, ("Objects", "Version")),
        (target, ("Objects",)),
    ):
        for key in keys:
            it.wrong("convertto-json-depth", why, part, key)
    document: Json = {
        "Directories": [source, target],
        "Id": scim_outbound.JOB,
        "SynchronizationRules": [user_rule],
        "Version": scim_outbound.VERSION,
        "AdditionalProperties": {},
    }
    return it, document


def write(folder: Path) -> None:
    """Write the three files."""
    it, document = schema_shape()
    it.write(folder / "schema-shape.json", document)
    it, document = put_body()
    it.write(folder / "put-body.json", document, sort=False)
    it, document = truncated()
    it.write(folder / "convertto-json-depth.json", document, sort=False)

"""Writes `clean/`: configurations without a mistake, and the shapes in which they are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cloud_sync
import cross_tenant
import entra
import human_resources
import scim_outbound
import yaml
from files import as_json, write_json, write_text
from pieces import (
    ENTERPRISE,
    ENTRA,
    GRAPH,
    TENANT,
    attribute,
    clause,
    group,
    in_graph_order,
    mapping,
    object_definition,
    schema,
    scope,
)

Json = dict[str, Any]

PRINCIPAL = "6e0b94d7-c285-4f1a-8b3d-a71f5c20e946"
JOB = f"scim.{TENANT}.{PRINCIPAL}"
SOURCE_TEXTS = "userPrincipalName displayName givenName surname department"


def small_schema() -> Json:
    """Return a SCIM configuration that is small enough to be kept in seven shapes."""
    source = entra.user(texts=SOURCE_TEXTS)
    texts = ("externalId", "displayName", "name.givenName", "name.familyName")
    target = object_definition(
        ENTERPRISE,
        [
            attribute("id", anchor=True, mutability="ReadOnly"),
            attribute("userName", required=True),
            attribute("active", "Boolean"),
            *(attribute(name) for name in texts),
            attribute(f"{ENTERPRISE}:department"),
        ],
    )
    users = [
        mapping("userName", "[userPrincipalName]", matching=1),
        mapping("externalId", "[objectId]", matching=2),
        mapping("active", scim_outbound.ACTIVE),
        mapping("displayName", 'Join(", ", [surname], [givenName])'),
        mapping("name.givenName", "[givenName]"),
        mapping("name.familyName", "[surname]"),
        mapping(f"{ENTERPRISE}:department", "[department]"),
    ]
    only = scope(
        group(
            "Branches",
            clause("department", "REGEX MATCH", "^Branch (Bergen|Oslo|Tromsø)$"),
            clause("accountEnabled", "IS TRUE"),
        )
    )
    directories = scim_outbound.directories(source, target)
    for each in directories:
        del each["objects"][1:]
    return schema(
        JOB,
        PRINCIPAL,
        "Date:2026-11-05T09:12:33.4402915Z, ActivityId:f4a81c6e-29d7-40b3-8e52-c06d93b7f15a",
        scim_outbound.rules(users, only),
        directories,
    )


def bare(value: Json) -> Json:
    """Leave out what a stored answer does not need: annotations and the identity."""
    return {key: value[key] for key in ("version", "synchronizationRules", "directories")}


def job_with_schema() -> Json:
    """Return what `GET .../jobs/{id}?$expand=schema` answers."""
    inner = in_graph_order(small_schema())
    context = inner.pop("@odata.context")
    inner.pop("directories@odata.context")
    never = "0001-01-01T00:00:00Z"
    return {
        "@odata.context": context.replace(f"('{JOB}')/schema/$entity", "/$entity"),
        "id": JOB,
        "templateId": "scim",
        "schedule": {"expiration": None, "interval": "PT40M", "state": "Active"},
        "status": {
            "countSuccessiveCompleteFailures": 0,
            "escrowsPruned": False,
            "code": "Active",
            "lastSuccessfulExecution": None,
            "lastSuccessfulExecutionWithExports": None,
            "quarantine": None,
            "steadyStateFirstAchievedTime": never,
            "steadyStateLastAchievedTime": never,
            "troubleshootingUrl": "",
            "progress": [],
            "synchronizedEntryCountByType": [],
        },
        "synchronizationJobSettings": [
            {"name": "QuarantineTooManyDeletesThreshold", "value": "50"}
        ],
        "schema@odata.context": context.removesuffix("/$entity"),
        "schema": inner,
    }


def jobs() -> Json:
    """Return what `GET .../synchronization/jobs` answers: no schema inside."""
    job = job_with_schema()
    kept = {key: job[key] for key in job if key != "@odata.context" and "schema" not in key}

    return {"@odata.context": f"{GRAPH}('{PRINCIPAL}')/synchronization/jobs", "value": [kept]}


def as_in_2020(value: Any) -> Any:
    """Return what the beta endpoint answered in 2020: fewer keys, older names."""
    if isinstance(value, list):
        return [as_in_2020(each) for each in value]
    if isinstance(value, str):
        return value.replace(ENTRA, "Azure Active Directory").replace("/v1.0/", "/beta/")
    if not isinstance(value, dict):
        return value
    older: Json = {}
    for key, each in value.items():
        if key not in ("flowNullValues", "containerFilter", "groupFilter"):
            older[key] = as_in_2020(each)
        if key == "id" and "synchronizationRules" in value:
            older["provisioningTaskIdentifier"] = each
    if "flowTypes" in older:
        older["flowTypes"] = older["flowTypes"].replace(",", ", ")
    return older


def templates() -> Json:
    """Return what `GET .../synchronization/templates` answers, with one template."""
    inner = in_graph_order(bare(small_schema()))
    place = f"{GRAPH}('{PRINCIPAL}')/synchronization/templates"
    return {
        "@odata.context": place,
        "value": [
            {
                "id": "scim",
                "applicationId": "0d5f7e29-43ab-4c81-b96e-d2c018f7a53b",
                "default": True,
                "description": "Customer application",
                "discoverable": False,
                "factoryTag": "CustomSCIM",
                "metadata": [
                    {"key": "galleryApplicationKey", "value": "customappsso"},
                    {"key": "isOAuthEnabled", "value": "false"},
                ],
                "schema@odata.context": f"{place}('scim')/schema",
                "schema": {"id": f"scim.{'0' * 32}", **inner, "version": "2.0"},
            }
        ],
    }


def as_sdk_output(value: Any) -> Any:
    """Return what `Get-MgServicePrincipalSynchronizationJobSchema | ConvertTo-Json` prints."""
    if isinstance(value, list):
        return [as_sdk_output(each) for each in value]
    if not isinstance(value, dict):
        return value
    typed = {
        key[0].upper() + key[1:]: as_sdk_output(each)
        for key, each in sorted(value.items())
        if "@" not in key
    }
    annotations = {key: each for key, each in value.items() if key.startswith("@")}
    return {**typed, "AdditionalProperties": annotations}


def keys_sorted(value: Any) -> Any:
    """Order every key alphabetically, as Terraform users keep it."""
    if isinstance(value, list):
        return [keys_sorted(each) for each in value]
    if isinstance(value, dict):
        return {key: keys_sorted(value[key]) for key in sorted(value)}
    return value


def write_shapes(folder: Path) -> None:
    """Write one small configuration in the shapes that people keep."""
    write_json(folder / "schema.json", small_schema())
    write_text(folder / "job.json", as_json(job_with_schema()))
    write_text(folder / "jobs.json", as_json(jobs()))
    write_text(folder / "schema-2020.json", as_json(as_in_2020(in_graph_order(small_schema())), 4))
    write_text(folder / "templates.json", as_json(templates()))
    write_text(folder / "sdk-output.json", as_json(as_sdk_output(small_schema())))
    whole = in_graph_order(small_schema())
    write_json(
        folder / "object-mapping.json", whole["synchronizationRules"][0]["objectMappings"][0]
    )
    written = yaml.safe_dump(bare(whole), sort_keys=False, allow_unicode=True, width=100)
    write_text(folder / "schema.yaml", written)
    template = as_json(keys_sorted(bare(whole))).replace(
        '"name": "Branches"', '"name": "Branches of ${region}"'
    )
    write_text(folder / "schema.json.tftpl", template)
    windows = as_json(whole, 4)
    for character in "<>&'":
        windows = windows.replace(character, f"\\u{ord(character):04x}")
    write_text(folder / "schema-utf16.json", "\ufeff" + windows, "utf-16-le", "\r\n")


def write(examples: Path) -> None:
    """Write the folder."""
    clean = examples / "clean"
    write_json(clean / "scim-outbound" / "schema.json", scim_outbound.build())
    write_json(clean / "workday-to-ad" / "schema.json", human_resources.workday(), "\t")
    write_json(clean / "api-driven-inbound" / "schema.json", human_resources.api_driven())
    write_json(clean / "cross-tenant" / "schema.json", cross_tenant.build())
    write_json(clean / "cloud-sync" / "schema.json", cloud_sync.build(), "\t")
    write_shapes(clean / "shapes")

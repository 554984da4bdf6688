"""Writes `applications/`: small jobs of applications whose limits are documented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import entra
import scim_outbound
from files import write_json, write_text
from human_resources import WORKDAY_RULE, ad_user, worker
from pieces import (
    AD,
    AD_ID,
    ENTRA,
    TENANT,
    attribute,
    directory,
    mapping,
    object_definition,
    object_mapping,
    rule,
    schema,
)

Json = dict[str, Any]

SOURCE_TEXTS = "userPrincipalName mail displayName givenName surname"
RULE = "b94f0e63-8d2a-47c5-91f6-{:012d}"
TARGET_ID = "e1a7d350-4c98-4f2b-a6e3-{:012d}"

# Folder, template id (empty where no public source shows it), name of the target directory, name of
# the target object, attribute mappings as target and expression, name in provlint.toml.
OUTBOUND: tuple[tuple[str, str, str, str, tuple[tuple[str, str], ...], str], ...] = (
    (
        "slack",
        "Slack",
        "Slack",
        "User",
        (
            ("userName", "[userPrincipalName]"),
            ("displayName", "[displayName]"),
            ("name.givenName", "[givenName]"),
            ("active", scim_outbound.ACTIVE),
        ),
        "",
    ),
    (
        "box",
        "BoxOutDelta",
        "Box",
        "User",
        (
            ("login", "[userPrincipalName]"),
            ("name", "[displayName]"),
            ("status", 'Switch([IsSoftDeleted], "active", "True", "inactive", "False", "active")'),
        ),
        "",
    ),
    (
        "g-suite",
        "",
        "google.com",
        "User",
        (
            ("primaryEmail", "[userPrincipalName]"),
            ("name.givenName", "[givenName]"),
            ("name.familyName", "[surname]"),
            ("suspended", "[IsSoftDeleted]"),
        ),
        "G Suite",
    ),
    ("aws", "aws", "aws", "User", (("userName", "[userPrincipalName]"),), ""),
    (
        "salesforce",
        "SfOutDelta",
        "salesforce.com",
        "User",
        (
            ("Username", "[userPrincipalName]"),
            ("Email", "[mail]"),
            ("LastName", "[surname]"),
            ("IsActive", "Not([IsSoftDeleted])"),
        ),
        "",
    ),
)


def _job(template: str, inner: Json) -> Json:
    context = inner.pop("@odata.context").replace(f"('{inner['id']}')/schema/$entity", "/$entity")
    inner.pop("directories@odata.context")
    return {
        "@odata.context": context,
        "id": inner["id"],
        "templateId": template,
        "schedule": {"expiration": None, "interval": "PT40M", "state": "Active"},
        "synchronizationJobSettings": [
            {"name": "QuarantineTooManyDeletesThreshold", "value": "50"}
        ],
        "schema": inner,
    }


def _outbound(number: int, entry: tuple[str, str, str, str, Any, str]) -> Json:
    folder, template, name, kind, wanted, _ = entry
    principal = f"a20d9c4e-6b17-4d85-{number:04d}-5f3e81c0b746"
    first = wanted[0][0]
    users = [mapping(target, text, matching=1 if target == first else 0) for target, text in wanted]
    targets = [attribute(target, required=target == first) for target, _ in wanted]
    both = [
        entra.source_directory(entra.user(texts=SOURCE_TEXTS)),
        directory(
            TARGET_ID.format(number),
            name,
            [
                object_definition(
                    kind, [attribute("id", anchor=True, mutability="ReadOnly"), *targets]
                )
            ],
        ),
    ]
    of_users = object_mapping("Provision Microsoft Entra ID Users", "User", kind, users)
    job = f"{template or folder.replace('-', '')}.{TENANT}.{principal}"
    rules = [rule(RULE.format(number), "USER_OUTBOUND_USER", ENTRA, name, [of_users])]
    return schema(job, principal, scim_outbound.VERSION, rules, both)


def _inbound(number: int, source_name: str, source: Json, key: str) -> Json:
    principal = f"a20d9c4e-6b17-4d85-{number:04d}-5f3e81c0b746"
    of_people = object_mapping(
        f"Provision {source_name} Users to Active Directory",
        source["name"],
        "User",
        [
            mapping("employeeID", f"[{key}]", matching=1),
            mapping(
                "cn",
                "SelectUniqueValue(NormalizeDiacritics([LastName]), "
                f'NormalizeDiacritics(Join(" ", [LastName], [{key}])))',
                flow_type="ObjectAddOnly",
            ),
            mapping("parentDistinguishedName", '"OU=Staff,DC=corp,DC=fjordbank,DC=example"'),
        ],
        flow_types="Add,Update",
    )
    return schema(
        f"{source_name}2AD.{TENANT}.{principal}",
        principal,
        scim_outbound.VERSION,
        [rule(WORKDAY_RULE, "USER_INBOUND_USER", source_name, AD, [of_people])],
        [
            directory(TARGET_ID.format(number), source_name, [source], read_only=True),
            directory(AD_ID, AD, [ad_user()]),
        ],
    )


def write(examples: Path) -> None:
    """Write the folder."""
    root = examples / "applications"
    listed: list[tuple[str, str]] = []
    for number, entry in enumerate(OUTBOUND, start=1):
        folder, template, name = entry[0], entry[1], entry[5]
        document = _outbound(number, entry)
        if template:
            write_json(root / folder / "job.json", _job(template, document))
        else:
            write_json(root / folder / "schema.json", document)
            listed.append((folder, name))
    person = object_definition(
        "User",
        [
            attribute("personIdExternal", anchor=True, required=True, path="$.personIdExternal"),
            attribute("LastName", required=True, path="$.personalInfoNav.results[0].lastName"),
        ],
    )
    for number, folder, name, source, key in (
        (6, "workday", "Workday", worker(), "WorkerID"),
        (7, "successfactors", "SuccessFactors", person, "personIdExternal"),
    ):
        write_json(root / folder / "schema.json", _inbound(number, name, source, key))
        listed.append((folder, name))
    lines = ["# Which application a file belongs to, where the file itself does not say so."]
    for folder, name in listed:
        lines += ["", "[[application]]", f'files = "{folder}/*.json"', f'name = "{name}"']
    write_text(root / "provlint.toml", "\n".join(lines) + "\n")

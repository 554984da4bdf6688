"""Cross-tenant synchronization: Fjordbank to its subsidiary."""

from __future__ import annotations

from typing import Any

import entra
from pieces import (
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

Json = dict[str, Any]

PRINCIPAL = "2a7c9e05-4d81-4b36-97fa-e0c5d3b8162f"
RULE = "59f3b0d8-6c24-4e7a-a1b9-83d07e4fc265"
TARGET = "Azure Active Directory (target tenant)"
TARGET_ID = "7b41e6f9-02dc-4a85-b3e7-6f9ad185c023"
MATCHING = "alternativeSecurityIdentifier"
COPIED = (
    "displayName givenName surname jobTitle department companyName employeeId streetAddress city "
    "state postalCode country preferredLanguage telephoneNumber mail userPrincipalName"
)


def target_user(*more: Json) -> Json:
    """Return the user of the target tenant."""
    return object_definition(
        "User",
        [
            attribute("objectId", anchor=True, mutability="ReadOnly"),
            attribute(MATCHING, required=True),
            attribute("isSoftDeleted", "Boolean"),
            attribute("accountEnabled", "Boolean"),
            *(attribute(name) for name in COPIED.split()),
            attribute("userType"),
            attribute("showInAddressList", "Boolean"),
            attribute("manager", "Reference", refers_to=("User",)),
            *more,
        ],
    )


def mappings() -> list[Json]:
    """Return the attribute mappings."""
    return [
        mapping(MATCHING, f"[{MATCHING}]", matching=1),
        mapping("isSoftDeleted", "[IsSoftDeleted]"),
        mapping("accountEnabled", "[accountEnabled]"),
        *(mapping(name, f"[{name}]") for name in COPIED.split()),
        mapping("manager", "[manager]"),
        mapping("userType", '"Member"'),
        mapping("showInAddressList", '"True"'),
    ]


def cross_tenant_schema(
    of_users: list[Json], only: Json | None, target: Json | None = None, *more: Json
) -> Json:
    """Return a cross-tenant schema; `more` are further source attributes."""
    source = entra.user(
        attribute(MATCHING, required=True), *more, texts=f"{COPIED} originalUserPrincipalName"
    )
    both = [
        entra.source_directory(source),
        directory(TARGET_ID, TARGET, [target or target_user()]),
    ]
    users = object_mapping(
        "Provision Microsoft Entra ID Users", "User", "User", of_users, only=only
    )
    return schema(
        f"Azure2Azure.{TENANT}.{PRINCIPAL}",
        PRINCIPAL,
        "Date:2026-07-21T13:30:05.0031877Z, ActivityId:ce27d51b-8a06-49f4-b9e3-50d1a6f3827c",
        [rule(RULE, "USER_INBOUND_USER", ENTRA, TARGET, [users])],
        both,
    )


def build() -> Json:
    """Return the complete schema."""
    only = scope(
        group(
            "Treasury and risk",
            clause("companyName", "EQUALS", "Fjordbank ASA"),
            clause("department", "REGEX MATCH", "^(Treasury|Risk Control)$"),
        )
    )
    return cross_tenant_schema(mappings(), only)

"""A modern outbound SCIM application: Harbour CRM of Fjordbank."""

from __future__ import annotations

from typing import Any

import entra
from pieces import (
    CORE_GROUP,
    ENTERPRISE,
    ENTRA,
    FJORDBANK,
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

PRINCIPAL = "c41d7a52-6b0e-4f39-9a7d-0e5b83c2f614"
JOB = f"scim.{TENANT}.{PRINCIPAL}"
VERSION = "Date:2026-09-14T07:41:22.8190311Z, ActivityId:0d9e6a17-4c52-4b8e-9f31-7a2c5d80e6b4"
TARGET = "customappsso"
TARGET_ID = "3f8e1c5a-72d4-4b96-a0c3-95e27d41f8b0"
USER_RULE = "7d2a9f06-51c8-4e3b-b4a7-c60f18e95d23"
GROUP_RULE = "e80b4c71-9a35-4d62-8f1e-2b7d06a3c594"
ACTIVE = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'


def target_user(*more: Json) -> Json:
    """Return the SCIM user with the enterprise and the bank's own extension."""
    texts = (
        "displayName name.givenName name.familyName name.formatted title userType locale timezone "
        "preferredLanguage externalId"
    )
    quoted = (
        'emails[type eq "work"].value',
        'phoneNumbers[type eq "work"].value',
        'phoneNumbers[type eq "mobile"].value',
        'addresses[type eq "work"].locality',
        'addresses[type eq "work"].country',
    )
    enterprise = "employeeNumber department costCenter division"
    own = "accountStatus startDate branch"
    return object_definition(
        ENTERPRISE,
        [
            attribute("id", anchor=True, mutability="ReadOnly"),
            attribute("userName", required=True),
            attribute("active", "Boolean"),
            *(attribute(name) for name in texts.split()),
            attribute("nickName", case_exact=True),
            *(attribute(name) for name in quoted),
            attribute("roles", multivalued=True),
            *(attribute(f"{ENTERPRISE}:{name}") for name in enterprise.split()),
            attribute(f"{ENTERPRISE}:manager", "Reference", refers_to=(ENTERPRISE,)),
            *(attribute(f"{FJORDBANK}:{name}") for name in own.split()),
            *more,
        ],
    )


def target_group() -> Json:
    """Return the SCIM group."""
    return object_definition(
        CORE_GROUP,
        [
            attribute("id", anchor=True, mutability="ReadOnly"),
            attribute("externalId"),
            attribute("displayName", required=True),
            attribute("members", "Reference", multivalued=True, refers_to=(ENTERPRISE, CORE_GROUP)),
        ],
        soft_delete=False,
    )


def directories(
    source_user: Json | None = None, target: Json | None = None, name: str = TARGET
) -> list[Json]:
    """Return both directories; each of the user definitions can be replaced."""
    return [
        entra.source_directory(source_user or entra.user(), entra.group()),
        directory(TARGET_ID, name, [target or target_user(), target_group()]),
    ]


def user_mappings() -> list[Json]:
    """Return the attribute mappings of users."""
    work = 'addresses[type eq "work"]'
    return [
        mapping("userName", "[userPrincipalName]", matching=1),
        mapping("externalId", "[objectId]", matching=2),
        mapping("active", ACTIVE),
        mapping("displayName", "Left([displayName], 64)"),
        mapping("name.givenName", "[givenName]"),
        mapping("name.familyName", "[surname]"),
        mapping("name.formatted", 'Join(" ", [givenName], [surname])'),
        mapping("nickName", "ToLower([mailNickname], )"),
        mapping("title", "[jobTitle]"),
        mapping("userType", '"Employee"'),
        mapping("locale", None, default="nb-NO", flow_type="ObjectAddOnly"),
        mapping("timezone", '"Europe/Oslo"'),
        mapping("preferredLanguage", 'Replace([preferredLanguage], "-", , , "_", , )'),
        mapping('emails[type eq "work"].value', "Coalesce([mail], [userPrincipalName])"),
        mapping(
            'phoneNumbers[type eq "work"].value',
            'Replace([telephoneNumber], , "[()\\\\s-]+", , "", , )',
        ),
        mapping('phoneNumbers[type eq "mobile"].value', "[mobile]"),
        mapping(f"{work}.locality", "[city]"),
        mapping(f"{work}.country", "[country]"),
        mapping("roles", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])"),
        mapping(f"{ENTERPRISE}:employeeNumber", "[employeeId]"),
        mapping(f"{ENTERPRISE}:department", "[department]"),
        mapping(f"{ENTERPRISE}:costCenter", "Mid([extensionAttribute1], 1, 6)"),
        mapping(f"{ENTERPRISE}:division", 'Word([extensionAttribute1], 2, "/")'),
        mapping(f"{ENTERPRISE}:manager", "[manager]"),
        mapping(f"{FJORDBANK}:accountStatus", 'IIF([accountEnabled] = "True", "open", "blocked")'),
        mapping(
            f"{FJORDBANK}:startDate",
            'FormatDateTime([extensionAttribute3], , "yyyyMMdd", "yyyy-MM-dd")',
        ),
        mapping(f"{FJORDBANK}:branch", 'PCase([physicalDeliveryOfficeName], " -")'),
    ]


def group_mappings() -> list[Json]:
    """Return the attribute mappings of groups."""
    return [
        mapping("displayName", "[displayName]", matching=1),
        mapping("externalId", "[objectId]", matching=2),
        mapping("members", "[members]"),
    ]


def user_scope() -> Json:
    """Return two portal-made scoping groups."""
    return scope(
        group(
            "Branch employees in Norway and Sweden",
            clause("employeeType", "EQUALS", "Employee"),
            clause("country", "REGEX MATCH", "^(NO|SE)$"),
            clause("accountEnabled", "IS TRUE"),
        ),
        group(
            "Card services consultants",
            clause("department", "EQUALS", "Card Services"),
            clause("extensionAttribute5", "REGEX MATCH", "^CTR-[0-9]{4}$"),
        ),
    )


def group_scope() -> Json:
    """Return the filter that keeps to the groups of the application."""
    return scope(
        group(
            "CRM role groups",
            clause("displayName", "REGEX MATCH", "^CRM-[A-Z][A-Za-z]+$"),
            clause("securityEnabled", "IS TRUE"),
        )
    )


def rules(
    users: list[Json],
    user_filter: Json | None,
    groups: list[Json] | None = None,
    group_filter: Json | None = None,
) -> list[Json]:
    """Return the two rules of a SCIM application around the given attribute mappings."""
    of_users = object_mapping(
        "Provision Microsoft Entra ID Users", "User", ENTERPRISE, users, only=user_filter
    )
    both = [rule(USER_RULE, "USER_OUTBOUND_USER", ENTRA, TARGET, [of_users])]
    if groups is not None:
        of_groups = object_mapping(
            "Provision Microsoft Entra ID Groups", "Group", CORE_GROUP, groups, only=group_filter
        )
        both.append(rule(GROUP_RULE, "USERGROUP_OUTBOUND_USERGROUP", ENTRA, TARGET, [of_groups], 2))
    return both


def build() -> Json:
    """Return the complete schema."""
    return schema(
        JOB,
        PRINCIPAL,
        VERSION,
        rules(user_mappings(), user_scope(), group_mappings(), group_scope()),
        directories(),
    )

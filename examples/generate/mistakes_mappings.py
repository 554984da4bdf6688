"""Mistakes in matching, in attribute mappings and in what happens to leavers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cross_tenant
import entra
import scim_outbound
from pieces import (
    CORE_GROUP,
    ENTERPRISE,
    ENTRA,
    FJORDBANK,
    TENANT,
    attribute,
    mapping,
    object_definition,
    object_mapping,
    rule,
    schema,
)
from specimen import Specimen

Json = dict[str, Any]

SMALL_TEXTS = "userPrincipalName mail mailNickname displayName givenName surname department"


def _schema(principal: str, rules: list[Json], directories: list[Json]) -> Json:
    return schema(
        f"scim.{TENANT}.{principal}",
        principal,
        scim_outbound.VERSION,
        rules,
        directories,
    )


def _small_target(*more: Json) -> Json:
    return object_definition(
        ENTERPRISE,
        [
            attribute("id", anchor=True, mutability="ReadOnly"),
            attribute("userName", required=True),
            attribute("externalId"),
            attribute("active", "Boolean"),
            attribute("displayName"),
            *more,
        ],
    )


def matching() -> tuple[Specimen, Json]:
    """Return matching attributes that collide, change or cannot be looked up."""
    it = Specimen()
    users = [
        it.wrong(
            "M34",
            "mail nicknames collide across domains",
            mapping("userName", "[mailNickname]", matching=1),
            "source",
        ),
        it.wrong(
            "M94",
            "userName has the same priority",
            mapping("externalId", 'Join("-", [surname], [department])', matching=1),
            "matchingPriority",
        ),
        mapping("displayName", "[displayName]", matching=3),
        it.wrong(
            "L40",
            "a new value at every evaluation cannot be found again",
            mapping(f"{FJORDBANK}:token", "Guid()", matching=4),
            "source",
            "expression",
        ),
        mapping("active", scim_outbound.ACTIVE),
    ]
    it.wrong(
        "L39",
        "a matching attribute may read one source attribute only",
        users[1],
        "source",
        "expression",
    )
    it.wrong("M93", "four matching attributes", users)
    groups = [mapping("displayName", "[displayName]"), mapping("members", "[members]")]
    it.wrong("no-matching-attribute", "no group can ever be found in the target", groups)
    document = _schema(
        "d5e2704b-8f19-4a63-b7c5-1e90d6f3a82c",
        scim_outbound.rules(users, None, groups),
        scim_outbound.directories(
            entra.user(texts=SMALL_TEXTS), _small_target(attribute(f"{FJORDBANK}:token"))
        ),
    )
    return it, document


def mappings() -> tuple[Specimen, Json]:
    """Return attribute mappings that name, type or repeat things wrongly."""
    it = Specimen()
    users = [
        it.wrong(
            "M33",
            "mail changes, and it is the only matching attribute",
            mapping("userName", "[mail]", matching=1),
            "source",
        ),
        it.wrong(
            "M08",
            "unassigned users stay active: IsSoftDeleted is not read",
            mapping("active", "[accountEnabled]"),
            "source",
        ),
        it.wrong(
            "M61",
            "the default is used at creation only",
            mapping("title", "[jobTitle]", default="Not known"),
            "defaultValue",
        ),
        mapping("displayName", "[displayName]"),
        it.wrong(
            "M38",
            "displayName is mapped above",
            mapping("displayName", 'Join(" ", [givenName], [surname])'),
            "targetAttributeName",
        ),
        it.wrong(
            "M40",
            "no such target attribute",
            mapping('emails[type eq "home"].value', "[mail]"),
            "targetAttributeName",
        ),
        it.wrong(
            "M40",
            "wrong case: the target calls it name.givenName",
            mapping("name.givenname", "[givenName]"),
            "targetAttributeName",
        ),
        it.wrong(
            "M41",
            "the source calls it mobile",
            mapping('phoneNumbers[type eq "mobile"].value', "[mobilePhone]"),
            "source",
        ),
        it.wrong(
            "M41",
            "wrong case: the source calls it surname",
            mapping("name.familyName", "[surName]"),
            "source",
        ),
        it.wrong(
            "M45",
            "sends the raw structure of the assignments",
            mapping("roles", "[appRoleAssignments]"),
            "source",
        ),
        it.wrong(
            "M65",
            "id is the key that the target gives out",
            mapping("id", "[objectId]"),
            "targetAttributeName",
        ),
        it.wrong(
            "read-only-target",
            "the target never lets it be written",
            mapping(f"{FJORDBANK}:lastLogin", "[extensionAttribute3]"),
            "targetAttributeName",
        ),
        it.wrong(
            "M95",
            "photos are not provisioned",
            mapping(f"{FJORDBANK}:photo", "[thumbnailPhoto]"),
            "source",
        ),
        it.wrong(
            "M96",
            "several values for an attribute that takes one",
            mapping('emails[type eq "work"].value', "[proxyAddresses]"),
            "source",
        ),
        it.wrong(
            "type-mismatch",
            "a reference for a text",
            mapping(f"{FJORDBANK}:branch", "[manager]"),
            "source",
        ),
        it.wrong(
            "no-source-no-default",
            "neither source nor default value",
            mapping(f"{FJORDBANK}:accountStatus", None),
            "source",
        ),
        it.wrong(
            "L42",
            "a generated password stands in the provisioning log",
            mapping(
                f"{FJORDBANK}:password", "RandomString(16, 3, 2, 3, 3)", flow_type="ObjectAddOnly"
            ),
            "source",
            "expression",
        ),
        it.wrong(
            "L31",
            "roles that are taken away stay in the application",
            mapping(f"{FJORDBANK}:entitlements", "AppRoleAssignmentsComplex([appRoleAssignments])"),
            "source",
            "expression",
        ),
    ]
    required = attribute(f"{FJORDBANK}:branchCode", required=True)
    it.wrong("M39", "the target requires branchCode, and nothing is mapped to it", users)
    document = _schema(
        "4f8a13c7-e05d-4b92-96d1-c7b20e5f8a64",
        scim_outbound.rules(users, scim_outbound.user_scope()),
        scim_outbound.directories(
            entra.user(
                attribute("thumbnailPhoto", "Binary"),
                attribute("proxyAddresses", multivalued=True),
            ),
            scim_outbound.target_user(
                required,
                attribute(f"{FJORDBANK}:lastLogin", mutability="ReadOnly"),
                attribute(f"{FJORDBANK}:entitlements", multivalued=True),
                attribute(f"{FJORDBANK}:photo", "Binary"),
                attribute(f"{FJORDBANK}:password", mutability="WriteOnly"),
            ),
        ),
    )
    return it, document


def lifecycle() -> tuple[Specimen, Json]:
    """Return object mappings whose actions or status mappings betray leavers and joiners."""
    it = Specimen()
    name = "Provision Microsoft Entra ID Users"

    def users(*status: Json) -> list[Json]:
        return [
            mapping("userName", "[userPrincipalName]", matching=1),
            mapping("externalId", "[objectId]", matching=2),
            *status,
        ]

    inverted = mapping("active", 'Switch([IsSoftDeleted], , "True", "True", "False", "False")')
    it.wrong("M10", "active is True for those who left", inverted, "source", "expression")
    also_inverted = mapping("active", "[IsSoftDeleted]")
    it.wrong("M10", "active is True for those who left", also_inverted, "source")
    correct = mapping("active", scim_outbound.ACTIVE)
    no_update = object_mapping(name, "User", ENTERPRISE, users(correct), flow_types="Add,Delete")
    it.wrong("M12", "a disable is an update, and updates are off", no_update, "flowTypes")
    no_add = object_mapping(name, "User", ENTERPRISE, users(inverted), flow_types="Update,Delete")
    it.wrong("M53", "new users are never created", no_add, "flowTypes")
    no_delete = object_mapping(
        name, "User", ENTERPRISE, users(also_inverted), flow_types="Add,Update"
    )
    it.wrong("M48", "accounts of deleted users stay for ever", no_delete, "flowTypes")
    off = object_mapping(
        name, "User", ENTERPRISE, users(mapping("active", scim_outbound.ACTIVE)), enabled=False
    )
    it.wrong("M54", "disabling the mapping of users is not supported", off, "enabled")
    none = object_mapping(
        "Provision Microsoft Entra ID Groups",
        "Group",
        CORE_GROUP,
        scim_outbound.group_mappings(),
        flow_types="None",
    )
    it.wrong("no-actions", "the mapping does nothing at all", none, "flowTypes")
    still_on = object_mapping(name, "User", ENTERPRISE, users())
    it.wrong(
        "M09", "nothing reads IsSoftDeleted: nobody is ever disabled", still_on["attributeMappings"]
    )
    kept = ("no_update", "no_add", "no_delete", "off", "groups", "no_status")
    identifiers = (
        scim_outbound.USER_RULE,
        *(f"{i}d81b5f0-3e6c-4a97-8b2d-5c0f17e9a46{i}" for i in range(1, 6)),
    )
    rules = [
        rule(identifier, f"USER_OUTBOUND_{kind.upper()}", ENTRA, scim_outbound.TARGET, [each], at)
        for at, (identifier, kind, each) in enumerate(
            zip(identifiers, kept, (no_update, no_add, no_delete, off, none, still_on), strict=True)
        )
    ]
    document = _schema(
        "be607d92-145c-4f8a-9e3b-a0d4c8f2516e",
        rules,
        scim_outbound.directories(entra.user(texts=SMALL_TEXTS), _small_target()),
    )
    return it, document


def cross_tenant_edited() -> tuple[Specimen, Json]:
    """Return a cross-tenant configuration that somebody improved."""
    it = Specimen()
    users = cross_tenant.mappings()
    users[0]["matchingPriority"] = 2
    by_mail = mapping("mail", "[mail]", matching=1)
    users = [each for each in users if each["targetAttributeName"] != "mail"]
    users.insert(0, it.wrong("M46", "the matching attribute is fixed", by_mail, "matchingPriority"))
    for name in ("proxyAddresses", "otherMails"):
        planted = mapping(name, f"[{name}]")
        users.append(
            it.wrong("M83", f"{name} cannot be written there", planted, "targetAttributeName")
        )
    guest = mapping("userType", '"Partner"')
    users = [each for each in users if each["targetAttributeName"] != "userType"]
    users.append(it.wrong("L49", "userType is Member or Guest", guest, "source"))
    extra = [attribute(name, multivalued=True) for name in ("proxyAddresses", "otherMails")]
    copies = [attribute(name, multivalued=True) for name in ("proxyAddresses", "otherMails")]
    document = cross_tenant.cross_tenant_schema(
        users, None, cross_tenant.target_user(*extra), *copies
    )
    return it, document


def write(folder: Path) -> None:
    """Write the four files."""
    for name, build in (
        ("matching", matching),
        ("mappings", mappings),
        ("lifecycle", lifecycle),
        ("cross-tenant", cross_tenant_edited),
    ):
        it, document = build()
        it.write(folder / f"{name}.json", document)

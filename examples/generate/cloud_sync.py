"""Cloud sync: on-premises AD to Entra ID, with the exclusions that the service sets by itself."""

from __future__ import annotations

from typing import Any

from pieces import (
    AD,
    AD_ID,
    ENTRA,
    ENTRA_ID,
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
)

Json = dict[str, Any]

PRINCIPAL = "0b6d18f4-e932-47ac-95c1-7d40a8f3e2b6"
RULE = "c3f7408e-1b5a-4d29-86e0-a9d2f51c7b34"

# Target attribute, expression.
MAPPINGS = (
    ("AccountEnabled", 'IIF(BitAnd([userAccountControl], 2) = "0", "True", "False")'),
    ("Alias", "[mailNickname]"),
    ("CommonName", "[cn]"),
    ("Department", "Trim([department])"),
    ("Description", "Left(Trim([description]), 448)"),
    ("DisplayName", "IIF(IsPresent([displayName]), [displayName], [cn])"),
    ("GivenName", "Trim([givenName])"),
    ("Mail", "Trim([mail])"),
    ("Manager", "[manager]"),
    ("OnPremisesUserPrincipalName", 'Join("@", [sAMAccountName], %DomainFQDN%)'),
    ("ProxyAddresses", "RemoveDuplicates(Trim([proxyAddresses]))"),
    ("SourceAnchor", "ConvertToBase64([objectGUID])"),
    ("Surname", "Trim([sn])"),
    ("UserPrincipalName", "[userPrincipalName]"),
)


def exclusions() -> Json:
    """Return the early filter of cloud sync: objects that are no people."""
    nobody = group(
        "DefaultUserExclusions.0.UX-OrganizationalGroup-Scope",
        clause("isCriticalSystemObject", "IS FALSE"),
        clause("sAMAccountName", "IS NOT NULL"),
        clause("sAMAccountName", "NOT REGEX MATCH", "^AAD_"),
        clause("sAMAccountName", "NOT REGEX MATCH", "^MSOL_"),
        clause("mailNickname", "NOT REGEX MATCH", "^SystemMailbox{"),
        clause("msExchRecipientTypeDetails", "!&", "566259712"),
    )
    return {"categoryFilterGroups": [], "groups": [], "inputFilterGroups": [nobody]}


def source_user() -> Json:
    """Return the user of the on-premises AD."""
    texts = "mailNickname cn department description displayName givenName mail sn"
    return object_definition(
        "user",
        [
            attribute("objectGUID", "Binary", anchor=True, mutability="ReadOnly", required=True),
            attribute("sAMAccountName", required=True),
            attribute("userPrincipalName"),
            attribute("userAccountControl", "Integer", required=True),
            attribute("isCriticalSystemObject", "Boolean"),
            attribute("msExchRecipientTypeDetails", "Integer"),
            *(attribute(name) for name in texts.split()),
            attribute("proxyAddresses", multivalued=True),
            attribute("manager", "Reference", refers_to=("user",)),
        ],
    )


def target_user() -> Json:
    """Return the user of Entra ID, in the spelling of this connector."""
    kinds = {"AccountEnabled": "Boolean", "Manager": "Reference"}
    return object_definition(
        "User",
        [
            attribute("objectId", anchor=True, mutability="ReadOnly"),
            attribute("onPremisesObjectIdentifier", required=True),
            *(
                attribute(
                    name,
                    kinds.get(name, "String"),
                    multivalued=name == "ProxyAddresses",
                    refers_to=("User",) if name == "Manager" else (),
                )
                for name, _ in MAPPINGS
            ),
        ],
    )


def build() -> Json:
    """Return the complete schema."""
    users = object_mapping(
        "Provision Active Directory users",
        "user",
        "User",
        [
            mapping("onPremisesObjectIdentifier", "[objectGUID]", matching=1),
            *(mapping(target, text) for target, text in MAPPINGS),
        ],
        only=exclusions(),
    )
    provisioning = rule(RULE, "AD2AADProvisioning", AD, ENTRA, [users])
    # Kept by the service in every such rule, without a name and without a source.
    stub = object_mapping("", "", "SyncCredentialsChangeItem", [], enabled=False)
    credentials = object_definition(
        "SyncCredentialsChangeItem",
        [attribute("onPremisesObjectIdentifier", anchor=True)],
        soft_delete=False,
    )
    provisioning["objectMappings"].append({**stub, "name": None})
    return schema(
        f"AD2AADProvisioning.{TENANT}.{PRINCIPAL}",
        PRINCIPAL,
        "Date:2026-06-11T08:54:10.3317208Z, ActivityId:9a1c74e0-d583-4f26-b09e-5c7d21f8a364",
        [provisioning],
        [
            directory(AD_ID, AD, [source_user()]),
            directory(ENTRA_ID, ENTRA, [target_user(), credentials], read_only=True),
        ],
    )

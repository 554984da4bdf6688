"""The source side of outbound configurations: users and groups of Microsoft Entra ID."""

from __future__ import annotations

from typing import Any

from pieces import ENTRA, ENTRA_ID, attribute, directory, object_definition

Json = dict[str, Any]

TEXTS = (
    "userPrincipalName mail mailNickname displayName givenName surname jobTitle department "
    "companyName employeeId employeeType physicalDeliveryOfficeName city country "
    "preferredLanguage telephoneNumber mobile "
    "extensionAttribute1 extensionAttribute3 extensionAttribute5"
)


def user(*more: Json, texts: str = TEXTS) -> Json:
    """Return the definition of a user as it is read from Microsoft Entra ID."""
    return object_definition(
        "User",
        [
            attribute("objectId", anchor=True, mutability="ReadOnly", required=True),
            attribute("IsSoftDeleted", "Boolean", required=True),
            attribute("accountEnabled", "Boolean", required=True),
            *(attribute(name, required=name == "userPrincipalName") for name in texts.split()),
            attribute("manager", "Reference", refers_to=("User",)),
            attribute("appRoleAssignments", multivalued=True),
            *more,
        ],
    )


def group() -> Json:
    """Return the definition of a group as it is read from Microsoft Entra ID."""
    return object_definition(
        "Group",
        [
            attribute("objectId", anchor=True, mutability="ReadOnly", required=True),
            attribute("displayName", required=True),
            attribute("securityEnabled", "Boolean", required=True),
            attribute("members", "Reference", multivalued=True, refers_to=("User", "Group")),
        ],
        soft_delete=False,
    )


def source_directory(*objects: Json) -> Json:
    """Return the read-only directory of the customer's own tenant."""
    return directory(ENTRA_ID, ENTRA, list(objects), read_only=True)

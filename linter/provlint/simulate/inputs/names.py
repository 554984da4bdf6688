"""The attributes of users: their names in provisioning and in Microsoft Graph.

The facts stand in `names.toml`.
Source: https://learn.microsoft.com/graph/migrate-azure-ad-graph-property-differences
"""

from __future__ import annotations

from provlint.simulate.inputs.names_tables import ATTRIBUTES

EXTENSION_ATTRIBUTES = tuple(f"extensionAttribute{number}" for number in range(1, 16))

KNOWN = frozenset(ATTRIBUTES)
"""Provisioning names of user attributes."""

BOOLEANS = tuple(name for name, (_, kind, _, _) in ATTRIBUTES.items() if kind == "boolean")
"""Attributes whose texts `True` and `False` are Booleans."""

COMPUTED = frozenset({"IsSoftDeleted", "appRoleAssignments"})
"""Attributes that no user record holds; a simulation works them out from other inputs."""

RENAMED: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (property_name, tuple(name for name, fact in ATTRIBUTES.items() if fact[0] == property_name))
    for property_name in dict.fromkeys(
        fact[0]
        for name, fact in ATTRIBUTES.items()
        if fact[0] and fact[0] != name and "." not in fact[0] and "[" not in fact[0]
        and name != "originalUserPrincipalName"
    )
)  # fmt: skip
"""Properties of Microsoft Graph that provisioning calls differently, with its names."""

PORTAL = tuple(name for name, fact in ATTRIBUTES.items() if fact[2])
"""Columns of the portal's *Download users*.
https://learn.microsoft.com/entra/identity/users/users-bulk-download"""


def graph_property(name: str) -> str:
    """The property of Microsoft Graph that must be exported to have an attribute.

    An attribute that the table does not name, such as a directory extension, has the same name.
    Empty where no user record can hold it.
    """
    fact = ATTRIBUTES.get(name)
    path = fact[0] if fact is not None else name
    return path.partition("[")[0].partition(".")[0]

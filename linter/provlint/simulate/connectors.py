"""What the flow of particular connectors does otherwise, told by the template id.

Sources: https://learn.microsoft.com/entra/identity/app-provisioning/known-issues,
https://learn.microsoft.com/entra/identity/multi-tenant-organizations/cross-tenant-synchronization-configure,
https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/how-to-on-demand-provision
"""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple


class Connector(NamedTuple):
    """How the flow of one connector differs.

    Attributes:
        starts: Beginnings of its template ids, in lower case.
        assignments: Whether users are assigned to the application.
        groups: Whether groups are provisioned as objects.
        internal_members_only: Whether only internal members can be provisioned.
        skip_flag: Whether `SkipOutOfScopeDeletions` has an effect.
        filters_on_demand: Whether provisioning on demand asks the scoping filters.
        fixed_matching: The one matching attribute that may not be changed, or the empty string.
        inbound: Whether the source is a system of record, which disables those out of scope
            without a mapping of IsSoftDeleted.
    """

    starts: tuple[str, ...] = ()
    assignments: bool = True
    groups: bool = True
    internal_members_only: bool = False
    skip_flag: bool = True
    filters_on_demand: bool = True
    fixed_matching: str = ""
    inbound: bool = False


GENERIC = Connector()
"""An application that users are assigned to."""

CONNECTORS: tuple[Connector, ...] = (
    Connector(
        ("azure2azure",),
        groups=False,
        internal_members_only=True,
        skip_flag=False,
        fixed_matching="alternativeSecurityIdentifier",
    ),
    Connector(("ad2aad",), assignments=False, filters_on_demand=False),
    Connector(("aad2ad",), assignments=False),
    Connector(
        ("workday", "successfactors", "api2a", "inboundapi"),
        assignments=False,
        groups=False,
        inbound=True,
    ),
)


def connector_of(template_id: str) -> Connector:
    """The connector of a template id, such as `Azure2Azure`."""
    folded = template_id.lower()
    for connector in CONNECTORS:
        if folded.startswith(connector.starts):
            return connector
    return GENERIC

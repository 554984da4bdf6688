"""The static surrogate of the first step, test connection.

The service asks the target for a user that does not exist. Offline only the configuration can be
looked at: whether the credential is valid and the target answers is not known.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand#step-1-test-connection
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint.simulate.matching import can_filter

if TYPE_CHECKING:
    from provlint.simulate.plan import Plan
    from provlint.simulate.situation import Facts, Settings

SCHEMA_INVALID = "schemaInvalid"
MATCHING_NOT_SUPPORTED = "matching-not-supported"
"""Not a code of Microsoft's: the application's page names the attributes that it matches on."""

SURROGATE = "offline, only the configuration is looked at"


class ConnectionProblem(NamedTuple):
    """Why the connection test would fail.

    Attributes:
        text: In words.
        key: Of the remedy.
        code: Microsoft's code, where one is documented.
    """

    text: str
    key: str
    code: str | None = None


def connection_problem(plan: Plan, facts: Facts, settings: Settings) -> ConnectionProblem | None:
    """What the configuration alone says against the connection; None where nothing does."""
    matching = plan.matching
    if not matching:
        return ConnectionProblem("no attribute mapping is a matching attribute", "no-matching")
    fixed = plan.connector.fixed_matching
    if fixed and any(mapping.target != fixed for mapping in matching):
        text = f"the matching attribute of cross-tenant synchronization is `{fixed}`, and fixed"
        return ConnectionProblem(text, SCHEMA_INVALID, SCHEMA_INVALID)
    if facts.matching is not None:
        known = {name.lower() for name in facts.matching}
        wrong = next((m.target for m in matching if m.target.lower() not in known), None)
        if wrong is not None:
            names = " and ".join(f"`{name}`" for name in facts.matching)
            text = f"{facts.application or 'the application'} matches on {names}, not on `{wrong}`"
            return ConnectionProblem(text, MATCHING_NOT_SUPPORTED, MATCHING_NOT_SUPPORTED)
    first = matching[0].target
    if not can_filter(first, facts):
        return ConnectionProblem(f"the target cannot filter on `{first}`", "refused")
    address = settings.base_address
    if address is not None and not address.lower().startswith("https://"):
        return ConnectionProblem(f"the tenant URL `{address}` is not https", "base-address")
    if settings.has_secret is False:
        return ConnectionProblem("no credential is stored", "secret")
    return None

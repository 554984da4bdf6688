"""From the inputs of a simulation to the settings of its flow and the situation of each user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.simulate.entitlement import DEFAULT_ACCESS
from provlint.simulate.population import identifier_of
from provlint.simulate.situation import Settings, Situation

if TYPE_CHECKING:
    from typing import Literal

    from provlint.simulate.inputs.population import User
    from provlint.simulate.inputs.read import Inputs
    from provlint.simulate.population import SituationOf
    from provlint.simulate.scope import NullPolicy


def settings_of(
    inputs: Inputs,
    *,
    mode: Literal["on-demand", "cycle"],
    null_policy: NullPolicy = "documented",
    as_of: str | None = None,
) -> Settings:
    """The settings of the job: its secrets, its threshold, and what the caller asks for."""
    secrets = inputs.secrets
    threshold = inputs.delete_threshold
    if secrets is None:
        return Settings(delete_threshold=threshold, null_policy=null_policy, mode=mode, as_of=as_of)
    return Settings(
        sync_all=secrets.sync_all,
        skip_out_of_scope_deletions=secrets.skip_out_of_scope_deletions,
        base_address=secrets.base_address,
        # A list of settings alone says nothing about the credential.
        has_secret=True if secrets.has_credential else None,
        delete_threshold=threshold,
        null_policy=null_policy,
        mode=mode,
        as_of=as_of,
    )


def situations(inputs: Inputs) -> SituationOf:
    """What is known of each user: assignment, roles, link."""
    links = inputs.links or {}

    def situation_of(user: User) -> Situation:
        identity = identifier_of(user).lower()
        link = links.get(identity)
        found = inputs.entitlement(identity)
        if found is None:
            return Situation(link=link)
        names = tuple(map(inputs.role_name, found.roles))
        named = tuple(name for name in names if name != DEFAULT_ACCESS)
        role = named[0] if named else (DEFAULT_ACCESS if names else None)
        return Situation(assignment=found.assignment, role=role, roles=named, link=link)

    return situation_of

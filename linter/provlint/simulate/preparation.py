"""From the inputs of a simulation to the settings of its flow and the situation of each user."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provlint.simulate.entitlement import DEFAULT_ACCESS
from provlint.simulate.inputs.job_settings import THRESHOLD
from provlint.simulate.population import identifier_of
from provlint.simulate.situation import Settings, Situation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.simulate.inputs.population import User
    from provlint.simulate.inputs.read import Entitlement, Inputs
    from provlint.simulate.plan import Plan
    from provlint.simulate.scope import NullPolicy
    from provlint.simulate.situation import Mode

ALWAYS_READ = ("objectId", "userPrincipalName", "accountEnabled")
"""What is asked of an export of Entra ID, beside what a configuration reads."""


def attributes_of(*plans: Plan) -> frozenset[str]:
    """The attributes that an export of users should have for these plans."""
    read = {name for plan in plans for name in plan.reads}
    if any(plan.source_system in ("entra", "unknown") for plan in plans):
        read.update(ALWAYS_READ)
    if any(plan.connector.internal_members_only for plan in plans):
        read.add("userType")
    return frozenset(read)


def settings_of(
    inputs: Inputs,
    unit: ObjectMappingUnit,
    *,
    mode: Mode,
    null_policy: NullPolicy = "documented",
    as_of: str | None = None,
) -> Settings:
    """The settings of the job: its secrets, its threshold, and what the caller asks for."""
    secrets = inputs.secrets
    threshold = inputs.delete_threshold
    if threshold is None and not inputs.jobs:
        threshold = _own_threshold(unit)
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


def _own_threshold(unit: ObjectMappingUnit) -> int | None:
    """The threshold of deletions in the settings of the job that the configuration is."""
    job = unit.rule.schema.schema.job
    settings = {} if job is None else {key.lower(): text for key, text in job.settings.items()}
    text = settings.get(THRESHOLD.lower(), "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class Situations:
    """What is known of users beside their attributes.

    Attributes:
        known: The situation of each user of whom anything is known, by id in lower case.
        others: The situation of everybody else.
    """

    __slots__ = ("known", "others")

    def __init__(self, known: Mapping[str, Situation], others: Situation) -> None:
        self.known = known
        self.others = others

    def __call__(self, user: User) -> Situation:
        """The situation of one user."""
        return self.known.get(identifier_of(user).lower(), self.others)


def situations(inputs: Inputs) -> Situations:
    """What is known of each user: assignment, roles, link."""
    links = inputs.links or {}
    entitlements = inputs.entitlements()
    if entitlements is None:
        return Situations({who: Situation(link=link) for who, link in links.items()}, Situation())
    nobody = inputs.entitlement("")
    # Most users share one of few situations.
    unlinked: dict[Entitlement | None, Situation] = {}
    known: dict[str, Situation] = {}
    for who in {**entitlements, **links}:
        found = entitlements.get(who, nobody)
        link = links.get(who)
        if found not in unlinked:
            unlinked[found] = _situation(inputs, found, None)
        known[who] = unlinked[found] if link is None else replace(unlinked[found], link=link)
    return Situations(known, _situation(inputs, nobody, None))


def _situation(inputs: Inputs, found: Entitlement | None, link: str | None) -> Situation:
    assert found is not None
    names = tuple(map(inputs.role_name, found.roles))
    named = tuple(name for name in names if name != DEFAULT_ACCESS)
    role = named[0] if named else (DEFAULT_ACCESS if names else None)
    return Situation(assignment=found.assignment, role=role, roles=named, link=link)

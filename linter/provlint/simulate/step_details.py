"""What the import and the match step show beside their sentence.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand#understand-the-provisioning-steps
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.plan import ROLES, SOFT_DELETED, seen_by_mappings
from provlint.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from provlint.simulate.matching import Match, MatchingValue
    from provlint.simulate.plan import Plan
    from provlint.simulate.targets import TargetUser

Details = tuple[tuple[str, str], ...]
"""Titles and values, in order."""

MOST_USERS = 3
"""Target users of whom all is shown when several match; of the others the id."""


MOST_IDS = 10
"""Target users that are named at most."""


def of_import(
    plan: Plan, user: Mapping[str, object], *, in_scope: bool, roles: tuple[str, ...]
) -> Details:
    """The attributes that the service reads; what is computed stands there as mappings see it."""
    seen = seen_by_mappings(user, in_scope=in_scope, roles=roles)
    values = {**user, **{name: seen[name] for name in (SOFT_DELETED, ROLES) if name in seen}}
    found = ((name, provisioned_text(values.get(name))) for name in plan.reads)
    return tuple((name, text) for name, text in found if text)


def of_match(plan: Plan, found: Match, values: Sequence[MatchingValue]) -> Details:
    """What was looked up with the number of hits, and the properties of who was found."""
    return (
        *_lookups(found, values),
        *(
            _several(plan, found.others[:MOST_IDS])
            if len(found.others) > 1
            else _one(plan, found.user)
        ),
    )


def _lookups(found: Match, values: Sequence[MatchingValue]) -> Iterator[tuple[str, str]]:
    hits = dict(found.tried)
    asked = {*hits, found.matched_on} if found.hits not in ("linked", "gone") else set()
    for entry in values:
        if entry.target not in asked and found.hits != "unknown":
            continue
        if entry.value is not None:
            number = hits.get(entry.target)
            told = "not asked" if number is None else counted(number, "hit")
            yield f'{entry.target} eq "{entry.value}"', told


def _one(plan: Plan, user: TargetUser | None) -> Iterator[tuple[str, str]]:
    if user is not None:
        yield "Target user", user.id
        yield from _properties(plan, user)


def _several(plan: Plan, users: Sequence[TargetUser]) -> Iterator[tuple[str, str]]:
    for number, user in enumerate(users, 1):
        yield f"Target user {number}", user.id
        if number <= MOST_USERS:
            for name, value in _properties(plan, user):
                yield f"{user.id}: {name}", value


def _properties(plan: Plan, user: TargetUser) -> Iterator[tuple[str, str]]:
    """The mapped attributes that have a value."""
    for target in dict.fromkeys(mapping.target for mapping in plan.mappings):
        text = provisioned_text(user.value(target))
        if text:
            yield target, text

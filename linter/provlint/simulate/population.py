"""What is looked up among the users of a simulation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.matching import match, matching_values
from provlint.simulate.plan import seen_by_mappings
from provlint.simulate.targets import folded
from provlint.simulate.writing import Reference

if TYPE_CHECKING:
    from provlint.simulate.flow import Flow
    from provlint.simulate.inputs.population import User
    from provlint.simulate.matching import MatchingValue, SourceCount
    from provlint.simulate.situation import Situation
    from provlint.simulate.writing import References

IDENTIFIERS = (
    ("objectId", "id"),
    ("userPrincipalName", "originalUserPrincipalName"),
    ("WorkerID", "WID", "personIdExternal", "distinguishedName", "externalId", "userName"),
    ("mail",),
    ("employeeId",),
    ("displayName",),
    ("givenName", "surname"),
)
"""What a user is found by, the surest first: as the service picks users of Entra ID, Workday,
SuccessFactors and Active Directory on demand.
https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand"""


SituationOf = Callable[["User"], "Situation"]


def find_users(users: Iterable[User], wanted: str) -> list[User]:
    """The users that a word stands for: by id, names, mail or employee number, in any case.

    The surest kind of name that finds somebody decides.
    """
    word = folded(wanted.strip())
    found: dict[int, list[User]] = {}
    for user in users:
        for rank, names in enumerate(IDENTIFIERS):
            if any(folded(provisioned_text(user.values.get(name))) == word for name in names):
                found.setdefault(rank, []).append(user)
                break
    return found[min(found)] if found else []


def identifier_of(user: User) -> str:
    """The id of a user in the source, or the empty string."""
    return provisioned_text(user.values.get("objectId")) or provisioned_text(user.values.get("id"))


def name_of(user: User) -> str:
    """How to call a user in a message."""
    for names in (("displayName",), *IDENTIFIERS):
        for name in names:
            text = provisioned_text(user.values.get(name))
            if text:
                return text
    return user.where


def values_to_match(flow: Flow, user: User, situation: Situation) -> tuple[MatchingValue, ...]:
    """What a user has for each matching attribute."""
    seen = seen_by_mappings(user.values, in_scope=True, roles=situation.roles)
    return matching_values(flow.plan, seen, flow.context)


def source_count(flow: Flow, users: Iterable[User], situation_of: SituationOf) -> SourceCount:
    """Count the source users with a matching value; letter case does not count.

    The users are gone through when the first value is asked for.
    """
    counts: dict[tuple[str, str], int] = {}
    counted = False

    def count(target: str, value: str) -> int:
        nonlocal counted
        if not counted:
            counted = True
            for user in users:
                for entry in values_to_match(flow, user, situation_of(user)):
                    if entry.value is not None:
                        key = (entry.target, folded(entry.value))
                        counts[key] = counts.get(key, 0) + 1
        return counts.get((target, folded(value)), 0)

    return count


def references(flow: Flow, users: Iterable[User], situation_of: SituationOf) -> References:
    """Find what reference attributes, such as `manager`, refer to.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/known-issues#manager-isnt-provisioned
    """
    by_id: dict[str, User] = {}

    def find(identifier: str) -> Reference:
        if not by_id:
            by_id.update((identifier_of(user).lower(), user) for user in users)
        user = by_id.get(identifier.lower())
        if user is None:
            return Reference(None, "unknown")
        situation = situation_of(user)
        if flow.decide(user.values, situation, user.missing).in_scope is False:
            return Reference(None, "out-of-scope")
        found = match(
            values_to_match(flow, user, situation),
            flow.targets,
            link=situation.link,
            facts=flow.facts,
            case_exact={mapping.target: mapping.case_exact for mapping in flow.plan.matching},
        )
        return Reference(found.user.id if found.user is not None else situation.link, "in-scope")

    return find

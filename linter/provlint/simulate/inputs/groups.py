"""Groups and their members. Members of nested groups are known, and do not count.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works#assignment-based-scoping
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from provlint.simulate.inputs.fields import incomplete, member, side_records, text_member, truth
from provlint.simulate.inputs.problem import InputProblem
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from provlint.simulate.inputs.problem import Ledger

MemberKind = Literal["user", "group", "other"]

EXPANDED = 20
"""So many members `$expand=members` answers at most.
https://learn.microsoft.com/graph/query-parameters#expand"""

_DEEPEST = 100
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Member(NamedTuple):
    """One direct member: its object id in lower case, and what it is."""

    identity: str
    kind: MemberKind


class Group(NamedTuple):
    """A group.

    Attributes:
        identity: Its object id, in lower case.
        name: Its display name; the id where that is not given.
        members: Direct members.
        title: Its display name as the file has it; None where it has none.
        security: Whether it is a security group; None where that is not given.
        mail_nickname: Its `mailNickname`; None where that is not given.
    """

    identity: str
    name: str
    members: tuple[Member, ...]
    title: str | None = None
    security: bool | None = None
    mail_nickname: str | None = None


class Groups:
    """The groups of a simulation, by object id in lower case."""

    __slots__ = ("by_id",)

    def __init__(self, groups: Mapping[str, Group]) -> None:
        self.by_id = dict(groups)

    def users_of(self, identity: str) -> frozenset[str]:
        """Direct members of a group that are users."""
        group = self.by_id.get(identity.lower())
        if group is None:
            return frozenset()
        return frozenset(each.identity for each in group.members if each.kind != "group")

    def nested_in(self, identity: str) -> tuple[Group, ...]:
        """The groups below a group, nearest first; for reports, because they do not count."""
        found: dict[str, Group] = {}
        waiting = [(identity.lower(), 0)]
        for current, depth in waiting:
            group = self.by_id.get(current)
            if group is None or depth > _DEEPEST:
                continue
            for each in group.members:
                known = self.by_id.get(each.identity)
                is_group = each.kind == "group" or known is not None
                if is_group and each.identity not in found and each.identity != identity.lower():
                    found[each.identity] = known or Group(each.identity, each.identity, ())
                    waiting.append((each.identity, depth + 1))
        return tuple(found.values())


def read_groups(paths: Iterable[str], ledger: Ledger) -> Groups:
    """Read groups with `members`, folders `Groups/<id>/Members/…`, or rows of group and member.

    Raises:
        InputError: A file holds something else, or a record is broken and the ledger says to stop.
    """
    names: dict[str, str] = {}
    details: dict[str, tuple[str | None, bool | None, str | None]] = {}
    members: dict[str, dict[str, MemberKind]] = {}
    for record, where in side_records(paths, ledger, "groups"):
        folder = _folder_of_members(where)
        if folder:
            identity = text_member(record, "id", "objectId").lower()
            members.setdefault(folder, {})[identity] = _kind(record)
            continue
        group = text_member(record, "groupId", "groupObjectId").lower()
        person = text_member(record, "memberId", "memberObjectId", "userId").lower()
        if group and person:
            names.setdefault(group, text_member(record, "groupDisplayName", "groupName"))
            members.setdefault(group, {})[person] = _kind(record)
            continue
        identity = text_member(record, "id", "objectId").lower()
        listed = member(record, "members")
        if not identity or (listed is None and "userPrincipalName" in record):
            needed = ("id", "members")
            ledger.leave_out(incomplete(where, "groups", needed, record))
            continue
        names[identity] = text_member(record, "displayName")
        details[identity] = _details(record)
        inside = members.setdefault(identity, {})
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict):
                inside[text_member(each, "id", "objectId").lower()] = _kind(each)
            elif isinstance(each, str):
                inside[each.lower()] = "other"
        if isinstance(listed, list) and len(listed) == EXPANDED:
            ledger.note(_perhaps_cut(where, names[identity]))
    return Groups(
        {
            identity: Group(
                identity,
                names.get(identity) or identity,
                tuple(Member(*each) for each in members.get(identity, {}).items()),
                *details.get(identity, ()),
            )
            for identity in {**names, **members}
        }
    )


def _details(record: Mapping[str, Any]) -> tuple[str | None, bool | None, str | None]:
    """Title, security and nickname; None for what an export left out, not for what is empty."""
    keys = {key.lower() for key in record}
    title = text_member(record, "displayName") if "displayname" in keys else None
    nickname = text_member(record, "mailNickname") if "mailnickname" in keys else None
    return title, truth(member(record, "securityEnabled")), nickname


def _kind(record: Mapping[str, Any]) -> MemberKind:
    text = text_member(record, "@odata.type", "memberType", "objectType", "type").lower()
    if text.endswith("group"):
        return "group"
    if text.endswith("user") or "userPrincipalName" in record:
        return "user"
    return "group" if "securityEnabled" in record or "groupTypes" in record else "other"


def _folder_of_members(where: str) -> str:
    """The id of the group in whose folder `Members` a file stands; empty elsewhere."""
    parts = where.replace("\\", "/").split("/")
    for at in range(1, len(parts) - 1):
        if parts[at].lower() == "members" and _IDENTITY.fullmatch(parts[at - 1]):
            return parts[at - 1].lower()
    return ""


def _perhaps_cut(where: str, name: str) -> InputProblem:
    return InputProblem(
        "perhaps-cut",
        where,
        f"the group `{name}` has exactly {EXPANDED} members, the most that `$expand` answers",
        "export `GET /groups/{id}/members` if the group has more",
    )

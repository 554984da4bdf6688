"""Side inputs of one simulation as plain JSON: targets, assignments, groups, secrets, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.entitlement import DEFAULT_ACCESS
from provlint.simulate.inputs.problem import refuse
from provlint.simulate.population import identifier_of
from provlint.simulate.situation import Situation
from provlint.simulate.targets import TargetList, TargetUser

if TYPE_CHECKING:
    from provlint.simulate.inputs.population import User

DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000"
"""Id of the role without a name.
https://learn.microsoft.com/graph/api/resources/approleassignment"""

Record = Mapping[str, Any]


def json_value(path: str) -> Any:
    """The value of a JSON or YAML file.

    Raises:
        InputError: The file cannot be read, or is damaged.
    """
    from provlint.source.discovery import read_bytes
    from provlint.source.source_file import read_source

    data = read_bytes(path)
    if not isinstance(data, bytes):
        raise refuse("unreadable", path, f"`{path}`: {data.message}", data.help)
    file = read_source(data, path)
    for problem in file.problems:
        line, column = file.lines.position(problem.start)
        place = f"{path}:{line}:{column}"
        raise refuse("bad-json", place, problem.message, problem.help)
    return file.reading.value


def records(paths: Iterable[str]) -> list[Record]:
    """The objects of files that hold a list, a Graph page or a SCIM ListResponse.

    Raises:
        InputError: A file cannot be read, or holds no objects.
    """
    found: list[Record] = []
    for path in paths:
        value = json_value(path)
        items = value
        if isinstance(value, dict):
            items = next((value[k] for k in ("value", "Resources") if k in value), [value])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            message = f"`{path}` holds no list of objects"
            raise refuse("not-records", path, message, "give an export of Microsoft Graph or SCIM")
        found += items
    return found


def targets_of(paths: Iterable[str]) -> TargetList:
    """Target users; their ids are `id`, `objectId` or `Id`."""
    return TargetList(
        TargetUser(
            provisioned_text(next((r[k] for k in ("id", "objectId", "Id") if k in r), "")), record
        )
        for record in records(paths)
        for r in (record,)
    )


class Assignments:
    """Who is assigned to the application, directly or by a group."""

    __slots__ = ("_direct", "_members", "_nested")

    def __init__(self, assignments: Iterable[Record], groups: Iterable[Record]) -> None:
        self._direct: dict[str, str] = {}
        for assignment in assignments:
            who = str(assignment.get("principalId", "")).lower()
            role = str(assignment.get("appRoleId", ""))
            self._direct[who] = DEFAULT_ACCESS if role == DEFAULT_ROLE else role
        members: dict[str, list[str]] = {}
        for group in groups:
            listed = group.get("members") or ()
            members[str(group.get("id", "")).lower()] = [
                str(member.get("id", "") if isinstance(member, dict) else member).lower()
                for member in listed
            ]
        self._members: dict[str, str] = {}
        self._nested: set[str] = set()
        for group_id, role in list(self._direct.items()):
            for member in members.get(group_id, ()):
                self._members.setdefault(member, role)
                self._nested.update(members.get(member, ()))

    def of(self, user: User) -> tuple[str, str | None]:
        """The way in which a user is assigned, and the role."""
        who = identifier_of(user).lower()
        if who in self._direct:
            return "direct", self._direct[who]
        if who in self._members:
            return "group-member", self._members[who]
        return ("nested-group-member" if who in self._nested else "none"), None


class Situations:
    """What is known of each user beside the attributes."""

    __slots__ = ("_assignments", "_links")

    def __init__(self, assignments: Assignments | None, links: Mapping[str, str]) -> None:
        self._assignments = assignments
        self._links = {source.lower(): target for source, target in links.items()}

    def of(self, user: User) -> Situation:
        """The situation of one user."""
        link = self._links.get(identifier_of(user).lower())
        if self._assignments is None:
            return Situation(link=link)
        assignment, role = self._assignments.of(user)
        return Situation(assignment=assignment, role=role, link=link)


def links_of(words: Iterable[str]) -> dict[str, str]:
    """Links by source id: `SOURCE=TARGET`, or JSON files with an object or a list of pairs.

    Raises:
        InputError: A file cannot be read, or holds no links.
    """
    found: dict[str, str] = {}
    for word in words:
        source, equals, target = word.partition("=")
        if equals:
            found[source.strip()] = target.strip()
            continue
        value = json_value(word)
        pairs = value.items() if isinstance(value, dict) else _pairs(value, word)
        found.update({str(key): str(item) for key, item in pairs})
    return found


def _pairs(value: object, path: str) -> list[tuple[object, object]]:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return [(item.get("sourceId"), item.get("targetId")) for item in value]
    message = f"`{path}` holds no links"
    raise refuse("not-links", path, message, 'write `{"source id": "target id"}`')


def secrets_of(path: str) -> dict[str, str]:
    """The secrets of a job by key, in lower case; values are never shown.

    Raises:
        InputError: The file cannot be read, or holds no pairs of key and value.
    """
    value = json_value(path)
    if isinstance(value, dict) and isinstance(value.get("value"), list):
        value = value["value"]
    if isinstance(value, list):
        return {
            str(item.get("key", "")).lower(): provisioned_text(item.get("value"))
            for item in value
            if isinstance(item, dict)
        }
    if isinstance(value, dict):
        return {str(key).lower(): provisioned_text(item) for key, item in value.items()}
    message = f"`{path}` holds no secrets"
    raise refuse("not-secrets", path, message, "give what `GET …/synchronization/secrets` answers")

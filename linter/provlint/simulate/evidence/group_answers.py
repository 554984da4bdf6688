"""Answers about assignments and groups, in the source and in the target."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from provlint.semantics.evidence import (
    EXAMPLES,
    DefaultAccess,
    GroupNames,
    MembersOutOfScope,
    NamesOfGroups,
    NestedGroups,
    NestedIn,
    NoSecurityGroups,
    Question,
    RenamedGroups,
    SeveralRoles,
    SharedValues,
    Some,
)
from provlint.simulate.evidence.survey import UnansweredError
from provlint.simulate.inputs.assignments import DEFAULT_ROLE
from provlint.simulate.targets import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from provlint.simulate.evidence.accounts import TargetGroup
    from provlint.simulate.inputs.assignments import Assignment
    from provlint.simulate.inputs.groups import Group, Groups
    from provlint.simulate.inputs.read import Inputs


class GroupSurvey:
    """Assignments and groups, asked.

    Attributes:
        in_scope: Object ids, in lower case, of the users in scope; None where that is not known.
        known: Object ids of all users; None where they are not given.
    """

    def __init__(
        self,
        inputs: Inputs,
        *,
        target_groups: Iterable[TargetGroup] = (),
        in_scope: set[str] | None = None,
        known: set[str] | None = None,
    ) -> None:
        self._inputs = inputs
        self._target_groups = tuple(target_groups)
        self.in_scope = in_scope
        self.known = known

    def _assignments(self) -> tuple[Assignment, ...]:
        if self._inputs.assignments is None:
            raise UnansweredError
        return self._inputs.assignments

    def _groups(self) -> Groups:
        if self._inputs.groups is None:
            raise UnansweredError
        return self._inputs.groups

    def _assigned_groups(self) -> list[Group]:
        """The groups that are assigned; all that are given where assignments are not."""
        groups = self._groups().by_id
        if self._inputs.assignments is None:
            return list(groups.values())
        assigned = dict.fromkeys(
            each.principal for each in self._inputs.assignments if each.kind == "Group"
        )
        return [groups[each] for each in assigned if each in groups]

    def _provisioned(self) -> list[Group]:
        """The groups that may be provisioned: those assigned, else all that are given."""
        return self._assigned_groups() or list(self._groups().by_id.values())

    def nested(self, _: Question[Any]) -> tuple[NestedGroups, ...]:
        """Assigned groups with groups inside."""
        self._assignments()
        groups = self._groups()
        entitled = self._inputs.entitlements() or {}
        found = []
        for group in self._assigned_groups():
            inner = groups.nested_in(group.identity)
            if inner:
                people = {
                    person
                    for each in inner
                    for person in groups.users_of(each.identity)
                    if person in entitled and entitled[person].assignment == "nested-group-member"
                }
                found.append(
                    NestedGroups(group.name, _some(each.name for each in inner), len(people))
                )
        return tuple(found)

    def default_access(self, _: Question[Any]) -> Some:
        """Assignments with the role Default Access."""
        found = [each for each in self._assignments() if each.role == DEFAULT_ROLE]
        return _some(
            each.name or each.principal for each in found if each.kind in ("User", "Group")
        )

    def several_roles(self, _: Question[Any]) -> Some:
        """Who has several roles."""
        self._assignments()
        names = {each.principal: each.name for each in self._assignments() if each.name}
        entitled = self._inputs.entitlements() or {}
        return _some(
            names.get(who, who) for who, found in entitled.items() if len(set(found.roles)) > 1
        )

    def no_security(self, _: Question[Any]) -> Some:
        """Assigned groups that are no security groups."""
        return _some(each.name for each in self._assigned_groups() if each.security is False)

    def names(self, question: Question[Any]) -> GroupNames:
        """What groups are called."""
        assert isinstance(question, NamesOfGroups)
        named = []
        for group in self._provisioned():
            value = group.title if question.attribute == "displayName" else group.mail_nickname
            if value is not None:
                named.append((group, value))
        if not named:
            raise UnansweredError
        counts = Counter(folded(value) for _, value in named if value)
        spelt = {folded(value): value for _, value in named if value}
        several = [text for text, count in counts.items() if count > 1]
        shared = SharedValues(
            Some(len(several), tuple(spelt[text] for text in several[:EXAMPLES])),
            sum(counts[text] for text in several),
        )
        empty = _some(group.identity for group, value in named if not value.strip())
        return GroupNames(len(named), empty, shared)

    def renamed(self, _: Question[Any]) -> Some:
        """Groups that the target calls otherwise."""
        if not self._target_groups:
            raise UnansweredError
        known = {each.external: each.name for each in self._target_groups if each.external}
        names = {folded(each.name) for each in self._target_groups}
        own = {folded(each.name) for each in self._groups().by_id.values()}
        orphans = len(names - own)
        found = []
        for group in self._provisioned():
            if not group.title:
                continue
            if group.identity in known:
                renamed = known[group.identity] != group.title
            else:
                renamed = bool(orphans) and not known and folded(group.title) not in names
            if renamed:
                found.append(group.title)
        return _some(found)

    def named_group(self, value: str) -> str:
        """Of which group a text is the id.

        Raises:
            UnansweredError: Of none.
        """
        group = self._groups().by_id.get(value.strip().lower())
        if group is None:
            raise UnansweredError
        return group.name

    def members(self, _: Question[Any]) -> Some:
        """Groups with members who are known and out of scope."""
        if self.in_scope is None or self.known is None:
            raise UnansweredError
        memberships = 0
        names = []
        for group in self._provisioned():
            outside = [
                each.identity
                for each in group.members
                if each.identity in self.known and each.identity not in self.in_scope
            ]
            memberships += len(outside)
            if outside:
                names.append(group.name)
        return Some(memberships, tuple(names[:EXAMPLES]))


def _some(names: Iterable[str]) -> Some:
    found = list(names)
    return Some(len(found), tuple(found[:EXAMPLES]))


ANSWERS: Mapping[type, Callable[[GroupSurvey, Question[Any]], Any]] = {
    NestedIn: GroupSurvey.nested,
    DefaultAccess: GroupSurvey.default_access,
    SeveralRoles: GroupSurvey.several_roles,
    NoSecurityGroups: GroupSurvey.no_security,
    NamesOfGroups: GroupSurvey.names,
    RenamedGroups: GroupSurvey.renamed,
    MembersOutOfScope: GroupSurvey.members,
}
"""Class of a question to who answers it. `NamedGroup` is about the value of a clause."""

OF_TARGET = frozenset({RenamedGroups})
OF_USERS = frozenset({MembersOutOfScope})
"""Questions that need the groups of the target, and the users in scope."""

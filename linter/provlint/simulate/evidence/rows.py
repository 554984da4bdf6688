"""Users row by row, in memory; for files that are small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.evidence import EXAMPLES, SharedValues, Some
from provlint.simulate.evidence.people import ACCOUNT, DELETED, Bunch, Held, Row, name_of
from provlint.simulate.matching import matching_value
from provlint.simulate.plan import seen_by_mappings
from provlint.simulate.population import identifier_of
from provlint.simulate.targets import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from provlint.simulate.evidence.people import Wanted
    from provlint.simulate.flow import Flow
    from provlint.simulate.inputs.population import Population, User
    from provlint.simulate.plan import MappingPlan
    from provlint.simulate.situation import Situation

    SituationOf = Callable[[User], Situation]


class Rows:
    """All users, read once."""

    def __init__(self, population: Population, situation_of: SituationOf) -> None:
        """Read the users.

        Raises:
            InputError: A record is broken, and the population says to stop.
        """
        self._users = list(population)
        self._situation_of = situation_of
        self._missing = frozenset[str]().union(*{user.missing for user in self._users})

    @property
    def count(self) -> int:
        """How many users there are."""
        return len(self._users)

    @property
    def missing(self) -> frozenset[str]:
        """Attributes that were asked for and that the export does not have."""
        return self._missing

    def by_scope(self, flow: Flow) -> RowsByScope:
        """The users by what decides about their scope in an object mapping."""
        return RowsByScope(self._users, flow, self._situation_of)

    def attribute(self, name: str, wanted: Wanted) -> list[Held]:
        """Values of a source attribute among all users."""
        rows = ((at, user.values, user.values.get(name)) for at, user in enumerate(self._users))
        return _most(_held(rows), wanted)

    def identities(self) -> set[str]:
        """The object ids of all users, in lower case."""
        return {identifier_of(user).lower() for user in self._users} - {""}


class RowsByScope:
    """The users by what decides about their scope.

    Attributes:
        bunches: Every user is in one of them.
    """

    def __init__(self, users: Sequence[User], flow: Flow, situation_of: SituationOf) -> None:
        names = (*flow.plan.scope.attributes, *ACCOUNT, *DELETED, "userPrincipalName")
        known: dict[Hashable, int] = {}
        found: list[tuple[Situation, list[int]]] = []
        self._users = users
        self._flow = flow
        self._numbers: list[int] = []
        for at, user in enumerate(users):
            situation = situation_of(user)
            key = (situation, *(_hashable(user.values.get(name)) for name in names))
            number = known.setdefault(key, len(found))
            if number == len(found):
                found.append((situation, []))
            found[number][1].append(at)
            self._numbers.append(number)
        self.bunches = tuple(
            Bunch(len(at), tuple((each, users[each].values) for each in at[:EXAMPLES]), situation)
            for situation, at in found
        )

    def inside(self, in_scope: Sequence[bool]) -> SurveyedRows:
        """The users in scope, told for each of the bunches."""
        users = [
            (at, self._users[at].values)
            for at, number in enumerate(self._numbers)
            if in_scope[number]
        ]
        return SurveyedRows(self._flow, users)


class SurveyedRows:
    """The users in scope, with their numbers."""

    def __init__(self, flow: Flow, users: list[tuple[int, Mapping[str, object]]]) -> None:
        self._flow = flow
        self._users = users

    def rows(
        self, mappings: Sequence[MappingPlan], attributes: Sequence[str] = ()
    ) -> Iterator[Row]:
        """Each user in scope, with what is asked for."""
        context = self._flow.context
        for at, values in self._users:
            seen = seen_by_mappings(values, in_scope=True)
            flows = tuple(mapping.flow(seen, context) for mapping in mappings)
            yield Row(at, name_of(values, at), flows, tuple(map(values.get, attributes)))

    def flows(self, mapping: MappingPlan, wanted: Wanted) -> list[Held]:
        """What an attribute mapping gives."""
        context = self._flow.context
        rows = (
            (at, values, mapping.flow(seen_by_mappings(values, in_scope=True), context))
            for at, values in self._users
        )
        return _most(_held(rows), wanted)

    def without(self, mappings: Sequence[MappingPlan]) -> Some:
        """The users to whom none of the mappings gives a value."""
        context = self._flow.context
        found: list[str] = []
        for at, values in self._users:
            seen = seen_by_mappings(values, in_scope=True)
            if all(matching_value(each, seen, context).value is None for each in mappings):
                found.append(name_of(values, at) if len(found) < EXAMPLES else "")
        return Some(len(found), tuple(found[:EXAMPLES]))

    def shared(self, mapping: MappingPlan) -> SharedValues:
        """The values that several users have."""
        found: dict[str, list[str]] = {}
        for _, values in self._users:
            seen = seen_by_mappings(values, in_scope=True)
            value = matching_value(mapping, seen, self._flow.context).value
            if value is not None:
                found.setdefault(folded(value), []).append(value)
        several = [owned for owned in found.values() if len(owned) > 1]
        examples = tuple(owned[0] for owned in several[:EXAMPLES])
        return SharedValues(Some(len(several), examples), sum(map(len, several)))

    def attribute(self, name: str, wanted: Wanted) -> list[Held]:
        """Values of a source attribute."""
        return _most(_held((at, values, values.get(name)) for at, values in self._users), wanted)


def _held(rows: Iterable[tuple[int, Mapping[str, object], object]]) -> list[Held]:
    found: dict[Hashable, tuple[object, list[tuple[int, Mapping[str, object]]]]] = {}
    counts: dict[Hashable, int] = {}
    for at, values, value in rows:
        key = _hashable(value)
        counts[key] = counts.get(key, 0) + 1
        owners = found.setdefault(key, (value, []))[1]
        if len(owners) < EXAMPLES:
            owners.append((at, values))
    return [
        Held(value, counts[key], tuple((at, name_of(values, at)) for at, values in owners))
        for key, (value, owners) in found.items()
    ]


def _most(held: list[Held], wanted: Wanted) -> list[Held]:
    if not wanted.most:
        return held
    return sorted(held, key=lambda each: (-each.users, each.owners))[: wanted.most]


def _hashable(value: object) -> Hashable:
    if isinstance(value, (list, dict)):
        return repr(value)
    return (type(value), value)

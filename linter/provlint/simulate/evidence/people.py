"""What answers are made of: users by what decides about them, and values by who has them.

There are two ways to it, row by row and in columns, and they give the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from provlint.semantics.attribute_values import provisioned_text
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from provlint.semantics.evidence import SharedValues, Some
    from provlint.simulate.flow import Flow
    from provlint.simulate.plan import Flow as Given
    from provlint.simulate.plan import MappingPlan
    from provlint.simulate.situation import Situation

LABELS = (
    "userPrincipalName", "displayName", "objectId", "id", "originalUserPrincipalName", "mail",
    "employeeId", "WorkerID", "personIdExternal", "userName", "externalId",
)  # fmt: skip
"""What a user is called by, the best first."""

ACCOUNT = ("accountEnabled", "userType")
DELETED = ("deletionTimestamp", "deletedDateTime", "deletedTimestamp")


class Bunch(NamedTuple):
    """Users whom the scope step cannot tell apart.

    Attributes:
        users: How many.
        people: The first of them, at most three: their numbers, and their values by provisioning
            name.
        situation: What else is known of each of them.
    """

    users: int
    people: tuple[tuple[int, Mapping[str, object]], ...]
    situation: Situation


class Held(NamedTuple):
    """A value and who has it.

    Attributes:
        value: As it is; what a mapping gives is a `provlint.simulate.plan.Flow`.
        users: How many have it.
        owners: The first of them, at most three: their numbers, and what they are called.
    """

    value: object
    users: int
    owners: tuple[tuple[int, str], ...]


class Row(NamedTuple):
    """One user in scope.

    Attributes:
        number: Counts from 0, over all users.
        name: What the user is called.
        flows: What attribute mappings give.
        values: Values of source attributes.
    """

    number: int
    name: str
    flows: tuple[Given, ...]
    values: tuple[object, ...]


class Wanted(NamedTuple):
    """Which values are of interest; others may be given, too.

    Attributes:
        every: All of them.
        empty: Those that are none.
        pattern: Those that a regular expression is found in.
        longer_than: Those of more characters.
        spelt_as: Those that differ from this text, and by letter case and blanks only.
        most: So many that are held by most, and no others; 0 for all.
    """

    every: bool = False
    empty: bool = False
    pattern: str = ""
    longer_than: int | None = None
    spelt_as: str | None = None
    most: int = 0


class Surveyed(Protocol):
    """The users of one object mapping, once it is known who is in scope."""

    def rows(
        self, mappings: Sequence[MappingPlan], attributes: Sequence[str] = ()
    ) -> Iterator[Row]:
        """Each user in scope, in order, with what is asked for."""

    def flows(self, mapping: MappingPlan, wanted: Wanted) -> Iterable[Held]:
        """What an attribute mapping gives to the users in scope, in the order of the users."""

    def without(self, mappings: Sequence[MappingPlan]) -> Some:
        """The users in scope to whom none of the attribute mappings gives a value."""

    def shared(self, mapping: MappingPlan) -> SharedValues:
        """The matching values that several users in scope have; letter case does not count."""

    def attribute(self, name: str, wanted: Wanted) -> Iterable[Held]:
        """Values of a source attribute among the users in scope, in the order of the users."""


class ByScope(Protocol):
    """The users by what decides about their scope."""

    @property
    def bunches(self) -> Sequence[Bunch]:
        """Every user is in one of them."""

    def inside(self, in_scope: Sequence[bool]) -> Surveyed:
        """The users in scope, told for each of the bunches."""


class People(Protocol):
    """All users."""

    @property
    def count(self) -> int:
        """How many users there are."""

    @property
    def missing(self) -> frozenset[str]:
        """Attributes that were asked for and that the export does not have."""

    def by_scope(self, flow: Flow) -> ByScope:
        """The users by what decides about their scope in an object mapping."""

    def attribute(self, name: str, wanted: Wanted) -> Iterable[Held]:
        """Values of a source attribute among all users, in the order of the users."""

    def identities(self) -> set[str]:
        """The object ids of all users, in lower case."""


def name_of(values: Mapping[str, object], number: int) -> str:
    """What a user is called in a message; the number counts from 0."""
    for label in LABELS:
        text = provisioned_text(values.get(label))
        if text:
            return text
    return f"record {number + 1}"


def alike(text: str) -> str:
    """A text without what is easily missed: letter case, blanks at the ends and doubled ones."""
    return " ".join(text.split()).lower()

"""What users, targets, assignments, groups and secrets say about a configuration.

A rule asks questions (`provlint.rule.Rule.asks`). Whoever has the inputs answers them all at once,
and the rule finds the answers at its unit (`ObjectMappingUnit.evidence`): numbers with a few
examples, never records of people.

Nothing here is imported by a lint without such inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.model.secrets import Secrets
    from provlint.rule import Need

Answer = TypeVar("Answer", covariant=True)

EXAMPLES = 3
"""So many examples stand in a message at most."""


class Some(NamedTuple):
    """How many, and which ones, for example.

    Attributes:
        number: How many there are.
        examples: Names or values of at most `EXAMPLES`; empty where they may not be shown.
    """

    number: int
    examples: tuple[str, ...] = ()


NOBODY = Some(0)


class Question(Generic[Answer]):
    """What a rule wants to know. Two of one kind about the same are equal.

    Attributes:
        at: Pointer of the object mapping, attribute mapping or clause that it is about.
    """

    def __init__(self, at: str) -> None:
        self.at = at

    def _key(self) -> tuple[object, ...]:
        return (type(self).__name__, *vars(self).values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Question) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        kind, *values = self._key()
        return f"{kind}{tuple(values)!r}"


# Scope


class ClauseResults(NamedTuple):
    """What a clause gives.

    Attributes:
        true: Users for whom it holds, as documented.
        empty: Users without a value.
        inside: Values that a regular expression is found in without matching the whole of them;
            `count` is the number of their users.
    """

    true: int
    empty: Some
    inside: Some = NOBODY


class FilterResults(NamedTuple):
    """What the scope step gives over all users.

    Attributes:
        users: All of them.
        in_scope: Those who pass every test of the scope step.
        passing: Those whom the filter admits.
        undecided: Those whom it cannot decide, as an attribute is not in the export.
        assigned: Those who are assigned; None where assignments are not given.
        hinging: Those whom the filter admits or not by what negative operators give on an empty
            attribute.
        clauses: By pointer; without those whose attribute is not in the export.
        groups: Users whom a group admits, by pointer; without those that cannot be decided.
    """

    users: int
    in_scope: int
    passing: int
    undecided: int
    assigned: int | None
    hinging: Some
    clauses: Mapping[str, ClauseResults]
    groups: Mapping[str, int]


class ScopeOf(Question[FilterResults]):
    """What does the scope step give? At an object mapping."""


class Spelling(NamedTuple):
    """A value that users have, and how many have it."""

    value: str
    users: int


class SpellingsOf(Question[tuple[Spelling, ...]]):
    """Which values does a clause miss by letter case, or blanks at the ends, only? At a clause.

    Of an attribute with very many values it is not told for operators on a part of the value.
    """


class CommonValues(Question[tuple[Spelling, ...]]):
    """Which values of its attribute do most users have? At a clause that is true for nobody."""


# Values in scope


class EmptyValues(Question[Some]):
    """Who in scope gets no value by an attribute mapping?"""


class Unmatchable(Question[Some]):
    """Who in scope gets no value by any matching attribute? At an object mapping."""


class SharedValues(NamedTuple):
    """Values that several have.

    Attributes:
        values: How many values, and some of them.
        owners: How many users or accounts have one of them.
    """

    values: Some
    owners: int


class SharedBy(Question[SharedValues]):
    """Which values of an attribute mapping do several users in scope have, case aside?"""


class ValuesWith(Question[Some]):
    """Which users in scope get values that a pattern is found in, or that are too long?

    Attributes:
        at: An attribute mapping.
        pattern: A regular expression that Python and RE2 read alike; empty for none.
        longer_than: Characters; None for no limit.
    """

    def __init__(self, at: str, pattern: str = "", longer_than: int | None = None) -> None:
        super().__init__(at)
        self.pattern = pattern
        self.longer_than = longer_than


class AttributeWith(Question[Some]):
    """Which users in scope have a source attribute that a pattern is found in?

    Attributes:
        at: An object mapping.
        attribute: Name of the source attribute.
        pattern: As in `ValuesWith`.
    """

    def __init__(self, at: str, attribute: str, pattern: str) -> None:
        super().__init__(at)
        self.attribute = attribute
        self.pattern = pattern


class Failing(Question[Some]):
    """For whom in scope does the expression of an attribute mapping fail? Examples are reasons."""


class OmittedBy(Question[Some]):
    """Whose records leave out what an attribute mapping reads? At an attribute mapping."""


# Accounts in the target


class SharedInTarget(Question[SharedValues]):
    """Which values of a matching attribute do several accounts have? At an attribute mapping."""


class Matches(NamedTuple):
    """What matching finds.

    Attributes:
        users: Users in scope that have a value to be matched by.
        found: Those who match an account.
        accounts: Accounts in the target.
        similar: Those who match none, while an account has the same name in a user name or an
            address; or the same display name, where hardly anybody matches.
        raw: Those who match none, while an account has the plain value of the attribute that a
            matching expression reads.
    """

    users: int
    found: int
    accounts: int
    similar: Some
    raw: Some


class MatchesOf(Question[Matches]):
    """What does matching find? At an object mapping."""


class Uncleared(Question[Some]):
    """Who in scope has no value for a direct mapping, while the matched account has one?"""


class UnknownLookups(NamedTuple):
    """Values of users that are not known in the target.

    Attributes:
        values: How many values, and some of them.
        users: How many users in scope have one of them.
        sure: Whether the lookup table itself was given, and not only accounts that use it.
    """

    values: Some
    users: int
    sure: bool


class LookupsOf(Question[UnknownLookups]):
    """Which values of an attribute mapping does the target not know as references?"""


# Assignments and groups


class NestedGroups(NamedTuple):
    """An assigned group with groups inside of it.

    Attributes:
        name: What it is called; empty where that may not be shown.
        groups: The groups inside.
        people: Users who are in one of those, and assigned in no other way.
    """

    name: str
    groups: Some
    people: int


class NestedIn(Question[tuple[NestedGroups, ...]]):
    """Which assigned groups have groups inside? At an object mapping."""


class DefaultAccess(Question[Some]):
    """Which assignments have the role Default Access? At an object mapping."""


class SeveralRoles(Question[Some]):
    """Who has several roles, by all assignments together? At an object mapping."""


class NoSecurityGroups(Question[Some]):
    """Which assigned groups are no security groups? At an object mapping."""


class GroupNames(NamedTuple):
    """What groups are called.

    Attributes:
        groups: How many groups.
        empty: Those without a value.
        shared: Values that several of them have.
    """

    groups: int
    empty: Some
    shared: SharedValues


class NamesOfGroups(Question[GroupNames]):
    """What are groups called by an attribute? At an object mapping of groups.

    Attributes:
        attribute: `displayName` or `mailNickname`.
    """

    def __init__(self, at: str, attribute: str) -> None:
        super().__init__(at)
        self.attribute = attribute


class RenamedGroups(Question[Some]):
    """Which groups are called otherwise in the target? At an object mapping of groups."""


class NamedGroup(Question[str]):
    """Of which group is the value of a clause the id? At a clause; empty if not to be shown."""


class MembersOutOfScope(Question[Some]):
    """Which groups have members who are not in scope? At an object mapping of groups.

    `count` is the number of memberships; examples are groups.
    """


class ReferencesOutOfScope(Question[Some]):
    """Who in scope refers to somebody who is not? At an attribute mapping of a reference."""


class Overlap(NamedTuple):
    """Users who are in scope of two jobs.

    Attributes:
        file: The other configuration.
        users: Who is in scope of both.
        same_address: Whether both are known to have one tenant URL.
    """

    file: str
    users: Some
    same_address: bool


class OverlapsOf(Question[tuple[Overlap, ...]]):
    """Which configurations of the same run write the same users to the same target?

    At an object mapping. Only configurations that were linted before are told.
    """


class Evidence(NamedTuple):
    """All that the inputs say about one configuration.

    Attributes:
        given: Which inputs were given.
        answers: By question; a question that cannot be answered is not there.
        secrets: The settings among the secrets of the job.
    """

    given: frozenset[Need]
    answers: Mapping[Question[Any], Any] = MappingProxyType({})
    secrets: Secrets | None = None

    def answer(self, question: Question[Answer]) -> Answer | None:
        """The answer to a question; None where the inputs do not tell."""
        found: Answer | None = self.answers.get(question)
        return found

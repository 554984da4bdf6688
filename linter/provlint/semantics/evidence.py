"""What users, targets, assignments, groups and secrets say about a configuration.

A rule asks questions (`provlint.rule.Rule.asks`). Whoever has the inputs answers them all at once,
and the rule finds the answers at its unit (`ObjectMappingUnit.evidence`): numbers with a few
examples, never records of people.

Nothing here is imported by a lint without such inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from provlint.model.secrets import Secrets
    from provlint.rule import Need

Answer = TypeVar("Answer", covariant=True)

EXAMPLES = 3
"""So many examples stand in a message at most."""


@dataclass(frozen=True, slots=True)
class Some:
    """How many, and which ones, for example.

    Attributes:
        count: How many there are.
        examples: Names or values of at most `EXAMPLES`; empty where they may not be shown.
    """

    count: int
    examples: tuple[str, ...] = ()


NOBODY = Some(0)


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """What a rule wants to know.

    Attributes:
        at: Pointer of the object mapping, attribute mapping or clause that it is about.
    """

    at: str


# Scope


@dataclass(frozen=True, slots=True)
class ClauseResults:
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


@dataclass(frozen=True, slots=True)
class FilterResults:
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


@dataclass(frozen=True, slots=True)
class Spelling:
    """A value that users have, and how many have it."""

    value: str
    users: int


class SpellingsOf(Question[tuple[Spelling, ...]]):
    """Which values differ from that of a clause by letter case and blanks only? At a clause."""


class CommonValues(Question[tuple[Spelling, ...]]):
    """Which values of its attribute do most users have? At a clause. Empty if not to be shown."""


# Values in scope


class EmptyValues(Question[Some]):
    """Who in scope gets no value by an attribute mapping?"""


class Unmatchable(Question[Some]):
    """Who in scope gets no value by any matching attribute? At an object mapping."""


@dataclass(frozen=True, slots=True)
class SharedValues:
    """Values that several have.

    Attributes:
        values: How many values, and some of them.
        owners: How many users or accounts have one of them.
    """

    values: Some
    owners: int


class SharedBy(Question[SharedValues]):
    """Which values of an attribute mapping do several users in scope have, case aside?"""


@dataclass(frozen=True, slots=True)
class ValuesWith(Question[Some]):
    """Which users in scope get values that a pattern is found in, or that are too long?

    Attributes:
        at: An attribute mapping.
        pattern: A regular expression that Python and RE2 read alike; empty for none.
        longer_than: Characters; None for no limit.
    """

    pattern: str = ""
    longer_than: int | None = None


@dataclass(frozen=True, slots=True)
class AttributeWith(Question[Some]):
    """Which users in scope have a source attribute that a pattern is found in?

    Attributes:
        at: An object mapping.
        attribute: Name of the source attribute.
        pattern: As in `ValuesWith`.
    """

    attribute: str
    pattern: str


@dataclass(frozen=True)
class Evidence:
    """All that the inputs say about one configuration.

    Attributes:
        given: Which inputs were given.
        answers: By question; a question that cannot be answered is not there.
        secrets: The settings among the secrets of the job.
    """

    given: frozenset[Need]
    answers: Mapping[Question[Any], Any] = field(default_factory=lambda: MappingProxyType({}))
    secrets: Secrets | None = None

    def answer(self, question: Question[Answer]) -> Answer | None:
        """The answer to a question; None where the inputs do not tell."""
        found: Answer | None = self.answers.get(question)
        return found

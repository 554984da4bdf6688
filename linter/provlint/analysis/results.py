"""What an analysis of a filter consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.analysis.witness import Witness

Verdict = Literal["never", "sometimes", "with-value", "always", "unknown"]
"""Who passes: nobody, some, everybody whose attributes have a value, everybody."""


class ClauseAnalysis(NamedTuple):
    """What is known of one clause.

    Attributes:
        operator: The operator in its canonical spelling.
        text: The clause in the text form of filters.
        verdict: Who passes the clause.
        witness: A user who passes it, where there is one.
        reason: Why nobody passes it, in words; empty where somebody does.
        implied_by: The fewest other clauses of the group, by number from 0, from which it follows.
    """

    operator: str
    text: str
    verdict: Verdict
    witness: Witness | None
    reason: str = ""
    implied_by: tuple[int, ...] = ()


class Conflict(NamedTuple):
    """Clauses of a group that nobody passes together, and of which none can be left out.

    Attributes:
        clauses: Their numbers, from 0.
        reason: Why nobody passes them, in words.
        exception: A user who does, by a value with a control character: `^Sales$` is also found in
            a value that ends with a line break.
    """

    clauses: tuple[int, ...]
    reason: str
    exception: Witness | None


class Cancelled(NamedTuple):
    """A negative clause that excludes nobody, because another group admits whom it excludes.

    Attributes:
        group: The number of its group among those that were asked for.
        clause: Its number in the group.
        other: The number of the group that admits them.
    """

    group: int
    clause: int
    other: int


class Overlap(NamedTuple):
    """A later group of the same set that admits some of the same users.

    Attributes:
        group: Its number in the set.
        witness: A user whom both admit.
    """

    group: int
    witness: Witness


class GroupAnalysis(NamedTuple):
    """What is known of one group.

    Attributes:
        filter_set: `groups`, `inputFilterGroups` or `categoryFilterGroups`.
        number: Its number in the set, from 0.
        title: Its title; empty where it has none.
        text: The group in the text form of filters.
        verdict: Who passes.
        witness: A user who passes, where there is one.
        conflicts: Clauses that nobody passes together; empty where somebody passes.
        contained_in: The fewest other groups of the set, by number, that admit everybody whom this
            one admits; empty where none do.
        overlaps: The later groups of the set that admit some of the same users.
        clauses: Its clauses.
    """

    filter_set: str
    number: int
    title: str
    text: str
    verdict: Verdict
    witness: Witness | None
    conflicts: tuple[Conflict, ...]
    contained_in: tuple[int, ...]
    overlaps: tuple[Overlap, ...]
    clauses: tuple[ClauseAnalysis, ...]


class ScopeAnalysis(NamedTuple):
    """What is known of a filter.

    Attributes:
        verdict: Who passes.
        witness: A user who passes, where there is one.
        outsider: A user who does not, where there is one.
        valued: Where the verdict is `with-value`: the attributes that must have a value.
        groups: Its groups, in the order of the sets.
        problem: Why the filter is invalid; then nothing else is known.
        beyond: What could not be decided, in words.
        steps: How many steps it took.
    """

    verdict: Verdict
    witness: Witness | None
    outsider: Witness | None
    valued: tuple[str, ...]
    groups: tuple[GroupAnalysis, ...]
    problem: str
    beyond: tuple[str, ...]
    steps: int

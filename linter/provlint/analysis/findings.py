"""What an administrator should know of a filter: contradictions, tautologies, what does nothing.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.wording import alternatives, quote
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.scoping_filter.operators import find_operator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provlint.analysis.filters import Clause
    from provlint.analysis.results import ClauseAnalysis, GroupAnalysis, ScopeAnalysis

    Written = Clause | ClauseAnalysis

Kind = Literal[
    "invalid", "contradiction", "admits-nobody", "admits-everybody", "idle-group", "idle-clause"
]

GRAVE: frozenset[Kind] = frozenset(
    {"invalid", "contradiction", "admits-nobody", "admits-everybody"}
)
"""What a command exits with 1 for: the filter does not do what anybody can mean."""


class ScopeFinding(NamedTuple):
    """One thing to know.

    Attributes:
        kind: What kind of thing.
        message: What was found.
        help: What to do.
        filter_set: The filter set that it is about; empty for the whole filter.
        group: Number of the group in its set, from 0; None for the whole filter.
        clauses: Numbers of the clauses in the group.
        contested: Name of the open reading that it rests on; empty where it rests on none.
    """

    kind: Kind
    message: str
    help: str
    filter_set: str = ""
    group: int | None = None
    clauses: tuple[int, ...] = ()
    contested: str = ""


def contested(
    findings: Iterable[ScopeFinding], others: Iterable[ScopeFinding], reading: str
) -> tuple[ScopeFinding, ...]:
    """The findings, marked where they are not among those of another reading."""
    agreed = {(each.kind, *each[3:6]) for each in others}
    return tuple(
        each if (each.kind, *each[3:6]) in agreed else each._replace(contested=reading)
        for each in findings
    )


def findings_of(analysis: ScopeAnalysis) -> tuple[ScopeFinding, ...]:
    """What an analysis found, what is about the whole filter first."""
    return (*_whole(analysis), *(each for group in analysis.groups for each in _group(group)))


def _whole(analysis: ScopeAnalysis) -> Iterator[ScopeFinding]:
    if analysis.problem:
        yield ScopeFinding(
            "invalid",
            f"the filter is invalid: {analysis.problem}",
            "correct the clause: an invalid filter makes the scope step fail for everybody",
        )
    if analysis.verdict == "never" and not all(group.conflicts for group in analysis.groups):
        yield ScopeFinding(
            "admits-nobody", "the filter admits nobody", "correct the groups that admit nobody"
        )
    if analysis.verdict not in ("always", "with-value"):
        return
    operators = {clause.operator for group in analysis.groups for clause in group.clauses}
    if not operators or (analysis.verdict == "with-value" and operators == {"IS NOT NULL"}):
        return  # it asks for no more
    exclusions = all((known := find_operator(each)) and known.negative for each in operators)
    yield ScopeFinding(
        "admits-everybody",
        f"the filter admits {admitted(analysis.valued)}",
        "put the exclusions into one group; clauses of a group are joined by AND"
        if exclusions
        else "delete or narrow the groups that admit them, or delete the whole filter",
    )


def admitted(valued: Sequence[str]) -> str:
    """Who passes a filter that asks for no more than a value of these attributes."""
    if not valued:
        return "everybody"
    return f"everybody who has a value of {alternatives(valued, 'and')}"


def _group(group: GroupAnalysis) -> Iterator[ScopeFinding]:
    about = (group.filter_set, group.number)
    for conflict in group.conflicts:
        clauses = [group.clauses[number] for number in conflict.clauses]
        message = f"{contradiction(clauses)}: {conflict.reason}"
        advice = contradiction_help(clauses)
        yield ScopeFinding("contradiction", message, advice, *about, conflict.clauses)
    if group.contained_in:
        message = f"{_groups(group.contained_in)} everybody whom this group admits"
        yield ScopeFinding("idle-group", message, "delete this group, or narrow the other", *about)
    for number, clause in enumerate(group.clauses):
        if clause.implied_by:
            others = [group.clauses[each] for each in clause.implied_by]
            message, advice = idle_clause(clause, others)
            yield ScopeFinding("idle-clause", message, advice, *about, (number,))


def contradiction(clauses: Sequence[Written]) -> str:
    """That clauses of one group exclude each other."""
    if len(clauses) == 1:
        return f"{quote(clauses[0].text)} can never hold"
    both = "both" if len(clauses) == 2 else f"all {len(clauses)}"
    texts = alternatives([clause.text for clause in clauses], "and")
    return f"{texts} stand in one group and can never {both} hold"


def contradiction_help(clauses: Sequence[Written]) -> str:
    """What to do about clauses that exclude each other."""
    if len(clauses) == 1:
        return "correct the clause, or delete the group"
    if all(clause.operator == "EQUALS" for clause in clauses):
        return "put each alternative into a group of its own; groups are joined by OR"
    return f"delete one of the {'two' if len(clauses) == 2 else len(clauses)} clauses"


def idle_clause(clause: Written, others: Sequence[Written]) -> tuple[str, str]:
    """That a clause follows from others of its group, and what to do."""
    if [other.text for other in others] == [clause.text]:
        return (
            f"the clause {quote(clause.text)} stands twice in this group",
            "delete one of the two",
        )
    texts = alternatives([other.text for other in others], "and")
    message = f"{quote(clause.text)} follows from {texts} in the same group, and does nothing"
    return message, "delete it"


def _groups(numbers: Sequence[int]) -> str:
    names = [str(number + 1) for number in numbers]
    if len(names) == 1:
        return f"group {names[0]} already admits"
    return f"groups {', '.join(names[:-1])} and {names[-1]} together already admit"

"""Whom a change of a scoping filter lets in and puts out, without users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.analysis.budget import STEP_LIMIT, Budget, OutOfSteps, out_of_steps
from provlint.analysis.filters import Clause, Filter
from provlint.analysis.predicates import Predicate
from provlint.analysis.proofs import containment
from provlint.analysis.reasoner import Reasoner, Sought
from provlint.analysis.screening import Rivals
from provlint.analysis.witness import Witness, witness_text
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from provlint.model.tree import Scope
    from provlint.semantics.filter_clauses import NullPolicy

Verdict = Literal["equivalent", "wider", "narrower", "different", "unknown"]


class ScopeComparison(NamedTuple):
    """How two filters differ.

    Attributes:
        verdict: `equivalent`, `wider` (the new filter admits more users), `narrower` (fewer),
            `different` (some enter and some leave), or `unknown` where one of the two is not known.
        entering: A user whom the new filter admits and the old one does not.
        leaving: A user whom the old filter admits and the new one does not.
        enters: Whether there is a user who enters; None where it is not known.
        leaves: Whether there is a user who leaves; None where it is not known.
        entering_empty: Attributes of the changed clauses without a value of which users enter.
        leaving_empty: The same of users who leave.
        proof: Why nobody enters or leaves, where that is so, in words.
        beyond: What could not be decided, in words.
        notes: What the verdict leaves out, in words: users who differ by a control character, such
            as the line break at the end of a value that `$` lets pass.
        steps: How many steps it took.
    """

    verdict: Verdict
    entering: Witness | None
    leaving: Witness | None
    enters: bool | None
    leaves: bool | None
    entering_empty: tuple[str, ...]
    leaving_empty: tuple[str, ...]
    proof: str
    beyond: tuple[str, ...]
    notes: tuple[str, ...]
    steps: int


def compare_scopes(
    old: Scope | Mapping[str, object] | None,
    new: Scope | Mapping[str, object] | None,
    *,
    null_policy: NullPolicy = "documented",
    input_null_policy: NullPolicy | None = None,
    types: Mapping[str, str] | None = None,
    present: Collection[str] = (),
    step_limit: int = STEP_LIMIT,
) -> ScopeComparison:
    """Decide whom the new filter admits and the old one does not, and the other way round.

    A user is admitted by a filter for whom `provlint.in_scope` says so.

    Args:
        old: The `scope` of an object mapping, as Microsoft Graph has it or as `provlint.model` read
            it; None where there is none: everybody passes.
        new: The same after the change.
        null_policy: What negative operators give on an empty attribute.
        input_null_policy: The same for `inputFilterGroups`; as `null_policy` where it is left out.
        types: Attribute types by name, as the schema declares them.
        present: Attributes that every object has.
        step_limit: How many steps the comparison may take.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-filter
    """
    policies = (null_policy, input_null_policy or null_policy)
    before, after = Filter(old, *policies), Filter(new, *policies)
    if before.plain == after.plain and before.problem == after.problem:
        same = "the two filters are the same"
        return ScopeComparison("equivalent", None, None, False, False, (), (), same, (), (), 0)
    problems = tuple(
        f"the {word} filter is invalid: {each.problem}"
        for word, each in (("old", before), ("new", after))
        if each.problem
    )
    if problems:
        return ScopeComparison("unknown", None, None, None, None, (), (), "", problems, (), 0)
    # Half of the steps at most are for the first direction.
    budget = Budget(step_limit // 2)
    reasoner = Reasoner((before, after), budget, types=types, present=present)
    entering = _difference(reasoner, after, before, ("enters", "new", "old"))
    budget.limit = step_limit
    leaving = _difference(reasoner, before, after, ("leaves", "old", "new"))
    return ScopeComparison(
        _verdict(entering.verdict, leaving.verdict),
        entering.witness,
        leaving.witness,
        entering.verdict,
        leaving.verdict,
        entering.empty,
        leaving.empty,
        "; ".join(filter(None, (entering.proof, leaving.proof))),
        tuple(dict.fromkeys((*entering.beyond, *leaving.beyond))),
        tuple(filter(None, (entering.note, leaving.note))),
        budget.steps,
    )


def _verdict(enters: bool | None, leaves: bool | None) -> Verdict:
    if enters is None or leaves is None:
        return "unknown"
    if enters:
        return "different" if leaves else "wider"
    return "narrower" if leaves else "equivalent"


class _Direction(NamedTuple):
    """Whether some user changes sides in one direction."""

    verdict: bool | None
    witness: Witness | None = None
    beyond: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    proof: str = ""
    note: str = ""


def _difference(
    reasoner: Reasoner, admitting: Filter, refusing: Filter, words: tuple[str, str, str]
) -> _Direction:
    """A user whom one filter admits and the other does not."""
    try:
        found = _seek(reasoner, admitting, refusing, ordinary=True)
    except OutOfSteps:
        return _Direction(None, None, (out_of_steps(reasoner.budget),))
    if found.user is not None:
        return _Direction(True, found.user, empty=_empty(reasoner, admitting, refusing))
    if found.verdict is None:
        return _Direction(None, None, found.beyond)
    verb, admits, refuses = words
    proof = f"nobody {verb}: {containment(reasoner, admitting, refusing, admits, refuses)}"
    note = ""
    try:
        odd = _seek(reasoner, admitting, refusing, ordinary=False)
        if odd.user is not None:
            note = f"a value with a control character {verb}: {witness_text(odd.user)}"
    except OutOfSteps:
        note = f"values with control characters were not looked at: {out_of_steps(reasoner.budget)}"
    return _Direction(False, proof=proof, note=note)


def _empty(reasoner: Reasoner, admitting: Filter, refusing: Filter) -> tuple[str, ...]:
    """The attributes of changed clauses without a value of which users change sides."""
    kept = {group.asked for group in admitting.groups} & {group.asked for group in refusing.groups}
    here, there = (
        {each for group in side.groups if group.asked not in kept for each in group.asked}
        for side in (admitting, refusing)
    )
    names = sorted({name for name, _ in here ^ there or here})
    found = []
    for name in names:
        is_null = Clause(name, Predicate("IS NULL", (), False, True), "IS NULL", "")
        try:
            if _seek(reasoner, admitting, refusing, (is_null,), ordinary=True).verdict:
                found.append(name)
        except OutOfSteps:
            break
    return tuple(found)


def _seek(
    reasoner: Reasoner,
    admitting: Filter,
    refusing: Filter,
    also: tuple[Clause, ...] = (),
    *,
    ordinary: bool,
) -> Sought:
    unknown: list[str] = []
    sets = [
        (groups, [group.asked for group in groups], Rivals([group.named for group in groups]))
        for groups in refusing.sets
    ]
    for chosen in admitting.alternatives():
        passing = [clause for group in chosen for clause in group.clauses]
        asked = frozenset(clause[:2] for clause in passing)
        named = {name: value for group in chosen for name, value in group.named.items()}
        for groups, asked_of, rivals in sets:
            kept = rivals.against(named)
            if any(asked_of[each] <= asked for each in kept):
                continue  # the same group, or one that asks for less
            excluded = [groups[each] for each in kept]
            found = reasoner.seek((*passing, *also), excluded=excluded, ordinary=ordinary)
            if found.verdict:
                return found
            unknown += found.beyond
    return Sought(None, None, tuple(dict.fromkeys(unknown))) if unknown else Sought(False)

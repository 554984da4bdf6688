"""Whom a change of a scoping filter lets in and puts out, without users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.analysis.budget import STEP_LIMIT, Budget, OutOfSteps
from provlint.analysis.filters import Filter
from provlint.analysis.reasoner import Reasoner, Sought, Witness
from provlint.wording import counted
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from provlint.model.tree import Scope
    from provlint.semantics.filter_clauses import NullPolicy

Verdict = Literal["equivalent", "wider", "narrower", "different", "unknown"]


class ScopeComparison(NamedTuple):
    """How two filters differ.

    Attributes:
        verdict: `equivalent`, `wider` (the new filter admits more), `narrower`, `different` (both),
            or `unknown` where a direction is not decided and the other does not differ.
        entering: A user whom the new filter admits and the old one does not.
        leaving: A user whom the old filter admits and the new one does not.
        enters: Whether there is such a user; None where it is not known.
        leaves: The same of `leaving`.
        proof: Why, in words.
        beyond: What could not be decided, in words.
        notes: What the verdict leaves out: users who differ by a control character, such as a line
            break at the end of a value, which `$` lets pass.
        steps: How many steps it took.
    """

    verdict: Verdict
    entering: Witness | None
    leaving: Witness | None
    enters: bool | None
    leaves: bool | None
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
    budget = Budget(step_limit)
    problems = [
        f"the {word} filter is invalid: {each.problem}"
        for word, each in (("old", before), ("new", after))
        if each.problem
    ]
    if problems:
        return ScopeComparison(
            "unknown", None, None, None, None, "; ".join(problems), tuple(problems), (), 0
        )
    reasoner = Reasoner((before, after), budget, types=types, present=present)
    entering = _difference(reasoner, after, before)
    leaving = _difference(reasoner, before, after)
    return ScopeComparison(
        _VERDICTS[entering.verdict, leaving.verdict],
        entering.witness,
        leaving.witness,
        entering.verdict,
        leaving.verdict,
        _proof(entering, leaving),
        tuple(dict.fromkeys((*entering.beyond, *leaving.beyond))),
        tuple(filter(None, (entering.note, leaving.note))),
        budget.steps,
    )


_VERDICTS: dict[tuple[bool | None, bool | None], Verdict] = {
    (True, True): "different",
    (True, False): "wider",
    (False, True): "narrower",
    (False, False): "equivalent",
    (True, None): "unknown",
    (None, True): "unknown",
    (False, None): "unknown",
    (None, False): "unknown",
    (None, None): "unknown",
}


class _Direction(NamedTuple):
    """Whether a user changes sides in one direction."""

    verdict: bool | None
    witness: Witness | None = None
    beyond: tuple[str, ...] = ()
    note: str = ""


def _difference(reasoner: Reasoner, admitting: Filter, refusing: Filter) -> _Direction:
    """A user whom one filter admits and the other does not."""
    try:
        found = _seek(reasoner, admitting, refusing, ordinary=True)
        if found.wanted is not None:
            return _Direction(True, reasoner.user(found.wanted, ordinary=True))
        if found.verdict is None:
            return _Direction(None, None, found.beyond)
    except OutOfSteps:
        limit = counted(reasoner.budget.limit, "step")
        return _Direction(None, None, (f"the limit of {limit} is reached",))
    try:
        odd = _seek(reasoner, admitting, refusing, ordinary=False)
    except OutOfSteps:
        return _Direction(False)
    if odd.wanted is None:
        return _Direction(False)
    return _Direction(
        False, note=f"but for values with control characters: {reasoner.user(odd.wanted)}"
    )


def _seek(reasoner: Reasoner, admitting: Filter, refusing: Filter, *, ordinary: bool) -> Sought:
    unknown: list[str] = []
    for chosen in admitting.alternatives():
        passing = [clause for group in chosen for clause in group.clauses]
        for groups in refusing.sets:
            found = reasoner.seek(passing, excluded=groups, ordinary=ordinary)
            if found.verdict:
                return found
            unknown += found.beyond
    return Sought(None, None, tuple(dict.fromkeys(unknown))) if unknown else Sought(False)


def _proof(entering: _Direction, leaving: _Direction) -> str:
    parts = []
    if entering.verdict is False:
        parts.append("no user passes the new filter who did not pass the old one")
    if leaving.verdict is False:
        parts.append("no user passed the old filter who does not pass the new one")
    return "; ".join(parts)

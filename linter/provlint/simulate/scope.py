"""Whether a user passes the scoping filters, and why.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

from provlint.model.tree import Scope
from provlint.semantics.filter_clauses import groups_of
from provlint.simulate import readings
from provlint.simulate.clause import Choices, ClauseTest, conjunction, disjunction
from provlint.simulate.clause_memory import ClauseMemory
from provlint.simulate.clause_words import written
from provlint.simulate.readings import DEFAULTS, READINGS
from provlint.simulate.scope_results import (
    WORDS,
    Alternative,
    ClauseResult,
    NullPolicy,
    Outcome,
    Result,
    ScopeDecision,
)
from provlint.wording import counted
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.scoping_filter.graph import ShapeError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = [
    "Alternative",
    "ClauseResult",
    "NullPolicy",
    "ScopeDecision",
    "ScopeFilter",
    "in_scope",
]

COMBINATIONS = 64
"""Readings are combined so many times at most when no single one changes the outcome."""

INPUT_SET = "inputFilterGroups"


class FilterGroup(NamedTuple):
    """A group of clauses, ready to run; see `provlint.semantics.filter_clauses.PlainGroup`."""

    filter_set: str
    number: int
    title: str
    tests: tuple[ClauseTest, ...]


class ScopeFilter:
    """The three filter sets of an object mapping, made ready to run on many users.

    Attributes:
        groups: The groups of all sets, in file order.
        attributes: The source attributes that the clauses ask for, each once.
        problem: Why the value is no scoping filter at all; empty where it is one.
    """

    __slots__ = ("_memory", "_sets", "attributes", "groups", "problem")

    def __init__(self, scope: Scope | Mapping[str, object] | None) -> None:
        self.problem = ""
        found: list[FilterGroup] = []
        try:
            for filter_set, number, title, clauses in groups_of(scope):
                tests = tuple(ClauseTest(*clause) for clause in clauses)
                found.append(FilterGroup(filter_set, number, title, tests))
        except ShapeError as error:
            self.problem = str(error)
        self.groups = tuple(found)
        self._memory = ClauseMemory()
        self._sets = tuple(dict.fromkeys(group.filter_set for group in found))
        self.attributes = tuple(
            dict.fromkeys(test.attribute for group in found for test in group.tests)
        )

    @property
    def invalid_reasons(self) -> tuple[str, ...]:
        """What is wrong with clauses, whoever the user is."""
        defects = (test.defect for group in self.groups for test in group.tests)
        return (*filter(None, (self.problem,)), *dict.fromkeys(filter(None, defects)))

    def decide(
        self,
        user: Mapping[str, object],
        *,
        null_policy: NullPolicy = "documented",
        input_null_policy: NullPolicy | None = None,
        missing: Collection[str] = (),
        types: Mapping[str, str] | None = None,
        unmapped: Collection[str] = (),
        several_values: Literal["any", "all"] = "any",
    ) -> ScopeDecision:
        """Decide for one user; see `in_scope` for the parameters."""
        if self.problem:
            reason = f"the filter is invalid: {self.problem}"
            return ScopeDecision(None, (), (), "invalid-filter", reason)
        options = {
            **DEFAULTS,
            readings.NULL: null_policy,
            readings.INPUT_NULL: input_null_policy or null_policy,
            readings.SEVERAL_VALUES: several_values,
        }
        case = _Case(self.groups, self._sets, self._memory, user, missing, types or {}, unmapped)
        choices = Choices(options)
        taken = case.run(choices)
        others = _others(case, options, choices.met, taken)
        clauses = _clause_results(case, taken, others)
        flips = [other for other in others if other[1].outcome != taken.outcome]
        if not flips:
            flips = _combined(case, options, choices.met, taken)
        alternatives = _alternatives(choices.met, options, taken, flips)
        contested = tuple(
            dict.fromkeys(READINGS[key].name for changes, _ in flips for key, _ in changes)
        )
        absent = tuple(name for name in self.attributes if name in missing)
        return ScopeDecision(
            taken.in_scope,
            clauses,
            contested,
            taken.outcome,
            _reason(self, taken, clauses, absent),
            alternatives,
            taken.failed_set,
            absent,
        )


class _Run(NamedTuple):
    """One pass over all clauses with one way to read them."""

    outcome: Outcome
    in_scope: bool | None
    failed_set: str
    results: tuple[tuple[Result, ...], ...]


Changes = tuple[tuple[str, str], ...]


class _Case:
    """A filter and a user."""

    __slots__ = ("groups", "memory", "missing", "sets", "types", "unmapped", "user")

    def __init__(
        self,
        groups: tuple[FilterGroup, ...],
        sets: tuple[str, ...],
        memory: ClauseMemory,
        user: Mapping[str, object],
        missing: Collection[str],
        types: Mapping[str, str],
        unmapped: Collection[str],
    ) -> None:
        self.groups = groups
        self.sets = sets
        self.memory = memory
        self.user = user
        self.missing = missing
        self.types = types
        self.unmapped = unmapped

    def run(self, choices: Choices) -> _Run:
        results: list[tuple[Result, ...]] = []
        passed: dict[str, list[bool | None]] = {name: [] for name in self.sets}
        invalid = False
        for group in self.groups:
            found = tuple(self._clause(group, test, choices) for test in group.tests)
            results.append(found)
            invalid = invalid or "invalid" in found
            if group.tests:
                verdict = conjunction([_TRUTH[result] for result in found])
            else:
                verdict = choices[readings.EMPTY_GROUP] == "everybody"
            passed[group.filter_set].append(verdict)
        if invalid:
            return _Run("invalid-filter", None, "", tuple(results))
        verdicts = {name: disjunction(passed[name]) for name in self.sets}
        in_scope = conjunction(list(verdicts.values()))
        failed = next((name for name, verdict in verdicts.items() if verdict is in_scope), "")
        outcome: Outcome = _OUTCOME[in_scope]
        return _Run(outcome, in_scope, "" if in_scope else failed, tuple(results))

    def _clause(self, group: FilterGroup, test: ClauseTest, choices: Choices) -> Result:
        if test.defect:
            return "invalid" if choices[readings.INVALID] == "fails" else "false"
        if test.attribute in self.missing:
            return "unknown"
        null_key = readings.INPUT_NULL if group.filter_set == INPUT_SET else readings.NULL
        value = self.user.get(test.attribute)
        if test.attribute in self.unmapped and value is not None:
            value = value if choices[readings.UNMAPPED] == "read" else None
        type_name = self.types.get(test.attribute)
        result = self.memory.run(test, value, type_name, choices, null_key)
        return "unknown" if result is None else ("true" if result else "false")


_TRUTH: dict[Result, bool | None] = {"true": True, "false": False, "unknown": None, "invalid": None}
_OUTCOME: dict[bool | None, Outcome] = {True: "in-scope", False: "out-of-scope", None: "unknown"}


def _options(key: str, taken: str) -> list[tuple[str, str]]:
    return [(key, option.word) for option in READINGS[key].options if option.word != taken]


def _others(
    case: _Case, options: Mapping[str, str], met: Collection[str], taken: _Run
) -> list[tuple[Changes, _Run]]:
    """The runs with one reading changed that differ from the one taken in some clause."""
    found: list[tuple[Changes, _Run]] = []
    for key in met:
        for change in _options(key, options[key]):
            run = case.run(Choices({**options, key: change[1]}))
            if run != taken:
                found.append(((change,), run))
    return found


def _combined(
    case: _Case, options: Mapping[str, str], met: Collection[str], taken: _Run
) -> list[tuple[Changes, _Run]]:
    """The least sets of several readings that change the outcome together."""
    tried = 0
    for size in range(2, len(met) + 1):
        found: list[tuple[Changes, _Run]] = []
        for keys in combinations(met, size):
            for changes in product(*(_options(key, options[key]) for key in keys)):
                tried += 1
                if tried > COMBINATIONS:
                    return found
                run = case.run(Choices({**options, **dict(changes)}))
                if run.outcome != taken.outcome:
                    found.append((changes, run))
        if found:
            return found
    return []


def _clause_results(
    case: _Case, taken: _Run, others: list[tuple[Changes, _Run]]
) -> tuple[ClauseResult, ...]:
    found: list[ClauseResult] = []
    for at, group in enumerate(case.groups):
        for index, test in enumerate(group.tests):
            result = taken.results[at][index]
            contested = dict.fromkeys(
                READINGS[key].name
                for changes, run in others
                for key, _ in changes
                if run.results[at][index] != result
            )
            found.append(
                ClauseResult(
                    group.filter_set,
                    group.number,
                    group.title,
                    test.attribute,
                    test.spelling,
                    written(test.values),
                    result,
                    case.memory.reason(test, case.user, test.attribute in case.missing, result),
                    tuple(contested),
                )
            )
    return tuple(found)


def _alternatives(
    met: Collection[str],
    options: Mapping[str, str],
    taken: _Run,
    flips: list[tuple[Changes, _Run]],
) -> tuple[Alternative, ...]:
    if not flips:
        return ()
    keys = dict.fromkeys(key for changes, _ in flips for key, _ in changes)
    own = "; ".join(dict.fromkeys(READINGS[key].meaning(options[key]) for key in keys))
    found = [Alternative((), taken.in_scope, taken.outcome, f"{WORDS[taken.outcome]}: {own}")]
    for changes, run in flips:
        names = tuple(dict.fromkeys(READINGS[key].name for key, _ in changes))
        meaning = "; ".join(dict.fromkeys(READINGS[key].meaning(word) for key, word in changes))
        found.append(
            Alternative(names, run.in_scope, run.outcome, f"{WORDS[run.outcome]}: {meaning}")
        )
    return tuple(dict.fromkeys(found))


def _reason(
    scope: ScopeFilter, taken: _Run, clauses: tuple[ClauseResult, ...], absent: tuple[str, ...]
) -> str:
    if taken.outcome == "invalid-filter":
        return f"the filter is invalid: {'; '.join(scope.invalid_reasons)}"
    if taken.outcome == "unknown":
        if absent:
            names = ", ".join(f"`{name}`" for name in absent)
            return f"not in your export, so the filter cannot be decided: {names}"
        undecided = next(clause for clause in clauses if clause.result == "unknown")
        return f"`{undecided.text}` cannot be decided: {undecided.reason}"
    if taken.outcome == "in-scope":
        if taken.results:
            return "a group of every filter set passes"
        return "no filter: everybody passes"
    failing = [clause for clause in clauses if clause.filter_set == taken.failed_set]
    first = next((clause for clause in failing if clause.result == "false"), None)
    if first is None:
        return f"no group of `{taken.failed_set}` passes"
    groups = {clause.group for clause in failing}
    others = counted(len(groups) - 1, "more group", "more groups")
    also = f"; {others} {'fails' if len(groups) == 2 else 'fail'}" if len(groups) > 1 else ""
    return f"`{first.text}` is false: {first.reason}{also}"


def in_scope(
    scope: Scope | Mapping[str, object] | None,
    user: Mapping[str, object],
    *,
    null_policy: NullPolicy = "documented",
    input_null_policy: NullPolicy | None = None,
    missing: Collection[str] = (),
    types: Mapping[str, str] | None = None,
    unmapped: Collection[str] = (),
    several_values: Literal["any", "all"] = "any",
) -> ScopeDecision:
    """Decide whether a user passes the scoping filters.

    Clauses of a group are joined by AND, groups of a set by OR, the three sets by AND. Only the
    filters are asked: assignment, role and account state are `provlint.simulate.entitlement`.

    Args:
        scope: The `scope` of an object mapping, as Microsoft Graph has it or as
            `provlint.model` read it; None where there is none.
        user: Values by provisioning name: None, text, Boolean, integer, or a list of them. A name
            that is not there is empty.
        null_policy: Whether negative operators are false (`documented`) or true (`negatives-true`)
            on an empty attribute.
        input_null_policy: The same for `inputFilterGroups`; as `null_policy` where it is left out.
            Microsoft's own filters in AD to Entra ID rules need `negatives-true`.
        missing: Attributes that the export of the users does not have, which is not to be empty:
            clauses on them are `unknown`.
        types: Attribute types by name, as the schema declares them.
        unmapped: Attributes that the service may leave unread, as no mapping uses them.
        several_values: Whether one of several values in a clause is enough, or all must hold.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-filter
    """
    ready = _ready(scope) if isinstance(scope, Scope) else ScopeFilter(scope)
    return ready.decide(
        user,
        null_policy=null_policy,
        input_null_policy=input_null_policy,
        missing=missing,
        types=types,
        unmapped=unmapped,
        several_values=several_values,
    )


@lru_cache(maxsize=64)
def _ready(scope: Scope) -> ScopeFilter:
    return ScopeFilter(scope)

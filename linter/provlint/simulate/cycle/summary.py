"""What a simulation of many users gives: verdicts, counts, and rows."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from provlint.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from provlint.simulate.entitlement import ScopeStep
    from provlint.simulate.outcome import UserOutcome
    from provlint.simulate.scope import ClauseResult


class Verdict(NamedTuple):
    """What happens to a user, without anything that is the user's own.

    Attributes:
        action: As in `provlint.simulate.action`.
        code: Microsoft's code, where one is documented.
        step: The step that decided.
        reason: Why, in words that fit every user with this verdict.
        in_scope: Whether in scope; None where it cannot be told or was not asked.
        why: Which test of the scope step decided against the user.
        hits: What matching found; empty where it was not reached.
        matched_on: The target attribute that matched.
        linked: Whether a target user belongs to the user.
        row: Row of the action table.
        contested: Names of the open readings that the outcome rests on.
        assumptions: What was taken for granted.
    """

    action: str
    code: str | None
    step: str
    reason: str
    in_scope: bool | None
    why: str
    hits: str
    matched_on: str | None
    linked: bool
    row: str
    contested: tuple[str, ...]
    assumptions: tuple[str, ...]


class Row(NamedTuple):
    """One user of the simulation.

    Attributes:
        user: The `userPrincipalName`, or another name of the user.
        object_id: The id in the source; empty where the export has none.
        target_id: The id of the target user that is linked, or would be.
        verdict: What happens.
    """

    user: str
    object_id: str
    target_id: str | None
    verdict: Verdict


class Shared(NamedTuple):
    """Matching values that are not unique.

    Attributes:
        attribute: The target attribute.
        values: Number of values that several have.
        users: Number of users that have one of them.
    """

    attribute: str
    values: int
    users: int


class Summary(NamedTuple):
    """All that is told before any row.

    Attributes:
        counts: Number of users by verdict.
        shared_in_source: Matching values that several source users have.
        left_out: Records of the users' files that could not be read.
        delete_threshold: Deletions of a cycle above which the job stops; None where not given.
        notes: On the files: names, missing columns, omissions.
        missing: Attributes that the configuration reads and the export does not have.
        engine: `reference` or `columns`.
    """

    counts: Mapping[Verdict, int]
    shared_in_source: tuple[Shared, ...] = ()
    left_out: int = 0
    delete_threshold: int | None = None
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    engine: str = "reference"

    def counted(self, fits: Callable[[Verdict], bool]) -> int:
        """How many users have a verdict that fits."""
        return sum(count for verdict, count in self.counts.items() if fits(verdict))

    @property
    def counters(self) -> dict[str, int]:
        """The published counters, in order."""
        found = {name: self.counted(fits) for name, fits in COUNTERS.items()}
        found["left_out"] = self.left_out
        return found

    def reasons(self, *actions: str) -> list[tuple[str, str, str | None, int]]:
        """Action, reason, code and number of users, the most frequent first."""
        found: Counter[tuple[str, str, str | None]] = Counter()
        for verdict, count in self.counts.items():
            if not actions or verdict.action in actions:
                found[verdict.action, verdict.reason, verdict.code] += count
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0][:2]))
        return [(*key, count) for key, count in ranked]

    def steps(self) -> dict[str, dict[str, int]]:
        """Number of users by the step that decided and the action."""
        found: dict[str, dict[str, int]] = {}
        for verdict, count in self.counts.items():
            actions = found.setdefault(verdict.step, {})
            actions[verdict.action] = actions.get(verdict.action, 0) + count
        order = ("test connection", "import", "scope", "match", "action")
        return {step: dict(sorted(found[step].items())) for step in order if step in found}

    def readings(self) -> list[tuple[str, int]]:
        """Open readings, with the users whose outcome rests on them; the most frequent first."""
        found: Counter[str] = Counter()
        for verdict, count in self.counts.items():
            for name in verdict.contested:
                found[name] += count
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))

    def assumptions(self) -> list[tuple[str, int]]:
        """What was taken for granted, and for how many users; the most frequent first."""
        found: Counter[str] = Counter()
        for verdict, count in self.counts.items():
            for text in verdict.assumptions:
                found[text] += count
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _acts(*actions: str) -> Callable[[Verdict], bool]:
    return lambda verdict: verdict.action in actions


COUNTERS: Mapping[str, Callable[[Verdict], bool]] = {
    "users": lambda verdict: True,
    "in_scope": lambda verdict: verdict.in_scope is True,
    "out_of_scope": lambda verdict: verdict.in_scope is False,
    "undecided": _acts("unknown"),
    "created": _acts("create"),
    "updated": _acts("update"),
    "created_or_updated": _acts("create-or-update"),
    "disabled": _acts("disable"),
    "deleted": _acts("delete"),
    "staged_deletes": _acts("staged-delete"),
    "deletions": _acts("disable", "delete", "staged-delete"),
    "unchanged": lambda verdict: verdict.code == "RedundantExport",
    "skipped": _acts("skip"),
    "untouched": _acts("none"),
    "failed": _acts("fail"),
    "import_skipped": lambda verdict: verdict.code == "ImportSkipped",
    "duplicates_in_source": lambda verdict: verdict.hits == "source-duplicates",
    "duplicates_in_target": lambda verdict: verdict.hits == "several",
    "contested": lambda verdict: bool(verdict.contested),
}
"""The published counters of users; `left_out` counts records beside them."""

SHOWN: Mapping[str, Callable[[Verdict], bool]] = {
    "all": COUNTERS["users"],
    "in-scope": COUNTERS["in_scope"],
    "out-of-scope": COUNTERS["out_of_scope"],
    "undecided": COUNTERS["undecided"],
    "failed": COUNTERS["failed"],
    "create": _acts("create", "create-or-update"),
    "update": _acts("update"),
    "disable": _acts("disable", "delete", "staged-delete"),
    "skip": _acts("skip", "none"),
    "duplicates": lambda verdict: verdict.hits in ("several", "source-duplicates"),
    "contested": COUNTERS["contested"],
}
"""What rows may be asked for."""


def verdict_of(outcome: UserOutcome, empty: frozenset[str] = frozenset()) -> Verdict:
    """The verdict in an outcome.

    Args:
        outcome: Of the reference path.
        empty: Attributes of the scoping filter that the user has no value for.
    """
    scope, match = outcome.scope, outcome.match
    step, reason = _reason(outcome, empty)
    contested, hits = outcome.contested, "" if match is None else match.hits
    if scope is not None and outcome.row in _UNTOUCHED:
        # Whom matching would find does not matter to them.
        contested, hits = scope.contested, ""
    return Verdict(
        outcome.action,
        outcome.code,
        step,
        reason,
        None if scope is None else scope.in_scope,
        "" if scope is None else scope.why,
        hits,
        outcome.matched_on if hits else None,
        outcome.target_id is not None,
        outcome.row,
        contested,
        tuple(dict.fromkeys(map(without_own_values, outcome.assumptions))),
    )


def without_own_values(assumption: str) -> str:
    """An assumption in words that fit every user."""
    return _OWN.sub(r"\1: what it refers to", assumption)


_OWN = re.compile(r"(is left out|is written later): `.*?`(?= (?:is|was|has) )", re.DOTALL)
"""The part of an assumption that names a user's own value."""


_SCOPE_ROWS = ("0", "8", "9", "13", "13a", "14", "15", "15a", "15b", "16", "16a", "17", "20")
_UNTOUCHED = ("8", "9")
_MATCH_HITS = ("several", "source-duplicates", "refused", "gone")


def _reason(outcome: UserOutcome, empty: frozenset[str]) -> tuple[str, str]:
    """The step that decided, and why."""
    scope = outcome.scope
    if scope is None:
        step = next((s for s in outcome.steps if s.status in ("failure", "skipped")), None)
        if outcome.code == "ImportSkipped":
            return "import", "no matching attribute has a value"
        return (step.name if step is not None else "import"), outcome.reason
    if scope.in_scope is not True and outcome.row in ("", "0", *_SCOPE_ROWS):
        return "scope", scope_reason(scope, empty)
    if outcome.match is not None and outcome.match.hits in _MATCH_HITS:
        return "match", outcome.reason.partition(":")[0]
    if outcome.action == "fail" and outcome.row != "3":
        return "action", outcome.reason.partition(": ")[0]
    return "action", outcome.reason


def scope_reason(scope: ScopeStep, empty: frozenset[str]) -> str:
    """Why a user is in scope or not, without the user's own values."""
    decision = scope.decision
    if decision is None or scope.why not in ("filter", "input-filter", "unknown"):
        return scope.reason
    if scope.why == "unknown":
        clause = next((each for each in decision.clauses if each.result == "unknown"), None)
        if decision.missing or clause is None:
            return decision.reason
        return f"`{clause.text}` cannot be decided"
    failing = [clause for clause in decision.clauses if clause.filter_set == decision.failed_set]
    first = next((clause for clause in failing if clause.result == "false"), None)
    if first is None:
        return f"no group of `{decision.failed_set}` passes"
    groups = len({clause.group for clause in failing})
    others = counted(groups - 1, "more group fails", "more groups fail")
    also = f", and {others}" if groups > 1 else ""
    return f"`{first.text}` is false{_on_empty(first, empty)}{also}"


def _on_empty(clause: ClauseResult, empty: frozenset[str]) -> str:
    return f", `{clause.attribute}` being empty" if clause.attribute in empty else ""


def total(verdicts: Iterable[tuple[Verdict, int]]) -> dict[Verdict, int]:
    """Numbers of users by verdict, the most frequent first."""
    found: Counter[Verdict] = Counter()
    for verdict, count in verdicts:
        found[verdict] += count
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0].action, item[0].reason)))


def chosen(rows: Iterable[Row], shown: str, limit: int | None) -> Iterator[Row]:
    """The rows that were asked for."""
    fits = SHOWN[shown]
    left = limit
    for row in rows:
        if left == 0:
            return
        if fits(row.verdict):
            yield row
            if left is not None:
                left -= 1

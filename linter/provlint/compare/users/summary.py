"""What a comparison of many users gives: verdicts, counts, frequent values, and rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from provlint.compare.users.verdict import REMOVALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from provlint.compare.users.references import LostReferences
    from provlint.compare.users.verdict import PairVerdict, ValueChange
    from provlint.simulate.cycle.summary import Shared

PAIRS = 10
"""Pairs of old and new value that are kept for each attribute: the most frequent ones."""


class PairRow(NamedTuple):
    """One user of the comparison.

    Attributes:
        user: The `userPrincipalName`, or another name of the user.
        object_id: The id in the source; empty where the export has none.
        verdict: What happens.
        values: What is written otherwise.
    """

    user: str
    object_id: str
    verdict: PairVerdict
    values: tuple[ValueChange, ...] = ()


class ValuePairs(NamedTuple):
    """How one target attribute is written otherwise.

    Attributes:
        attribute: The target attribute.
        users: Number of users whose value changes.
        distinct: Number of different pairs of old and new value.
        frequent: The most frequent pairs, each with its users.
    """

    attribute: str
    users: int
    distinct: int
    frequent: tuple[tuple[ValueChange, int], ...]


class PairSummary(NamedTuple):
    """All that is told before any row.

    Attributes:
        counts: Number of users by verdict.
        values: Attributes that are written otherwise, that of the most users first.
        shared_old: Matching values that several users have, under the old configuration.
        shared_new: The same under the new one.
        references: References of users in scope to users who leave it.
        left_out: Records of the users' files that could not be read.
        delete_threshold: Deletions of a cycle above which the job stops; None where not given.
        notes: On the files: names, missing columns, omissions.
        missing: Attributes that a configuration reads and the export does not have.
        managed_by: How it is known who has an account: `links`, `target` or `scope`.
        target: What the target is called.
    """

    counts: Mapping[PairVerdict, int]
    values: tuple[ValuePairs, ...] = ()
    shared_old: tuple[Shared, ...] = ()
    shared_new: tuple[Shared, ...] = ()
    references: tuple[LostReferences, ...] = ()
    left_out: int = 0
    delete_threshold: int | None = None
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    managed_by: str = "scope"
    target: str = ""

    def counted(self, fits: Callable[[PairVerdict], bool]) -> int:
        """How many users have a verdict that fits."""
        return sum(count for verdict, count in self.counts.items() if fits(verdict))

    @property
    def counters(self) -> dict[str, int]:
        """The published counters, in order."""
        found = {name: self.counted(fits) for name, fits in COUNTERS.items()}
        found["left_out"] = self.left_out
        return found

    def reasons(self, fits: Callable[[PairVerdict], bool], of: str) -> list[tuple[str, str, int]]:
        """Action, reason and number of the users that fit, the most frequent first.

        Args:
            fits: Which users.
            of: `movement` for why they move, `failure` for why they fail now, `action` for what is
                done with them.
        """
        found: Counter[tuple[str, str]] = Counter()
        for verdict, count in self.counts.items():
            if fits(verdict):
                why = verdict.because if of == "movement" else verdict.new.reason
                found[verdict.new.action, why] += count
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [(*key, count) for key, count in ranked]

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
            for text in dict.fromkeys((*verdict.old.assumptions, *verdict.new.assumptions)):
                if text not in OWN_ASSUMPTIONS and not text.endswith(LATER):
                    found[text] += count
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))


LATER = "refers to another object; it is written in a later step"

OWN_ASSUMPTIONS = frozenset(
    {
        "no target users given: nothing can be matched or compared",
        "the target user is not given: every value is taken as different",
        "linked, so the user counts as in scope until now",
    }
)
"""What the comparison takes for granted in other words, by `managed_by`."""


def _moves(movement: str) -> Callable[[PairVerdict], bool]:
    return lambda verdict: verdict.movement == movement


def _marked(mark: str) -> Callable[[PairVerdict], bool]:
    return lambda verdict: mark in verdict.marks


def _leaves_by(*actions: str) -> Callable[[PairVerdict], bool]:
    return lambda verdict: verdict.movement == "leaving" and verdict.new.action in actions


def _enters_by(*actions: str) -> Callable[[PairVerdict], bool]:
    return lambda verdict: verdict.movement == "entering" and verdict.new.action in actions


COUNTERS: Mapping[str, Callable[[PairVerdict], bool]] = {
    "users": lambda verdict: True,
    "in_scope_before": lambda verdict: verdict.before is True,
    "in_scope_after": lambda verdict: verdict.after is True,
    "entering": _moves("entering"),
    "leaving": _moves("leaving"),
    "staying": _moves("staying"),
    "outside": _moves("outside"),
    "undecided": _moves("undecided"),
    "may_enter": lambda v: v.before is not True and v.after is None and not v.fails,
    "may_leave": lambda v: v.before is True and v.after is None and not v.fails,
    "disabled": lambda v: "deactivated" in v.marks and v.new.action in ("disable", "update"),
    "disabled_leaving": _leaves_by("disable"),
    "disabled_in_scope": lambda v: "deactivated" in v.marks and v.movement == "staying",
    "deleted": _leaves_by("delete"),
    "staged_deletes": _leaves_by("staged-delete"),
    "deletions": _leaves_by(*REMOVALS),
    "leaving_untouched": lambda v: (
        v.movement == "leaving" and v.managed and v.new.action not in REMOVALS
    ),
    "leaving_unmanaged": lambda v: v.movement == "leaving" and not v.managed,
    "created": _enters_by("create"),
    "linked": _enters_by("update"),
    "created_or_linked": _enters_by("create-or-update"),
    "matching_changed": _marked("identifier changed"),
    "values_changed": lambda verdict: bool(verdict.changed),
    "renamed": _marked("renamed"),
    "entitlements_changed": _marked("entitlement changed"),
    "activated": _marked("activated"),
    "deactivated": _marked("deactivated"),
    "new_failures": lambda verdict: verdict.fails and not verdict.failed,
    "still_failing": lambda verdict: verdict.fails and verdict.failed,
    "repaired": lambda verdict: verdict.failed and not verdict.fails,
    "managed": lambda verdict: verdict.managed,
    "contested": lambda verdict: bool(verdict.contested),
}
"""The published counters of users; `left_out` counts records beside them."""

BASE = "in_scope_before"
"""What shares of `--fail-if` are shares of."""

SHOWN: Mapping[str, Callable[[PairVerdict], bool]] = {
    "all": COUNTERS["users"],
    "affected": lambda v: (
        v.movement in ("entering", "leaving", "undecided") or bool(v.changed or v.marks) or v.fails
    ),
    "leaving": COUNTERS["leaving"],
    "entering": COUNTERS["entering"],
    "undecided": COUNTERS["undecided"],
    "deactivated": COUNTERS["deactivated"],
    "matching": COUNTERS["matching_changed"],
    "changed": COUNTERS["values_changed"],
    "failing": lambda verdict: verdict.fails,
    "new-failures": COUNTERS["new_failures"],
    "repaired": COUNTERS["repaired"],
    "contested": COUNTERS["contested"],
}
"""What rows may be asked for."""


def total(verdicts: Iterable[tuple[PairVerdict, int]]) -> dict[PairVerdict, int]:
    """Numbers of users by verdict, the most frequent first."""
    found: Counter[PairVerdict] = Counter()
    for verdict, count in verdicts:
        found[verdict] += count
    order = sorted(found.items(), key=lambda i: (-i[1], i[0].movement, i[0].new.action, repr(i[0])))
    return dict(order)


def ranked(counts: Mapping[str, Mapping[ValueChange, int]]) -> tuple[ValuePairs, ...]:
    """The attributes that are written otherwise, that of the most users first.

    Args:
        counts: Users by attribute and change, in the order in which they were met: of changes that
            as many users have, the first comes first.
    """
    found = []
    for attribute, pairs in counts.items():
        order = sorted(pairs.items(), key=lambda item: -item[1])
        found.append(ValuePairs(attribute, sum(pairs.values()), len(pairs), tuple(order[:PAIRS])))
    return tuple(sorted(found, key=lambda each: (-each.users, each.attribute)))

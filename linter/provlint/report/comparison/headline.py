"""The verdict on a change: what it does to people, the gravest first."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from provlint.compare.configuration.changes import WEIGHTS, Weight
from provlint.simulate.cycle.quarantine import deletions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provlint.compare.configuration.changes import Change
    from provlint.compare.users.summary import PairSummary
    from provlint.report.comparison.result import Compared


class Fact(NamedTuple):
    """One thing that a change does.

    Attributes:
        weight: How grave it is.
        text: In words, without a full stop.
    """

    weight: Weight
    text: str


NOTHING = Fact("note", "nothing changes for anybody: only layout, order or spelling differ")
NOBODY = Fact("note", "nobody is affected")
HARMLESS = Fact("note", "no change disables, duplicates or rewrites anything")

UNSEEN: Mapping[str, str] = MappingProxyType(
    {
        "rule-removed": "people would not be provisioned or disabled any more",
        "containers-changed": "people may leave scope and be disabled",
        "object-mapping-removed": "people would not be provisioned or disabled any more",
        "object-mapping-disabled": "people would not be provisioned or disabled any more",
        "action-switched-off": "people who leave would keep their accounts",
        "filter-narrower": "people would leave scope and be {leave}",
        "filter-different": "people would leave scope and be {leave}",
        "filter-undecided": "people may leave scope and be {leave}: it is not proved",
        "filter-invalid": "nobody would be provisioned, updated or disabled any more",
        "matching-added": "people may get a second account",
        "matching-removed": "people may get a second account",
        "matching-value-changed": "people may get a second account",
        "matching-order-changed": "people may be linked to another account",
        "deprovisioning-removed": "people who leave would keep their accounts",
        "deprovisioning-inverted": "everybody in scope would be disabled",
        "mapping-removed": "nobody could be created any more",
        "mapping-changed": "people would fail, as a mapping cannot be evaluated",
        "definition-changed": "people who leave would be deleted instead of disabled",
        "sync-all-changed": "people would come into scope or leave it",
        "skip-flag-changed": "people who leave scope would lose their accounts",
        "delete-threshold-changed": "nothing would stop a cycle that disables very many people",
        "address-changed": "another system would be written to",
    }
)
"""Kind of a dangerous change to what it does to people, where nobody counted them."""


def facts(compared: Compared) -> list[Fact]:
    """What a change does, the gravest first; never empty."""
    if compared.users is not None:
        found = list(_counted(compared.users.summary))
        found += _not_counted(compared, counted=True)
        return _ranked(found) or [NOBODY if compared.changes else NOTHING]
    if compared.status == "added":
        return [Fact("note", "the file is new: nothing to compare it with")]
    if compared.status == "removed":
        return [Fact("note", "the file is gone: the configuration in Entra ID stays as it is")]
    if not compared.changes:
        return [NOTHING]
    return _ranked(_not_counted(compared, counted=False)) or [HARMLESS]


def _ranked(found: list[Fact]) -> list[Fact]:
    unique = list(dict.fromkeys(found))
    return sorted(unique, key=lambda fact: WEIGHTS.index(fact.weight))


def _counted(summary: PairSummary) -> Iterator[Fact]:
    counters = summary.counters
    before = counters["in_scope_before"]
    removed, threshold = counters["deletions"], summary.delete_threshold
    if counters["deactivated"]:
        words = _removal(counters)
        count = counters["deactivated"]
        share = f" ({_share(count, before)} of the {before:,} in scope now)" if before else ""
        yield Fact("danger", f"{people(count)} would be {words}{share}")
        if counters["disabled_in_scope"]:
            stay = people(counters["disabled_in_scope"])
            yield Fact(
                "danger", f"{stay} of these would stay in scope: a written value disables them"
            )
        if deletions(removed, threshold).action != "proceed":
            yield Fact(
                "danger",
                f"more than the delete threshold of {threshold:,}: the job would hold all of them"
                " back and stop until an administrator allows them",
            )
    for name, weight, text in _FACTS:
        if counters[name]:
            yield Fact(weight, f"{people(counters[name])} {text}")


_FACTS: tuple[tuple[str, Weight, str], ...] = (
    ("may_leave", "danger", "may leave scope: it cannot be told"),
    ("new_failures", "danger", "would fail who did not"),
    ("matching_changed", "danger", "would be matched by another value: risk of duplicates"),
    ("leaving_untouched", "caution", "would leave scope and keep their accounts"),
    ("may_enter", "caution", "may come into scope: it cannot be told"),
    ("entering", "caution", "would come into scope"),
    ("entitlements_changed", "caution", "would get other roles or entitlements"),
    ("renamed", "caution", "would be renamed"),
    ("values_changed", "caution", "would get other values"),
    ("leaving_unmanaged", "note", "would leave scope who have no account yet"),
    ("repaired", "note", "would not fail any more"),
)
"""Counter to the weight and the words of what it counts."""


def _removal(counters: Mapping[str, int]) -> str:
    if counters["staged_deletes"]:
        return "disabled or deleted"
    if counters["deleted"] and counters["disabled"]:
        return f"disabled or deleted ({counters['disabled']:,} and {counters['deleted']:,})"
    return "deleted" if counters["deleted"] else "disabled"


def _share(part: int, whole: int) -> str:
    share = 100 * part / whole
    if 0 < share < 1:
        return "less than 1 %"
    # 100 % is said of everybody alone.
    return f"{min(round(share), 99) if part < whole else 100} %"


COUNTED = (
    "filter-wider", "filter-narrower", "filter-different", "filter-undecided", "matching-",
    "sync-all-", "deprovisioning-inverted",
)  # fmt: skip
"""Beginnings of kinds whose effect is told by the counts, where there are any."""


def _not_counted(compared: Compared, *, counted: bool) -> list[Fact]:
    """What the changes themselves say."""
    found = []
    for change in compared.changes:
        if change.weight == "danger" and not (counted and change.kind.startswith(COUNTED)):
            text = UNSEEN.get(change.kind, change.text)
            found.append(Fact("danger", text.format(leave=_leave(change))))
    if not found and not counted:
        cautions = [change for change in compared.changes if change.weight == "caution"]
        found += [Fact("caution", _caution(change)) for change in cautions]
    return found


def _leave(change: Change) -> str:
    return "deleted" if "deleted" in change.consequence else "disabled"


def _caution(change: Change) -> str:
    words = {
        "filter-wider": "people would come into scope, and nobody would leave it",
        "mapping-added": "other values would be written",
        "mapping-removed": "other values would be written",
        "mapping-changed": "other values would be written",
        "mapping-moved": "other values would be written",
        "flow-type-changed": "other values would be written",
    }
    return words.get(change.kind, change.text)


def people(count: int) -> str:
    """A number of people: "1 person", "4,012 people"."""
    return "1 person" if count == 1 else f"{count:,} people"


def gravest_of(configurations: list[list[Fact]]) -> Weight:
    """The weight of the gravest fact of several configurations."""
    weights = [fact.weight for found in configurations for fact in found]
    return min(weights, key=WEIGHTS.index, default="note")

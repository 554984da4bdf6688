"""What is told of a difference: one frozen type that feeds every format."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Weight = Literal["danger", "caution", "note"]
"""`danger`: people may lose or keep accounts against all intention, or get a second one. `caution`:
something else is written, or other people are. `note`: good to know."""

WEIGHTS: tuple[Weight, ...] = ("danger", "caution", "note")
"""The gravest first."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "rule-added": "a synchronization rule is new",
        "rule-removed": "a synchronization rule is gone",
        "rule-priority-changed": "a synchronization rule has another priority",
        "metadata-changed": "metadata of a rule or an object mapping changed",
        "rule-renamed": "a synchronization rule has another name",
        "direction-changed": "a rule has another source or target directory",
        "containers-changed": "cloud sync takes in other organizational units or groups",
        "object-mapping-added": "an object mapping is new",
        "object-mapping-removed": "an object mapping is gone",
        "object-mapping-enabled": "an object mapping is switched on",
        "object-mapping-disabled": "an object mapping is switched off",
        "object-mapping-renamed": "an object mapping has another name",
        "objects-changed": "an object mapping has another source or target object",
        "action-switched-on": "Create, Update or Delete is selected",
        "action-switched-off": "Create, Update or Delete is not selected any more",
        "filter-equivalent": "the filter is written otherwise and admits the same users",
        "filter-wider": "the filter admits users that the old one did not",
        "filter-narrower": "the filter leaves out users that the old one admitted",
        "filter-different": "the filter admits some users more and leaves out others",
        "filter-undecided": "the filter changed, and what that means is not proved",
        "filter-invalid": "the filter cannot be evaluated",
        "filter-repaired": "the filter could not be evaluated and can be now",
        "filter-titles": "a scoping group has another title",
        "matching-added": "a matching attribute is new",
        "matching-removed": "an attribute is not a matching attribute any more",
        "matching-value-changed": "a matching attribute gets another value",
        "matching-order-changed": "matching attributes are tried in another order",
        "deprovisioning-removed": "no mapping reads IsSoftDeleted any more",
        "deprovisioning-added": "a mapping reads IsSoftDeleted for the first time",
        "deprovisioning-inverted": "who is in scope gets the value of those who leave",
        "mapping-added": "an attribute mapping is new",
        "mapping-removed": "an attribute mapping is gone",
        "mapping-changed": "an attribute mapping gives another value",
        "mapping-moved": "the same value goes to another target attribute",
        "flow-type-changed": "an attribute mapping is applied at other times",
        "default-changed": "an attribute mapping has another default value",
        "flow-behavior-changed": "an attribute mapping has another flow behavior",
        "definition-added": "an attribute is added to a directory",
        "definition-removed": "an attribute is removed from a directory",
        "definition-changed": "an attribute of a directory is declared otherwise",
        "template-changed": "the job is of another template",
        "schedule-changed": "the job is started or paused",
        "delete-threshold-changed": "the job stops at another number of deletions",
        "setting-changed": "another setting of the job changed",
        "sync-all-changed": "all users are synchronized, or only those assigned",
        "skip-flag-changed": "SkipOutOfScopeDeletions changed",
        "address-changed": "the tenant URL changed",
        "secret-changed": "a secret was added or removed",
    }
)
"""Kind of a change to what it says. Published; names are never given again."""


class Place(NamedTuple):
    """What a change is about; empty where it is about more than that.

    Attributes:
        rule: Name of the synchronization rule.
        mapping: Name of the object mapping.
        attribute: The target attribute.
    """

    rule: str = ""
    mapping: str = ""
    attribute: str = ""


class Change(NamedTuple):
    """One difference.

    Attributes:
        kind: A key of `KINDS`.
        weight: How grave it is.
        place: What it is about.
        text: What was and what is.
        consequence: What that does to people; empty where nothing.
        advice: What to do, as an imperative; empty where nothing needs doing.
        old: What was, in the canonical spelling; None where there was nothing.
        new: What is; None where there is nothing.
        entering: Values of a user who passes the new filter and not the old one.
        leaving: Values of a user who passes the old filter and not the new one.
    """

    kind: str
    weight: Weight
    place: Place
    text: str
    consequence: str = ""
    advice: str = ""
    old: str | None = None
    new: str | None = None
    entering: Mapping[str, object] | None = None
    leaving: Mapping[str, object] | None = None


SHORT = 60
"""Characters of an expression that stands in a sentence; longer ones stand beside it."""


def named(name: str) -> str:
    """A name in back-ticks, on one line and never shortened."""
    line = " ".join(name.split()) or '""'
    return f"`{line}`" if "`" not in line else f"`` {line} ``"


def becomes(old: str, new: str, otherwise: str) -> str:
    """`old` and `new` in a sentence, or other words where one of them is too long for that."""
    if max(len(old), len(new)) > SHORT:
        return otherwise
    return f"{named(old)} becomes {named(new)}"


def gravest(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, the gravest first; those of one weight in the order of the configuration."""
    return tuple(sorted(changes, key=lambda change: WEIGHTS.index(change.weight)))

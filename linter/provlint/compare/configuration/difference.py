"""The difference of two configurations, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from provlint.compare.configuration.changes import Change, gravest
from provlint.compare.configuration.definitions import compare_definitions
from provlint.compare.configuration.filters import compare_filters
from provlint.compare.configuration.lifecycle import compare_lifecycle
from provlint.compare.configuration.mappings import compare_mappings
from provlint.compare.configuration.matching import compare_matching
from provlint.compare.configuration.pairing import (
    Pairs,
    pair,
    pair_object_mappings,
    pair_rules,
    pair_schemas,
)
from provlint.compare.configuration.rules import (
    compare_object_mapping,
    compare_object_mapping_lists,
    compare_rule,
    compare_rule_lists,
    place_of,
    rule_title,
)
from provlint.compare.configuration.settings import compare_jobs, compare_secrets
from provlint.compare.configuration.side import Side, SidePair
from provlint.simulate.object_mapping import facts_of
from provlint.simulate.plan import plan_of
from provlint.simulate.situation import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.model.secrets import Secrets
    from provlint.semantics.configuration import ConfigurationUnit, SchemaUnit
    from provlint.simulate.scope import NullPolicy

Thing = TypeVar("Thing")

OFF = "the object mapping is switched off: nothing happens before it is switched on"

INITIAL_CYCLE_KINDS = ("filter-", "mapping-", "matching-", "flow-", "default-", "deprovisioning-")
"""Beginnings of the kinds of changes after which everybody is looked at again.
https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works#initial-cycle"""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed.

    Attributes:
        changes: The gravest first.
        pairs: The object mappings that both configurations have.
    """

    changes: tuple[Change, ...]
    pairs: tuple[SidePair, ...]

    @property
    def starts_initial_cycle(self) -> bool:
        """Whether saving the change starts an initial cycle over everybody."""
        return any(
            change.kind.startswith(INITIAL_CYCLE_KINDS)
            and change.kind not in ("filter-titles", "filter-equivalent")
            for change in self.changes
        )


def compare_configurations(
    old: ConfigurationUnit,
    new: ConfigurationUnit,
    *,
    old_secrets: Secrets | None = None,
    new_secrets: Secrets | None = None,
    null_policy: NullPolicy = "documented",
) -> Difference:
    """What changed between two configurations, in an administrator's words.

    Args:
        old: The configuration before.
        new: The configuration after.
        old_secrets: The settings among the secrets before; None where they are not given.
        new_secrets: The same after.
        null_policy: What negative operators give on an empty attribute.
    """
    work = _Work(old_secrets, new_secrets, null_policy)
    schemas = pair_schemas(old, new)
    for before, after in schemas.both:
        work.schemas(before, after)
    for unit in schemas.removed:
        work.changes += compare_rule_lists(Pairs((), unit.rules, ()))
    for unit in schemas.added:
        work.changes += compare_rule_lists(Pairs((), (), unit.rules))
    for was, now in pair(old.document.jobs, new.document.jobs, (lambda job: job.id or "",)).both:
        work.changes += compare_jobs(was, now)
    work.changes += compare_secrets(old_secrets, new_secrets)
    return Difference(gravest(tuple(work.changes)), tuple(work.pairs))


class _Work:
    def __init__(
        self, old_secrets: Secrets | None, new_secrets: Secrets | None, null_policy: NullPolicy
    ) -> None:
        self.settings = (_settings(old_secrets), _settings(new_secrets))
        self.null_policy = null_policy
        self.changes: list[Change] = []
        self.pairs: list[SidePair] = []

    def schemas(self, old: SchemaUnit, new: SchemaUnit) -> None:
        """Compare two schemas."""
        rules = pair_rules(old, new)
        # What a part of a schema does not hold says nothing.
        self.changes += compare_rule_lists(_told(rules, old, new))
        for before, after in rules.both:
            if rule_title(before) and rule_title(after):
                self.changes += compare_rule(before, after)
            mappings = pair_object_mappings(before, after)
            self.changes += compare_object_mapping_lists(_told(mappings, old, new))
            for was, now in mappings.both:
                sides = SidePair(
                    Side(was, plan_of(was), self.settings[0], facts_of(was)),
                    Side(now, plan_of(now), self.settings[1], facts_of(now)),
                    place_of(now),
                )
                self.pairs.append(sides)
                self.changes += _compared(sides, self.null_policy)


def _told(pairs: Pairs[Thing], old: SchemaUnit, new: SchemaUnit) -> Pairs[Thing]:
    """The pairs without what only seems to be gone or new, as one side holds a part."""
    parts = old.schema.fragment, new.schema.fragment
    return Pairs(pairs.both, () if parts[1] else pairs.removed, () if parts[0] else pairs.added)


def _settings(secrets: Secrets | None) -> Settings:
    if secrets is None:
        return Settings()
    return Settings(
        sync_all=secrets.sync_all,
        skip_out_of_scope_deletions=secrets.skip_out_of_scope_deletions,
    )


def _compared(sides: SidePair, null_policy: NullPolicy) -> Iterator[Change]:
    """What changed in an object mapping."""
    found = [
        *compare_object_mapping(sides),
        *compare_lifecycle(sides),
        *compare_filters(sides, null_policy),
        *compare_matching(sides),
        *compare_mappings(sides),
        *compare_definitions(sides),
    ]
    inverted = {c.place.attribute for c in found if c.kind == "deprovisioning-inverted"}
    for change in found:
        if change.kind == "mapping-changed" and change.place.attribute in inverted:
            continue  # told already, and better
        if not sides.new.unit.mapping.enabled and change.kind != "object-mapping-disabled":
            change = change._replace(weight="note", consequence=OFF, advice="")
        yield change

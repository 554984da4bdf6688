"""One object mapping of the old or the new configuration, with what decides about leavers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provlint.simulate.action import Case, row_for
from provlint.simulate.situation import NO_FACTS, NO_SETTINGS

if TYPE_CHECKING:
    from provlint.compare.configuration.changes import Place
    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint.simulate.action import Row
    from provlint.simulate.plan import MappingPlan, Plan
    from provlint.simulate.situation import Facts, Settings


@dataclass(frozen=True, slots=True)
class Side:
    """An object mapping and its surroundings.

    Attributes:
        unit: The object mapping in its file.
        plan: The same, ready to run.
        settings: Of its job, as far as they are known.
        facts: About its application, as far as they are known.
    """

    unit: ObjectMappingUnit
    plan: Plan
    settings: Settings = NO_SETTINGS
    facts: Facts = NO_FACTS

    def mapping(self, unit: AttributeMappingUnit) -> MappingPlan:
        """An attribute mapping of the object mapping, ready to run."""
        return self.plan.mappings[self.unit.attribute_mappings.index(unit)]

    @property
    def leaver(self) -> Row:
        """What the action table does with a managed user who leaves scope by the filter."""
        plan = self.plan
        can_disable = self.facts.soft_delete
        if can_disable is None:
            can_disable = plan.soft_delete is not False
        skip = bool(self.settings.skip_out_of_scope_deletions) and plan.connector.skip_flag
        answers = {
            "update": "Update" in plan.actions,
            "delete": "Delete" in plan.actions,
            "differs": True,
            "skip-flag": skip,
            "soft-delete-mapped": plan.soft_delete_mapped,
            "can-disable": can_disable,
        }
        facts = {name: (lambda answer=answer: answer) for name, answer in answers.items()}
        return row_for(Case("yes", "active", False, "linked", facts))


@dataclass(frozen=True, slots=True)
class SidePair:
    """An object mapping before and after.

    Attributes:
        old: As it was.
        new: As it is.
        place: How reports call it.
    """

    old: Side
    new: Side
    place: Place

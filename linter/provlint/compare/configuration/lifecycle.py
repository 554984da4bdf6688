"""What happens to joiners and leavers: target object actions, IsSoftDeleted, on and off.

Sources: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works,
https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from provlint.compare.configuration.canonical import canonical_source
from provlint.compare.configuration.changes import Change, named
from provlint.compare.configuration.pairing import pair_attribute_mappings
from provlint.evaluation import make_context
from provlint.simulate.plan import SOFT_DELETED
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from provlint.compare.configuration.changes import Weight
    from provlint.compare.configuration.side import Side, SidePair
    from provlint.simulate.plan import MappingPlan

ACTIONS: Mapping[str, tuple[str, Weight, str, Weight, str]] = MappingProxyType(
    {
        "Add": (
            "Create",
            "caution",
            "users in scope without an account are created",
            "caution",
            "nobody is created any more",
        ),
        "Update": (
            "Update",
            "caution",
            "accounts are updated, and those who leave are disabled",
            "danger",
            "nobody is updated or disabled any more: people who leave keep their accounts",
        ),
        "Delete": (
            "Delete",
            "caution",
            "accounts of those deleted for good in the source are deleted",
            "caution",
            "nobody is deleted any more, not even those deleted for good in the source",
        ),
    }
)
"""Flow type to the portal's word, and weight and consequence of switching it on and off."""

INITIAL_CYCLE = "everybody in scope would be created, or matched and updated"
KEPT = "nobody is provisioned by it any more; accounts stay as they are, also of people who leave"


def compare_lifecycle(pair: SidePair) -> Iterator[Change]:
    """What changed for people who come and people who go."""
    yield from _switched(pair)
    yield from _actions(pair)
    yield from _deprovisioning(pair)
    yield from _soft_delete(pair)


def _switched(pair: SidePair) -> Iterator[Change]:
    old, new = pair.old.unit.mapping, pair.new.unit.mapping
    name = named(pair.place.mapping)
    if old.enabled and not new.enabled:
        text = f"the object mapping {name} is switched off"
        yield Change(
            "object-mapping-disabled", "danger", pair.place, text, KEPT,
            "switch it off in the portal only when nobody needs to be deprovisioned by it",
        )  # fmt: skip
    elif new.enabled and not old.enabled:
        text = f"the object mapping {name} is switched on"
        yield Change("object-mapping-enabled", "caution", pair.place, text, INITIAL_CYCLE)


def _actions(pair: SidePair) -> Iterator[Change]:
    old, new = pair.old.plan, pair.new.plan
    was, now = _listed(old.actions), _listed(new.actions)
    for name, (word, on_weight, on, off_weight, off) in ACTIONS.items():
        if name in new.actions and name not in old.actions:
            text = f"{word} is selected in the target object actions"
            yield Change("action-switched-on", on_weight, pair.place, text, on, "", was, now)
        elif name in old.actions and name not in new.actions:
            text = f"{word} is not selected in the target object actions any more"
            advice = "select Update again: to disable is to update" if name == "Update" else ""
            yield Change("action-switched-off", off_weight, pair.place, text, off, advice, was, now)


def _listed(actions: frozenset[str]) -> str:
    return ",".join(name for name in ACTIONS if name in actions) or "none"


def _deprovisioning(pair: SidePair) -> Iterator[Change]:
    old, new = pair.old.plan, pair.new.plan
    if old.connector.inbound and new.connector.inbound:
        return
    if old.soft_delete_mapped and not new.soft_delete_mapped:
        names = ", ".join(named(m.target) for m in old.mappings if m.reads_soft_deleted)
        yield Change(
            "deprovisioning-removed",
            "danger",
            pair.place,
            f"no mapping reads `IsSoftDeleted` any more; {names or 'one'} did",
            "nobody is disabled any more: people who are unassigned, leave the filter or are"
            " deleted keep their accounts",
            f"restore {_restored(pair)}",
        )
    elif new.soft_delete_mapped and not old.soft_delete_mapped:
        names = ", ".join(named(m.target) for m in new.mappings if m.reads_soft_deleted)
        yield Change(
            "deprovisioning-added",
            "caution",
            pair.place,
            f"{names} reads `IsSoftDeleted`, which no mapping did",
            "people who leave scope are disabled from now on",
        )
    for was, now in _changed(pair):
        yield from _inverted(pair, was, now)


def _restored(pair: SidePair) -> str:
    """The mapping that disabled people."""
    for unit in pair.old.unit.attribute_mappings:
        if pair.old.mapping(unit).reads_soft_deleted:
            source = canonical_source(unit.mapping.source)
            return f"{named(source)} for {named(unit.mapping.target_attribute_name)}"
    return 'a mapping such as `Switch([IsSoftDeleted], , "False", "True", "True", "False")`'


def _changed(pair: SidePair) -> Iterator[tuple[MappingPlan, MappingPlan]]:
    """The mappings of IsSoftDeleted alone that give something else than before."""
    for was, now in pair_attribute_mappings(pair.old.unit, pair.new.unit).both:
        old, new = pair.old.mapping(was), pair.new.mapping(now)
        alone = all(tuple(map(str.lower, m.reads)) == (SOFT_DELETED.lower(),) for m in (old, new))
        if alone and old.text != new.text:
            yield old, new


def _inverted(pair: SidePair, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    stays, leaves = _values(pair.old, old)
    now, _ = _values(pair.new, new)
    if now != leaves or now == stays or "Update" not in pair.new.plan.actions:
        return
    name = named(new.target)
    yield Change(
        "deprovisioning-inverted",
        "danger",
        pair.place._replace(attribute=new.target),
        f"{name} becomes {quote(str(now))} for everybody in scope; that was the value of people who"
        f" leave, and {quote(str(stays))} that of people in scope",
        "the next cycle disables everybody who is active",
        f"swap the values, or restore {quote(old.text)}",
        old.text,
        new.text,
    )


def _values(side: Side, mapping: MappingPlan) -> tuple[object, object]:
    """What a mapping of IsSoftDeleted gives to those in scope, and to those who leave."""
    context = make_context(now="2000-01-01", seed=0)
    found = [
        mapping.flow(dict.fromkeys(mapping.reads, flag), context)
        for flag in ("False", "True")
    ]  # fmt: skip
    return found[0].value, found[1].value


def _soft_delete(pair: SidePair) -> Iterator[Change]:
    old, new = pair.old.plan.soft_delete, pair.new.plan.soft_delete
    target = named(pair.new.plan.target_object)
    if old is False and new is not False:
        text = f"the target object {target} is not declared unable to disable accounts any more"
        yield Change(
            "definition-changed", "caution", pair.place, text,
            "people who leave are disabled instead of deleted", "", "False", "True",
        )  # fmt: skip
    if old is False or new is not False:
        return
    yield Change(
        "definition-changed",
        "danger",
        pair.place,
        f"the target object {target} is declared unable to disable accounts",
        "people who leave are deleted instead of disabled",
        "set `IsSoftDeletionSupported` of the target object to `True` again",
        "True",
        "False",
    )

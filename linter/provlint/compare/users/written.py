"""What is written otherwise: attribute mappings before and after, on the same user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provlint.compare.configuration.canonical import canonical_source
from provlint.compare.configuration.pairing import pair_attribute_mappings
from provlint.compare.users.verdict import ValueChange
from provlint.evaluation import make_context
from provlint.semantics.attribute_values import provisioned_text
from provlint.simulate.plan import ROLES, SOFT_DELETED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.compare.configuration.side import SidePair
    from provlint.evaluation import Context
    from provlint.semantics.configuration import AttributeMappingUnit
    from provlint.simulate.plan import Flow, MappingPlan

FILLING = "AttributeAddOnly"
CREATING = "ObjectAddOnly"

SWITCHES = frozenset({"active", "isactive", "accountenabled", "enabled"})
"""Target attributes, in lower case, that say whether an account can be used."""

NAMES = frozenset({"username", "userprincipalname", "samaccountname", "cn", "name"})
"""Target attributes, in lower case, that an account is called by."""


@dataclass(frozen=True, slots=True)
class MappingPair:
    """What is written to one target attribute before and after, where that is not the same.

    Attributes:
        target: The target attribute.
        old: The mapping before; None where there was none.
        new: The mapping after; None where there is none.
        off: The value that disables an account, in lower case; None where none is known to.
    """

    target: str
    old: MappingPlan | None
    new: MappingPlan | None
    off: str | None = None

    @property
    def names(self) -> bool:
        """Whether the account is called by this attribute."""
        matching = any(m is not None and m.priority > 0 for m in (self.old, self.new))
        return matching or self.target.lower() in NAMES

    @property
    def entitles(self) -> bool:
        """Whether roles or entitlements are written."""
        if self.target.lower().partition("[")[0] in ("roles", "entitlements"):
            return True
        return any(m is not None and ROLES in m.reads for m in (self.old, self.new))

    def disables(self, change: ValueChange) -> bool:
        """Whether a change of this attribute disables an account."""
        off = self.off
        if off is None or change.attribute != self.target or change.new is None:
            return False
        return change.new.lower() == off and (change.old or "").lower() != off

    @property
    def fills(self) -> bool:
        """Whether the new mapping writes only where the target has no value."""
        return self.new is not None and self.new.flow_type == FILLING

    @property
    def boolean(self) -> bool:
        """Whether the target is a Boolean, of which letter case does not count."""
        return any(m is not None and m.boolean for m in (self.old, self.new))

    def change(self, old: Flow | None, new: Flow | None, *, managed: bool) -> ValueChange | None:
        """What is written otherwise; None where that is the same.

        Args:
            old: What the old mapping gives; None without one.
            new: What the new mapping gives; None without one.
            managed: Whether the account is there, so that it is updated and not created.
        """
        before, after = _written(self.old, old, managed), _written(self.new, new, managed)
        if before == after or (managed and self.fills and before):
            return None
        change = ValueChange(self.target, before, after)
        if self.boolean and before and after and before.isascii() and after.isascii():
            return change if before.lower() != after.lower() else None
        return change


def _written(mapping: MappingPlan | None, flow: Flow | None, managed: bool) -> str | None:
    """What a mapping writes; None for nothing.

    A default is for creation. Of a mapping without source it fills what is empty, which is not
    known here.
    """
    if mapping is None or flow is None or (managed and mapping.flow_type == CREATING):
        return None
    value = flow.value or None
    if value is None and not managed and flow.outcome != "dropped":
        value = mapping.default
    return None if value is None else provisioned_text(value)


def differing_mappings(sides: SidePair) -> tuple[MappingPair, ...]:
    """The target attributes of which the mappings are not the same before and after."""
    pairs = pair_attribute_mappings(sides.old.unit, sides.new.unit)
    old, new = sides.old.mapping, sides.new.mapping
    changed = [(old(was), new(now)) for was, now in pairs.both if _essence(was) != _essence(now)]
    found: list[tuple[str, MappingPlan | None, MappingPlan | None]] = [
        *((after.target, before, after) for before, after in changed),
        *((new(unit).target, None, new(unit)) for unit in pairs.added),
        *((old(unit).target, old(unit), None) for unit in pairs.removed),
    ]
    return tuple(MappingPair(t, before, after, _off(t, before)) for t, before, after in found)


def _off(target: str, old: MappingPlan | None) -> str | None:
    """The value that disables an account.

    It is what the old mapping of IsSoftDeleted gives to those who leave, and `False` of an
    attribute that is called active.
    """
    if old is None or {name.lower() for name in old.reads} != {SOFT_DELETED.lower()}:
        return "false" if target.lower() in SWITCHES else None
    context = make_context(now="2000-01-01", seed=0)
    on, off = (
        old.flow(dict.fromkeys(old.reads, flag), context).value for flag in ("False", "True")
    )
    return off.lower() if isinstance(off, str) and on != off else None


def _essence(unit: AttributeMappingUnit) -> tuple[str, str, str]:
    mapping = unit.mapping
    return canonical_source(mapping.source), mapping.flow_type, mapping.default_value or ""


def changed_values(
    pairs: tuple[MappingPair, ...],
    old: tuple[Mapping[str, object], Context],
    new: tuple[Mapping[str, object], Context],
    *,
    managed: bool,
) -> tuple[ValueChange, ...]:
    """What is written otherwise for one user.

    Args:
        pairs: Of `differing_mappings`.
        old: The user as mappings see it before, and the context of expressions.
        new: The same after.
        managed: Whether the account is there.
    """
    found = []
    for pair in pairs:
        before = None if pair.old is None else pair.old.flow(*old)
        after = None if pair.new is None else pair.new.flow(*new)
        change = pair.change(before, after, managed=managed)
        if change is not None:
            found.append(change)
    return tuple(found)

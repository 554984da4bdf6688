"""Whether an update or a create would write: as conditions of SQL, and by the reference path."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from provlint.simulate.columnar.encoding import MARK, PLAIN, decode, decode_flow, quoted
from provlint.simulate.plan import Flow, MappingPlan
from provlint.simulate.targets import TargetUser
from provlint.simulate.writing import created, updated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.evaluation import Context
    from provlint.simulate import flow as five_steps

TRUE, FALSE = quoted(MARK + "true"), quoted(MARK + "false")


@dataclass(frozen=True, slots=True)
class Given(MappingPlan):
    """A mapping of which the value is known already."""

    given: Flow | None = None

    def flow(self, user: Mapping[str, object], context: Context) -> Flow:
        """The known value."""
        del user, context
        return self.given or Flow(None)


_FIELDS = tuple(field.name for field in fields(MappingPlan))


def given(mapping: MappingPlan, flow: Flow) -> Given:
    """A mapping that gives a known value."""
    values = {name: getattr(mapping, name) for name in _FIELDS}
    return Given(**values, given=flow)


class Difference:
    """The conditions of one mapping.

    Attributes:
        odd: Whether only the reference path can tell.
        changes: Whether an update writes.
        case_only: Whether the two differ in letter case only.
    """

    __slots__ = ("case_only", "changes", "odd")

    def __init__(self, mapping: MappingPlan, value: str, old: str | None) -> None:
        special = f"{value} < {PLAIN}"
        if old is None:
            # Without target users nothing is compared.
            self.odd, self.changes, self.case_only = f"({special})", "FALSE", "FALSE"
            return
        empty = f"({old} IS NULL OR {old} = '')"
        if mapping.kind == "none":
            self.odd = f"({old} < {PLAIN} AND {old} <> '')"
            self.changes = empty if mapping.default else "FALSE"
            self.case_only = "FALSE"
            return
        if mapping.flow_type == "ObjectAddOnly":
            self.odd, self.changes, self.case_only = f"({special})", "FALSE", "FALSE"
            return
        ascii_only = f"strlen({value}) = length({value}) AND strlen({old}) = length({old})"
        truth = f"{old} IN ({TRUE}, {FALSE})"
        if mapping.flow_type == "AttributeAddOnly":
            self.odd = f"({special} OR ({value} IS NOT NULL AND {old} <> '' AND {old} < {PLAIN}))"
            self.changes, self.case_only = f"({value} IS NOT NULL AND {empty})", "FALSE"
            return
        several = mapping.multivalued and mapping.flow_type != "Always"
        compared = f"{value} IS NOT NULL AND NOT {empty}"
        doubtful = (
            "TRUE" if several else (f"({old} < {PLAIN} AND NOT {truth}) OR NOT ({ascii_only})")
        )
        self.odd = f"({special} OR ({compared} AND {value} <> {old} AND ({doubtful})))"
        if several:
            self.odd = f"({special} OR ({compared}))"
        differs = (
            f"CASE WHEN {truth} THEN lower({value}) <> substr({old}, 2)"
            f" ELSE lower({value}) <> lower({old}) END"
        )
        self.changes = f"({value} IS NOT NULL AND ({empty} OR ({value} <> {old} AND {differs})))"
        self.case_only = (
            f"({compared} AND {value} <> {old} AND NOT {truth} AND lower({value}) = lower({old}))"
        )


def odd_class(
    flow: five_steps.Flow, mapping: MappingPlan, value: str | None, old: str | None
) -> tuple[object, ...]:
    """All that a value and what the target holds decide, without the values."""
    found = decode_flow(value)
    plan = replace(flow.plan, mappings=(given(mapping, found),))
    target = TargetUser("", {} if old is None else {mapping.target: decode(old)})
    parts: list[object] = [found.outcome, found.contested, found.value is None]
    made = created(plan, {}, flow.context, flow.facts, None)
    changed = updated(plan, {}, target, flow.context, flow.facts, None)
    for written in (made, changed):
        parts += [
            bool(written.changes),
            mapping.target in written.missing,
            tuple(written.omitted),
            written.failed[:2] if written.failed is not None else None,
            written.skipped,
            tuple(written.contested),
            tuple(written.notes),
            tuple(written.refused),
        ]
    return tuple(parts)


def odd_pairs(text: str | None) -> list[tuple[int, str | None, str | None]]:
    """The mappings that only the reference path can tell of, with value and old value."""
    if text is None:
        return []
    return [(at, pair[0], pair[1]) for at, pair in enumerate(json.loads(text)) if pair is not None]

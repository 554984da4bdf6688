"""Whether an update or a create would write: as conditions of SQL, and by the reference path."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from provlint.simulate.columnar.encoding import MARK, PLAIN, decode, decode_flow, quoted
from provlint.simulate.cycle.summary import without_own_values
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


SAME, CHANGED, CASE_ONLY, ODD = range(4)
"""Nothing is written; the value is written; the two differ in letter case only; only the reference
path can tell."""


def state(mapping: MappingPlan, value: str, old: str) -> str:
    """What comparing a value with that of the target tells, as SQL.

    Args:
        mapping: The mapping.
        value: What it gives, encoded, as SQL.
        old: What the target holds, encoded, as SQL; NULL where that is not known.
    """
    cases = _cases(mapping, value, old)
    return f"CASE {' '.join(f'WHEN {when} THEN {then}' for when, then in cases)} END"


def _cases(mapping: MappingPlan, value: str, old: str) -> list[tuple[str, str | int]]:
    special = (f"{value} < {PLAIN}", ODD)
    rest = ("TRUE", SAME)
    empty = f"{old} IS NULL OR {old} = ''"
    if mapping.kind == "none":
        filled = (empty, CHANGED if mapping.default else SAME)
        return [filled, (f"{old} < {PLAIN}", ODD), rest]
    if mapping.flow_type == "ObjectAddOnly":
        return [special, rest]
    start = [(f"{value} IS NULL", SAME), special, (empty, CHANGED)]
    if mapping.flow_type == "AttributeAddOnly":
        return [*start, (f"{old} < {PLAIN}", ODD), rest]
    if mapping.multivalued and mapping.flow_type != "Always":
        return [*start, ("TRUE", ODD)]
    truth = f"CASE WHEN lower({value}) <> substr({old}, 2) THEN {CHANGED} ELSE {SAME} END"
    return [
        # Most values are as they should be; this is asked first.
        (f"{value} = {old} AND {value} >= {PLAIN}", SAME),
        *start,
        (f"strlen({value}) <> length({value})", ODD),
        (f"{old} IN ({TRUE}, {FALSE})", truth),
        (f"{old} < {PLAIN} OR strlen({old}) <> length({old})", ODD),
        (f"lower({value}) <> lower({old})", CHANGED),
        ("TRUE", CASE_ONLY),
    ]


def odd_class(
    flow: five_steps.Flow, mapping: MappingPlan, value: str | None, old: str | None
) -> tuple[object, ...]:
    """All that a value and what the target holds decide, without the values."""
    found = decode_flow(value)
    plan = replace(flow.plan, mappings=(given(mapping, found),))
    target = TargetUser("", {} if old is None else {mapping.target: decode(old)})
    parts: list[object] = [found.outcome, found.contested, found.value is None]
    made = created(plan, {}, flow.context, flow.facts, flow.references)
    changed = updated(plan, {}, target, flow.context, flow.facts, flow.references)
    for written in (made, changed):
        parts += [
            bool(written.changes),
            mapping.target in written.missing,
            tuple(written.omitted),
            written.failed[:2] if written.failed is not None else None,
            written.skipped,
            tuple(written.contested),
            tuple(map(without_own_values, written.notes)),
            tuple(written.refused),
        ]
    return tuple(parts)


def odd_pairs(text: str | None) -> list[tuple[int, str | None, str | None]]:
    """The mappings that only the reference path can tell of, with value and old value."""
    if text is None:
        return []
    return [(at, pair[0], pair[1]) for at, pair in enumerate(json.loads(text)) if pair is not None]

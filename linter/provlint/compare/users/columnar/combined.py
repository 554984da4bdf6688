"""Two object mappings as one: what they share is computed once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provlint.model.tree import Scope
from provlint.simulate.cycle.engines import refusal as of_job
from provlint.simulate.scope import ScopeFilter

if TYPE_CHECKING:
    from provlint.compare.users.jobs import PairJob
    from provlint.simulate.flow import Flow
    from provlint.simulate.plan import MappingPlan

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Where what one of the two object mappings computes is found in the combined one.

    Attributes:
        flow: The object mapping as it is.
        values: Number of the combined mapping, by attribute mapping.
        matching: Number of the combined matching attribute, in the order of precedence.
    """

    flow: Flow
    values: tuple[int, ...]
    matching: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Combined:
    """Both object mappings.

    Attributes:
        flow: A flow whose filter asks what either asks, and whose mappings are those of both, each
            once; the matching attributes come first.
        old: The old one.
        new: The new one.
    """

    flow: Flow
    old: Side
    new: Side


def refusal(job: PairJob) -> str:
    """Why both cannot be computed as one; empty where they can."""
    old, new = job.old.flow.plan, job.new.flow.plan
    if old.connector != new.connector:
        return "the connectors differ"
    asked = (*old.scope.attributes, *new.scope.attributes)
    if any(old.source_types.get(name) != new.source_types.get(name) for name in asked):
        return "the types of attributes of the filters differ"
    if job.old.flow.context.source != job.new.flow.context.source:
        return "the source systems differ"
    # What users refer to, such as a manager, does not matter here.
    return of_job(job.old, references=True) or of_job(job.new, references=True)


def combined(job: PairJob) -> Combined:
    """Put both object mappings together."""
    old, new = job.flow.old, job.flow.new
    mappings: list[MappingPlan] = []
    matching: dict[Key, int] = {}
    values: dict[Key, int] = {}
    for mapping in (*old.plan.matching, *new.plan.matching):
        key = (mapping.target, mapping.kind, mapping.text)
        if key not in matching:
            matching[key] = len(mappings)
            values.setdefault(key[1:], len(mappings))
            mappings.append(replace(mapping, priority=len(mappings) + 1))
    for mapping in (*old.plan.mappings, *new.plan.mappings):
        given = (mapping.kind, mapping.text)
        if given not in values:
            values[given] = len(mappings)
            mappings.append(replace(mapping, priority=0))

    def side(flow: Flow) -> Side:
        plan = flow.plan
        return Side(
            flow,
            tuple(values[each.kind, each.text] for each in plan.mappings),
            tuple(matching[each.target, each.kind, each.text] for each in plan.matching),
        )

    plan = replace(new.plan, mappings=tuple(mappings), scope=_both(job))
    return Combined(replace(new, plan=plan), side(old), side(new))


def _both(job: PairJob) -> ScopeFilter:
    """A filter that asks whatever either of the two asks."""
    scopes = [scope for scope in job.scopes if scope is not None]
    return ScopeFilter(
        Scope(
            "",
            tuple(group for scope in scopes for group in scope.groups),
            tuple(group for scope in scopes for group in scope.input_filter_groups),
            tuple(group for scope in scopes for group in scope.category_filter_groups),
        )
    )

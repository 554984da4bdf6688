"""The values that would be written: flow types, defaults, and what counts as a difference.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from provlint.semantics.attribute_values import is_empty, provisioned_text
from provlint.simulate.targets import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.evaluation import Context
    from provlint.simulate.plan import Flow, MappingPlan, Plan
    from provlint.simulate.situation import Facts
    from provlint.simulate.targets import TargetUser

Text = str | tuple[str, ...]

CASE_EXACT_READING = "case-exact-not-declared"
EMPTY_TEXT_READING = "empty-text-flows"
FLOW_NULL_READING = "flow-null-values"


class Change(NamedTuple):
    """One attribute that would be written; values are texts, or tuples of texts."""

    attribute: str
    old: Text | None
    new: Text | None


class Reference(NamedTuple):
    """Another object that a value refers to.

    Attributes:
        target_id: Its id in the target; None where it has none yet.
        state: `in-scope`, `out-of-scope` or `unknown`.
    """

    target_id: str | None
    state: str


References = Callable[[str], Reference]
"""Finds the object that a source id stands for."""


@dataclass(slots=True)
class Written:
    """What a create or an update would send.

    Attributes:
        changes: What differs, in the order of the mappings.
        missing: Required target attributes without a value.
        omitted: Reference attributes that are left out, as the object is out of scope.
        failed: The mapping that cannot be evaluated and why; None where all can.
        skipped: Whether an expression skips the object.
        contested: The open readings that values rest on: name and target attributes.
        notes: What was taken for granted.
        redundant: Target attributes that are right already.
        refused: Target attributes of Active Directory that would get the empty text.
        unknown: Target attributes of which the value is not known offline.
    """

    changes: list[Change] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    omitted: list[str] = field(default_factory=list)
    failed: tuple[str, str, str] | None = None
    skipped: str = ""
    contested: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    redundant: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def contest(self, attribute: str, names: Iterable[str]) -> None:
        """Note that the value of a target attribute rests on open readings."""
        for name in names:
            attributes = self.contested.setdefault(name, [])
            if attribute not in attributes:
                attributes.append(attribute)

    def contested_changes(self) -> tuple[tuple[str, str], ...]:
        """Target attribute and reading of every value that rests on one."""
        return tuple(
            (attribute, name) for name, found in self.contested.items() for attribute in found
        )

    def decisive(self) -> tuple[str, ...]:
        """The readings on which it rests whether anything differs at all."""
        undecided = {attribute for attribute, _ in self.contested_changes()}
        if any(change.attribute not in undecided for change in self.changes):
            return ()
        return tuple(self.contested)


def created(
    plan: Plan,
    user: Mapping[str, object],
    context: Context,
    facts: Facts,
    references: References | None,
) -> Written:
    """What a create would send."""
    written = Written()
    for mapping in plan.mappings:
        flow = mapping.flow(user, context)
        if _ends(mapping, flow, written):
            continue
        value = _given(plan, mapping, flow, written)
        if value is None and flow.outcome != "dropped":
            value = mapping.default
        if value == "":
            # An account that is new holds nothing that it could clear.
            written.contest(mapping.target, (EMPTY_TEXT_READING,))
            continue
        value = _resolved(mapping, value, references, written)
        if value is not None:
            written.changes.append(Change(mapping.target, None, value))
            written.contest(mapping.target, flow.contested)
    present = {change.attribute for change in written.changes}
    required = [mapping.target for mapping in plan.mappings if mapping.required]
    needed = dict.fromkeys((*required, *facts.required))
    given = {*present, *written.omitted, *written.unknown}
    written.missing = [name for name in needed if name not in given]
    return written


def updated(
    plan: Plan,
    user: Mapping[str, object],
    target: TargetUser,
    context: Context,
    facts: Facts,
    references: References | None,
    *,
    soft_delete_only: bool = False,
) -> Written:
    """What an update would send.

    Args:
        plan: The mappings.
        user: The attributes as mappings see them.
        target: The account as it is.
        context: Of the expressions.
        facts: About the target.
        references: Finds what reference attributes refer to.
        soft_delete_only: Whether only the mappings that read IsSoftDeleted are looked at.
    """
    written = Written()
    for mapping in plan.mappings:
        if mapping.flow_type == "ObjectAddOnly":
            continue
        if soft_delete_only and not mapping.reads_soft_deleted:
            continue
        flow = mapping.flow(user, context)
        if _ends(mapping, flow, written):
            continue
        value = _given(plan, mapping, flow, written)
        old = _old(target.value(mapping.target))
        if value == "":
            if old is None or mapping.flow_type != "Always":
                continue
            written.contest(mapping.target, (EMPTY_TEXT_READING,))
        if flow.outcome == "null" and mapping.flows_null and isinstance(old, str):
            written.contest(mapping.target, (FLOW_NULL_READING,))
        if value is None and mapping.kind == "none" and old is None:
            # A mapping without source fills an empty target and never overwrites one.
            value = mapping.default
        value = _resolved(mapping, value, references, written)
        if value is None:
            continue
        new = _merged(mapping, old, value)
        if new is None or _same(mapping, old, new, facts, written, target.value(mapping.target)):
            written.redundant.append(mapping.target)
        else:
            written.changes.append(Change(mapping.target, old, new))
            written.contest(mapping.target, flow.contested)
    return written


def _ends(mapping: MappingPlan, flow: Flow, written: Written) -> bool:
    """Whether the mapping sends nothing, whatever the target holds."""
    if flow.outcome == "object-skipped":
        written.skipped = written.skipped or mapping.target
    elif flow.outcome in ("error", "escrow"):
        if written.failed is None:
            written.failed = (mapping.target, flow.outcome, flow.problem)
    elif flow.outcome == "dropped" and flow.problem:
        written.unknown.append(mapping.target)
        written.notes[f"`{mapping.target}` is left out: {flow.problem}"] = None
    else:
        return False
    return True


def _given(plan: Plan, mapping: MappingPlan, flow: Flow, written: Written) -> Text | None:
    """The value of a mapping; nothing for null.

    The empty text of an expression flows, and Active Directory refuses it.
    Source: https://learn.microsoft.com/entra/identity/app-provisioning/hr-user-creation-issues
    """
    if flow.value != "":
        return flow.value or None
    if plan.target_system == "active-directory":
        written.refused.append(mapping.target)
    return None if mapping.reference or flow.outcome == "list" else ""


def _resolved(
    mapping: MappingPlan, value: Text | None, references: References | None, written: Written
) -> Text | None:
    """The id in the target for what a reference attribute refers to; None leaves it out."""
    if value is None or not mapping.reference:
        return value
    items = (value,) if isinstance(value, str) else value
    if references is None:
        written.notes[
            f"`{mapping.target}` refers to another object; it is written in a later step"
        ] = None
        return value
    found: list[str] = []
    for item in items:
        reference = references(item)
        if reference.state == "out-of-scope":
            written.notes[
                f"`{mapping.target}` is left out: `{item}` is out of scope, and the reference is"
                " not repaired until a restart"
            ] = None
        elif reference.target_id is not None:
            found.append(reference.target_id)
        else:
            where = "has no known account" if reference.state == "in-scope" else "was not found"
            written.notes[f"`{mapping.target}` is written later: `{item}` {where}"] = None
    if not found:
        written.omitted.append(mapping.target)
        return None
    return found[0] if isinstance(value, str) else tuple(found)


def _old(value: object) -> Text | None:
    if is_empty(value):
        return None
    if isinstance(value, (list, tuple)):
        return tuple(provisioned_text(item) for item in value if not is_empty(item))
    return provisioned_text(value)


def _merged(mapping: MappingPlan, old: Text | None, value: Text) -> Text | None:
    """What would be sent by the flow type; None where it sends nothing."""
    if mapping.flow_type == "AttributeAddOnly":
        return value if old is None else None
    if mapping.flow_type in ("MultiValueAddOnly", "ValueAddOnly") and old is not None:
        if isinstance(value, str) and isinstance(old, str) and not mapping.multivalued:
            return value
        have = (old,) if isinstance(old, str) else old
        added = [
            item for item in ((value,) if isinstance(value, str) else value) if item not in have
        ]
        return (*have, *added) if added else None
    return value


def _same(
    mapping: MappingPlan,
    old: Text | None,
    new: Text,
    facts: Facts,
    written: Written,
    raw: object,
) -> bool:
    if old is None:
        return False
    if isinstance(old, tuple) or isinstance(new, tuple):
        left = sorted((old,) if isinstance(old, str) else old)
        right = sorted((new,) if isinstance(new, str) else new)
        return left == right or (
            list(map(folded, left)) == list(map(folded, right))
            and not _regards_case(mapping, facts, written)
        )
    if old == new:
        return True
    if folded(old) != folded(new):
        return False
    if mapping.boolean or isinstance(raw, bool):
        return True
    return not _regards_case(mapping, facts, written)


def _regards_case(mapping: MappingPlan, facts: Facts, written: Written) -> bool:
    """Whether a change of letter case alone is a change.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-attributedefinition
    """
    if facts.case_exact is not None:
        return mapping.target in facts.case_exact
    if mapping.case_exact is None:
        written.contest(mapping.target, (CASE_EXACT_READING,))
        return False
    return mapping.case_exact

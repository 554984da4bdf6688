"""One object mapping made ready to run on users."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from provlint.evaluation import compile_expression
from provlint.semantics.attribute_values import GUEST_MARK, guest_home_name, is_empty
from provlint.semantics.filter_facts import input_null_policy
from provlint.simulate.connectors import Connector, connector_of
from provlint.simulate.scope import ScopeFilter
from provlint_grammar.syntax import Macro, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.evaluation import Context, Evaluation, Program
    from provlint.semantics.configuration import AttributeMappingUnit, ObjectMappingUnit
    from provlint.simulate.scope import NullPolicy

Kind = Literal["attribute", "constant", "expression", "none"]
SOFT_DELETED = "IsSoftDeleted"
VARIABLE = re.compile("%[A-Za-z]+%")
"""A constant that is a job variable, as in default mappings of cloud sync."""

ROLES = "appRoleAssignments"
"""The attribute that the roles of the assignments stand for."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What an attribute mapping gives for one user.

    Attributes:
        value: None, a text, or a tuple of texts.
        outcome: As in `provlint.evaluation.Evaluation`; `dropped` too where the value rests on a
            job variable that is not known.
        problem: Why there is no value, for `error`, `escrow` and an unknown job variable.
        contested: Open readings of the expression.
    """

    value: str | tuple[str, ...] | None
    outcome: str = "value"
    problem: str = ""
    contested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingPlan:
    """An attribute mapping, ready to run.

    Attributes:
        target: Name of the target attribute.
        kind: What the source is.
        text: The source attribute, the constant, or the expression.
        program: The compiled expression.
        reads: The source attributes that it reads.
        priority: Matching precedence; 0 for none.
        flow_type: `Always`, `ObjectAddOnly`, `MultiValueAddOnly`, `ValueAddOnly`,
            `AttributeAddOnly`.
        default: The default value, if any.
        required: Whether the schema says that the target needs a value.
        case_exact: Whether letter case counts in the target; None where the schema is silent.
        multivalued: Whether the target holds several values.
        reference: Whether the value is a reference to another object.
        boolean: Whether the target is a Boolean.
        flows_null: Whether the source attribute is declared to flow empty values, which inbound
            connectors may do.
    """

    target: str
    kind: Kind
    text: str
    program: Program | None
    reads: tuple[str, ...]
    priority: int = 0
    flow_type: str = "Always"
    default: str | None = None
    required: bool = False
    case_exact: bool | None = None
    multivalued: bool = False
    reference: bool = False
    boolean: bool = False
    flows_null: bool = False

    @property
    def reads_soft_deleted(self) -> bool:
        """Whether the mapping reads the computed attribute IsSoftDeleted."""
        return any(name.lower() == SOFT_DELETED.lower() for name in self.reads)

    def flow(self, user: Mapping[str, object], context: Context) -> Flow:
        """What the mapping gives, before flow types and defaults are looked at."""
        if self.kind == "none":
            return Flow(None, "null")
        if self.kind == "constant":
            return Flow(self.text or None)
        if self.kind == "attribute":
            return _plain(user.get(self.text))
        assert self.program is not None
        found = self.program.run(user, context)
        problem = "" if found.problem is None else found.problem.message
        unknown = self.priority == 0 and self._unknown_variable(found)
        if unknown:
            why = f"the job variable `%{unknown}%` is not known; give it: `--macro {unknown}=…`"
            return Flow(None, "dropped", why)
        texts = tuple(found.texts)
        value: str | tuple[str, ...] | None = None
        if found.outcome == "list":
            # A list of nothing but empty texts is as good as one.
            value = tuple(filter(None, texts)) or ""
        if found.outcome == "value":
            value = texts[0]
        return Flow(value, found.outcome, problem, found.contested)

    def _unknown_variable(self, found: Evaluation) -> str:
        """The job variable without a value at which an evaluation ended; empty for none."""
        if found.outcome != "error" or found.problem is None or self.program is None:
            return ""
        if self.program.problem is not None or self.program.tree is None:
            return ""
        span = found.problem.span
        nodes = walk(self.program.tree)
        return next((n.name for n in nodes if isinstance(n, Macro) and n.span == span), "")


def _plain(value: object) -> Flow:
    from provlint.semantics.attribute_values import provisioned_text

    if is_empty(value):
        return Flow(None, "null")
    if isinstance(value, (list, tuple)):
        return Flow(tuple(provisioned_text(item) for item in value if not is_empty(item)), "list")
    return Flow(provisioned_text(value))


@dataclass(frozen=True, slots=True)
class Plan:
    """An object mapping, ready to run.

    Attributes:
        rule: Name of the synchronization rule.
        rule_id: Its id.
        name: Name of the object mapping.
        source_object: Name of the source object, such as `User`.
        target_object: Name of the target object.
        source_system: The kind of source, as `provlint.semantics.systems` names it.
        target_system: The kind of target.
        source_name: Name of the source directory.
        target_name: Name of the target directory.
        mappings: The attribute mappings.
        scope: The scoping filters.
        actions: Which of `Add`, `Update`, `Delete` are switched on.
        actions_given: Whether the configuration says so.
        source_types: Types of source attributes by name.
        soft_delete: Whether the schema says that the target can disable; None where it is silent.
        connector: How the connector differs.
        unmapped: Attributes that filters ask for and no mapping reads, where that matters.
    """

    rule: str
    rule_id: str
    name: str
    source_object: str
    target_object: str
    source_system: str
    target_system: str
    source_name: str
    target_name: str
    mappings: tuple[MappingPlan, ...]
    scope: ScopeFilter
    actions: frozenset[str]
    actions_given: bool
    source_types: Mapping[str, str]
    soft_delete: bool | None
    connector: Connector
    unmapped: frozenset[str] = frozenset()

    @property
    def matching(self) -> tuple[MappingPlan, ...]:
        """The matching mappings, in the order in which the service tries them."""
        found = [mapping for mapping in self.mappings if mapping.priority > 0]
        return tuple(sorted(found, key=lambda mapping: mapping.priority))

    @property
    def reads(self) -> tuple[str, ...]:
        """Every source attribute that a mapping or a filter reads, each once."""
        names = [name for mapping in self.mappings for name in mapping.reads]
        return tuple(dict.fromkeys((*names, *self.scope.attributes)))

    @property
    def soft_delete_mapped(self) -> bool:
        """Whether those who leave are disabled by a mapping, or by the connector itself."""
        return self.connector.inbound or any(m.reads_soft_deleted for m in self.mappings)

    @property
    def disables_by_itself(self) -> bool:
        """Whether the connector disables those who leave, and no mapping does."""
        return self.connector.inbound and not any(m.reads_soft_deleted for m in self.mappings)

    def input_null_policy(self, asked: NullPolicy) -> NullPolicy:
        """The null policy of `inputFilterGroups`; Microsoft's filters for AD need another."""
        return input_null_policy(self.source_system, self.target_system, asked)


def plan_of(unit: ObjectMappingUnit) -> Plan:
    """Make an object mapping ready to run."""
    rule, mapping = unit.rule, unit.mapping
    scope = ScopeFilter(mapping.scope)
    mappings = tuple(_mapping(each, unit) for each in unit.attribute_mappings)
    types = {name: each.type for name, each in (unit.source_attributes or {}).items()}
    read = {name for each in mappings for name in each.reads}
    unmapped = frozenset(scope.attributes) - read if rule.from_hr else frozenset()
    every = frozenset({"Add", "Update", "Delete"})
    metadata = unit.target_object.metadata if unit.target_object is not None else {}
    flag = metadata.get("IsSoftDeletionSupported")
    return Plan(
        rule.rule.name or "",
        rule.rule.id or "",
        mapping.name or "",
        mapping.source_object_name,
        mapping.target_object_name,
        rule.source_system,
        rule.target_system,
        rule.rule.source_directory_name or "",
        rule.rule.target_directory_name or "",
        mappings,
        scope,
        every if mapping.flow_types is None else mapping.flow_types,
        mapping.flow_types is not None,
        types,
        None if flag is None else flag.lower() == "true",
        connector_of(rule.schema.template_id),
        unmapped,
    )


def _mapping(unit: AttributeMappingUnit, parent: ObjectMappingUnit) -> MappingPlan:
    mapping, source, target = unit.mapping, unit.mapping.source, unit.target
    kind: Kind = "none"
    text = ""
    program = None
    reads: tuple[str, ...] = ()
    if source is not None:
        attribute = unit.source_attribute
        expression = unit.expression
        if attribute is not None:
            kind, text, reads = "attribute", attribute, (attribute,)
        elif source.type == "Constant" and expression is None:
            kind, text = "constant", _constant(source.name, source.expression)
            systems = (parent.rule.source_system, parent.rule.target_system)
            if VARIABLE.fullmatch(text) and "active-directory" in systems:
                kind, program = "expression", compile_expression(text, dialect="cloud-sync")
        elif expression is not None:
            kind, text = "expression", expression.text
            program = compile_expression(expression.text, dialect=expression.dialect)
            reads = program.attributes
    return MappingPlan(
        mapping.target_attribute_name,
        kind,
        text,
        program,
        reads,
        mapping.matching_priority,
        mapping.flow_type,
        mapping.default_value or None,
        target.required if target is not None else False,
        target.case_exact if target is not None else None,
        target.multivalued if target is not None else False,
        _is_reference(unit, parent, reads),
        target is not None and target.type == "Boolean",
        parent.rule.from_hr and _flows_null(parent, reads),
    )


def _flows_null(parent: ObjectMappingUnit, reads: tuple[str, ...]) -> bool:
    """Whether a source attribute is declared to flow empty values.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/clear-attribute-values
    """
    sources = parent.source_attributes or {}
    return any(name in sources and sources[name].flow_null_values for name in reads)


def _constant(name: str | None, expression: str | None) -> str:
    """The value of a constant: its name, or its expression without the quotation marks."""
    if expression is None:
        return name or ""
    text = expression.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text


def _is_reference(
    unit: AttributeMappingUnit, parent: ObjectMappingUnit, reads: tuple[str, ...]
) -> bool:
    if unit.target is not None and unit.target.type == "Reference":
        return True
    sources = parent.source_attributes
    if sources is not None:
        return any(name in sources and sources[name].type == "Reference" for name in reads)
    return reads == ("manager",)


def seen_by_mappings(
    user: Mapping[str, object], *, in_scope: bool, roles: tuple[str, ...] = ()
) -> dict[str, object]:
    """The attributes of a user as mappings see them.

    IsSoftDeleted is computed, the userPrincipalName of a guest is that of the home tenant, and
    appRoleAssignments are the names of the roles where the user has no such attribute.
    Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works#b2b-guest-users
    """
    seen = dict(user)
    seen[SOFT_DELETED] = str(not in_scope)
    if roles and is_empty(seen.get(ROLES)):
        seen[ROLES] = list(roles)
    name = user.get("userPrincipalName")
    if isinstance(name, str) and GUEST_MARK in name:
        seen["userPrincipalName"] = guest_home_name(name)
        seen.setdefault("originalUserPrincipalName", name)
    return seen

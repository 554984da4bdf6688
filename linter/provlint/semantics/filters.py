"""Scoping filters: their groups, and the clauses of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import Place, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from provlint.model.tree import AttributeDefinition, FilterClause, FilterGroup, Scope
    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.semantics.evidence import ClauseResults, FilterResults, Question


def asks_scope(unit: ClauseUnit | FilterGroupUnit) -> Iterator[Question[Any]]:
    """Asks what the scope step gives over the users, for a rule on clauses or groups."""
    from provlint.semantics.evidence import ScopeOf

    yield ScopeOf(unit.object_mapping.mapping.pointer)


class ScopeUnit:
    """The filters of an object mapping."""

    __slots__ = ("groups", "object_mapping", "scope")

    def __init__(self, object_mapping: ObjectMappingUnit, scope: Scope) -> None:
        self.object_mapping = object_mapping
        self.scope = scope
        sets = (
            ("groups", scope.groups),
            ("inputFilterGroups", scope.input_filter_groups),
            ("categoryFilterGroups", scope.category_filter_groups),
        )
        self.groups = tuple(
            FilterGroupUnit(self, group, filter_set)
            for filter_set, found in sets
            for group in found
        )

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.object_mapping.subject


class FilterGroupUnit:
    """A group of clauses, in one of the three filter sets of its scope."""

    __slots__ = ("clauses", "filter_set", "group", "scope")

    def __init__(self, scope: ScopeUnit, group: FilterGroup, filter_set: str) -> None:
        self.scope = scope
        self.group = group
        self.filter_set = filter_set
        self.clauses = tuple(ClauseUnit(self, clause) for clause in group.clauses)

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.scope.subject._replace(filter_group=self.group.name or "")

    @property
    def object_mapping(self) -> ObjectMappingUnit:
        """The object mapping that the filter belongs to."""
        return self.scope.object_mapping

    @property
    def place(self) -> Place:
        """The title of the group, or the group where it has none."""
        return Place(self.group.pointer + ("/name" if self.group.name else ""))


class ClauseUnit:
    """One test of a filter group, and the definition of the attribute that it names."""

    __slots__ = ("clause", "group")

    def __init__(self, group: FilterGroupUnit, clause: FilterClause) -> None:
        self.group = group
        self.clause = clause

    @property
    def object_mapping(self) -> ObjectMappingUnit:
        """The object mapping that the filter belongs to."""
        return self.group.scope.object_mapping

    @property
    def attribute(self) -> AttributeDefinition | None:
        """The definition of the attribute, if the file has it."""
        attributes = self.object_mapping.source_attributes
        return attributes.get(self.clause.source_operand_name) if attributes else None

    @property
    def results(self) -> ClauseResults | None:
        """What the clause gives over the users, where they were given and asked (`asks_scope`)."""
        found = self._scope_results
        return found.clauses.get(self.clause.pointer) if found is not None else None

    @property
    def users(self) -> int:
        """How many users were asked; 0 without any."""
        found = self._scope_results
        return found.users if found is not None else 0

    @property
    def _scope_results(self) -> FilterResults | None:
        evidence = self.object_mapping.evidence
        if evidence is None:
            return None
        from provlint.semantics.evidence import ScopeOf

        return evidence.answer(ScopeOf(self.object_mapping.mapping.pointer))

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.group.subject

    def attribute_place(self) -> Place:
        """Where the attribute is named."""
        return Place(self.clause.pointer + "/sourceOperandName")

    def operator_place(self) -> Place:
        """Where the operator is named."""
        return Place(self.clause.pointer + "/operatorName")

    @property
    def deciding_place(self) -> Place:
        """What makes the clause this one and no other: its value, or its operator."""
        return self.value_place() if self.clause.values else self.operator_place()

    def value_place(
        self, index: int = 0, start: int | None = None, end: int | None = None
    ) -> Place:
        """Where a value stands, or the characters from `start` to `end` of it."""
        pointer = f"{self.clause.pointer}/targetOperand/values/{index}"
        if start is None or end is None:
            return Place(pointer)
        return Place(pointer, "text", start, end)

"""Reads scoping filters."""

from __future__ import annotations

from typing import Any

from provlint.model.keys import TRUNCATED, place
from provlint.model.tree import FilterClause, FilterGroup, Scope
from provlint.model.values import Values


class ScopeReader(Values):
    """Reads the scope of an object mapping."""

    __slots__ = ()

    def scope(self, value: object, pointer: str) -> Scope | None:
        """The filters of an object mapping."""
        fields = self.open(value, pointer, "scope")
        if fields is None:
            return None
        return Scope(
            pointer,
            self.filter_groups(self.items(fields, "groups", pointer)),
            self.filter_groups(self.items(fields, "inputFilterGroups", pointer)),
            self.filter_groups(self.items(fields, "categoryFilterGroups", pointer)),
        )

    def filter_groups(self, items: list[tuple[str, Any]]) -> tuple[FilterGroup, ...]:
        """Filter groups."""
        found: list[FilterGroup] = []
        for pointer, value in items:
            fields = self.open(value, pointer, "filter-group")
            if fields is not None:
                clauses = self._clauses(self.items(fields, "clauses", pointer))
                found.append(FilterGroup(pointer, self.text(fields, "name", pointer), clauses))
        return tuple(found)

    def _clauses(self, items: list[tuple[str, Any]]) -> tuple[FilterClause, ...]:
        found: list[FilterClause] = []
        for pointer, value in items:
            fields = self.open(value, pointer, "filter-clause")
            if fields is None:
                continue
            operand = fields.get("targetOperand")
            values: tuple[str, ...] | None = None
            if operand is not None:
                where = place(fields, pointer, "targetOperand")
                if isinstance(operand, str | list) and not _is_truncated(operand):
                    self.wrong_type(
                        operand, where, "an object with the array `values`", "`targetOperand`"
                    )
                    texts = [operand] if isinstance(operand, str) else operand
                    values = tuple(text for text in texts if isinstance(text, str))
                else:
                    opened = self.open(operand, where, "filter-operand")
                    if opened is not None:
                        values = self.texts(opened, "values", where)
            found.append(
                FilterClause(
                    pointer,
                    self.required(fields, "sourceOperandName", pointer, "filter-clause"),
                    self.required(fields, "operatorName", pointer, "filter-clause"),
                    values,
                )
            )
        return tuple(found)


def _is_truncated(value: object) -> bool:
    return isinstance(value, str) and value.startswith(TRUNCATED)

"""From the words of one condition to clauses, and what is wrong with the words.

The grammar gives the words between two connectors in whatever order they stand. Each step here
takes what it can use; what it cannot use becomes a problem, and the rest is read on, so that one
text yields all of its problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.problem import Edit
from provlint_grammar.scoping_filter.notation import read_operator
from provlint_grammar.scoping_filter.operators import OPERATORS, find_operator, suggest_operator
from provlint_grammar.scoping_filter.tree import Clause
from provlint_grammar.scoping_filter.values import ValueReader
from provlint_grammar.scoping_filter.words import (
    ATTRIBUTES,
    SPELLING,
    TEXTS,
    shown,
    spelling_at,
)
from provlint_grammar.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint_grammar.scoping_filter.operators import Operator, Suggestion
    from provlint_grammar.scoping_filter.words import Item, Report

_NO_BEGINNING = frozenset({"COMMA", "COLON", "ODD", "UNCLOSED"})


_SUPPORTED = ", ".join(
    f"`{operator.name}`" for operator in OPERATORS.values() if operator.support == "supported"
)


class ConditionReader:
    """Reads the conditions of one text."""

    __slots__ = ("_report",)

    def __init__(self, report: Report) -> None:
        self._report = report

    def read(self, items: Sequence[Item]) -> list[Clause | Item]:
        """The clauses and parentheses of one condition; more than one where a connector lacks."""
        found: list[Clause | Item] = []
        at = 0
        while at < len(items):
            if found and items[at - 1].kind != "COMMA":
                self._missing_connector(items[at])
            at = self._condition(items, at, found)
        return found

    def _condition(self, items: Sequence[Item], at: int, found: list[Clause | Item]) -> int:
        at = self._negation(items, at)
        first = items[at]
        if first.kind == "nested":
            found.append(first)
            return at + 1
        if first.kind in _NO_BEGINNING:
            return self._unexpected(items, at)
        at, name, span = self._attribute(items, at)
        at, spelling, operator, operator_span = self._operator(items, at, span)
        values = ValueReader(self._report, items)
        reported = len(self._report.problems)
        at = values.read(at)
        last = values.spans[-1] if values.spans else operator_span
        self._check_arity(operator, operator_span, values.spans, reported)
        found.append(
            Clause(
                name,
                spelling,
                tuple(values.values),
                Span(span.start, last.end),
                span,
                operator_span,
                tuple(values.spans),
            )
        )
        return at

    def _unexpected(self, items: Sequence[Item], at: int) -> int:
        """Step over what begins no condition."""
        end = at + 1
        while end < len(items) and items[end].kind in _NO_BEGINNING:
            end += 1
        span = Span(items[at].span.start, items[end - 1].span.end)
        self._report.add(
            "unexpected-text",
            f"{shown(self._report.written(span))} stands where a condition is expected",
            "remove it",
            span,
        )
        return end

    def _attribute(self, items: Sequence[Item], at: int) -> tuple[int, str, Span]:
        """The next position, the attribute and its place."""
        item = items[at]
        count, operator, _ = spelling_at(items, at)
        after = items[at + count].kind if at + count < len(items) else "TEXT"
        lacks = (operator and after in TEXTS) or item.kind not in ATTRIBUTES
        if lacks or (item.kind == "WORD" and item.text.lower() == "not"):
            self._report.add(
                "missing-attribute",
                f"an attribute is missing before {shown(item.text)}",
                'begin the condition with an attribute, such as `department EQUALS "Sales"`',
                item.span,
            )
            return at, "", Span(item.span.start, item.span.start)
        if item.kind == "NAME":
            return at + 1, item.text[1:-1], item.span
        if item.kind == "TEXT":
            return at + 1, self._report.text_of(item), item.span
        if at + 1 == len(items) or items[at + 1].kind != "nested":
            return at + 1, item.text, item.span
        span = Span(item.span.start, items[at + 1].span.end)
        call = self._report.written(span)
        self._report.add(
            "function-call",
            f"{shown(call)} is a function call, expected an attribute",
            "compare a plain attribute: a filter has no functions",
            span,
        )
        return at + 2, call, span

    def _negation(self, items: Sequence[Item], at: int) -> int:
        """Step over a NOT in front of a condition."""
        item = items[at]
        if at + 1 == len(items) or item.text.lower() not in ("not", "!"):
            return at
        if spelling_at(items, at)[0] > 1 or find_operator(items[at + 1].text):
            return at
        if items[at + 1].kind not in ("nested", *ATTRIBUTES):
            return at
        self._report.add(
            "negation",
            f"{shown(item.text)} stands before a condition, expected an attribute",
            "use the opposite operator, such as `NOT EQUALS` or `IS NOT NULL`",
            item.span,
        )
        return at + 1

    def _operator(
        self, items: Sequence[Item], at: int, attribute: Span
    ) -> tuple[int, str, Operator | None, Span]:
        """The next position, the spelling to keep, the operator if it is known, and its place."""
        if at < len(items) and items[at].kind == "OPERATOR":
            item = items[at]
            return at + 1, read_operator(item.text).value, None, item.span
        count, operator, instead = spelling_at(items, at)
        if not count:
            count = self._unknown_words(items, at)
        if not count:
            name = self._report.written(attribute)
            self._report.add(
                "missing-operator",
                f"an operator is missing after {shown(name)}",
                "write an operator after the attribute, such as `EQUALS` or `IS NOT NULL`",
                attribute,
            )
            return at, "", None, Span(attribute.end, attribute.end)
        span = Span(items[at].span.start, items[at + count - 1].span.end)
        spelling = self._report.written(span)
        if operator is None:
            operator = self._unknown_operator(spelling, span, instead)
        return at + count, operator.name if operator else spelling, operator, span

    def _unknown_words(self, items: Sequence[Item], at: int) -> int:
        end = at
        while end < len(items) and items[end].kind in SPELLING:
            end += 1
        if end < len(items) and (items[end].kind in TEXTS or items[end].kind == "nested"):
            return end - at
        return min(end - at, 1)

    def _unknown_operator(
        self, spelling: str, span: Span, instead: Suggestion | None
    ) -> Operator | None:
        suggestion = instead or suggest_operator(spelling)
        operator = suggestion.operator if suggestion else None
        self._report.add(
            "unknown-operator",
            f"{shown(spelling)} is not an operator of scoping filters",
            suggestion.advice if suggestion else f"write one of {_SUPPORTED}",
            span,
            *((self._report.replacement(span, operator.name),) if operator else ()),
        )
        return operator

    def _check_arity(
        self,
        operator: Operator | None,
        span: Span,
        value_spans: Sequence[Span],
        reported: int,
    ) -> None:
        if operator is None:
            return
        if operator.arity == "unary" and value_spans:
            surplus = Span(value_spans[0].start, value_spans[-1].end)
            values = self._report.written(surplus)
            # How a value that must go is written does not matter.
            self._report.forget(reported, Span(span.end, surplus.end))
            self._report.add(
                "unexpected-value",
                f"`{operator.name}` takes no value, found {shown(values)}",
                "remove the value",
                surplus,
                Edit(Span(span.end, surplus.end), ""),
            )
        elif operator.arity == "binary" and not value_spans:
            self._report.add(
                "missing-value",
                f"a value is missing after `{operator.name}`",
                f"write the value between double quotes, such as `{operator.example}`",
                span,
            )

    def _missing_connector(self, item: Item) -> None:
        self._report.add(
            "missing-connector",
            f"{shown(item.text)} follows a complete condition, expected `AND` or `OR` before it",
            "join conditions by `AND` or `OR`",
            item.span,
        )

"""The values of a clause, and what people write for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.problem import Edit
from provlint_grammar.scoping_filter.notation import write_text
from provlint_grammar.scoping_filter.words import TEXTS, begins_condition, shown
from provlint_grammar.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint_grammar.scoping_filter.words import Item, Report

_LOOSE = frozenset({"WORD", "SYMBOL", "NAME", "OPERATOR", "COLON", "ODD"})


class ValueReader:
    """Reads the values of one clause.

    Attributes:
        values: What was read.
        spans: Where each stands.
    """

    __slots__ = ("_items", "_report", "spans", "values")

    def __init__(self, report: Report, items: Sequence[Item]) -> None:
        self._report = report
        self._items = items
        self.values: list[str] = []
        self.spans: list[Span] = []

    def read(self, at: int) -> int:
        """Read values up to the end or to where another condition begins; give that position."""
        comma: Item | None = None
        while at < len(self._items):
            item = self._items[at]
            if item.kind == "COMMA":
                if begins_condition(self._items, at + 1):
                    self._report.add(
                        "comma-as-connector",
                        "a comma stands between two conditions, expected `AND` or `OR`",
                        "write `AND` or `OR` instead of the comma",
                        item.span,
                    )
                    return at + 1
                if comma or not self.values:
                    self._missing_value(item, "before")
                comma = item
                at += 1
            elif item.kind in TEXTS:
                if self.values and comma is None and self._text_without_comma(at):
                    return len(self._items)
                self.values.append(self._report.text_of(item))
                self.spans.append(item.span)
                comma = None
                at += 1
            elif item.kind == "nested":
                at = self._list(at)
                comma = None
            elif begins_condition(self._items, at):
                break
            elif item.kind not in ("WORD", "NAME") and not self.values and self._is_text(at + 1):
                self._report.add(
                    "unexpected-text",
                    f"{shown(item.text)} stands between the operator and its value",
                    "remove it",
                    item.span,
                    Edit(item.span, ""),
                )
                at += 1
            else:
                at = self._loose(at, comma is not None or not self.values)
                comma = None
        if comma:
            self._missing_value(comma, "after")
        return at

    def _missing_value(self, comma: Item, side: str) -> None:
        self._report.add(
            "missing-value",
            f"a value is missing {side} the comma",
            "write a value between double quotes on both sides of the comma, or remove it",
            comma.span,
        )

    def _text_without_comma(self, at: int) -> bool:
        """Report a text right after a value; whether the rest is unusable."""
        item = self._items[at]
        if self._is_broken_by_quote(at):
            return True
        self._report.add(
            "missing-comma",
            f"the value {shown(item.text)} follows another value, expected a comma before it",
            "put a comma between the values of a clause, or `AND` or `OR` between clauses",
            item.span,
        )
        return False

    def _is_broken_by_quote(self, at: int) -> bool:
        """Whether what touches the value before was meant to be in it; it is reported."""
        before, item = self._items[at - 1], self._items[at]
        if before.kind != "TEXT" or before.span.end != item.span.start:
            return False
        if before.text.startswith("E") or not before.text.endswith('\\"'):
            return False
        self._report.add(
            "escaped-quote",
            f"the value {shown(before.text)} ends at the quote after the backslash",
            'write a quote in a value twice, `""`: a backslash is a plain character',
            Span(before.span.end - 2, before.span.end),
        )
        return True

    def _list(self, at: int) -> int:
        """Take the values out of parentheses after an operator."""
        item = self._items[at]
        self._report.add(
            "values-in-parentheses" if item.items else "unexpected-text",
            f"parentheses stand after the operator, found {shown(item.text)}, expected a value",
            "write the values between double quotes, with commas between them",
            item.span,
        )
        for value in item.items:
            if value.kind in TEXTS:
                self.values.append(self._report.text_of(value))
                self.spans.append(value.span)
            elif value.kind != "COMMA":
                self.values.append(value.text)
                self.spans.append(value.span)
        return at + 1

    def _loose(self, at: int, wanted: bool) -> int:
        """Words where a value or the end is expected; give the position after them."""
        if not wanted and self._is_broken_by_quote(at):
            return len(self._items)
        end = at + 1
        while (
            end < len(self._items)
            and self._items[end].kind in _LOOSE
            and not begins_condition(self._items, end)
        ):
            end += 1
        span = Span(self._items[at].span.start, self._items[end - 1].span.end)
        found = self._report.written(span)
        if not wanted:
            self._report.add(
                "unexpected-text",
                f"{shown(found)} follows the value, expected `AND`, `OR` or the end",
                "remove it, or put it into the quotes of the value",
                span,
            )
            return end
        if self._items[at].kind == "NAME" and end == at + 1:
            self._report.add(
                "attribute-as-value",
                f"{shown(found)} is an attribute, expected a value between double quotes",
                "compare with a fixed value: a filter cannot compare two attributes",
                span,
            )
        else:
            quoted = write_text(found)
            self._report.add(
                "unquoted-value",
                f"the value {shown(found)} stands without quotes",
                f"write `{quoted}`",
                span,
                Edit(span, quoted),
            )
        self.values.append(found)
        self.spans.append(span)
        return end

    def _is_text(self, at: int) -> bool:
        return at < len(self._items) and self._items[at].kind in TEXTS

"""From the words of one condition to clauses, and what is wrong with the words.

The grammar gives the words between two connectors in whatever order they stand. Each step here
takes what it can use; what it cannot use becomes a problem, and the rest is read on, so that one
text yields all of its problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint_grammar.problem import Edit, SyntaxProblem
from provlint_grammar.scoping_filter.notation import read_operator, read_text, write_text
from provlint_grammar.scoping_filter.operators import (
    OPERATORS,
    Operator,
    Suggestion,
    find_instead,
    find_operator,
    suggest_operator,
)
from provlint_grammar.scoping_filter.tree import Clause, Group
from provlint_grammar.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_OPERATOR = 6
_SHOWN = 60
_TEXTS = frozenset({"TEXT", "UNCLOSED"})
_ATTRIBUTES = frozenset({"WORD", "NAME", "TEXT"})
_SPELLING = frozenset({"WORD", "SYMBOL"})
_NO_BEGINNING = frozenset({"COMMA", "COLON", "ODD", "UNCLOSED"})
_LOOSE = frozenset({"WORD", "SYMBOL", "NAME", "OPERATOR", "COLON", "ODD"})


_SUPPORTED = ", ".join(
    f"`{operator.name}`" for operator in OPERATORS.values() if operator.support == "supported"
)


class Item(NamedTuple):
    """A word of a condition.

    Attributes:
        kind: The name of its terminal, or `nested` for parentheses.
        text: As written.
        span: Where it stands.
        items: What stands in parentheses, when it is a list and no condition.
        groups: What stands in parentheses otherwise, as alternatives.
        depth: How many parentheses it holds inside each other.
    """

    kind: str
    text: str
    span: Span
    items: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    depth: int = 0


def shown(text: str) -> str:
    """A piece of the user's text in back-ticks, shortened and printable."""
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1] + "…"
    return f"`{text if text.isprintable() else ' '.join(write_text(text)[2:-1].split())}`"


def _is_text(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and items[at].kind in _TEXTS


class ConditionReader:
    """Reads conditions of one text and collects its problems.

    Attributes:
        problems: In the order in which they were found.
    """

    __slots__ = ("_text", "problems")

    def __init__(self, text: str) -> None:
        self._text = text
        self.problems: list[SyntaxProblem] = []

    def report(self, code: str, message: str, advice: str, span: Span, *edits: Edit) -> None:
        """Add a problem."""
        self.problems.append(SyntaxProblem(code, message, advice, span, edits))

    def text_of(self, item: Item) -> str:
        """The value of a text, with a problem for quotes and escapes that are not the language."""
        text = read_text(item.text)
        start = item.span.start
        if item.kind == "UNCLOSED":
            self.report(
                "unclosed-text",
                f"the text that begins with {shown(item.text[:20])} has no closing quote",
                "add a double quote after the value",
                item.span,
            )
        elif text.quotes in ("single", "typographic"):
            self.report(
                f"{text.quotes}-quotes",
                f"{shown(item.text)} stands between {text.quotes} quotes, expected double quotes",
                f"write `{write_text(text.value)}`",
                item.span,
                Edit(item.span, write_text(text.value)),
            )
        for first, end in text.faults:
            self.report(
                "unknown-escape",
                f"{shown(item.text[first:end])} is not an escape of a text that begins with `E`",
                "leave the `E` out, so that a backslash is a plain character, or write it twice",
                Span(start + first, start + end),
            )
        return text.value

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
        values: list[str] = []
        value_spans: list[Span] = []
        at = self._values(items, at, values, value_spans)
        last = value_spans[-1] if value_spans else operator_span
        self._check_arity(operator, operator_span, value_spans)
        found.append(
            Clause(
                name,
                spelling,
                tuple(values),
                Span(span.start, last.end),
                span,
                operator_span,
                tuple(value_spans),
            )
        )
        return at

    def _unexpected(self, items: Sequence[Item], at: int) -> int:
        """Step over what begins no condition."""
        end = at + 1
        while end < len(items) and items[end].kind in _NO_BEGINNING:
            end += 1
        span = Span(items[at].span.start, items[end - 1].span.end)
        self.report(
            "unexpected-text",
            f"{shown(self._text[span.start : span.end])} stands where a condition is expected",
            "remove it",
            span,
        )
        return end

    def _attribute(self, items: Sequence[Item], at: int) -> tuple[int, str, Span]:
        """The next position, the attribute and its place."""
        item = items[at]
        count, operator, _ = self._spelling(items, at)
        after = items[at + count].kind if at + count < len(items) else "TEXT"
        if (operator and after in _TEXTS) or item.kind not in _ATTRIBUTES:
            self.report(
                "missing-attribute",
                f"an attribute is missing before {shown(item.text)}",
                'begin the condition with an attribute, such as `department EQUALS "Sales"`',
                item.span,
            )
            return at, "", Span(item.span.start, item.span.start)
        if item.kind == "NAME":
            return at + 1, item.text[1:-1], item.span
        if item.kind == "TEXT":
            return at + 1, self.text_of(item), item.span
        if at + 1 == len(items) or items[at + 1].kind != "nested":
            return at + 1, item.text, item.span
        span = Span(item.span.start, items[at + 1].span.end)
        call = self._text[span.start : span.end]
        self.report(
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
        if self._spelling(items, at)[0] > 1 or find_operator(items[at + 1].text):
            return at
        if items[at + 1].kind not in ("nested", *_ATTRIBUTES):
            return at
        self.report(
            "negation",
            f"{shown(item.text)} stands before a condition, expected an attribute",
            "use the opposite operator, such as `NOT EQUALS` or `IS NOT NULL`",
            item.span,
        )
        return at + 1

    def _spelling(
        self, items: Sequence[Item], at: int
    ) -> tuple[int, Operator | None, Suggestion | None]:
        """The longest run of words that is an operator, or what people write for one."""
        words: list[str] = []
        for item in items[at : at + _LONGEST_OPERATOR]:
            if item.kind not in _SPELLING:
                break
            words.append(item.text)
        for count in range(len(words), 0, -1):
            spelling = " ".join(words[:count])
            operator = find_operator(spelling)
            instead = None if operator else find_instead(spelling)
            if operator or instead:
                return count, operator, instead
        return 0, None, None

    def _operator(
        self, items: Sequence[Item], at: int, attribute: Span
    ) -> tuple[int, str, Operator | None, Span]:
        """The next position, the spelling to keep, the operator if it is known, and its place."""
        if at < len(items) and items[at].kind == "OPERATOR":
            item = items[at]
            return at + 1, read_operator(item.text).value, None, item.span
        count, operator, instead = self._spelling(items, at)
        if not count:
            count = self._unknown_words(items, at)
        if not count:
            name = self._text[attribute.start : attribute.end]
            self.report(
                "missing-operator",
                f"an operator is missing after {shown(name)}",
                "write an operator after the attribute, such as `EQUALS` or `IS NOT NULL`",
                attribute,
            )
            return at, "", None, Span(attribute.end, attribute.end)
        span = Span(items[at].span.start, items[at + count - 1].span.end)
        spelling = self._text[span.start : span.end]
        if operator is None:
            operator = self._unknown_operator(spelling, span, instead)
        return at + count, operator.name if operator else spelling, operator, span

    def _unknown_words(self, items: Sequence[Item], at: int) -> int:
        end = at
        while end < len(items) and items[end].kind in _SPELLING:
            end += 1
        if end < len(items) and (items[end].kind in _TEXTS or items[end].kind == "nested"):
            return end - at
        return min(end - at, 1)

    def _unknown_operator(
        self, spelling: str, span: Span, instead: Suggestion | None
    ) -> Operator | None:
        suggestion = instead or suggest_operator(spelling)
        operator = suggestion.operator if suggestion else None
        self.report(
            "unknown-operator",
            f"{shown(spelling)} is not an operator of scoping filters",
            suggestion.advice if suggestion else f"write one of {_SUPPORTED}",
            span,
            *((Edit(span, operator.name),) if operator else ()),
        )
        return operator

    def _check_arity(
        self, operator: Operator | None, span: Span, value_spans: Sequence[Span]
    ) -> None:
        if operator is None:
            return
        if operator.arity == "unary" and value_spans:
            surplus = Span(value_spans[0].start, value_spans[-1].end)
            values = self._text[surplus.start : surplus.end]
            self.report(
                "unexpected-value",
                f"`{operator.name}` takes no value, found {shown(values)}",
                "remove the value",
                surplus,
                Edit(Span(span.end, surplus.end), ""),
            )
        elif operator.arity == "binary" and not value_spans:
            self.report(
                "missing-value",
                f"a value is missing after `{operator.name}`",
                f"write the value between double quotes, such as `{operator.example}`",
                span,
            )

    def _begins_condition(self, items: Sequence[Item], at: int) -> bool:
        if at + 1 >= len(items) or items[at].kind not in _ATTRIBUTES:
            return False
        following = items[at + 1]
        return following.kind == "OPERATOR" or self._spelling(items, at + 1)[1] is not None

    def _values(self, items: Sequence[Item], at: int, values: list[str], spans: list[Span]) -> int:
        """Read values up to the end or to where another condition begins; give that position."""
        comma: Item | None = None
        while at < len(items):
            item = items[at]
            if item.kind == "COMMA":
                if self._begins_condition(items, at + 1):
                    self.report(
                        "comma-as-connector",
                        "a comma stands between two conditions, expected `AND` or `OR`",
                        "write `AND` or `OR` instead of the comma",
                        item.span,
                    )
                    return at + 1
                if comma or not values:
                    self._missing_value(item, "before")
                comma = item
                at += 1
            elif item.kind in _TEXTS:
                if values and comma is None and self._text_without_comma(items, at):
                    return len(items)
                values.append(self.text_of(item))
                spans.append(item.span)
                comma = None
                at += 1
            elif item.kind == "nested":
                at = self._list(items, at, values, spans)
                comma = None
            elif self._begins_condition(items, at):
                break
            elif item.kind not in ("WORD", "NAME") and not values and _is_text(items, at + 1):
                self.report(
                    "unexpected-text",
                    f"{shown(item.text)} stands between the operator and its value",
                    "remove it",
                    item.span,
                    Edit(item.span, ""),
                )
                at += 1
            else:
                at = self._loose(items, at, values, spans, comma is not None or not values)
                comma = None
        if comma:
            self._missing_value(comma, "after")
        return at

    def _missing_connector(self, item: Item) -> None:
        self.report(
            "missing-connector",
            f"{shown(item.text)} follows a complete condition, expected `AND` or `OR` before it",
            "join conditions by `AND` or `OR`",
            item.span,
        )

    def _missing_value(self, comma: Item, side: str) -> None:
        self.report(
            "missing-value",
            f"a value is missing {side} the comma",
            "write a value between double quotes on both sides of the comma, or remove it",
            comma.span,
        )

    def _text_without_comma(self, items: Sequence[Item], at: int) -> bool:
        """Report a text right after a value; whether the rest is unusable."""
        item = items[at]
        if self._is_broken_by_quote(items, at):
            return True
        self.report(
            "missing-comma",
            f"the value {shown(item.text)} follows another value, expected a comma before it",
            "put a comma between the values of a clause, or `AND` or `OR` between clauses",
            item.span,
        )
        return False

    def _is_broken_by_quote(self, items: Sequence[Item], at: int) -> bool:
        """Whether what touches the value before was meant to be in it; it is reported."""
        before, item = items[at - 1], items[at]
        if before.kind != "TEXT" or before.span.end != item.span.start:
            return False
        if before.text.startswith("E") or not before.text.endswith('\\"'):
            return False
        self.report(
            "escaped-quote",
            f"the value {shown(before.text)} ends at the quote after the backslash",
            'write a quote in a value twice, `""`: a backslash is a plain character',
            Span(before.span.end - 2, before.span.end),
        )
        return True

    def _list(self, items: Sequence[Item], at: int, values: list[str], spans: list[Span]) -> int:
        """Take the values out of parentheses after an operator."""
        item = items[at]
        self.report(
            "values-in-parentheses" if item.items else "unexpected-text",
            f"parentheses stand after the operator, found {shown(item.text)}, expected a value",
            "write the values between double quotes, with commas between them",
            item.span,
        )
        for value in item.items:
            if value.kind in _TEXTS:
                values.append(self.text_of(value))
                spans.append(value.span)
            elif value.kind != "COMMA":
                values.append(value.text)
                spans.append(value.span)
        return at + 1

    def _loose(
        self,
        items: Sequence[Item],
        at: int,
        values: list[str],
        spans: list[Span],
        wanted: bool,
    ) -> int:
        """Words where a value or the end is expected; give the position after them."""
        if not wanted and self._is_broken_by_quote(items, at):
            return len(items)
        end = at + 1
        while (
            end < len(items)
            and items[end].kind in _LOOSE
            and not self._begins_condition(items, end)
        ):
            end += 1
        span = Span(items[at].span.start, items[end - 1].span.end)
        found = self._text[span.start : span.end]
        if not wanted:
            self.report(
                "unexpected-text",
                f"{shown(found)} follows the value, expected `AND`, `OR` or the end",
                "remove it, or put it into the quotes of the value",
                span,
            )
            return end
        if items[at].kind == "NAME" and end == at + 1:
            self.report(
                "attribute-as-value",
                f"{shown(found)} is an attribute, expected a value between double quotes",
                "compare with a fixed value: a filter cannot compare two attributes",
                span,
            )
        else:
            quoted = write_text(found)
            self.report(
                "unquoted-value",
                f"the value {shown(found)} stands without quotes",
                f"write `{quoted}`",
                span,
                Edit(span, quoted),
            )
        values.append(found)
        spans.append(span)
        return end

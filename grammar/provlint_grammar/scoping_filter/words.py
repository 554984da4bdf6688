"""The words of a text, what they spell, and the report of what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.problem import Edit, SyntaxProblem
from provlint_grammar.scoping_filter.notation import read_text, write_text
from provlint_grammar.scoping_filter.operators import find_instead, find_operator
from provlint_grammar.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint_grammar.scoping_filter.operators import Operator, Suggestion
    from provlint_grammar.scoping_filter.tree import Group

TEXTS = frozenset({"TEXT", "UNCLOSED"})
ATTRIBUTES = frozenset({"WORD", "NAME", "TEXT"})
SPELLING = frozenset({"WORD", "SYMBOL"})
"""Kinds of words: what a value is, what an attribute may be, what operators are spelt with."""

_LONGEST_OPERATOR = 6
_SHOWN = 60


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


class Report:
    """Collects the problems of one text.

    Attributes:
        problems: In the order in which they were found.
    """

    __slots__ = ("_text", "problems")

    def __init__(self, text: str) -> None:
        self._text = text
        self.problems: list[SyntaxProblem] = []

    def add(self, code: str, message: str, advice: str, span: Span, *edits: Edit) -> None:
        """Add a problem."""
        self.problems.append(SyntaxProblem(code, message, advice, span, edits))

    def forget(self, since: int, within: Span) -> None:
        """Drop the problems inside a span, the first `since` excepted."""
        self.problems[since:] = [
            problem
            for problem in self.problems[since:]
            if problem.span.start < within.start or problem.span.end > within.end
        ]

    def text_of(self, item: Item) -> str:
        """The value of a text, with a problem for quotes and escapes that are not the language."""
        text = read_text(item.text)
        start = item.span.start
        if item.kind == "UNCLOSED":
            self.add(
                "unclosed-text",
                f"the text that begins with {shown(item.text[:20])} has no closing quote",
                "add a double quote after the value",
                item.span,
            )
        elif text.quotes in ("single", "typographic"):
            self.add(
                f"{text.quotes}-quotes",
                f"{shown(item.text)} stands between {text.quotes} quotes, expected double quotes",
                f"write `{write_text(text.value)}`",
                item.span,
                Edit(item.span, write_text(text.value)),
            )
        for first, end in text.faults:
            self.add(
                "unknown-escape",
                f"{shown(item.text[first:end])} is not an escape of a text that begins with `E`",
                "leave the `E` out, so that a backslash is a plain character, or write it twice",
                Span(start + first, start + end),
            )
        return text.value

    def written(self, span: Span) -> str:
        """The characters of a span."""
        return self._text[span.start : span.end]

    def replacement(self, span: Span, word: str) -> Edit:
        """A word in place of a span, with blanks where the span has none around it."""
        before = self._text[span.start - 1 : span.start]
        after = self._text[span.end : span.end + 1]
        left = " " if before.strip() else ""
        right = " " if after.strip() else ""
        return Edit(span, f"{left}{word}{right}")


def spelling_at(items: Sequence[Item], at: int) -> tuple[int, Operator | None, Suggestion | None]:
    """The longest run of words that is an operator, or what people write for one."""
    words: list[str] = []
    for item in items[at : at + _LONGEST_OPERATOR]:
        if item.kind not in SPELLING:
            break
        words.append(item.text)
    for count in range(len(words), 0, -1):
        spelling = " ".join(words[:count])
        operator = find_operator(spelling)
        instead = None if operator else find_instead(spelling)
        if operator or instead:
            return count, operator, instead
    return 0, None, None


def begins_condition(items: Sequence[Item], at: int) -> bool:
    """Whether an attribute and an operator stand at a position."""
    if at + 1 >= len(items) or items[at].kind not in ATTRIBUTES:
        return False
    following = items[at + 1]
    return following.kind == "OPERATOR" or spelling_at(items, at + 1)[1] is not None

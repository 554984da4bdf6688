"""The problems found while one text is recovered."""

from __future__ import annotations

from re import Match
from typing import TYPE_CHECKING

from provlint_grammar.problem import Edit, SyntaxProblem
from provlint_grammar.span import Span
from provlint_grammar.syntax import LENIENT_CODES

if TYPE_CHECKING:
    from provlint_grammar.automaton import Token
    from provlint_grammar.syntax import Expression

EXCERPT_LIMIT = 40


def place(element: Token | Expression) -> tuple[int, int]:
    """Where a token (without the white space before it) or a node is."""
    if isinstance(element, Match):
        return element.span(element.lastindex or 0)
    return element.span


def clip(text: str, start: int, end: int) -> str:
    """An excerpt for a message: one line, not long."""
    excerpt = " ".join(text[start:end].split())
    return excerpt if len(excerpt) <= EXCERPT_LIMIT else excerpt[: EXCERPT_LIMIT - 1] + "…"


class Report:
    """Collects problems; knows what was said already, so that no mistake is told twice."""

    def __init__(self, text: str) -> None:
        self.problems: list[SyntaxProblem] = []
        self.quotes_unbalanced = False
        self._text = text

    def add(
        self, code: str, message: str, help_text: str, start: int, end: int, *edits: Edit
    ) -> None:
        """Tell of one problem, once."""
        if any(told.code == code and told.span == (start, end) for told in self.problems):
            return
        self.problems.append(SyntaxProblem(code, message, help_text, Span(start, end), edits))

    def has(self, code: str) -> bool:
        """Whether a problem of this kind was told."""
        return any(problem.code == code for problem in self.problems)

    def has_error(self) -> bool:
        """Whether the text cannot be evaluated."""
        return any(problem.code not in LENIENT_CODES for problem in self.problems)

    def has_error_in(self, start: int, end: int) -> bool:
        """Whether an error was told for some character of the range."""
        return any(
            problem.code not in LENIENT_CODES
            and problem.span.start < end
            and problem.span.end > start
            for problem in self.problems
        )

    def has_stray_closing_at(self, end: int) -> bool:
        """Whether a wrong closing sign, taken for `)`, was told at the end of the text."""
        return any(
            problem.span.end == end and problem.code in ("unopened-attribute", "braces")
            for problem in self.problems
        )

    def in_order(self) -> tuple[SyntaxProblem, ...]:
        """All problems in the order of the text."""
        return tuple(sorted(self.problems, key=lambda problem: problem.span))

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

PROBLEM_LIMIT = 50
"""So many errors, and so many warnings, are told of one text; one more says that there are more."""


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

    def __init__(self) -> None:
        self.problems: list[SyntaxProblem] = []
        self.quotes_unbalanced = False
        self._told: set[tuple[str, int, int]] = set()
        self._left = {False: PROBLEM_LIMIT, True: PROBLEM_LIMIT}

    def add(
        self, code: str, message: str, help_text: str, start: int, end: int, *edits: Edit
    ) -> None:
        """Tell of one problem, once."""
        key = (code, start, end)
        lenient = code in LENIENT_CODES
        if key in self._told or self._left[lenient] < 0:
            return
        self._told.add(key)
        self._left[lenient] -= 1
        if self._left[lenient] < 0:
            self.problems.append(
                SyntaxProblem(
                    "too-many-warnings" if lenient else "too-many-problems",
                    f"there are more than {PROBLEM_LIMIT} problems; the rest is not told",
                    "correct these first",
                    Span(start, end),
                )
            )
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

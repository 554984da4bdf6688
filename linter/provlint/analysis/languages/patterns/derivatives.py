"""What one more unit leaves to be found of a pattern.

A *term* is a node of the pattern with what follows it. Looking ahead is then a conjunction, and a
loop such as `{0,64}` is never unrolled before it is walked. What stands before a place is its
*context*: whether it is the beginning, what kind of unit came last, and how far the look-behinds of
the pattern have been matched.

Source: J. A. Brzozowski, Derivatives of Regular Expressions, Journal of the ACM 11 (1964).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.languages.patterns.formulas import (
    ACCEPT,
    FALSE,
    TRUE,
    Formula,
    TooDeep,
    any_of,
    both,
    either,
    one,
)
from provlint.analysis.languages.patterns.reach import beyond
from provlint.dotnet.regex.tree import (
    Alternation,
    Anchor,
    Atomic,
    Backreference,
    Capture,
    CharacterClass,
    Concatenation,
    Conditional,
    Dot,
    Empty,
    Group,
    Literal,
    Look,
    Node,
    Quantified,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provlint.analysis.budget import Budget
    from provlint.analysis.languages.patterns.letters import Letters

END = -1
"""The letter after the last one."""
DEEPEST = 150
"""Parts that are looked through at one place of a text; beyond is `TooDeep`."""

ITEMS_A_STEP = 4
"""Items of a formula that are looked through in one step."""

AT_END = 1
"""The term for "here the text ends"."""
_MARK = 2
"""The term at the end of a look-behind."""

_Term = tuple[Node | None, int, int, int]
_Context = tuple[int, tuple[Formula, ...]]
BEGINNING = 0
"""The context before the first unit."""


class Derivatives:
    """The derivatives of one pattern.

    Attributes:
        terms: Node, two numbers and the term that follows, of each term. The numbers are where the
            node has been walked to: the part of a concatenation, the unit of a literal, the rounds
            that a loop has to go at least and at most (-1 without limit).
    """

    def __init__(self, letters: Letters, behind: Sequence[Look], budget: Budget) -> None:
        self._letters = letters
        self._budget = budget
        self.terms: list[_Term] = [(None, 0, 0, 0)] * 3
        self._term_ids: dict[_Term, int] = {}
        self._formulas: list[Formula] = [FALSE, TRUE]
        self._formula_ids: dict[Formula, int] = {FALSE: 0, TRUE: 1}
        self._advanced: dict[tuple[int, int, int], Formula] = {}
        self._by_letter: dict[Node, dict[int, list[Node]]] = {}
        self._behind = {look: at for at, look in enumerate(behind)}
        self._marked = [self.term(look.body, _MARK) for look in behind]
        beginning: _Context = (letters.beginning, (FALSE,) * len(behind))
        self._contexts: list[_Context] = [beginning]
        self._context_ids: dict[_Context, int] = {beginning: BEGINNING}

    # Formulas, terms and contexts are known by their numbers.

    def term(self, node: Node, after: int) -> int:
        """The term of a whole node."""
        return self._term(node, after, *_whole(node))

    def _term(self, node: Node, after: int, first: int = 0, second: int = 0) -> int:
        key = (node, first, second, after)
        if key not in self._term_ids:
            self._term_ids[key] = len(self.terms)
            self.terms.append(key)
        return self._term_ids[key]

    def number(self, formula: Formula) -> int:
        """The number of a formula."""
        if formula not in self._formula_ids:
            self._formula_ids[formula] = len(self._formulas)
            self._formulas.append(formula)
        return self._formula_ids[formula]

    def formula(self, number: int) -> Formula:
        """The formula of a number."""
        return self._formulas[number]

    def context_after(self, context: int, letter: int) -> int:
        """The context one letter further on."""
        _, matched = self._contexts[context]
        found: _Context = (
            self._letters.kind(letter),
            tuple(
                self.advance(either(before, one(start)), context, letter)
                for before, start in zip(matched, self._marked, strict=True)
            ),
        )
        if found not in self._context_ids:
            self._context_ids[found] = len(self._contexts)
            self._contexts.append(found)
        return self._context_ids[found]

    # One more unit

    def advance(self, formula: Formula, context: int, letter: int, depth: int = 0) -> Formula:
        """What must be found after a letter so that a formula holds here.

        Raises:
            TooDeep: The pattern is too long or too intricate.
        """
        self._budget.spend(1 + sum(map(len, formula)) // ITEMS_A_STEP)
        return any_of(self._advance_cube(cube, context, letter, depth) for cube in formula)

    def _advance_cube(self, cube: frozenset[int], context: int, letter: int, depth: int) -> Formula:
        reached = TRUE
        for item in cube:
            if item < 0:
                inner = self._formulas[-item - 1]
                other = self._negation(self.advance(inner, context, letter, depth + 1))
            else:
                other = self._advance(item, context, letter, depth + 1)
            self._budget.spend(len(reached) * len(other) // ITEMS_A_STEP)
            reached = both(reached, other)
            if reached == FALSE:
                break
        return reached

    def _advance(self, term: int, context: int, letter: int, depth: int) -> Formula:
        if term == ACCEPT:
            return TRUE
        if term <= _MARK:
            return TRUE if term == AT_END and letter == END else FALSE
        key = (term, context, letter)
        found = self._advanced.get(key)
        if found is None:
            if depth > DEEPEST:
                raise TooDeep
            self._budget.spend()
            node, first, second, after = self.terms[term]
            assert node is not None
            found = self._consume(node, first, second, after, context, letter, depth)
            nothing = self._nothing(node, first, context, letter, depth)
            if nothing != FALSE and found != TRUE:
                rest = self._advance(after, context, letter, depth + 1)
                found = either(found, both(nothing, rest))
            self._advanced[key] = found
            self._budget.spend(len(found) // ITEMS_A_STEP)
        return found

    def _consume(
        self, node: Node, first: int, second: int, after: int, context: int, letter: int, depth: int
    ) -> Formula:
        """What is left to find when a node takes this letter, and perhaps more."""
        if letter == END:
            return FALSE
        if isinstance(node, Literal):
            if letter not in self._letters.of(node, first):
                return FALSE
            last = first + 1 == len(node.units)
            return one(after if last else self._term(node, after, first + 1))
        if isinstance(node, (CharacterClass, Dot)):
            return one(after) if letter in self._letters.of(node) else FALSE
        if depth > DEEPEST:
            raise TooDeep
        depth += 1
        if isinstance(node, Concatenation):
            return self._consume_parts(node, first, after, context, letter, depth)
        if isinstance(node, (Group, Capture, Atomic)):
            return self._consume_whole(node.body, after, context, letter, depth)
        if isinstance(node, (Alternation, Conditional)):
            return any_of(
                self._consume_whole(branch, after, context, letter, depth)
                for branch in self._branches(node, letter)
            )
        if isinstance(node, Quantified):
            return self._consume_loop(node, first, second, after, context, letter, depth)
        # A reference to a group may stand for anything.
        return one(self._term(node, after)) if isinstance(node, Backreference) else FALSE

    def _consume_whole(
        self, node: Node, after: int, context: int, letter: int, depth: int
    ) -> Formula:
        self._budget.spend()
        return self._consume(node, *_whole(node), after, context, letter, depth)

    def _consume_parts(
        self, node: Concatenation, first: int, after: int, context: int, letter: int, depth: int
    ) -> Formula:
        found = FALSE
        reached = TRUE
        for index in range(first, len(node.parts)):
            part = node.parts[index]
            rest = after if index + 1 == len(node.parts) else self._term(node, after, index + 1)
            taken = self._consume_whole(part, rest, context, letter, depth)
            found = either(found, both(reached, taken))
            reached = both(reached, self._nothing_whole(part, context, letter, depth))
            if reached == FALSE:
                break
        return found

    def _consume_loop(
        self,
        node: Quantified,
        minimum: int,
        maximum: int,
        after: int,
        context: int,
        letter: int,
        depth: int,
    ) -> Formula:
        if maximum == 0:
            return FALSE
        found = FALSE
        idle = self._nothing_whole(node.body, context, letter, depth)
        # Rounds that match nothing may come before the one that takes the letter.
        for skipped in range(max(1, minimum if idle != FALSE else 1)):
            left = max(minimum - 1 - skipped, 0)
            limit = maximum if maximum < 0 else maximum - 1 - skipped
            rest = after if limit == 0 else self._term(node, after, left, limit)
            taken = self._consume_whole(node.body, rest, context, letter, depth)
            found = either(found, both(idle, taken) if skipped else taken)
            if skipped > DEEPEST:
                raise TooDeep
        return found

    def _branches(self, node: Alternation | Conditional, letter: int) -> list[Node]:
        """The branches that can begin with a letter, or match nothing; in lists of names few do."""
        known = self._by_letter.get(node)
        if known is None:
            known = self._by_letter[node] = {}
            branches = _branches_of(node)
            firsts = list(map(self._first_letters, branches))
            known[END] = [b for b, first in zip(branches, firsts, strict=True) if first is None]
            for branch, first in zip(branches, firsts, strict=True):
                for each in first if first is not None else ():
                    known.setdefault(each, list(known[END])).append(branch)
        return known.get(letter, known[END])

    def _first_letters(self, node: Node) -> frozenset[int] | None:
        """The letters that a node begins with; None where it may match nothing or is no text."""
        while isinstance(node, (Concatenation, Group, Capture)):
            node = node.parts[0] if isinstance(node, Concatenation) else node.body
        if isinstance(node, (Literal, CharacterClass, Dot)):
            return self._letters.of(node)
        return None

    # Nothing

    def _nothing_whole(self, node: Node, context: int, letter: int, depth: int) -> Formula:
        self._budget.spend()
        return self._nothing(node, _whole(node)[0], context, letter, depth)

    def _nothing(self, node: Node, first: int, context: int, letter: int, depth: int) -> Formula:
        """What must be found after a letter so that a node matches the empty text here."""
        if isinstance(node, (Literal, CharacterClass, Dot)):
            return FALSE
        if isinstance(node, (Empty, Backreference)):
            return TRUE
        if isinstance(node, Anchor):
            return self._holds(node.kind, context, letter)
        if depth > DEEPEST:
            raise TooDeep
        depth += 1
        if isinstance(node, Quantified):
            return TRUE if first == 0 else self._nothing_whole(node.body, context, letter, depth)
        if isinstance(node, Concatenation):
            found = TRUE
            for part in node.parts[first:]:
                found = both(found, self._nothing_whole(part, context, letter, depth))
                if found == FALSE:
                    break
            return found
        if isinstance(node, (Alternation, Conditional)):
            return any_of(
                self._nothing_whole(branch, context, letter, depth)
                for branch in self._branches(node, END)
            )
        if isinstance(node, Look):
            return self._look(node, context, letter, depth)
        assert isinstance(node, (Group, Capture, Atomic))
        return self._nothing_whole(node.body, context, letter, depth)

    def _look(self, node: Look, context: int, letter: int, depth: int) -> Formula:
        if beyond(node):
            return TRUE  # perhaps
        if node.ahead:
            found = self._advance(self.term(node.body, ACCEPT), context, letter, depth)
        else:
            at = self._behind[node]
            ending = either(self._contexts[context][1][at], one(self._marked[at]))
            found = any_of(
                self._nothing_to_mark(item, context, letter, depth)
                for cube in ending
                for item in cube
            )
        return self._negation(found) if node.negative else found

    def _nothing_to_mark(self, term: int, context: int, letter: int, depth: int) -> Formula:
        """Whether a look-behind that has been matched so far is matched whole."""
        found = TRUE
        while term != _MARK and found != FALSE:
            node, first, _, after = self.terms[term]
            assert node is not None
            found = both(found, self._nothing(node, first, context, letter, depth))
            term = after
        return found

    def _negation(self, formula: Formula) -> Formula:
        if formula in (FALSE, TRUE):
            return TRUE if formula == FALSE else FALSE
        return one(-self.number(formula) - 1)

    def _holds(self, kind: str, context: int, letter: int) -> Formula:
        """When an anchor holds; some hold only if the text ends after the next letter."""
        if kind == "final-line-end":
            if self._letters.is_line_feed(letter):
                return one(AT_END)
            return TRUE if letter == END else FALSE
        before = self._contexts[context][0]
        return TRUE if self._letters.holds(kind, before, letter, letter == END) else FALSE

    def least(self, formula: Formula) -> Formula:
        """The formula without loops that are contained in longer ones of their kind."""
        longest: dict[tuple[Node | None, int], int] = {}
        shorter: set[frozenset[int]] = set()
        for cube in formula:
            item = next(iter(cube)) if len(cube) == 1 else -1
            if item < 0:
                continue
            node, minimum, maximum, after = self.terms[item]
            if not isinstance(node, Quantified) or minimum or maximum < 0:
                continue
            other = longest.setdefault((node, after), item)
            if other == item:
                continue
            if self.terms[other][2] < maximum:
                longest[node, after] = item
                cube = frozenset({other})
            shorter.add(cube)
        return formula - shorter if shorter else formula


def _whole(node: Node) -> tuple[int, int]:
    """The numbers of a term that has the whole of a node before it."""
    if isinstance(node, Quantified):
        return node.minimum, -1 if node.maximum is None else node.maximum
    return 0, 0


def _branches_of(node: Alternation | Conditional) -> tuple[Node, ...]:
    if isinstance(node, Alternation):
        return node.branches
    return (node.yes, Empty() if node.no is None else node.no)

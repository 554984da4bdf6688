"""The texts in which a .NET pattern is found, as an automaton.

A pattern is walked by derivatives: what must still be found is a boolean formula over *terms*, each
a node of the pattern with what follows it, and one more unit turns it into another formula. So
look-ahead costs nothing special, and a loop such as `{0,64}` is never unrolled before it is walked.

What a finite automaton cannot carry (`Beyond`) is widened to a superset: `exact` is then false.
Sources: https://learn.microsoft.com/dotnet/standard/base-types/regular-expression-language-quick-reference
and J. A. Brzozowski, Derivatives of Regular Expressions, 1964.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.languages.alphabet import Alphabet
from provlint.analysis.languages.language import EVERYTHING, NOTHING
from provlint.dotnet.regex import classes
from provlint.dotnet.regex.program import unit_set
from provlint.dotnet.regex.queries import starts_at_beginning, walk
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
    from collections.abc import Callable, Iterable

    from provlint.dotnet.regex.classes import Ranges

END = -1
"""The letter after the last one."""
DEEPEST = 400
"""Terms that are looked through at one place of a text; beyond is `TooDeep`."""
MOST_CUBES = 2_000
"""Alternatives of a formula."""
LINE_FEED: Ranges = ((10, 10),)

Formula = frozenset[frozenset[int]]
"""A disjunction of conjunctions. A number is a term, or below 0 the opposite of a formula."""
FALSE: Formula = frozenset()
TRUE: Formula = frozenset({frozenset()})

_ACCEPT = 0
_AT_END = 1
"""The terms for "found, whatever follows" and for "here the text ends"."""

_BOUNDARIES = ("boundary", "not-boundary")
# What is known of the unit before: nothing comes before, or the bits of what came.
_START, _WORD, _LINE_FEED = 1, 2, 4


class TooDeep(Exception):  # noqa: N818 - it is an answer, not a failure
    """The pattern is too long or too intricate to be walked."""


def beyond(root: Node) -> str:
    """The first construct that a finite automaton does not carry, in words; empty for none."""
    for node in walk(root):
        name = _beyond(node)
        if name:
            return name
    return ""


def _beyond(node: Node) -> str:
    if isinstance(node, Look) and not node.ahead:
        return "look-behind"
    if isinstance(node, Capture) and (node.balances is not None or node.number is None):
        return "balancing group"
    names = {Backreference: "back-reference", Atomic: "atomic group", Conditional: "conditional"}
    return names.get(type(node), "")


class PatternLanguage:
    """The texts in which a pattern is found, as `Regex.IsMatch` searches.

    Attributes:
        sets: See `Language`.
        start: See `Language`.
        exact: False where the pattern holds what `beyond` names: then some texts are in the
            automaton in which the pattern is not found.
    """

    def __init__(self, root: Node, contains: Callable[[str], bool | None]) -> None:
        nodes = walk(root)
        self.contains = contains
        self.exact = not any(map(_beyond, nodes))
        self._sets: dict[Node | tuple[Node, int], Ranges] = {}
        wanted: list[Ranges] = []
        for node in nodes:
            if isinstance(node, Literal):
                for index, unit in enumerate(node.units):
                    ranges = _units_like(unit, node.ignore_case)
                    self._sets[node, index] = ranges
                    wanted.append(ranges)
            elif isinstance(node, (CharacterClass, Dot)):
                found = unit_set(node)
                assert found is not None
                self._sets[node] = found
                wanted.append(found)
        anchors = {node.kind for node in nodes if isinstance(node, Anchor)}
        self._told = _START
        if anchors & {*_BOUNDARIES}:
            self._told |= _WORD
            wanted.append(classes.boundary_words())
        if anchors & {"line-beginning", "line-end", "final-line-end"}:
            wanted.append(LINE_FEED)
        if "line-beginning" in anchors:
            self._told |= _LINE_FEED
        self.sets = tuple(dict.fromkeys(wanted))
        self._alphabet = Alphabet(self.sets)
        holders = {ranges: self._alphabet.holders(ranges) for ranges in self.sets}
        self._letters = {key: holders[ranges] for key, ranges in self._sets.items()}
        self._words = holders.get(classes.boundary_words(), frozenset()) if anchors else frozenset()
        self._feeds = holders.get(LINE_FEED, frozenset())
        self._terms: list[tuple[Node | None, int, int, int]] = [(None, 0, 0, 0), (None, 0, 0, 0)]
        self._term_ids: dict[tuple[Node | None, int, int, int], int] = {}
        self._formulas: list[Formula] = [FALSE, TRUE]
        self._formula_ids: dict[Formula, int] = {FALSE: 0, TRUE: 1}
        self._states: list[tuple[int, int]] = [(0, 0), (1, 0)]
        self._state_ids: dict[tuple[int, int], int] = {}
        self._steps: dict[tuple[int, int], int] = {}
        self._advanced: dict[tuple[int, int, int], Formula] = {}
        start = self._term(root, _ACCEPT, *_whole(root))
        # Unless it is anchored, a search begins anew at every place.
        self._search = 0 if starts_at_beginning(root) else start
        self.start = self._state(_one(start), _START)

    def step(self, state: int, unit: int) -> int:
        """The state after one more unit."""
        if state < 2:
            return state
        letter = self._alphabet.letter_of(unit)
        found = self._steps.get((state, letter))
        if found is None:
            formula, before = self._states[state]
            reached = self._advance_all(self._formulas[formula], before, letter)
            if self._search and reached != TRUE:
                reached |= {frozenset({self._search})}
            found = self._state(self._least(reached), self._kind(letter))
            self._steps[state, letter] = found
        return found

    def accepts(self, state: int) -> bool:
        """Whether a text that ends here is in the set."""
        if state < 2:
            return state == EVERYTHING
        formula, before = self._states[state]
        return self._advance_all(self._formulas[formula], before, END) == TRUE

    # States, formulas and terms are known by their numbers.

    def _state(self, formula: Formula, before: int) -> int:
        if formula == FALSE:
            return NOTHING
        if formula == TRUE:
            return EVERYTHING
        key = (self._formula(formula), before)
        if key not in self._state_ids:
            self._state_ids[key] = len(self._states)
            self._states.append(key)
        return self._state_ids[key]

    def _formula(self, formula: Formula) -> int:
        if formula not in self._formula_ids:
            self._formula_ids[formula] = len(self._formulas)
            self._formulas.append(formula)
        return self._formula_ids[formula]

    def _term(self, node: Node, after: int, first: int = 0, second: int = 0) -> int:
        key = (node, first, second, after)
        if key not in self._term_ids:
            self._term_ids[key] = len(self._terms)
            self._terms.append(key)
        return self._term_ids[key]

    def _loop(self, node: Quantified, minimum: int, maximum: int, after: int) -> int:
        """The term of a loop that has so many rounds to go; -1 rounds are unlimited."""
        return after if maximum == 0 else self._term(node, after, minimum, maximum)

    def _kind(self, letter: int) -> int:
        kind = 0
        if letter in self._words:
            kind |= _WORD
        if letter in self._feeds:
            kind |= _LINE_FEED
        return kind & self._told

    def _least(self, formula: Formula) -> Formula:
        """The formula without loops that are contained in longer ones."""
        longest: dict[tuple[Node | None, int], int] = {}
        shorter: set[frozenset[int]] = set()
        for cube in formula:
            if len(cube) != 1:
                continue
            (item,) = cube
            if item < 2:
                continue
            node, minimum, maximum, after = self._terms[item]
            if not isinstance(node, Quantified) or minimum or maximum < 0:
                continue
            other = longest.get((node, after))
            if other is None:
                longest[node, after] = item
            elif self._terms[other][2] < maximum:
                longest[node, after] = item
                shorter.add(frozenset({other}))
            else:
                shorter.add(cube)
        return formula - shorter if shorter else formula

    # One more unit: what must be found after it for the whole to be found.

    def _advance_all(self, formula: Formula, before: int, letter: int, depth: int = 0) -> Formula:
        found = FALSE
        for cube in formula:
            reached = TRUE
            for item in cube:
                if item < 0:
                    inner = self._formulas[-item - 1]
                    other = self._negation(self._advance_all(inner, before, letter, depth + 1))
                else:
                    other = self._advance(item, before, letter, depth + 1)
                reached = _both(reached, other)
                if reached == FALSE:
                    break
            if reached == TRUE:
                return TRUE
            found |= reached
        return found

    def _advance(self, term: int, before: int, letter: int, depth: int) -> Formula:
        if term == _ACCEPT:
            return TRUE
        if term == _AT_END:
            return TRUE if letter == END else FALSE
        key = (term, before, letter)
        found = self._advanced.get(key)
        if found is None:
            if depth > DEEPEST:
                raise TooDeep
            node, first, second, after = self._terms[term]
            assert node is not None
            found = self._consume(node, first, second, after, before, letter, depth)
            nothing = self._nothing(node, first, before, letter, depth)
            if nothing != FALSE and found != TRUE:
                rest = self._advance(after, before, letter, depth + 1)
                found = _either(found, _both(nothing, rest))
            self._advanced[key] = found
        return found

    def _consume(
        self, node: Node, first: int, second: int, after: int, before: int, letter: int, depth: int
    ) -> Formula:
        """What is left to find when a node takes this unit, and perhaps more."""
        if letter == END:
            return FALSE
        if isinstance(node, Literal):
            if letter not in self._letters[node, first]:
                return FALSE
            last = first + 1 == len(node.units)
            return _one(after if last else self._term(node, after, first + 1))
        if isinstance(node, (CharacterClass, Dot)):
            return _one(after) if letter in self._letters[node] else FALSE
        if depth > DEEPEST:
            raise TooDeep
        depth += 1
        if isinstance(node, Concatenation):
            return self._consume_parts(node, first, after, before, letter, depth)
        if isinstance(node, (Group, Capture, Atomic)):
            return self._consume_whole(node.body, after, before, letter, depth)
        if isinstance(node, Alternation):
            return _any(
                self._consume_whole(branch, after, before, letter, depth)
                for branch in node.branches
            )
        if isinstance(node, Quantified):
            return self._consume_loop(node, first, second, after, before, letter, depth)
        if isinstance(node, Conditional):
            branches = (node.yes, *(() if node.no is None else (node.no,)))
            return _any(
                self._consume_whole(branch, after, before, letter, depth) for branch in branches
            )
        if isinstance(node, Backreference):
            return _one(self._term(node, after))
        return FALSE

    def _consume_whole(
        self, node: Node, after: int, before: int, letter: int, depth: int
    ) -> Formula:
        first, second = _whole(node)
        return self._consume(node, first, second, after, before, letter, depth)

    def _consume_parts(
        self, node: Concatenation, first: int, after: int, before: int, letter: int, depth: int
    ) -> Formula:
        found = FALSE
        reached = TRUE
        for index in range(first, len(node.parts)):
            part = node.parts[index]
            rest = after if index + 1 == len(node.parts) else self._term(node, after, index + 1)
            taken = self._consume_whole(part, rest, before, letter, depth)
            found = _either(found, _both(reached, taken))
            reached = _both(reached, self._nothing(part, _whole(part)[0], before, letter, depth))
            if reached == FALSE:
                break
        return found

    def _consume_loop(
        self,
        node: Quantified,
        minimum: int,
        maximum: int,
        after: int,
        before: int,
        letter: int,
        depth: int,
    ) -> Formula:
        if maximum == 0:
            return FALSE
        found = FALSE
        # Rounds that match nothing may come first.
        idle = self._nothing(node.body, _whole(node.body)[0], before, letter, depth)
        skipped = 0
        while True:
            left = max(minimum - 1 - skipped, 0)
            limit = maximum if maximum < 0 else maximum - 1 - skipped
            rest = self._loop(node, left, limit, after)
            taken = self._consume_whole(node.body, rest, before, letter, depth)
            found = _either(found, taken if not skipped else _both(idle, taken))
            skipped += 1
            if idle == FALSE or skipped >= minimum or skipped == maximum:
                return found
            if skipped > DEEPEST:
                raise TooDeep

    def _nothing(self, node: Node, first: int, before: int, letter: int, depth: int) -> Formula:
        """When a node matches the empty text here."""
        if isinstance(node, (Literal, CharacterClass, Dot)):
            return FALSE
        if isinstance(node, Empty):
            return TRUE
        if isinstance(node, Anchor):
            return self._holds(node.kind, before, letter)
        if depth > DEEPEST:
            raise TooDeep
        depth += 1
        if isinstance(node, Quantified):
            if first == 0:
                return TRUE
            return self._nothing(node.body, _whole(node.body)[0], before, letter, depth)
        if isinstance(node, Concatenation):
            found = TRUE
            for part in node.parts[first:]:
                found = _both(found, self._nothing(part, _whole(part)[0], before, letter, depth))
                if found == FALSE:
                    break
            return found
        if isinstance(node, (Group, Capture, Atomic)):
            return self._nothing(node.body, _whole(node.body)[0], before, letter, depth)
        if isinstance(node, Alternation):
            return _any(
                self._nothing(branch, _whole(branch)[0], before, letter, depth)
                for branch in node.branches
            )
        if isinstance(node, Conditional):
            if node.no is None:
                return TRUE
            return _any(
                self._nothing(branch, _whole(branch)[0], before, letter, depth)
                for branch in (node.yes, node.no)
            )
        if isinstance(node, Look):
            return self._look(node, before, letter, depth)
        return TRUE

    def _look(self, node: Look, before: int, letter: int, depth: int) -> Formula:
        if not node.ahead or (node.negative and any(map(_beyond, walk(node.body)))):
            return TRUE
        first, second = _whole(node.body)
        term = self._term(node.body, _ACCEPT, first, second)
        found = self._advance(term, before, letter, depth)
        return self._negation(found) if node.negative else found

    def _negation(self, formula: Formula) -> Formula:
        if formula in (FALSE, TRUE):
            return TRUE if formula == FALSE else FALSE
        return _one(-self._formula(formula) - 1)

    def _holds(self, kind: str, before: int, letter: int) -> Formula:
        """When an anchor holds; some hold only if the text ends after the next unit."""
        if kind == "final-line-end":
            if letter in self._feeds:
                return _one(_AT_END)
            return TRUE if letter == END else FALSE
        if kind in ("beginning", "search-start"):
            holds = before == _START
        elif kind == "end":
            holds = letter == END
        elif kind == "line-beginning":
            holds = bool(before & (_START | _LINE_FEED))
        elif kind == "line-end":
            holds = letter == END or letter in self._feeds
        else:
            changes = bool(before & _WORD) is not (letter in self._words)
            holds = changes is (kind == "boundary")
        return TRUE if holds else FALSE


def _units_like(unit: str, ignore_case: bool) -> Ranges:
    units = classes.equivalents(unit) if ignore_case else unit
    return classes.union([(ord(member), ord(member)) for member in units])


def _whole(node: Node) -> tuple[int, int]:
    """The numbers of a term that has the whole of a node before it."""
    if isinstance(node, Quantified):
        return node.minimum, -1 if node.maximum is None else node.maximum
    return 0, 0


def _one(item: int) -> Formula:
    return TRUE if item == _ACCEPT else frozenset({frozenset({item})})


def _either(left: Formula, right: Formula) -> Formula:
    return TRUE if TRUE in (left, right) else left | right


def _any(formulas: Iterable[Formula]) -> Formula:
    found = FALSE
    for formula in formulas:
        if formula == TRUE:
            return TRUE
        found |= formula
    return found


def _both(left: Formula, right: Formula) -> Formula:
    if left == TRUE or right == FALSE:
        return right
    if right == TRUE or left == FALSE:
        return left
    if len(left) * len(right) > MOST_CUBES:
        raise TooDeep
    return frozenset(one | other for one in left for other in right)

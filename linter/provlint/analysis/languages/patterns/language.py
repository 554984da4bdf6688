"""The texts in which a .NET pattern is found, as `Regex.IsMatch` searches.

Source: https://learn.microsoft.com/dotnet/standard/base-types/regular-expression-language-quick-reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.analysis.languages.language import EVERYTHING, NOTHING
from provlint.analysis.languages.patterns.derivatives import BEGINNING, END, Derivatives
from provlint.analysis.languages.patterns.formulas import ACCEPT, FALSE, TRUE, Formula, one
from provlint.analysis.languages.patterns.letters import Letters
from provlint.analysis.languages.patterns.reach import beyond
from provlint.dotnet.regex.queries import starts_at_beginning, walk
from provlint.dotnet.regex.tree import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint.analysis.budget import Budget
    from provlint.dotnet.regex.tree import Node


class PatternLanguage:
    """The texts in which a pattern is found; see `Language`.

    Attributes:
        exact: False where the pattern holds what `reach.beyond` names.
    """

    def __init__(self, root: Node, contains: Callable[[str], bool | None]) -> None:
        self._root = root
        self._contains = contains
        self.exact = not beyond(root)

    def automaton(self, budget: Budget) -> PatternAutomaton:
        """See `Language`."""
        return PatternAutomaton(self._root, budget)

    def contains(self, text: str) -> bool | None:
        """Whether .NET finds the pattern in a text."""
        return self._contains(text)


class PatternAutomaton:
    """The automaton of a pattern; see `Automaton`.

    Attributes:
        sets: Units that are in the same of these sets are not told apart.
        start: The state before the first unit.
    """

    def __init__(self, root: Node, budget: Budget) -> None:
        nodes = walk(root)
        self._letters = Letters(nodes)
        self.sets = self._letters.sets
        behind = [each for each in nodes if isinstance(each, Look) and not each.ahead]
        self._derivatives = Derivatives(
            self._letters, [each for each in behind if not beyond(each)], budget
        )
        # A state is what must still be found, and the context.
        self._states: list[tuple[int, int]] = [(NOTHING, 0), (EVERYTHING, 0)]
        self._state_ids: dict[tuple[int, int], int] = {}
        self._steps: dict[tuple[int, int], int] = {}
        whole = one(self._derivatives.term(root, ACCEPT))
        # Unless it is anchored, a search begins anew at every place.
        self._anew = FALSE if starts_at_beginning(root) else whole
        self.start = self._state(whole, BEGINNING)

    def _state(self, formula: Formula, context: int) -> int:
        if formula in (FALSE, TRUE):
            return NOTHING if formula == FALSE else EVERYTHING
        key = (self._derivatives.number(formula), context)
        if key not in self._state_ids:
            self._state_ids[key] = len(self._states)
            self._states.append(key)
        return self._state_ids[key]

    def step(self, state: int, unit: int) -> int:
        """See `Automaton`."""
        if state in (NOTHING, EVERYTHING):
            return state
        letter = self._letters.letter_of(unit)
        found = self._steps.get((state, letter))
        if found is None:
            derivatives = self._derivatives
            number, context = self._states[state]
            left = derivatives.advance(derivatives.formula(number), context, letter)
            if left != TRUE:
                left = derivatives.least(left | self._anew)
            after = derivatives.context_after(context, letter)
            found = self._steps[state, letter] = self._state(left, after)
        return found

    def accepts(self, state: int) -> bool:
        """See `Automaton`."""
        if state in (NOTHING, EVERYTHING):
            return state == EVERYTHING
        number, context = self._states[state]
        derivatives = self._derivatives
        return derivatives.advance(derivatives.formula(number), context, END) == TRUE

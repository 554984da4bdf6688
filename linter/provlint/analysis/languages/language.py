"""What a set of texts must be able to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from provlint.analysis.budget import Budget
    from provlint.dotnet.regex.classes import Ranges

NOTHING = 0
"""The state after which no text is in the set."""
EVERYTHING = 1
"""The state after which every text is in the set."""


class Automaton(Protocol):
    """A deterministic automaton whose states are computed on demand."""

    @property
    def sets(self) -> tuple[Ranges, ...]:
        """Units that are in the same of these sets are not told apart."""

    @property
    def start(self) -> int:
        """The state before the first unit."""

    def step(self, state: int, unit: int) -> int:
        """The state after one more unit."""

    def accepts(self, state: int) -> bool:
        """Whether a text that ends here is in the set."""


class Language(Protocol):
    """A set of texts."""

    @property
    def exact(self) -> bool:
        """Whether the automaton accepts the set itself; otherwise it accepts more."""

    def automaton(self, budget: Budget) -> Automaton:
        """A new automaton of the set, whose steps the budget counts."""

    def contains(self, text: str) -> bool | None:
        """Whether a text is in the set; None where .NET's answer is not known."""

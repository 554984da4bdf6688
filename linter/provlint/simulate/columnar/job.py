"""What is simulated, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provlint.simulate.flow import Flow
    from provlint.simulate.inputs.population import Population, User
    from provlint.simulate.outcome import UserOutcome
    from provlint.simulate.situation import Situation
    from provlint.simulate.summary import Row, Summary, Verdict
    from provlint.simulate.targets import TargetUser

COLUMNS_FROM = 30_000
"""Users from which the columnar engine is faster than the reference path."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is simulated.

    Attributes:
        flow: The object mapping with its settings; targets, duplicates and references are looked
            up by the engine.
        population: The users.
        targets: Target users; None where they are not given.
        target_paths: The files of the target users.
        situation_of: What else is known of a user.
        situated: Whether anything else is known of any user.
    """

    flow: Flow
    population: Population
    targets: Iterable[TargetUser] | None
    target_paths: tuple[str, ...]
    situation_of: Callable[[User], Situation]
    situated: bool = False


class Simulation(Protocol):
    """The result: the summary at once, the rows on request."""

    @property
    def summary(self) -> Summary:
        """Counts by verdict, and what was assumed."""

    def rows(self, fits: Callable[[Verdict], bool]) -> Iterator[Row]:
        """The users whose verdict fits, in the order of the files."""

    def explain(self, wanted: str) -> list[tuple[User, UserOutcome]]:
        """The users that a word stands for, with their five steps."""

"""How much an analysis may do before it says that it does not know."""

from __future__ import annotations

from provlint.wording import counted

STEP_LIMIT = 200_000
"""Steps of one analysis: ways to combine clauses, and units read by automata. About a second."""


class OutOfSteps(Exception):  # noqa: N818 - it is an answer, not a failure
    """The step limit is reached."""


class Budget:
    """Counts the steps of one analysis.

    Attributes:
        limit: How many there may be.
        steps: How many there were.
    """

    __slots__ = ("limit", "steps")

    def __init__(self, limit: int = STEP_LIMIT) -> None:
        self.limit = limit
        self.steps = 0

    def spend(self, steps: int = 1) -> None:
        """Take some steps.

        Raises:
            OutOfSteps: There are not so many left.
        """
        if self.steps + steps > self.limit:
            raise OutOfSteps
        self.steps += steps


def out_of_steps(budget: Budget) -> str:
    """What to say when a budget is used up."""
    return f"the limit of {counted(budget.limit, 'step')} is reached"

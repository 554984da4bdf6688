"""Which way all users are compared: user by user, or in columns."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from provlint.compare.users.rowwise import RowwiseComparison
from provlint.simulate.cycle.engines import INSTALL, is_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provlint.compare.users.decide import Decided
    from provlint.compare.users.jobs import PairJob
    from provlint.compare.users.summary import PairRow, PairSummary
    from provlint.compare.users.verdict import PairVerdict
    from provlint.simulate.inputs.population import User
    from provlint.simulate.plan import Plan

    Progress = Callable[[str, int, int | None], None]


class UserComparison(Protocol):
    """The result: the summary at once, the rows on request."""

    @property
    def summary(self) -> PairSummary:
        """Counts by verdict, frequent values, and what was assumed."""

    @property
    def plans(self) -> tuple[Plan, Plan]:
        """The object mapping before and after."""

    def rows(self, fits: Callable[[PairVerdict], bool]) -> Iterator[PairRow]:
        """The users whose verdict fits, in the order of the files."""

    def explain(self, wanted: str) -> list[tuple[User, Decided]]:
        """The users that a word stands for, with all that was decided."""


def compare_users(
    job: PairJob, engine: str, progress: Progress | None = None
) -> tuple[UserComparison, str]:
    """Compare, and say what the user should know of the way it went; usually nothing.

    Args:
        job: What to compare.
        engine: `reference`, `columns`, or `auto` for the faster one.
        progress: Told how far the work is.

    Raises:
        InputError: A record is broken, and the population says to stop.
    """
    if engine == "reference" or (engine == "auto" and not is_large(job.new)):
        return RowwiseComparison(job, progress), ""
    if find_spec("duckdb") is None:
        remark = f"without DuckDB large inputs are slow and kept in memory; {INSTALL}"
        return RowwiseComparison(job, progress), remark
    from provlint.compare.users.columnar.combined import refusal

    reason = refusal(job)
    if reason:
        return RowwiseComparison(job, progress), f"user by user, which is slow: {reason}"
    from provlint.compare.users.columnar.engine import compare_in_columns

    return compare_in_columns(job, progress), ""

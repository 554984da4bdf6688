"""What a simulation from Python gives."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from provlint.simulate.cycle.summary import SHOWN
from provlint.simulate.notebook.closing import Closing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas
    import polars
    import pyarrow

    from provlint.simulate.cycle.job import Simulation
    from provlint.simulate.cycle.summary import Row, Summary
    from provlint.simulate.notebook.given import GivenFiles
    from provlint.simulate.outcome import UserOutcome


class SimulationResult(Closing):
    """What a simulation gives: the summary at once, the rows on request.

    With many users it holds temporary files: close it, or use it as a context manager. The summary
    stays.

    Attributes:
        summary: Counters, reasons, assumptions, open readings.
        remark: Why the work was done user by user where columns were to be expected; usually empty.
    """

    def __init__(self, simulation: Simulation, remark: str, given: GivenFiles) -> None:
        self._simulation: Simulation | None = simulation
        self._given = given
        told = tuple(map(given.told, simulation.summary.notes))
        self.summary: Summary = simulation.summary._replace(notes=told)
        self.remark = given.told(remark)

    def rows(self, show: str = "all", limit: int | None = None) -> Iterator[Row]:
        """The users, in the order of the files.

        Args:
            show: Which: as `--show` of the command line has it, such as `failed`.
            limit: How many at most.

        Raises:
            ValueError: There is no such kind of rows, or the result is closed.
        """
        if show not in SHOWN:
            raise ValueError(f"no rows are called `{show}`; there are {', '.join(SHOWN)}")
        return islice(map(self._told, self._open.rows(SHOWN[show])), limit)

    def __iter__(self) -> Iterator[Row]:
        return self.rows()

    def explain(self, user: str) -> list[UserOutcome]:
        """The five steps of the users that a word stands for: id, name, mail, employee number.

        Raises:
            ValueError: The result is closed.
        """
        return [outcome for _, outcome in self._open.explain(user)]

    def to_arrow(self, show: str = "all") -> pyarrow.Table:
        """The rows as an Arrow table.

        Args:
            show: Which rows.

        Raises:
            ImportError: pyarrow is not installed.
            ValueError: There is no such kind of rows, or the result is closed.
        """
        from provlint.simulate.notebook.frames import arrow_table

        return arrow_table(self.rows(show))

    def to_polars(self, show: str = "all") -> polars.DataFrame:
        """The rows as a data frame of Polars.

        Args:
            show: Which rows.

        Raises:
            ImportError: Polars is not installed.
            ValueError: There is no such kind of rows, or the result is closed.
        """
        from provlint.simulate.notebook.frames import polars_frame

        return polars_frame(self.rows(show))

    def to_pandas(self, show: str = "all") -> pandas.DataFrame:
        """The rows as a data frame of pandas; what is not there is `<NA>`.

        Args:
            show: Which rows.

        Raises:
            ImportError: pandas is not installed.
            ValueError: There is no such kind of rows, or the result is closed.
        """
        from provlint.simulate.notebook.frames import pandas_frame

        return pandas_frame(self.rows(show))

    @property
    def _open(self) -> Simulation:
        if self._simulation is None:
            raise ValueError("the result is closed; ask for rows before, within the `with`")
        return self._simulation

    def _told(self, row: Row) -> Row:
        """A row in which no temporary file stands for somebody without a name or an id."""
        target_id = row.target_id and self._given.told(row.target_id)
        return row._replace(user=self._given.told(row.user), target_id=target_id)

    def close(self) -> None:
        """Remove temporary files; rows cannot be asked for any more."""
        close = getattr(self._simulation, "close", None)
        if close is not None:
            close()
        self._simulation = None
        self._given.close()

    def __repr__(self) -> str:
        """The counters that are not zero."""
        counters = ", ".join(f"{name} {n:,}" for name, n in self.summary.counters.items() if n)
        return f"SimulationResult({counters})"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from provlint.simulate.notebook.html import summary_html

        return summary_html(self.summary)

"""Simulation from Python: `provlint.simulate`.

```python
from provlint import simulate

result = simulate("schema.json", "users.json", targets="scim-users.json")
result.summary.counters["created"]
```
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from provlint.simulate.cycle.summary import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

    import pandas
    import polars
    import pyarrow

    from provlint.simulate.cycle.job import Simulation
    from provlint.simulate.cycle.summary import Row, Summary
    from provlint.simulate.inputs.problem import OnError
    from provlint.simulate.outcome import UserOutcome
    from provlint.simulate.scope import NullPolicy

    Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

COLUMNS: Mapping[str, str] = {
    "user": "string", "object_id": "string", "target_id": "string", "action": "string",
    "code": "string", "step": "string", "reason": "string", "in_scope": "bool",
    "matched_on": "string", "contested": "list",
}  # fmt: skip
"""The columns of rows and what they hold: those of `--format csv`."""

BATCH = 65_536
"""Rows that are turned to columns at once."""


class SimulationResult:
    """What a simulation gives: the summary at once, the rows on request.

    With many users it holds temporary files: close it, or use it as a context manager.

    Attributes:
        summary: Counters, reasons, assumptions, open readings.
    """

    def __init__(self, simulation: Simulation, remark: str = "") -> None:
        self._simulation = simulation
        self.summary: Summary = simulation.summary
        self.remark = remark

    def rows(self, show: str = "all", limit: int | None = None) -> Iterator[Row]:
        """The users, in the order of the files.

        Args:
            show: Which: as `--show` of the command line has it, such as `failed`.
            limit: How many at most.

        Raises:
            ValueError: There is no such kind of rows.
        """
        if show not in SHOWN:
            raise ValueError(f"no rows are called `{show}`; there are {', '.join(SHOWN)}")
        return islice(self._simulation.rows(SHOWN[show]), limit)

    def explain(self, user: str) -> list[UserOutcome]:
        """The five steps of the users that a word stands for: id, name, mail, employee number."""
        return [outcome for _, outcome in self._simulation.explain(user)]

    def to_arrow(self, show: str = "all") -> pyarrow.Table:
        """The rows as an Arrow table.

        Args:
            show: Which rows.

        Raises:
            ImportError: pyarrow is not installed.
            ValueError: There is no such kind of rows.
        """
        arrow = _library("pyarrow", "to_arrow")
        types = {
            "string": arrow.string(),
            "bool": arrow.bool_(),
            "list": arrow.list_(arrow.string()),
        }
        schema = arrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
        batches = [arrow.RecordBatch.from_pydict(batch, schema) for batch in self._columns(show)]
        return arrow.Table.from_batches(batches, schema)

    def to_polars(self, show: str = "all") -> polars.DataFrame:
        """The rows as a data frame of Polars.

        Args:
            show: Which rows.

        Raises:
            ImportError: Polars is not installed.
            ValueError: There is no such kind of rows.
        """
        library = _library("polars", "to_polars")
        types = {"string": library.String, "bool": library.Boolean,
                 "list": library.List(library.String)}  # fmt: skip
        schema = {name: types[kind] for name, kind in COLUMNS.items()}
        frames = [library.DataFrame(batch, schema) for batch in self._columns(show)]
        return library.concat(frames) if frames else library.DataFrame(schema=schema)

    def to_pandas(self, show: str = "all") -> pandas.DataFrame:
        """The rows as a data frame of pandas.

        Args:
            show: Which rows.

        Raises:
            ImportError: pandas is not installed.
            ValueError: There is no such kind of rows.
        """
        library = _library("pandas", "to_pandas")
        frames = [library.DataFrame(batch) for batch in self._columns(show)]
        if not frames:
            return library.DataFrame(columns=list(COLUMNS))
        return library.concat(frames, ignore_index=True)

    def _columns(self, show: str) -> Iterator[dict[str, list[Any]]]:
        """The rows as columns, in batches."""
        rows = self.rows(show)
        while batch := list(islice(rows, BATCH)):
            verdicts = [row.verdict for row in batch]
            yield {
                name: [getattr(row, name) for row in batch]
                if name in ("user", "object_id", "target_id")
                else [list(each) if isinstance(each, tuple) else each
                      for each in (getattr(verdict, name) for verdict in verdicts)]
                for name in COLUMNS
            }  # fmt: skip

    def close(self) -> None:
        """Remove temporary files; rows cannot be asked for any more."""
        close = getattr(self._simulation, "close", None)
        if close is not None:
            close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        """The counters that are not zero."""
        counters = ", ".join(f"{name} {n:,}" for name, n in self.summary.counters.items() if n)
        return f"SimulationResult({counters})"


def simulate(
    configuration: str | os.PathLike[str],
    users: Paths,
    *,
    targets: Paths = (),
    assignments: Paths = (),
    groups: Paths = (),
    secrets: Paths = (),
    job: str | os.PathLike[str] | None = None,
    links: Paths | Mapping[str, str] = (),
    rule: str | None = None,
    mapping: str | None = None,
    application: str | None = None,
    columns: Mapping[str, str] | None = None,
    null_policy: NullPolicy = "documented",
    now: str | None = None,
    seed: int | None = None,
    on_error: OnError = "stop",
    engine: Literal["auto", "reference", "columns"] = "auto",
) -> SimulationResult:
    """Say what provisioning would do with all users, offline.

    Files are recognised by what they hold; each argument takes one path, folder or glob, or several
    of them.

    Args:
        configuration: An exported schema or job.
        users: Users of the source: Microsoft Graph, portal CSV, PowerShell, HR, Parquet.
        targets: Users of the target.
        assignments: App role assignments.
        groups: Groups with members.
        secrets: The secrets of the job.
        job: The job, where the configuration is its schema alone.
        links: Links that the service has stored: files, or target ids by source id.
        rule: The synchronization rule, where there are several.
        mapping: The object mapping, where there are several.
        application: The application, such as `Box`.
        columns: For files of human resources: the column of each attribute.
        null_policy: What negative operators give on an empty attribute.
        now: The present as ISO 8601, UTC.
        seed: Start of the random numbers.
        on_error: `stop` at the first broken record, or `skip` it and count.
        engine: How to compute; the answers are the same.

    Raises:
        InputError: A file is missing or not what it should be, or a record is broken; `problem`
            tells the place and what to do.
        ValueError: The present cannot be understood.
    """
    from provlint.simulate.cycle.engines import simulate as run
    from provlint.simulate.cycle.job import job_of
    from provlint.simulate.inputs.read import Inputs
    from provlint.simulate.object_mapping import choose_object_mapping
    from provlint.simulate.plan import plan_of
    from provlint.simulate.preparation import attributes_of

    job_file = None if job is None else os.fspath(job)
    unit = choose_object_mapping(
        os.fspath(configuration), rule=rule, mapping=mapping, job=job_file, application=application
    )
    plan = plan_of(unit)
    inputs = Inputs(
        _paths(users),
        targets=_paths(targets),
        assignments=_paths(assignments),
        groups=_paths(groups),
        secrets=_paths(secrets),
        jobs=() if job_file is None else (job_file,),
        links=_links(links),
        attributes=attributes_of(plan),
        columns=columns,
        on_error=on_error,
    )
    asked = job_of(unit, plan, inputs, null_policy=null_policy, now=now, seed=seed)
    return SimulationResult(*run(asked, engine))


def _paths(paths: Paths) -> Sequence[str]:
    if isinstance(paths, (str, os.PathLike)):
        return (os.fspath(paths),)
    return tuple(os.fspath(path) for path in paths)


def _links(links: Paths | Mapping[str, str]) -> Sequence[str]:
    if isinstance(links, Mapping):
        return tuple(f"{source}={target}" for source, target in links.items())
    return _paths(links)


def _library(name: str, method: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        message = f"`{method}` needs {name}, which is not installed: run `pip install {name}`"
        raise ImportError(message) from error

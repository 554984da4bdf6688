"""The function `provlint.simulate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.simulate.notebook.given import GivenFiles
from provlint.simulate.notebook.result import SimulationResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from provlint.simulate.inputs.problem import OnError
    from provlint.simulate.notebook.given import Given, Path
    from provlint.simulate.scope import NullPolicy


def simulate(
    configuration: Path | Mapping[str, object],
    users: Given,
    *,
    targets: Given | None = None,
    assignments: Given | None = None,
    groups: Given | None = None,
    secrets: Path | Iterable[Path] = (),
    job: Path | Mapping[str, object] | None = None,
    links: Given | Mapping[str, str] | None = None,
    rule: str | None = None,
    mapping: str | None = None,
    application: str | None = None,
    columns: Mapping[str, str] | None = None,
    null_policy: NullPolicy = "documented",
    now: str | None = None,
    seed: int | None = None,
    macros: Mapping[str, str] | None = None,
    on_error: OnError = "stop",
    engine: Literal["auto", "reference", "columns"] = "auto",
) -> SimulationResult:
    """Say what provisioning would do with all users, offline.

    Files are recognised by what they hold; an argument takes one path, folder or glob, or several
    of them. In place of files it takes a list of dictionaries, which is as the JSON that Microsoft
    Graph or SCIM answers, or a table of pandas, Polars, DuckDB, or anything that Arrow reads. An
    empty list, or an empty table, says that there are none; None says that nothing is known.

    Args:
        configuration: An exported schema or job: a path, or a dictionary.
        users: Users of the source: Microsoft Graph, portal CSV, PowerShell, HR, Parquet.
        targets: Users of the target.
        assignments: App role assignments.
        groups: Groups with members.
        secrets: The secrets of the job: paths only, as secrets are never written.
        job: The job, where the configuration is its schema alone: a path, or a dictionary.
        links: Links that the service has stored: files, records, or a dictionary of target ids by
            source id.
        rule: The synchronization rule, where there are several.
        mapping: The object mapping, where there are several.
        application: The application, such as `Box`.
        columns: For files of human resources: the column of each attribute.
        null_policy: What negative operators give on an empty attribute.
        now: The present as ISO 8601, UTC.
        seed: Start of the random numbers.
        macros: Values of job variables by name, such as `{"DomainFQDN": "corp.contoso.com"}`.
        on_error: `stop` at the first broken record, or `skip` it and count.
        engine: How to compute; the answers are the same.

    Raises:
        ImportError: A table cannot be read without pyarrow, which is not installed.
        InputError: A file is missing or not what it should be, or a record is broken; `problem`
            tells the place and what to do.
        TypeError: An argument is neither path, record nor table.
        ValueError: The present cannot be understood.
    """
    from provlint.simulate.cycle.engines import simulate as run
    from provlint.simulate.cycle.job import job_of
    from provlint.simulate.inputs.read import Inputs
    from provlint.simulate.object_mapping import choose_object_mapping
    from provlint.simulate.plan import plan_of
    from provlint.simulate.preparation import attributes_of

    with GivenFiles() as given:

        def files(name: str, value: Given | None) -> Sequence[str]:
            return () if value is None else given.paths(name, value)

        job_file = None if job is None else given.path("job", job)
        unit = choose_object_mapping(
            given.path("configuration", configuration),
            rule=rule,
            mapping=mapping,
            job=job_file,
            application=application,
        )
        plan = plan_of(unit)
        inputs = Inputs(
            given.paths("users", users),
            targets=files("targets", targets),
            assignments=files("assignments", assignments),
            groups=files("groups", groups),
            secrets=given.paths_only("secrets", secrets),
            jobs=() if job_file is None else (job_file,),
            links=files("links", _linked(links)),
            attributes=attributes_of(plan),
            columns=columns,
            on_error=on_error,
        )
        asked = job_of(
            unit, plan, inputs, null_policy=null_policy, now=now, seed=seed, macros=macros
        )
        return SimulationResult(*run(asked, engine), given)


def _linked(links: Given | Mapping[str, str] | None) -> Given | None:
    """A dictionary of links as records."""
    from collections.abc import Mapping

    if not isinstance(links, Mapping):
        return links
    return [{"sourceId": source, "targetId": target} for source, target in links.items()]

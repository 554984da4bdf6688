"""From the options of `simulate` to what is simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.cli import on_demand_run as on_demand
from provlint.evaluation import make_context
from provlint.simulate.columnar.job import Job
from provlint.simulate.flow import Flow
from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.targets import TargetFiles
from provlint.simulate.plain_inputs import Assignments, Situations, links_of, records, secrets_of
from provlint.simulate.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT = ("accountEnabled",)


def job_of(config: str, options: Mapping[str, Any]) -> Job:
    """Read the configuration and the side inputs, and find the users' files.

    Raises:
        InputError: Something cannot be used.
        ValueError: The present cannot be understood.
    """
    asked = dict(options)
    unit, configuration = on_demand._object_mapping(config, asked)
    plan = plan_of(unit)
    context = make_context(
        source=None if plan.source_system == "unknown" else plan.source_system,
        now=_present(options["now"]),
        seed=options["seed"],
    )
    population = Population(
        options["users"],
        attributes={*plan.reads, *ACCOUNT, "objectId", "userPrincipalName"},
        columns=on_demand._columns(options["columns"]),
        on_error=options["on_error"],
    )
    assignments = None
    if options["assignments"]:
        assignments = Assignments(records(options["assignments"]), records(options["groups"]))
    situations = Situations(assignments, links_of(options["links"]))
    secrets = secrets_of(options["secrets"]) if options["secrets"] else None
    targets = None
    if options["targets"]:
        targets = TargetFiles(options["targets"], on_error=options["on_error"])
    flow = Flow(
        plan, context, None, on_demand._settings(secrets, asked, configuration),
        on_demand._facts(unit),
    )  # fmt: skip
    return Job(
        flow,
        population,
        targets,
        targets.paths if targets is not None else (),
        situations.of,
        bool(assignments is not None or options["links"]),
    )


def _present(now: str | None) -> str:
    """One present for all users."""
    if now is not None:
        return now
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")

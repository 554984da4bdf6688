"""What is simulated, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from provlint.evaluation import make_context
from provlint.simulate.flow import Flow
from provlint.simulate.object_mapping import facts_of, told_of_application
from provlint.simulate.plan import ROLES
from provlint.simulate.preparation import settings_of, situations
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from provlint.semantics.configuration import ObjectMappingUnit
    from provlint.simulate.cycle.summary import Row, Summary, Verdict
    from provlint.simulate.inputs.population import Population, User
    from provlint.simulate.inputs.read import Inputs
    from provlint.simulate.outcome import UserOutcome
    from provlint.simulate.plan import Plan
    from provlint.simulate.preparation import Situations
    from provlint.simulate.scope import NullPolicy
    from provlint.simulate.situation import Mode
    from provlint.simulate.targets import TargetUser

STANDING = {"Paused": "paused", "Disabled": "disabled", "Quarantine": "in quarantine"}
"""States of a job in which no cycle does its work."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is simulated.

    Attributes:
        flow: The object mapping with its settings; targets, duplicates and references are looked
            up by the engine.
        population: The users.
        targets: Target users; None where they are not given.
        target_paths: The files of the target users.
        situations: What else is known of users.
        notes: What a report says of the inputs beside the users' files, and of the application.
    """

    flow: Flow
    population: Population
    targets: Iterable[TargetUser] | None
    target_paths: tuple[str, ...]
    situations: Situations
    notes: tuple[str, ...] = ()


def job_of(
    unit: ObjectMappingUnit,
    plan: Plan,
    inputs: Inputs,
    *,
    mode: Mode = "cycle",
    null_policy: NullPolicy = "documented",
    now: str | None = None,
    seed: int | None = None,
    macros: Mapping[str, str] | None = None,
    links_told: bool = False,
) -> Job:
    """Put together what is simulated.

    Several jobs may share the inputs, as when two configurations are compared.

    Args:
        unit: The object mapping.
        plan: The same, ready to run.
        inputs: The users and all that is known beside them. They must have been asked for the
            attributes that the plan reads; see `attributes_of`.
        mode: `cycle` for all users, `on-demand` for one.
        null_policy: What negative operators give on an empty attribute.
        now: The present as ISO 8601, UTC; the clock's where it is left out.
        seed: Start of the random numbers.
        macros: Values of job variables by name, such as `{"DomainFQDN": "corp.contoso.com"}`.
        links_told: Whether the caller knows who is managed, even without a file of links.

    Raises:
        ValueError: The present cannot be understood.
    """
    present = now or _present()
    context = make_context(
        source=None if plan.source_system == "unknown" else plan.source_system,
        now=present,
        seed=seed,
        macros=macros,
    )
    settings = settings_of(inputs, unit, mode=mode, null_policy=null_policy, as_of=present[:10])
    targets = inputs.targets
    return Job(
        Flow(plan, context, None, settings, facts_of(unit)),
        inputs.population,
        targets,
        () if targets is None else targets.paths,
        situations(inputs),
        (
            *inputs.told_beside_users(),
            *_gaps(inputs, plan, links_told),
            *_standstill(inputs, unit),
            *told_of_application(unit),
        ),
    )


def _standstill(inputs: Inputs, unit: ObjectMappingUnit) -> Iterator[str]:
    """Why the service does none of this at present."""
    if not unit.mapping.enabled:
        name = quote(unit.mapping.name or unit.mapping.source_object_name)
        yield f"the object mapping {name} is switched off: this is what it would do if it were on"
    own = unit.rule.schema.schema.job
    states = [job.state for job in inputs.jobs]
    if not states and own is not None:
        states = ["Quarantine"] if own.status_code == "Quarantine" else [own.schedule_state or ""]
    if len(states) == 1 and states[0] in STANDING:
        yield f"the job is {STANDING[states[0]]}: this is what a cycle would do if it ran"


def _gaps(inputs: Inputs, plan: Plan, links_told: bool) -> Iterator[str]:
    """What is taken for granted of all users, as an input does not tell it."""
    if ROLES in plan.reads and inputs.names_no_roles:
        yield (
            "the names of the assigned roles are not given: mappings see their ids; give the"
            " service principal with `--assignments`"
        )
    if inputs.links is None and not links_told:
        yield (
            "no links given: nobody counts as provisioned before, so nobody is disabled or"
            " deleted; give them with `--links`"
        )


def _present() -> str:
    """One present for all users."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Simulation(Protocol):
    """The result: the summary at once, the rows on request."""

    @property
    def summary(self) -> Summary:
        """Counts by verdict, and what was assumed."""

    def rows(self, fits: Callable[[Verdict], bool]) -> Iterator[Row]:
        """The users whose verdict fits, in the order of the files."""

    def explain(self, wanted: str) -> list[tuple[User, UserOutcome]]:
        """The users that a word stands for, with their five steps."""

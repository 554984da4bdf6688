"""What is simulated on either side of a comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provlint.compare.users.decide import PairFlow
from provlint.compare.users.written import differing_mappings
from provlint.simulate.cycle.job import job_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.compare.configuration.side import SidePair
    from provlint.model.secrets import Secrets
    from provlint.model.tree import Scope
    from provlint.simulate.cycle.job import Job
    from provlint.simulate.flow import Flow
    from provlint.simulate.inputs.read import Inputs
    from provlint.simulate.scope import NullPolicy


@dataclass(frozen=True, slots=True)
class PairJob:
    """Two configurations over the same users.

    Attributes:
        flow: Both object mappings.
        old: What is simulated under the old configuration.
        new: The same under the new one; population, targets and situations are the same objects.
        scopes: The filters before and after.
    """

    flow: PairFlow
    old: Job
    new: Job
    scopes: tuple[Scope | None, Scope | None]

    @property
    def managed_by(self) -> str:
        """How it is known who has an account: `links`, `target` or `scope`."""
        if self.flow.links_given:
            return "links"
        return "scope" if self.new.targets is None else "target"


def pair_job(
    sides: SidePair,
    inputs: Inputs,
    *,
    old_secrets: Secrets | None = None,
    null_policy: NullPolicy = "documented",
    now: str | None = None,
    seed: int | None = None,
    macros: Mapping[str, str] | None = None,
) -> PairJob:
    """Put together what is compared.

    Args:
        sides: The object mapping before and after.
        inputs: The users and all that is known beside them.
        old_secrets: The settings among the secrets before, where they were others.
        null_policy: What negative operators give on an empty attribute.
        now: The present as ISO 8601, UTC; the clock's where it is left out.
        seed: Start of the random numbers.
        macros: Values of job variables by name.

    Raises:
        ValueError: The present cannot be understood.
    """
    jobs = []
    for side in (sides.old, sides.new):
        job = job_of(
            side.unit,
            side.plan,
            inputs,
            null_policy=null_policy,
            now=now,
            seed=seed,
            macros=macros,
            links_told=True,
        )
        now = now or job.flow.settings.as_of
        jobs.append(job)
    old, new = jobs
    if old_secrets is not None:
        old = replace(old, flow=_with_secrets(old.flow, old_secrets))
    new = replace(new, targets=old.targets, situations=old.situations)
    mappings = differing_mappings(sides)
    return PairJob(
        PairFlow(old.flow, new.flow, mappings, inputs.links is not None),
        old,
        new,
        (sides.old.unit.mapping.scope, sides.new.unit.mapping.scope),
    )


def _with_secrets(flow: Flow, secrets: Secrets) -> Flow:
    settings = replace(
        flow.settings,
        sync_all=secrets.sync_all,
        skip_out_of_scope_deletions=secrets.skip_out_of_scope_deletions,
        base_address=secrets.base_address,
    )
    return replace(flow, settings=settings)

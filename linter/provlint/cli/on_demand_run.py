"""The work of `provlint on-demand`, once its options are understood."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from provlint.cli.exit_status import CLEAN, FINDINGS
from provlint.cli.failure import guarded
from provlint.cli.simulation_options import job_from
from provlint.simulate.cycle.rowwise import complete_flow
from provlint.simulate.inputs.problem import refuse
from provlint.simulate.population import IDENTIFIERS, find_users, name_of
from provlint.wording import alternatives, counted, nearest, quote

if TYPE_CHECKING:
    from provlint.simulate.inputs.population import User

SEARCHED = 50_000
"""Users among whose names a slip of the pen is looked for."""


def run(config: str, wanted: str, options: dict[str, Any]) -> int:
    """Simulate, print and return the exit status.

    Args:
        config: Path of the configuration.
        wanted: The word for the user.
        options: The options of the command by click's names.
    """
    return guarded(lambda: _run(config, wanted, options))


def _run(config: str, wanted: str, options: dict[str, Any]) -> int:
    job = job_from(config, options, mode="on-demand")
    plan = job.flow.plan
    users = list(job.population)
    user = _user(users, wanted)
    flow = complete_flow(job, users)
    outcome = flow.run(user.values, job.situations(user), missing=user.missing)
    # The hints say what to ask Microsoft Graph for.
    hints = job.population.hints() if plan.source_system in ("entra", "unknown") else []
    told = [*job.population.told(), *job.notes, *hints]
    if options["output_format"] == "json":
        from provlint.cli.machine_output import for_programs
        from provlint.cli.on_demand_json import json_of

        for_programs("json")
        text = json_of(outcome, user, plan, told)
    else:
        from provlint.cli.on_demand_text import text_of
        from provlint.report.style import look

        style = look(sys.stdout, os.environ, options["colour"])
        text = text_of(outcome, user, name_of(user), plan, told, style)
    sys.stdout.write(text)
    return FINDINGS if outcome.fails else CLEAN


def _user(users: list[User], wanted: str) -> User:
    found = find_users(users, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        places = [f"{name_of(user)} ({user.where})" for user in found[:5]]
        message = f"{len(found)} users are called {quote(wanted)}: {alternatives(places, 'and')}"
        raise refuse("several-users", "USER", message, "give the object id of one of them")
    near = None
    if len(users) <= SEARCHED:
        every = [name for names in IDENTIFIERS for name in names]
        names = (str(user.values.get(name) or "") for user in users for name in every)
        near = nearest(wanted, filter(None, names))
    message = f"none of {counted(len(users), 'user')} is {quote(wanted)}"
    advice = f"did you mean {quote(near)}?" if near else "give an object id, name or mail address"
    raise refuse("no-user", "USER", message, advice)

"""The work of `provlint on-demand`, once its options are understood."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provlint.cli.exit_status import CLEAN, FAILED, FINDINGS
from provlint.cli.object_mapping import choose_object_mapping, facts_of
from provlint.evaluation import make_context
from provlint.simulate.flow import Flow
from provlint.simulate.inputs.problem import InputError, refuse
from provlint.simulate.inputs.read import Inputs
from provlint.simulate.plan import plan_of
from provlint.simulate.population import find_users, name_of, references, source_count
from provlint.simulate.preparation import settings_of, situations
from provlint.simulate.situation import Settings
from provlint.simulate.targets import TargetList
from provlint.wording import alternatives, counted, nearest, quote

if TYPE_CHECKING:
    from provlint.semantics.configuration import ConfigurationUnit, ObjectMappingUnit
    from provlint.simulate.inputs.population import User

NAMED = ("objectId", "userPrincipalName", "mail", "displayName", "employeeId")
"""What the user is looked up by, beside what the configuration reads."""

SEARCHED = 50_000
"""Users among whose names a slip of the pen is looked for."""


def run(config: str, wanted: str, options: dict[str, Any]) -> int:
    """Simulate, print and return the exit status.

    Args:
        config: Path of the configuration.
        wanted: The word for the user.
        options: The options of the command by click's names.
    """
    try:
        return _run(config, wanted, options)
    except InputError as error:
        problem = error.problem
        place = "" if problem.place in problem.message else f"{problem.place}: "
        return _fail(f"{place}{problem.message}", problem.help)
    except ValueError as error:
        return _fail(str(error), "")


def _fail(message: str, advice: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    if advice:
        print(f"  help: {advice}", file=sys.stderr)
    return FAILED


def _run(config: str, wanted: str, options: dict[str, Any]) -> int:
    unit = choose_object_mapping(
        config,
        rule=options["rule"],
        mapping=options["mapping"],
        job=options["job"],
        application=options["application"],
    )
    plan = plan_of(unit)
    context = make_context(
        source=None if plan.source_system == "unknown" else plan.source_system,
        now=options["now"],
        seed=options["seed"],
    )
    inputs = Inputs(
        options["users"],
        targets=options["targets"],
        assignments=options["assignments"],
        groups=options["groups"],
        secrets=options["secrets"],
        jobs=(options["job"],) if options["job"] else (),
        links=options["links"],
        attributes={*plan.reads, *NAMED, "accountEnabled"},
        columns=_columns(options["columns"]),
    )
    users = list(inputs.population.users)
    user = _user(users, wanted)
    situation_of = situations(inputs)
    flow = Flow(
        plan,
        context,
        None if inputs.targets is None else TargetList(inputs.targets),
        settings_of(
            inputs,
            mode="on-demand",
            null_policy=options["null_policy"],
            as_of=(options["now"] or "")[:10] or None,
        ),
        facts_of(unit),
    )
    flow = replace(
        flow,
        references=references(flow, users, situation_of),
        source_count=source_count(flow, users),
    )
    outcome = flow.run(user.values, situation_of(user), missing=user.missing)
    told = [*inputs.told(), *inputs.population.hints()]
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


def _columns(words: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for word in words:
        name, equals, column = word.partition("=")
        if not equals or not name or not column:
            message = f"{quote(word)} is no pair of attribute and column"
            raise refuse("bad-option", "--columns", message, "write `--columns NAME=COLUMN`")
        found[name] = column
    return found


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
        names = (str(user.values.get(name) or "") for user in users for name in NAMED)
        near = nearest(wanted, filter(None, names))
    message = f"none of {counted(len(users), 'user')} is {quote(wanted)}"
    advice = f"did you mean {quote(near)}?" if near else "give an object id, name or mail address"
    raise refuse("no-user", "USER", message, advice)


# What `simulate` took from here before `object_mapping` and `preparation` had it.


def _object_mapping(
    config: str, options: dict[str, Any]
) -> tuple[ObjectMappingUnit, ConfigurationUnit]:
    unit = choose_object_mapping(
        config,
        rule=options.get("rule"),
        mapping=options.get("mapping"),
        job=options.get("job"),
        application=options.get("application"),
    )
    return unit, unit.rule.schema.configuration


_facts = facts_of


def _settings(
    secrets: dict[str, str] | None, options: dict[str, Any], configuration: ConfigurationUnit
) -> Settings:
    threshold = None
    for schema in configuration.schemas:
        if schema.schema.job is not None:
            settings = {key.lower(): text for key, text in schema.schema.job.settings.items()}
            text = settings.get("quarantinetoomanydeletesthreshold", "")
            threshold = int(text) if text.isdigit() else threshold
    known = secrets or {}
    return Settings(
        sync_all=_flag(known.get("syncall")),
        skip_out_of_scope_deletions=_flag(known.get("skipoutofscopedeletions")),
        base_address=known.get("baseaddress"),
        delete_threshold=threshold,
        null_policy=options["null_policy"],
        mode="cycle",
    )


def _flag(text: str | None) -> bool | None:
    return None if text is None else text.strip().lower() == "true"

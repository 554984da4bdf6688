"""The work of `provlint on-demand`, once its options are understood."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provlint.cli.exit_status import CLEAN, FAILED, FINDINGS
from provlint.evaluation import make_context
from provlint.simulate.flow import Flow
from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.problem import InputError, refuse
from provlint.simulate.plain_inputs import (
    Assignments,
    Situations,
    json_value,
    links_of,
    records,
    secrets_of,
    targets_of,
)
from provlint.simulate.plan import plan_of
from provlint.simulate.population import find_users, name_of, references, source_count
from provlint.simulate.situation import Facts, Settings
from provlint.wording import alternatives, counted, did_you_mean, nearest, quote

if TYPE_CHECKING:
    from provlint.semantics.configuration import ConfigurationUnit, ObjectMappingUnit
    from provlint.simulate.inputs.population import User

NAMED = ("objectId", "userPrincipalName", "mail", "displayName", "employeeId")
"""What the user is looked up by, beside what the configuration reads."""


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
        place = f"{problem.place}: " if problem.place not in problem.message else ""
        return _fail(f"{place}{problem.message}", problem.help)
    except ValueError as error:
        return _fail(str(error), "")


def _fail(message: str, advice: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    if advice:
        print(f"  help: {advice}", file=sys.stderr)
    return FAILED


def _run(config: str, wanted: str, options: dict[str, Any]) -> int:
    unit, configuration = _object_mapping(config, options)
    plan = plan_of(unit)
    secrets = secrets_of(options["secrets"]) if options["secrets"] else None
    facts = _facts(unit)
    context = make_context(
        source=None if plan.source_system == "unknown" else plan.source_system,
        now=options["now"],
        seed=options["seed"],
    )
    population = Population(
        options["users"],
        attributes={*plan.reads, *NAMED, "accountEnabled"},
        columns=_columns(options["columns"]),
    )
    user = _user(population, wanted)
    assignments = None
    if options["assignments"]:
        assignments = Assignments(records(options["assignments"]), records(options["groups"]))
    situations = Situations(assignments, _links(options["links"], user))
    flow = Flow(
        plan,
        context,
        targets_of(options["targets"]) if options["targets"] else None,
        _settings(secrets, options, configuration),
        facts,
    )
    flow = replace(
        flow,
        references=references(flow, population.users, situations.of),
        source_count=source_count(flow, population.users),
    )
    outcome = flow.run(user.values, situations.of(user), missing=user.missing)
    told = population.told()
    if options["output_format"] == "json":
        from provlint.cli.on_demand_json import json_of

        text = json_of(outcome, user, plan, told)
    else:
        from provlint.cli.on_demand_text import text_of
        from provlint.report.style import look

        style = look(sys.stdout, os.environ, options["colour"])
        text = text_of(outcome, user, name_of(user), plan, told, style)
    sys.stdout.write(text)
    return FINDINGS if outcome.fails else CLEAN


def _object_mapping(
    path: str, options: dict[str, Any]
) -> tuple[ObjectMappingUnit, ConfigurationUnit]:
    """The object mapping that provisions people, or the one that was asked for."""
    from provlint.model import read_document
    from provlint.semantics.configuration import ConfigurationUnit

    value = json_value(path)
    if options["job"]:
        value = _with_job(value, json_value(options["job"]))
    document = read_document(value)
    configuration = ConfigurationUnit(document, application=options["application"] or "")
    every = [
        unit
        for schema in configuration.schemas
        for rule in schema.rules
        for unit in rule.object_mappings
        if unit.mapping.attribute_mappings
    ]
    if not every:
        message = f"`{path}` holds no object mapping with attribute mappings"
        raise refuse("no-mapping", path, message, "give an exported schema or job")
    found = every
    for option, name_of_unit in (("rule", _rule_name), ("mapping", _mapping_name)):
        name = options[option]
        if name is None:
            continue
        names = list(dict.fromkeys(map(name_of_unit, found)))
        found = [unit for unit in found if name_of_unit(unit).lower() == name.lower()]
        if not found:
            word = "synchronization rule" if option == "rule" else "object mapping"
            message = f"no {word} is called {quote(name)}; there are {alternatives(names, 'and')}"
            advice = did_you_mean(name, names) or "give one of these names"
            raise refuse(f"no-{option}", path, message, advice)
    if len(found) > 1:
        people = [unit for unit in found if unit.maps_users and unit.mapping.enabled]
        found = people or [unit for unit in found if unit.mapping.enabled] or found
    if len(found) > 1:
        named = alternatives(
            [f"{_rule_name(unit)} / {_mapping_name(unit)}" for unit in found], "and"
        )
        message = f"{counted(len(found), 'object mapping')} provision people: {named}"
        raise refuse("several-mappings", path, message, "choose one by --rule and --mapping")
    return found[0], configuration


def _with_job(schema: Any, job: Any) -> Any:
    """A job with its schema, as Graph answers when the schema is expanded."""
    if isinstance(job, dict) and isinstance(job.get("value"), list) and job["value"]:
        job = job["value"][0]
    if not isinstance(job, dict) or not isinstance(schema, dict) or "schema" in schema:
        return schema
    return {**job, "schema": schema}


def _rule_name(unit: ObjectMappingUnit) -> str:
    return unit.rule.rule.name or unit.rule.rule.id or ""


def _mapping_name(unit: ObjectMappingUnit) -> str:
    mapping = unit.mapping
    return mapping.name or f"{mapping.source_object_name} to {mapping.target_object_name}"


def _columns(words: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for word in words:
        name, equals, column = word.partition("=")
        if not equals or not name or not column:
            message = f"{quote(word)} of --columns is no name and column"
            raise refuse("bad-option", "--columns", message, "write `--columns NAME=COLUMN`")
        found[name] = column
    return found


def _user(population: Population, wanted: str) -> User:
    users = list(population.users)
    found = find_users(users, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        named = alternatives([f"{name_of(user)} ({user.where})" for user in found[:5]], "and")
        message = f"{len(found)} users are called {quote(wanted)}: {named}"
        raise refuse("several-users", "USER", message, "give the object id of one of them")
    names = [str(user.values.get(name) or "") for user in users for name in NAMED]
    near = nearest(wanted, filter(None, names)) if len(names) < 50_000 else None
    message = f"none of {counted(len(users), 'user')} is {quote(wanted)}"
    advice = f"did you mean {quote(near)}?" if near else "give an object id, name or mail address"
    raise refuse("no-user", "USER", message, advice)


def _links(words: tuple[str, ...], user: User) -> dict[str, str]:
    links = links_of(words)
    for name in NAMED:
        named = str(user.values.get(name) or "")
        if named and named in links:
            links[str(user.values.get("objectId") or user.values.get("id") or "")] = links[named]
    return links


def _settings(
    secrets: dict[str, str] | None, options: dict[str, Any], configuration: ConfigurationUnit
) -> Settings:
    threshold = None
    for schema in configuration.schemas:
        if schema.schema.job is not None:
            settings = {key.lower(): text for key, text in schema.schema.job.settings.items()}
            text = settings.get("quarantinetoomanydeletesthreshold", "")
            threshold = int(text) if text.isdigit() else threshold
    now = (options["now"] or "")[:10] or None
    if secrets is None:
        return Settings(delete_threshold=threshold, null_policy=options["null_policy"], as_of=now)
    kept = ("secrettoken", "password", "oauth2accesstoken", "clientsecret", "appkey")
    return Settings(
        sync_all=_flag(secrets.get("syncall")),
        skip_out_of_scope_deletions=_flag(secrets.get("skipoutofscopedeletions")),
        base_address=secrets.get("baseaddress"),
        has_secret=True if any(name in secrets for name in kept) else None,
        delete_threshold=threshold,
        null_policy=options["null_policy"],
        as_of=now,
    )


def _flag(text: str | None) -> bool | None:
    return None if text is None else text.strip().lower() == "true"


def _facts(unit: ObjectMappingUnit) -> Facts:
    """What the catalogue of applications knows of this one."""
    from provlint_rules.applications import recognise

    found = recognise(unit.rule)
    if found is None:
        return Facts()
    application = found.application
    matching = application.users_matching if unit.maps_users else application.groups_matching
    roles = application.facts("roles")
    refuses_default = bool(roles) and "Default Access" in roles[-1].text
    return Facts(
        application=application.name,
        matching=matching or None,
        soft_delete=False if application.status("disable") == "unsupported" else None,
        default_access=False if refuses_default else None,
    )

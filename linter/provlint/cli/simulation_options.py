"""Options that verbs which simulate share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.simulate.cycle.job import Job
    from provlint.simulate.distributed.simulation import SparkSimulation
    from provlint.simulate.inputs.read import Inputs
    from provlint.simulate.plan import Plan
    from provlint.simulate.situation import Mode

Command = Callable[..., Any]


def users_option(*, required: bool = True) -> Callable[[Command], Command]:
    """The users of the source."""
    return click.option(
        "--users",
        multiple=True,
        required=required,
        metavar="FILE",
        help="Users of the source: Microsoft Graph, portal CSV, PowerShell, HR, Parquet; file,"
        " folder or glob.",
    )


OTHERS: tuple[Callable[[Command], Command], ...] = (
    click.option("--target", "targets", multiple=True, metavar="FILE", help="Users of the target."),
    click.option(
        "--assignments", multiple=True, metavar="FILE", help="Assignments: appRoleAssignedTo."
    ),
    click.option("--groups", multiple=True, metavar="FILE", help="Groups with their members."),
    click.option(
        "--secrets",
        multiple=True,
        metavar="FILE",
        help="Secrets of the job: SyncAll, SkipOutOfScopeDeletions, …",
    ),
)
"""What is given beside users."""

READING: tuple[Callable[[Command], Command], ...] = (
    click.option(
        "--columns",
        multiple=True,
        metavar="NAME=COLUMN",
        help="For a CSV of human resources: the column of an attribute.",
    ),
    click.option(
        "--on-error",
        type=click.Choice(("stop", "skip")),
        default="stop",
        help="What to do about a broken record: stop, or leave it out and count.  [default: stop]",
    ),
)
"""How these files are read."""

SIDE_INPUTS: tuple[Callable[[Command], Command], ...] = (
    *OTHERS,
    click.option("--job", metavar="FILE", help="The job, where CONFIG is its schema alone."),
    click.option(
        "--links",
        "--link",
        "links",
        multiple=True,
        metavar="FILE|SOURCE=TARGET",
        help="Links that the service has stored: a file, or two ids.",
    ),
    *READING,
)

MEANING: tuple[Callable[[Command], Command], ...] = (
    click.option(
        "--rule", metavar="NAME", help="The synchronization rule, where there are several."
    ),
    click.option("--mapping", metavar="NAME", help="The object mapping, where there are several."),
    click.option(
        "--application", metavar="NAME", help="The application, where the file does not tell it."
    ),
    click.option(
        "--null-policy",
        type=click.Choice(("documented", "negatives-true")),
        default="documented",
        help="What NOT EQUALS and its like give on an empty attribute.  [default: documented]",
    ),
    click.option("--now", metavar="TIME", help="The present, such as 2026-11-22T00:00:00; UTC."),
    click.option("--seed", type=int, help="Start of the random numbers of Guid and RandomString."),
    click.option(
        "--macro",
        "macros",
        multiple=True,
        metavar="NAME=VALUE",
        help="A job variable of cloud sync, such as DomainFQDN=corp.contoso.com.",
    ),
)


def colour_option(of_what: str) -> Callable[[Command], Command]:
    """When output is coloured."""
    return click.option(
        "--color",
        "colour",
        type=click.Choice(("auto", "always", "never")),
        default="auto",
        help=f"Colour {of_what}.",
    )


def several(options: tuple[Callable[[Command], Command], ...]) -> Callable[[Command], Command]:
    """One decorator for several options; help lists them in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def inputs_of(options: Mapping[str, Any], *plans: Plan) -> Inputs:
    """Read the files that the options name.

    Args:
        options: By click's names.
        plans: What the users are simulated with: it tells which attributes an export should have.

    Raises:
        InputError: A file is missing or not what it should be, or a record is broken.
    """
    from provlint.simulate.inputs.read import Inputs
    from provlint.simulate.preparation import attributes_of

    return Inputs(
        options["users"],
        targets=options["targets"],
        assignments=options["assignments"],
        groups=options["groups"],
        secrets=options["secrets"],
        jobs=(options["job"],) if options["job"] else (),
        links=options["links"],
        attributes=attributes_of(*plans),
        columns=columns_of(options["columns"]),
        on_error=options["on_error"],
    )


def job_from(config: str, options: Mapping[str, Any], *, mode: Mode) -> Job:
    """What the options of `simulate` and `on-demand` ask for.

    Raises:
        InputError: The configuration, the choice of an object mapping or an input cannot be used.
        ValueError: The present cannot be understood.
    """
    from provlint.simulate.cycle.job import job_of
    from provlint.simulate.object_mapping import choose_object_mapping
    from provlint.simulate.plan import plan_of

    unit = choose_object_mapping(
        config,
        rule=options["rule"],
        mapping=options["mapping"],
        job=options["job"],
        application=options["application"],
    )
    plan = plan_of(unit)
    return job_of(
        unit,
        plan,
        inputs_of(options, plan),
        mode=mode,
        null_policy=options["null_policy"],
        now=options["now"],
        seed=options["seed"],
        macros=macros_of(options["macros"]),
    )


def spark_simulation_from(
    config: str, options: Mapping[str, Any], *, with_rows: bool
) -> SparkSimulation:
    """Simulate on Spark what the options ask for.

    Raises:
        InputError: An input cannot be used, or there is no Spark.
        ValueError: The present cannot be understood.
    """
    from provlint.simulate.distributed.session import check_installed

    check_installed()
    from provlint.simulate.distributed.run import simulate_on_spark

    same = ("assignments", "groups", "secrets", "job", "links", "on_error", "rule", "mapping",
            "application", "null_policy", "now", "seed")  # fmt: skip
    return simulate_on_spark(
        config,
        options["users"],
        options["targets"],
        columns=columns_of(options["columns"]),
        macros=macros_of(options["macros"]),
        with_rows=with_rows,
        **{name: options[name] for name in same},
    )


def columns_of(words: tuple[str, ...]) -> dict[str, str]:
    """The column of each attribute.

    Raises:
        InputError: A word is no pair.
    """
    return _pairs(words, "--columns", "attribute and column", "NAME=COLUMN")


def macros_of(words: tuple[str, ...]) -> dict[str, str]:
    """The value of each job variable, by its name without percent signs.

    Raises:
        InputError: A word is no pair.
    """
    pairs = _pairs(words, "--macro", "job variable and value", "DomainFQDN=corp.contoso.com")
    return {name.strip("%"): value for name, value in pairs.items()}


def _pairs(words: tuple[str, ...], option: str, what: str, example: str) -> dict[str, str]:
    from provlint.simulate.inputs.problem import refuse
    from provlint.wording import quote

    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name or not value:
            message = f"{quote(word)} is no pair of {what}"
            raise refuse("bad-option", option, message, f"write `{option} {example}`")
        found[name] = value
    return found

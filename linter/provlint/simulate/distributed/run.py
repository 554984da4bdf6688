"""From files and options to a simulation on Spark."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from provlint.simulate.columnar.query import deciding_names, staged_names
from provlint.simulate.cycle.engines import refusal
from provlint.simulate.cycle.job import job_of
from provlint.simulate.distributed import joins, sending, tables
from provlint.simulate.distributed.recipe import Choice, Recipe, Text
from provlint.simulate.distributed.session import OPTION, session
from provlint.simulate.distributed.simulation import SparkSimulation
from provlint.simulate.inputs.problem import refuse
from provlint.simulate.inputs.read import Inputs
from provlint.simulate.object_mapping import choose_object_mapping
from provlint.simulate.plan import plan_of
from provlint.simulate.preparation import attributes_of
from provlint.source.discovery import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import DataFrame, SparkSession

    from provlint.simulate.inputs.problem import OnError
    from provlint.simulate.plan import Plan
    from provlint.simulate.scope import NullPolicy


def simulate_on_spark(
    config: str,
    users: Sequence[str],
    targets: Sequence[str] = (),
    *,
    assignments: Sequence[str] = (),
    groups: Sequence[str] = (),
    secrets: Sequence[str] = (),
    job: str | None = None,
    links: Sequence[str] = (),
    columns: Mapping[str, str] | None = None,
    on_error: OnError = "stop",
    rule: str | None = None,
    mapping: str | None = None,
    application: str | None = None,
    null_policy: NullPolicy = "documented",
    now: str | None = None,
    seed: int | None = None,
    macros: Mapping[str, str] | None = None,
    with_rows: bool = False,
    spark: SparkSession | None = None,
) -> SparkSimulation:
    """Simulate all users on Spark.

    Args:
        config: The configuration; like everything but users and target users, a file of this
            machine.
        users: Files, folders and globs in any file system that Spark reads: Parquet, or lines of
            JSON in files that end in `.jsonl`.
        targets: Target users, in the same way.
        assignments: Pages of `appRoleAssignedTo`.
        groups: Groups with members.
        secrets: Settings among the secrets.
        job: The job, where the configuration is its schema alone.
        links: Files of links, or pairs `SOURCE=TARGET`.
        columns: The column of each attribute, for users of human resources.
        on_error: What to do about a broken record.
        rule: Name of the synchronization rule, where there are several.
        mapping: Name of the object mapping, where there are several.
        application: Name of the application.
        null_policy: What negative operators give on an empty attribute.
        now: The present as ISO 8601, UTC; the clock's where it is left out.
        seed: Start of the random numbers.
        macros: Values of job variables by name.
        with_rows: Whether the rows of users will be asked for, not only the summary.
        spark: The session; the one that `session` finds where it is left out.

    Raises:
        InputError: An input cannot be used, Spark is missing, or the configuration asks for what
            pieces of the users cannot answer.
        ValueError: The present cannot be understood.
    """
    unit = choose_object_mapping(
        config, rule=rule, mapping=mapping, job=job, application=application
    )
    plan = plan_of(unit)
    inputs = Inputs(
        (), assignments=assignments, groups=groups, secrets=secrets, links=links,
        jobs=(job,) if job else (), attributes=attributes_of(plan), columns=columns,
        on_error=on_error,
    )  # fmt: skip
    known = job_of(
        unit, plan, inputs, mode="cycle", null_policy=null_policy, now=now, seed=seed, macros=macros
    )
    reason = refusal(known, references=True)
    if reason:
        message = f"the users cannot be simulated in pieces: {reason}"
        raise refuse("not-in-pieces", OPTION, message, "simulate on one machine")
    spark = spark or session()
    records = tables.read(spark, users, "--users")
    asked = inputs.population.attributes
    sent = _sent(plan, with_rows=with_rows, identified=bool(known.situations.known))
    found = tables.Users(records, asked, columns or {}, sent)
    target_frames, target_files = (), None
    if targets:
        target_frames, target_files = tables.read(spark, targets, "--target").sent()
    threshold = known.flow.settings.delete_threshold
    recipe = Recipe(
        Choice(_text(config), None if job is None else _text(job), rule, mapping, application),
        known.flow.context.now,
        seed,
        dict(macros or {}),
        replace(known.flow.settings, delete_threshold=None),
        known.situations,
        asked,
        dict(columns or {}),
        on_error,
        found.files,
        found.naming,
        sent,
        found.missing or frozenset(),
        target_files,
    )
    if found.missing is None:
        recipe = replace(recipe, missing=asked - _seen(recipe, records.frame))
    recipe = replace(recipe, buckets=joins.buckets_for(records.frame))
    return SparkSimulation(
        recipe, found.frames, target_frames, paths=tuple(users), threshold=threshold,
        notes=known.notes, with_rows=with_rows,
    )  # fmt: skip


def _sent(plan: Plan, *, with_rows: bool, identified: bool) -> tuple[str, ...]:
    """The attributes of users that the simulation reads.

    Args:
        plan: What is simulated.
        with_rows: Whether users are to be named.
        identified: Whether anything is known of users beside their attributes.
    """
    names = list(staged_names(plan) if with_rows else deciding_names(plan))
    if identified or any(mapping.reference for mapping in plan.mappings):
        names += ["objectId", "id"]
    return tuple(dict.fromkeys(names))


def _seen(recipe: Recipe, users: DataFrame) -> frozenset[str]:
    """The attributes that any user has; reads them all."""
    rows = users.mapInArrow(partial(sending.seen, recipe), "name string").distinct().collect()
    return frozenset(row["name"] for row in rows)


def _text(path: str) -> Text:
    data = read_bytes(path)
    assert isinstance(data, bytes)  # it was read a moment ago
    return Text(path, data)

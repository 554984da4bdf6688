"""The work of `provlint simulate`, once its options are understood."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

from provlint.cli.exit_status import CLEAN, FINDINGS
from provlint.cli.failure import guarded
from provlint.cli.machine_output import for_programs
from provlint.cli.output import write_output
from provlint.cli.simulation_options import job_from
from provlint.cli.thresholds import conditions
from provlint.report.simulation.result import Shown
from provlint.simulate.cycle.summary import SHOWN
from provlint.simulate.inputs.problem import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.cli.thresholds import Condition
    from provlint.report.simulation.result import Threshold
    from provlint.simulate.cycle.job import Job, Simulation
    from provlint.simulate.distributed.simulation import SparkSimulation
    from provlint.simulate.plan import Plan

ROWS = 20
"""Rows of a table, where nothing is said."""

ROWS_ONLY = ("jsonl", "csv", "parquet")


def run(config: str, options: dict[str, Any]) -> int:
    """Simulate, print and return the exit status.

    Args:
        config: Path of the configuration.
        options: The options of the command by click's names.
    """
    return guarded(lambda: _run(config, options))


def _run(config: str, options: dict[str, Any]) -> int:
    from provlint.cli.progress import progress_on
    from provlint.simulate.cycle.engines import simulate

    # What is frozen on the way out is never freed, and DuckDB would complain about that.
    atexit.register(gc.unfreeze)
    asked = conditions(options["fail_if"])
    _check_output(options)
    if options["engine"] == "spark":
        return _run_on_spark(config, options, asked)
    job = job_from(config, options, mode="cycle")
    progress = progress_on(sys.stderr)
    try:
        simulation, remark = simulate(job, options["engine"], progress)
    finally:
        progress.close()
    if remark:
        print(f"note: {remark}", file=sys.stderr)
    counters = simulation.summary.counters
    thresholds = [condition.check(counters) for condition in asked]
    if options["explain"]:
        write_output(options["output"], [_explained(job, simulation, options)])
    else:
        _report(job.flow.plan, simulation, thresholds, options)
    return FINDINGS if any(threshold.exceeded for threshold in thresholds) else CLEAN


def _run_on_spark(config: str, options: dict[str, Any], asked: Iterable[Condition]) -> int:
    """The same on Spark: rows for an output are written by Spark, into a folder."""
    from provlint.cli.simulation_options import spark_simulation_from

    if options["explain"]:
        message = "the five steps of one user are not told on Spark"
        raise refuse("bad-option", "--explain", message, "simulate a file with that user alone")
    in_folder = options["output_format"] in ROWS_ONLY and options["output"] not in (None, "-")
    with_rows = bool(options["show"]) or options["output_format"] in ROWS_ONLY
    simulation = spark_simulation_from(config, options, with_rows=with_rows)
    counters = simulation.summary.counters
    thresholds = [condition.check(counters) for condition in asked]
    if in_folder:
        from provlint.report.simulation.data import row_of

        fits = SHOWN[options["show"] or "all"]
        where, form = options["output"], options["output_format"]
        simulation.write(where, form, fits, row_of, limit=options["limit"])
        options = {**options, "output": None, "output_format": "table", "show": None}
    _report(simulation.plan, simulation, thresholds, options)
    return FINDINGS if any(threshold.exceeded for threshold in thresholds) else CLEAN


def _check_output(options: dict[str, Any]) -> None:
    if options["output_format"] == "parquet" and options["output"] in (None, "-"):
        message = "Parquet is not written to a terminal"
        raise refuse("bad-option", "--format", message, "name a file: --output FILE")


def _report(
    plan: Plan,
    simulation: Simulation | SparkSimulation,
    thresholds: list[Threshold],
    options: dict[str, Any],
) -> None:
    output_format, output = options["output_format"], options["output"]
    for_programs(output_format)
    show = options["show"] or ("all" if output_format in ROWS_ONLY else "")
    limit = options["limit"]
    rows = simulation.rows(SHOWN[show]) if show else iter(())
    if output_format in ROWS_ONLY:
        from provlint.report.simulation import data

        kept = islice(rows, limit)
        if output_format == "parquet":
            from provlint.simulate.columnar.parquet import write_parquet

            write_parquet(output, map(data.row_of, kept))
        elif output_format == "csv":
            write_output(output, data.as_csv(kept))
        else:
            write_output(output, data.as_json_lines(kept))
        _tell_exceeded(thresholds)
        return
    if limit is None and output_format == "table":
        limit = ROWS
    found = list(islice(rows, None if limit is None else limit + 1))
    more = limit is not None and len(found) > limit
    shown = Shown(
        plan.rule,
        plan.name or f"{plan.source_object} to {plan.target_object}",
        plan.target_name,
        simulation.summary,
        thresholds,
        show,
        found[:limit] if more else found,
        more,
    )
    if output_format == "json":
        from provlint.report.simulation.data import as_json

        write_output(output, [as_json(shown)])
    else:
        from provlint.report.simulation.text import summary_text
        from provlint.report.style import PLAIN, look

        terminal = output in (None, "-")
        style = look(sys.stdout, os.environ, options["colour"]) if terminal else PLAIN
        write_output(output, [summary_text(shown, style)])


def _tell_exceeded(thresholds: Iterable[Threshold]) -> None:
    for threshold in thresholds:
        if threshold.exceeded:
            print(f"{threshold.text}: it is {threshold.value:g}", file=sys.stderr)


def _explained(job: Job, simulation: Simulation, options: dict[str, Any]) -> str:
    from provlint.cli.on_demand_text import text_of
    from provlint.report.style import look
    from provlint.simulate.population import name_of
    from provlint.wording import alternatives, counted, quote

    wanted = options["explain"]
    found = simulation.explain(wanted)
    if not found:
        users = counted(simulation.summary.counters["users"], "user")
        message = f"none of {users} is {quote(wanted)}"
        raise refuse("no-user", "--explain", message, "give an object id, name or mail address")
    if len(found) > 1:
        named = alternatives([f"{name_of(u)} ({u.where})" for u, _ in found[:5]], "and")
        message = f"{len(found)} users are called {quote(wanted)}: {named}"
        raise refuse("several-users", "--explain", message, "give the object id of one of them")
    user, outcome = found[0]
    told = simulation.summary.notes
    plan = job.flow.plan
    if options["output_format"] == "json":
        from provlint.cli.on_demand_json import json_of

        return json_of(outcome, user, plan, told)
    style = look(sys.stdout, os.environ, options["colour"])
    return text_of(outcome, user, name_of(user), plan, told, style)

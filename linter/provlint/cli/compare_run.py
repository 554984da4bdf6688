"""The work of `provlint compare`, once its options are understood."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

from provlint.cli.compare_candidates import candidates_of, nothing
from provlint.cli.exit_status import CLEAN, FINDINGS
from provlint.cli.failure import guarded
from provlint.cli.machine_output import for_programs
from provlint.cli.output import write_output
from provlint.cli.thresholds import conditions
from provlint.compare.configuration.difference import compare_configurations
from provlint.compare.sources.configurations import configurations
from provlint.compare.users.summary import BASE, COUNTERS, SHOWN
from provlint.report.comparison.result import Compared, ComparedUsers, Comparison
from provlint.simulate.inputs.problem import Ledger, refuse
from provlint.wording import alternatives, counted, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provlint.compare.configuration.difference import Difference
    from provlint.compare.sources.configurations import ConfigurationPair
    from provlint.compare.users.engines import UserComparison
    from provlint.compare.users.summary import PairRow
    from provlint.model.secrets import Secrets
    from provlint.report.simulation.result import Threshold
    from provlint.semantics.configuration import ObjectMappingUnit

ROWS = 20
"""Users that are listed, where nothing is said."""

EXAMPLES = 10
"""Users of each kind that a comment shows."""

ROWS_ONLY = ("csv", "parquet")
OF_CHANGES = ("dangers", "cautions", "changes")
"""Counters that need no users."""

USER_COUNTERS = (*COUNTERS, "left_out")
OF_ONE_APPLICATION = {
    "targets": "--target",
    "assignments": "--assignments",
    "groups": "--groups",
    "secrets": "--secrets",
    "old_secrets": "--old-secrets",
    "job": "--job",
    "old_job": "--old-job",
    "links": "--links",
}
"""Options whose files belong to one application."""


def run(words: tuple[str, ...], paths: tuple[str, ...] | None, options: dict[str, Any]) -> int:
    """Compare, print and return the exit status.

    Args:
        words: Two paths, or a revision.
        paths: The words behind `--`; None where there is no `--`.
        options: The options of the command by click's names.
    """
    return guarded(lambda: _Work(options).run(words, paths))


class _Work:
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.asked = conditions(options["fail_if"], (*OF_CHANGES, *USER_COUNTERS), BASE)
        self.counters = dict.fromkeys((*OF_CHANGES, *USER_COUNTERS), 0)
        self.simulations: list[tuple[str, UserComparison]] = []
        self._check()

    def _check(self) -> None:
        options = self.options
        rows_only = options["output_format"] in ROWS_ONLY
        if options["output_format"] == "parquet" and options["output"] in (None, "-"):
            message = "Parquet is not written to a terminal"
            raise refuse("bad-option", "--format", message, "name a file: --output FILE")
        naming = [f"--{name}" for name in ("show", "explain") if options[name]]
        naming += [f"--format {options['output_format']}"] * rows_only
        if naming and options["no_examples"]:
            message = f"{quote(naming[0])} shows users, and `--no-examples` shows none"
            raise refuse("bad-option", "--no-examples", message, "leave out one of the two")
        if options["users"]:
            return
        needing = [
            condition.counter for condition in self.asked if condition.counter in USER_COUNTERS
        ]
        name = "--show" if options["show"] else "--explain" if options["explain"] else ""
        if needing:
            message = f"{alternatives(needing, 'and')} cannot be counted without users"
            raise refuse("bad-option", "--fail-if", message, "give an export: --users FILE")
        if name or rows_only:
            message = "there are no users to show"
            raise refuse("bad-option", name or "--format", message, "give an export: --users FILE")

    def run(self, words: tuple[str, ...], paths: tuple[str, ...] | None) -> int:
        """Compare, print and return the exit status."""
        atexit.register(gc.unfreeze)  # as in `simulate`
        candidates, notes = candidates_of(words, paths)
        pairs = configurations(candidates, self.options["application"] or "", self._jobs())
        if not pairs:
            return nothing(words, paths, notes)
        secrets = self._secrets()
        differences = [self._difference(pair, secrets) for pair in pairs]
        compared = self._compared(pairs, differences, secrets)
        thresholds = [condition.check(self.counters) for condition in self.asked]
        if self.options["explain"]:
            self._explain()
        else:
            compared.sort(key=_gravity)
            self._report(Comparison(compared, thresholds, notes, not self.options["no_examples"]))
        return FINDINGS if any(each.exceeded for each in thresholds) else CLEAN

    def _jobs(self) -> tuple[Any, Any]:
        from provlint.simulate.configuration_files import read_value

        job = read_value(self.options["job"]) if self.options["job"] else None
        old = self.options["old_job"]
        return (read_value(old) if old else job), job

    def _secrets(self) -> tuple[Secrets | None, Secrets | None]:
        """The secrets before and after; those after stand for both where there is one kind."""
        from provlint.simulate.inputs.secrets import read_secrets

        ledger = Ledger(self.options["on_error"])
        old, new = (
            read_secrets(files, ledger) if files else None
            for files in (self.options["old_secrets"], self.options["secrets"])
        )
        return (old or new), new

    def _difference(
        self, pair: ConfigurationPair, secrets: tuple[Secrets | None, Secrets | None]
    ) -> Difference | None:
        if pair.old is None or pair.new is None:
            return None
        found = compare_configurations(
            pair.old,
            pair.new,
            old_secrets=secrets[0],
            new_secrets=secrets[1],
            null_policy=self.options["null_policy"],
        )
        self.counters["changes"] += len(found.changes)
        for name, weight in (("dangers", "danger"), ("cautions", "caution")):
            self.counters[name] += sum(change.weight == weight for change in found.changes)
        return found

    def _compared(
        self,
        pairs: Sequence[ConfigurationPair],
        differences: Sequence[Difference | None],
        secrets: tuple[Secrets | None, Secrets | None],
    ) -> list[Compared]:
        changed = [found for found in differences if found is not None and found.changes]
        own = [name for name in OF_ONE_APPLICATION if self.options[name]]
        if self.options["users"] and len(changed) > 1 and own:
            named = alternatives([OF_ONE_APPLICATION[name] for name in own], "and")
            message = f"{counted(len(changed), 'configuration')} changed, and {named} belong to one"
            raise refuse("several-configurations", "--users", message, "name one configuration")
        compared = []
        for pair, found in zip(pairs, differences, strict=True):
            if found is None:
                status = "added" if pair.old is None else "removed"
                compared.append(Compared(pair.name, status, ()))  # type: ignore[arg-type]
                continue
            users = None
            if self.options["users"] and found.changes and _simulated(found):
                users = self._users(pair.name, found, secrets)
            status = "changed" if found.changes else "same"
            compared.append(
                Compared(pair.name, status, found.changes, found.starts_initial_cycle, users)  # type: ignore[arg-type]
            )
        return compared

    def _users(
        self, name: str, found: Difference, secrets: tuple[Secrets | None, Secrets | None]
    ) -> ComparedUsers:
        from provlint.cli.progress import progress_on
        from provlint.cli.simulation_options import inputs_of, macros_of
        from provlint.compare.users.engines import compare_users
        from provlint.compare.users.jobs import pair_job
        from provlint.simulate.object_mapping import choose

        options = self.options
        units = {id(sides.new.unit): sides for sides in found.pairs}
        unit = choose(
            _simulated(found),
            name,
            rule=options["rule"],
            mapping=options["mapping"],
        )
        sides = units[id(unit)]
        job = pair_job(
            sides,
            inputs_of(options, sides.old.plan, sides.new.plan),
            old_secrets=secrets[0] if options["old_secrets"] else None,
            null_policy=options["null_policy"],
            now=options["now"],
            seed=options["seed"],
            macros=macros_of(options["macros"]),
        )
        progress = progress_on(sys.stderr)
        try:
            simulation, remark = compare_users(job, options["engine"], progress)
        finally:
            progress.close()
        if remark:
            print(f"note: {remark}", file=sys.stderr)
        for counter, count in simulation.summary.counters.items():
            self.counters[counter] += count
        self.simulations.append((name, simulation))
        return self._shown(sides.place.rule, sides.place.mapping, simulation)

    def _shown(self, rule: str, mapping: str, simulation: UserComparison) -> ComparedUsers:
        options = self.options
        show, limit = options["show"] or "", options["limit"]
        rows: list[PairRow] = []
        examples: dict[str, list[PairRow]] = {}
        if options["output_format"] not in ROWS_ONLY and show:
            if limit is None and options["output_format"] != "json":
                limit = ROWS
            wanted = None if limit is None else limit + 1
            rows = list(islice(simulation.rows(SHOWN[show]), wanted))
        if options["output_format"] == "markdown" and not options["no_examples"]:
            examples = _examples(simulation)
        more = limit is not None and len(rows) > limit
        return ComparedUsers(
            rule, mapping, simulation.summary, examples, show, rows[:limit] if more else rows, more
        )

    def _report(self, comparison: Comparison) -> None:
        options = self.options
        output_format, output = options["output_format"], options["output"]
        for_programs(output_format)
        if output_format in ROWS_ONLY:
            self._write_rows(comparison.thresholds)
        elif output_format == "json":
            from provlint.report.comparison.data import as_json

            write_output(output, [as_json(comparison)])
        elif output_format == "markdown":
            from provlint.report.comparison.markdown import comparison_markdown

            write_output(output, [comparison_markdown(comparison)])
        else:
            from provlint.report.comparison.text import comparison_text
            from provlint.report.style import PLAIN, look

            terminal = output in (None, "-")
            style = look(sys.stdout, os.environ, options["colour"]) if terminal else PLAIN
            write_output(output, [comparison_text(comparison, style)])

    def _write_rows(self, thresholds: Iterable[Threshold]) -> None:
        from provlint.report.comparison import data

        fits = SHOWN[self.options["show"] or "all"]
        rows = (
            (name, row)
            for name, simulation in self.simulations
            for row in islice(simulation.rows(fits), self.options["limit"])
        )
        if self.options["output_format"] == "parquet":
            from provlint.simulate.columnar.parquet import write_parquet

            write_parquet(self.options["output"], data.parquet_rows(rows), data.PARQUET_TYPES)
        else:
            write_output(self.options["output"], data.as_csv(rows))
        for threshold in thresholds:
            if threshold.exceeded:
                print(f"{threshold.text}: it is {threshold.value:g}", file=sys.stderr)

    def _explain(self) -> None:
        from provlint.cli.compare_explain import explained

        write_output(self.options["output"], [explained(self.simulations, self.options)])


def _simulated(found: Difference) -> list[ObjectMappingUnit]:
    """The object mappings that users can be sent through."""
    return [each.new.unit for each in found.pairs if each.new.unit.mapping.attribute_mappings]


def _gravity(compared: Compared) -> int:
    """The gravest configuration comes first."""
    from provlint.compare.configuration.changes import WEIGHTS
    from provlint.report.comparison.headline import facts

    return WEIGHTS.index(facts(compared)[0].weight)


def _examples(simulation: UserComparison) -> dict[str, list[PairRow]]:
    """The first users of each kind that a comment shows."""
    from provlint.report.comparison.markdown import EXAMPLES as KINDS

    counts = {name: min(EXAMPLES, simulation.summary.counted(SHOWN[name])) for name in KINDS}
    found: dict[str, list[PairRow]] = {name: [] for name in KINDS}
    missing = sum(counts.values())
    if not missing:
        return found
    for row in simulation.rows(lambda verdict: any(SHOWN[name](verdict) for name in KINDS)):
        for name, rows in found.items():
            if len(rows) < counts[name] and SHOWN[name](row.verdict):
                rows.append(row)
                missing -= 1
        if not missing:
            break
    return found

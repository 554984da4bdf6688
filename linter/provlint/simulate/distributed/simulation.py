"""A simulation on Spark: what the user asks of it, and what it answers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from provlint.simulate.cycle.quarantine import deletions
from provlint.simulate.cycle.rowwise import REMOVALS
from provlint.simulate.cycle.summary import Row, Shared, Summary, total
from provlint.simulate.distributed import joins, simulating
from provlint.simulate.distributed.recipe import prepared
from provlint.simulate.distributed.session import OPTION
from provlint.simulate.distributed.worker_errors import problem_in
from provlint.simulate.inputs.population import Export, Population
from provlint.simulate.inputs.problem import InputError, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame

    from provlint.simulate.cycle.summary import Verdict
    from provlint.simulate.distributed.recipe import Recipe

COUNTED = "what string, text string, number long"
TOLD = f"{COUNTED}, user string, object_id string, target_id string"
"""Columns of what pieces give, as Spark has them."""


@dataclass(frozen=True, slots=True)
class Told:
    """What all pieces together tell.

    Attributes:
        recipe: What they were simulated with in the end.
        counts: Numbers of users by verdict.
        texts: The verdicts as the pieces write them.
        shared: By number of the matching attribute: values that several users have, their users.
        left_out: Records that could not be read.
        missing: Attributes that were asked for and that the export does not have.
        read_missing: Those of them that the configuration reads.
    """

    recipe: Recipe
    counts: dict[Verdict, int] = field(default_factory=dict)
    texts: dict[Verdict, str] = field(default_factory=dict)
    shared: dict[int, tuple[int, int]] = field(default_factory=lambda: defaultdict(lambda: (0, 0)))
    left_out: int = 0
    missing: frozenset[str] = frozenset()
    read_missing: frozenset[str] = frozenset()

    @classmethod
    def by(
        cls,
        work: Callable[[Recipe], Iterable[Mapping[str, Any]]],
        recipe: Recipe,
        threshold: int | None,
    ) -> Told:
        """Let the pieces be simulated; once more if they delete too much together.

        Args:
            work: Simulates with a recipe, and gives rows of `what`, `text` and `number`.
            recipe: What is simulated.
            threshold: Deletions of a cycle above which the job stops.
        """
        told = cls._of(work(recipe), recipe)
        removed = sum(n for verdict, n in told.counts.items() if verdict.action in REMOVALS)
        if deletions(removed, threshold).action == "proceed":
            return told
        recipe = replace(recipe, over_threshold=True)
        return cls._of(work(recipe), recipe)

    @classmethod
    def _of(cls, rows: Iterable[Mapping[str, Any]], recipe: Recipe) -> Told:
        told = cls(recipe)
        shared: Counter[str] = Counter()
        for row in rows:
            text, number = str(row["text"]), int(row["number"])
            if row["what"] == simulating.VERDICT:
                verdict = simulating.verdict_from(text)
                told.texts[verdict] = text
                told.counts[verdict] = told.counts.get(verdict, 0) + number
            elif row["what"] == simulating.LEFT_OUT:
                told = replace(told, left_out=told.left_out + number)
            elif row["what"] == simulating.SHARED:
                shared[text] += number
            else:
                missing, read = map(frozenset, json.loads(text))
                told = replace(
                    told, missing=told.missing | missing, read_missing=told.read_missing | read
                )
        for text, number in shared.items():
            at, several = map(int, text.split())
            values, users = told.shared[at]
            told.shared[at] = (values + number // several, users + number)
        return told


class SparkSimulation:
    """All users, simulated by the workers of Spark.

    Attributes:
        plan: The object mapping.
        summary: Counts by verdict, and what was assumed.
    """

    def __init__(
        self,
        recipe: Recipe,
        users: Sequence[DataFrame],
        targets: Sequence[DataFrame],
        *,
        paths: tuple[str, ...],
        threshold: int | None = None,
        notes: tuple[str, ...] = (),
        with_rows: bool = False,
    ) -> None:
        """Run.

        Args:
            recipe: What is simulated.
            users: The files or records of the users.
            targets: Those of the target users.
            paths: The files of the users, for the report.
            threshold: Deletions of a cycle above which the job stops.
            notes: What a report says of the inputs beside the users' files.
            with_rows: Whether rows will be asked for.

        Raises:
            InputError: A record is broken, and the recipe says to stop.
        """
        self._matched = joins.brought_together(recipe, users, targets)
        self._with_rows = with_rows
        self._rows: DataFrame | None = None
        self._told = told = Told.by(self._work, recipe, threshold)
        self.plan, _ = prepared(recipe.choice)
        matching = enumerate(self.plan.matching)
        self.summary = Summary(
            total(told.counts.items()),
            tuple(Shared(mapping.target, *told.shared[at]) for at, mapping in matching),
            told.left_out,
            threshold,
            (*self._notes(paths), *notes),
            tuple(sorted(told.read_missing)),
            "spark",
        )

    def _work(self, recipe: Recipe) -> Iterable[Mapping[str, Any]]:
        """What the pieces tell, summed up by Spark."""
        from pyspark.sql import functions as f

        if self._with_rows:
            if self._rows is not None:
                self._rows.unpersist()
            work = partial(simulating.told, recipe)
            self._rows = self._matched.mapInArrow(work, TOLD).persist()
            each = self._rows
        else:
            each = self._matched.mapInArrow(partial(simulating.counted, recipe), COUNTED)
        counted = each.groupBy("what", "text").agg(f.sum("number").alias("number"))
        try:
            rows = counted.collect()
        except Exception as error:
            problem = problem_in(str(error))
            if problem is not None:
                raise InputError(problem) from None
            reason = str(error).strip().split("\n")[0][:300] or type(error).__name__
            message = f"Spark cannot simulate the users: {reason}"
            advice = "look for the cause in the log of Spark's executors"
            raise refuse("spark-failed", OPTION, message, advice) from error
        return ({name: row[name] for name in ("what", "text", "number")} for row in rows)

    def _notes(self, paths: tuple[str, ...]) -> list[str]:
        """What a report says of the users' files."""
        recipe = self._told.recipe
        population = Population.recognised(
            [Export(path, recipe.users.container, recipe.naming) for path in paths],
            self._told.missing,
            attributes=recipe.attributes,
            columns=recipe.columns,
        )
        population.ledger.left_out = self._told.left_out
        return population.told()

    def rows(self, fits: Callable[[Verdict], bool]) -> Iterator[Row]:
        """The users whose verdict fits, in no order."""
        wanted = {text: verdict for verdict, text in self._told.texts.items() if fits(verdict)}
        if self._rows is None or not wanted:
            return
        from pyspark.sql import functions as f

        chosen = self._rows.where(
            (f.col("what") == simulating.VERDICT) & f.col("text").isin(list(wanted))
        )
        for row in chosen.toLocalIterator():
            yield Row(row["user"], row["object_id"], row["target_id"], wanted[row["text"]])

    def write(
        self,
        path: str,
        form: str,
        fits: Callable[[Verdict], bool],
        published: Callable[[Row], dict[str, Any]],
        limit: int | None = None,
    ) -> None:
        """Write the users whose verdict fits into a new folder, a file for each partition.

        Args:
            path: The folder, in any file system that Spark writes; it must not exist.
            form: `parquet`, `jsonl` or `csv`.
            fits: Which users.
            published: The published members of a row.
            limit: The greatest number of rows.

        Raises:
            InputError: The folder exists, or Spark cannot write there.
        """
        from pyspark.sql import functions as f

        assert self._rows is not None
        told = []
        for verdict, text in self._told.texts.items():
            if fits(verdict):
                members = published(Row("", "", None, verdict))
                if form == "csv":
                    members["contested"] = " ".join(members["contested"])
                told.append((text, *(members[name] for name, _ in PUBLISHED)))
        kinds = ", ".join(
            f"{name} {'string' if form == 'csv' and kind == 'array<string>' else kind}"
            for name, kind in PUBLISHED
        )
        verdicts = self._rows.sparkSession.createDataFrame(told, f"text string, {kinds}")
        rows = self._rows.join(f.broadcast(verdicts), "text").drop("text", "what", "number")
        rows = rows.select("user", "object_id", "target_id", *(name for name, _ in PUBLISHED))
        if limit is not None:
            rows = rows.limit(limit)
        try:
            if form == "parquet":
                rows.write.parquet(path)
            elif form == "jsonl":
                rows.write.json(path, ignoreNullFields=False)
            else:
                rows.write.csv(path, **_CSV)
        except Exception as error:
            reason = str(error).strip().split("\n")[0][:300]
            message = f"Spark cannot write into `{path}`: {reason}"
            raise refuse("cannot-write", "--output", message, "name a new folder") from error


PUBLISHED = (
    ("action", "string"), ("code", "string"), ("step", "string"), ("reason", "string"),
    ("in_scope", "boolean"), ("matched_on", "string"), ("contested", "array<string>"),
)  # fmt: skip
"""Members of a published row that the verdict tells."""

_CSV: dict[str, Any] = {
    "header": True,
    "escape": '"',
    "emptyValue": "",
    "ignoreLeadingWhiteSpace": False,
    "ignoreTrailingWhiteSpace": False,
}

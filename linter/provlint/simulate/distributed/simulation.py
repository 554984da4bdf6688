"""A simulation on Spark: what the user asks of it, and what it answers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from provlint.simulate.cycle.quarantine import deletions
from provlint.simulate.cycle.rowwise import REMOVALS
from provlint.simulate.cycle.summary import Row, Shared, Summary, total
from provlint.simulate.distributed import joins, pieces
from provlint.simulate.distributed.recipe import prepared
from provlint.simulate.inputs.population import Export, Population
from provlint.simulate.inputs.problem import InputError, InputProblem, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyspark.sql import DataFrame

    from provlint.simulate.cycle.summary import Verdict
    from provlint.simulate.distributed.recipe import Recipe

T = TypeVar("T")


class SparkSimulation:
    """All users, simulated by the workers of Spark.

    Attributes:
        summary: Counts by verdict, and what was assumed.
    """

    def __init__(
        self,
        recipe: Recipe,
        users: DataFrame,
        targets: DataFrame | None,
        *,
        paths: tuple[str, ...],
        threshold: int | None = None,
        notes: tuple[str, ...] = (),
        with_rows: bool = False,
    ) -> None:
        """Run.

        Args:
            recipe: What is simulated.
            users: The records of the users.
            targets: The records of the target users.
            paths: The files of the users, for the report.
            threshold: Deletions of a cycle above which the job stops.
            notes: What a report says of the inputs beside the users' files.
            with_rows: Whether rows will be asked for.

        Raises:
            InputError: A record is broken, and the recipe says to stop.
        """
        self._recipe = recipe
        self._matched = joins.with_matches(recipe, users, targets)
        self._with_rows = with_rows
        self._rows: DataFrame | None = None
        counts = self._count()
        removed = sum(n for verdict, n in counts.items() if verdict.action in REMOVALS)
        if deletions(removed, threshold).action != "proceed":
            self._recipe = replace(recipe, over_threshold=True)
            counts = self._count()
        plan, _ = prepared(recipe.choice)
        shared = [Shared(mapping.target, *self._shared[at]) for at, mapping in enumerate(plan.matching)]
        export_missing, read_missing = self._missing
        self.summary = Summary(
            total(counts.items()),
            tuple(shared),
            self._left_out,
            threshold,
            (*self._notes(paths, export_missing), *notes),
            tuple(sorted(read_missing)),
            "spark",
        )

    def _count(self) -> Counter[Verdict]:
        """Numbers of users by verdict; the rest of what the pieces tell is kept."""
        from pyspark.sql import functions as f

        if self._with_rows:
            if self._rows is not None:
                self._rows.unpersist()
            schema = "what string, text string, number long, user string, object_id string,"
            schema += " target_id string"
            rows = self._matched.mapInArrow(partial(pieces.told, self._recipe), schema)
            self._rows = rows.persist()
            counted = self._rows
        else:
            schema = "what string, text string, number long"
            counted = self._matched.mapInArrow(partial(pieces.counted, self._recipe), schema)
        counted = counted.groupBy("what", "text").agg(f.sum("number").alias("number"))
        found: Counter[Verdict] = Counter()
        self._left_out = 0
        self._shared: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        self._missing: list[frozenset[str]] = [frozenset(), frozenset()]
        self._texts: dict[Verdict, str] = {}
        for row in _told(counted.collect):
            text, number = row["text"], int(row["number"])
            if row["what"] == pieces.VERDICT:
                verdict = pieces.verdict_from(text)
                self._texts[verdict] = text
                found[verdict] += number
            elif row["what"] == pieces.LEFT_OUT:
                self._left_out += number
            elif row["what"] == pieces.SHARED:
                at, several = map(int, text.split())
                values, users = self._shared[at]
                self._shared[at] = (values + number // several, users + number)
            else:
                lists = json.loads(text)
                self._missing = [a | frozenset(b) for a, b in zip(self._missing, lists, strict=True)]
        return found

    def _notes(self, paths: tuple[str, ...], missing: frozenset[str]) -> list[str]:
        """What a report says of the users' files."""
        recipe = self._recipe
        container = "parquet" if recipe.users.form == "parquet" else "json"
        population = Population.recognised(
            [Export(path, container, recipe.naming) for path in paths],
            missing,
            attributes=recipe.attributes,
            columns=recipe.columns,
        )
        population.ledger.left_out = self._left_out
        return population.told()

    def rows(self, fits: Callable[[Verdict], bool]) -> Iterator[Row]:
        """The users whose verdict fits, in no order."""
        wanted = {text: verdict for verdict, text in self._texts.items() if fits(verdict)}
        if self._rows is None or not wanted:
            return
        from pyspark.sql import functions as f

        chosen = self._rows.where(
            (f.col("what") == pieces.VERDICT) & f.col("text").isin(list(wanted))
        )
        for row in chosen.toLocalIterator():
            yield Row(row["user"], row["object_id"], row["target_id"], wanted[row["text"]])

    def write(
        self,
        path: str,
        form: str,
        fits: Callable[[Verdict], bool],
        published: Callable[[Row], dict[str, Any]],
    ) -> None:
        """Write the users whose verdict fits into a new folder, a file for each partition.

        Args:
            path: The folder, in any file system that Spark writes; it must not exist.
            form: `parquet`, `jsonl` or `csv`.
            fits: Which users.
            published: The published members of a row.

        Raises:
            InputError: The folder exists, or Spark cannot write there.
        """
        from pyspark.sql import functions as f

        assert self._rows is not None
        told = []
        for verdict, text in self._texts.items():
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
        try:
            if form == "parquet":
                rows.write.parquet(path)
            elif form == "jsonl":
                rows.write.json(path, ignoreNullFields=False)
            else:
                rows.write.csv(path, header=True, escape='"')
        except Exception as error:
            reason = str(error).strip().split("\n")[0][:300]
            message = f"Spark cannot write into `{path}`: {reason}"
            raise refuse("cannot-write", "--output", message, "name a new folder") from error


PUBLISHED = (
    ("action", "string"), ("code", "string"), ("step", "string"), ("reason", "string"),
    ("in_scope", "boolean"), ("matched_on", "string"), ("contested", "array<string>"),
)  # fmt: skip
"""Members of a published row that the verdict tells."""


def _told(action: Callable[[], T]) -> T:
    """What an action of Spark gives; the error of a worker becomes that of the input."""
    try:
        return action()
    except Exception as error:
        found = pieces.REFUSED.search(str(error))
        if found is None:
            raise
        problem = json.loads(found[1])
        raise InputError(
            InputProblem(problem["code"], "--users", problem["message"], problem["help"])
        ) from None

"""From the files that a user gives beside configurations to the answers that rules get."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from provlint.model.tree import Job
from provlint.semantics.evidence import Evidence, Overlap, Question, Some
from provlint.simulate.cycle.engines import INSTALL
from provlint.simulate.evidence.inquiry import Inquiry
from provlint.simulate.evidence.overlaps import Seen, target_of
from provlint.simulate.evidence.rows import Rows
from provlint.simulate.inputs.population import Population
from provlint.simulate.inputs.read import Inputs
from provlint.simulate.preparation import situations
from provlint.wording import counted
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from provlint.model.tree import Document, Schema
    from provlint.rule import Need
    from provlint.semantics.configuration import ConfigurationUnit
    from provlint.simulate.evidence.people import People
    from provlint.simulate.inputs.job_settings import JobSettings
    from provlint.simulate.inputs.problem import OnError

COLUMNS_FROM = 10_000
"""Users from which columns are faster than rows."""

BYTES_OF_A_USER = 300
PARQUET_FACTOR = 6
"""A user takes about so many bytes at the least, and a part of them in Parquet."""


class EvidenceFiles(NamedTuple):
    """What the user gave beside the configurations: files, folders and globs.

    Attributes:
        columns: Column of each attribute, for users in files of human resources.
        on_error: What to do about a broken record.
        show_examples: Whether names and values may stand in messages.
    """

    users: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    assignments: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    columns: Mapping[str, str] | None = None
    on_error: OnError = "stop"
    show_examples: bool = True

    @property
    def given(self) -> frozenset[Need]:
        """The needs of rules that are met."""
        found: dict[Need, tuple[str, ...]] = {
            "users": self.users,
            "targets": self.targets,
            "assignments": self.assignments,
            "groups": self.groups,
            "job": self.jobs,
            "secrets": self.secrets,
        }
        return frozenset(need for need, files in found.items() if files)


class EvidenceSource:
    """Answers what rules ask, configuration by configuration.

    Attributes:
        given: Which inputs there are.
        told: What the user should know of the inputs.
    """

    def __init__(self, files: EvidenceFiles) -> None:
        """Read what is small: assignments, groups, secrets, jobs.

        Raises:
            InputError: A file is missing or not what it should be.
        """
        self._files = files
        self.given = files.given
        self.told: dict[str, None] = {}
        self._inputs = Inputs(
            (),
            targets=files.targets,
            assignments=files.assignments,
            groups=files.groups,
            secrets=files.secrets,
            jobs=files.jobs,
            on_error=files.on_error,
        )
        self._situations = situations(self._inputs)
        self._seen: list[Seen] = []

    def with_job(self, document: Document) -> Document:
        """The document with the job that was given, where it has none of its own.

        What rules say of the job stands at the first synchronization rule.
        """
        if not self._inputs.jobs:
            return document
        return document._replace(schemas=tuple(map(self._with_job, document.schemas)))

    def _with_job(self, schema: Schema) -> Schema:
        if schema.job is not None:
            return schema
        jobs = self._inputs.jobs
        own = next((job for job in jobs if schema.id and job.identity == schema.id), jobs[0])
        return schema._replace(job=_job(own, schema))

    def gather(
        self, configuration: ConfigurationUnit, questions: Iterable[Question[Any]], file: str
    ) -> Evidence:
        """Answer what can be answered.

        Args:
            configuration: What the questions are about.
            questions: What rules ask.
            file: Name of the configuration.

        Raises:
            InputError: Users or accounts cannot be read.
        """
        earlier = [seen for seen in self._seen if seen.file != file]
        people = self._people if self._files.users else None
        inquiry = Inquiry(configuration, questions, self._inputs, people, earlier)
        answers = dict(inquiry.answers())
        self._seen = earlier
        self._seen += (Seen(file, target_of(unit), found) for unit, found in inquiry.seen())
        if not self._files.show_examples:
            answers = {question: _bare(answer) for question, answer in answers.items()}
        return Evidence(self.given, answers, self._inputs.secrets)

    def _people(self, names: Sequence[str], optional: Collection[str]) -> People:
        population = Population(
            self._files.users,
            attributes=names,
            columns=self._files.columns,
            on_error=self._files.on_error,
        )
        people: People
        if _is_large(population) and find_spec("duckdb") is not None:
            from provlint.simulate.evidence.columns import Columns

            people = Columns(population, names, self._situations)
        else:
            if _is_large(population):
                self.told[f"without DuckDB large inputs are slow; {INSTALL}"] = None
            people = Rows(population, self._situations)
        self.told[f"evidence from {counted(people.count, 'user')}"] = None
        self.told.update(dict.fromkeys(population.told(optional)))
        return people


def _is_large(population: Population) -> bool:
    size = 0.0
    for export in population.exports:
        try:
            factor = PARQUET_FACTOR if export.container == "parquet" else 1
            size += os.path.getsize(export.path) * factor
        except OSError:
            continue
    return size > COLUMNS_FROM * BYTES_OF_A_USER


def _job(settings: JobSettings, schema: Schema) -> Job:
    pointer = schema.pointer + "/id"
    if schema.rules:
        pointer = schema.rules[0].pointer + "/targetDirectoryName"
    return Job(
        pointer,
        settings.identity or None,
        settings.template or None,
        settings.state or None,
        None,
        settings.settings,
        True,
    )


def _bare(answer: Any) -> Any:
    """An answer without anything that is somebody's."""
    if isinstance(answer, Some):
        return Some(answer.number)
    if isinstance(answer, Overlap):
        return answer._replace(users=_bare(answer.users))
    if isinstance(answer, str):
        return ""
    if hasattr(answer, "_fields"):
        return answer._replace(**{name: _bare(getattr(answer, name)) for name in answer._fields})
    if isinstance(answer, tuple):
        return tuple(map(_bare, answer))
    if isinstance(answer, dict):
        return {key: _bare(each) for key, each in answer.items()}
    return answer

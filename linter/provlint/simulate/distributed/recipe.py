"""What a worker is sent: the texts of the configuration and what was read beside the users."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from provlint.evaluation import make_context
from provlint.simulate.cycle.job import Job
from provlint.simulate.flow import Flow
from provlint.simulate.inputs.names import graph_property
from provlint.simulate.inputs.population import Export, Population
from provlint.simulate.object_mapping import choose_object_mapping, facts_of
from provlint.simulate.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from provlint.dotnet.dates import DateTime
    from provlint.simulate.inputs.containers import Container
    from provlint.simulate.inputs.naming import Naming
    from provlint.simulate.inputs.problem import OnError
    from provlint.simulate.plan import Plan
    from provlint.simulate.preparation import Situations
    from provlint.simulate.situation import Facts, Settings
    from provlint.simulate.targets import TargetUser

Form = Literal["parquet", "lines"]
"""How records lie in files: columns of Parquet, or one JSON text a line."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file of the driver.

    Attributes:
        name: Its name, whose ending says how it is read.
        data: Its bytes.
    """

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Choice:
    """An object mapping of a configuration, as the options name it.

    Attributes:
        configuration: The configuration.
        job: The job, where the configuration is its schema alone.
        rule: Name of the synchronization rule.
        mapping: Name of the object mapping.
        application: Name of the application.
    """

    configuration: Text
    job: Text | None = None
    rule: str | None = None
    mapping: str | None = None
    application: str | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """How records lie in files.

    Attributes:
        form: Parquet or lines of JSON.
        names: Of Parquet, the names of the columns; Spark has them under numbers, since it cannot
            ask for every name.
    """

    form: Form
    names: tuple[str, ...] = ()

    @property
    def container(self) -> Container:
        """What holds the records, by the name of the readers."""
        return "parquet" if self.form == "parquet" else "json"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a piece is simulated with, as plain data.

    Attributes:
        choice: The object mapping.
        now: The present.
        seed: Start of the random numbers.
        macros: Values of job variables.
        settings: Of the job; the threshold of deletions is not among them, since it concerns all
            pieces together.
        situations: What else is known of users.
        attributes: The attributes that are asked for.
        columns: The column of each attribute.
        on_error: What to do about a broken record.
        users: How the users lie in their files.
        naming: How the users name their attributes.
        sent: The attributes of users that are sent to the buckets.
        missing: The attributes that no user has.
        targets: How the target users lie in their files; None where there are none.
        buckets: By number of a bucket, what Spark is told of it.
        over_threshold: Whether all pieces together delete more than the threshold.
    """

    choice: Choice
    now: DateTime | None
    seed: int | None
    macros: dict[str, str]
    settings: Settings
    situations: Situations
    attributes: frozenset[str]
    columns: dict[str, str]
    on_error: OnError
    users: Files
    naming: Naming
    sent: tuple[str, ...]
    missing: frozenset[str]
    targets: Files | None
    buckets: tuple[int, ...] = ()
    over_threshold: bool = False

    @property
    def asks(self) -> bool:
        """Whether users are matched by more than one key, so that buckets ask each other."""
        plan, _ = prepared(self.choice)
        return len(plan.matching) > 1 or bool(self.links)

    @property
    def refers(self) -> bool:
        """Whether mappings give references to other users, such as `manager`."""
        plan, _ = prepared(self.choice)
        return any(mapping.reference for mapping in plan.mappings)

    @property
    def links(self) -> frozenset[str]:
        """The ids of the target users that anybody is linked with."""
        links = (each.link for each in self.situations.known.values())
        return frozenset(link for link in links if link is not None)

    def job(self, paths: Iterable[str], targets: Iterable[TargetUser] | None = None) -> Job:
        """The job of one piece.

        Args:
            paths: The files of the piece.
            targets: Target users; None where there are none.
        """
        plan, facts = prepared(self.choice)
        context = make_context(
            source=None if plan.source_system == "unknown" else plan.source_system,
            now=self.now,
            seed=self.seed,
            macros=self.macros,
        )
        flow = Flow(plan, context, None, self.settings, facts)
        if self.over_threshold:
            flow = replace(flow, over_threshold=True)
        population = Population.recognised(
            [Export(path, self.users.container, self.naming) for path in paths],
            self.missing,
            attributes=self.attributes,
            columns=self.columns,
            on_error=self.on_error,
        )
        return Job(flow, population, targets, (), self.situations)


def columns_for(names: Iterable[str], columns: Mapping[str, str]) -> set[str]:
    """The columns of Parquet that attributes may lie in, and those that identify a user.

    Args:
        names: The attributes.
        columns: The column of each attribute, for users of human resources.
    """
    wanted = {"id", "objectId", "userPrincipalName", *columns.values()}
    for name in names:
        wanted |= {name, graph_property(name), name.partition(".")[0]}
        if name.startswith("extensionAttribute"):
            wanted.add("onPremisesExtensionAttributes")
    return wanted


@lru_cache(maxsize=4)
def prepared(choice: Choice) -> tuple[Plan, Facts]:
    """The object mapping ready to run; a worker makes it once."""
    with tempfile.TemporaryDirectory(prefix="provlint-") as folder:
        path = _write(folder, choice.configuration)
        unit = choose_object_mapping(
            path,
            rule=choice.rule,
            mapping=choice.mapping,
            job=_write(folder, choice.job) if choice.job is not None else None,
            application=choice.application,
        )
        return plan_of(unit), facts_of(unit)


def _write(folder: str, text: Text) -> str:
    beside = tempfile.mkdtemp(dir=folder)
    path = os.path.join(beside, os.path.basename(text.name))
    with open(path, "wb") as file:
        file.write(text.data)
    return path

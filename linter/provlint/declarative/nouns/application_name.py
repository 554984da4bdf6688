"""Names of applications as rules ask for them: those of the catalogue, where it has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.declarative.nouns.noun import Field

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from provlint.model.tree import Job
    from provlint.semantics.configuration import (
        ConfigurationUnit,
        SchemaUnit,
        SynchronizationRuleUnit,
    )

_ABOUT = (
    "name of the application as `provlint explain applications` lists it; of another one, the name"
    " that is given"
)


def field(read: Callable[[Any], str | None], more: str = "") -> Field:
    """The field `application` of a noun."""
    return Field("application", "text", _ABOUT + more, read)


def of_rule(unit: SynchronizationRuleUnit) -> str | None:
    """That of a synchronization rule, else the name given, else that of its target directory."""
    return _name(unit, unit.subject.application)


def of_schema(unit: SchemaUnit) -> str | None:
    """That of a schema, else the name given."""
    return _name(unit, unit.configuration.application)


def of_job(configuration: ConfigurationUnit, job: Job) -> str | None:
    """That of a job, else the name given."""
    from provlint_rules.applications import recognise_job

    found = recognise_job(configuration, job)
    if found is None or found.application.generic:
        return configuration.application or None
    return found.application.name


def _name(unit: SchemaUnit | SynchronizationRuleUnit, otherwise: str) -> str | None:
    from provlint_rules.applications import recognise

    found = recognise(unit, generic=False)
    return found.application.name if found is not None else otherwise or None

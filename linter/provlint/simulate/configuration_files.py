"""Configurations from files, for all that runs them: simulate, compare, analyze.

Faults of a text that lose nothing, such as trailing commas and comments, are passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.lint import LOSSES
from provlint.simulate.inputs.problem import InputError, of_source, refuse
from provlint.source.discovery import discover, read_bytes
from provlint.wording import quote

if TYPE_CHECKING:
    from provlint.semantics.configuration import ConfigurationUnit


def read_configuration(
    path: str, *, job: str | None = None, application: str = ""
) -> ConfigurationUnit:
    """The configuration that a file holds.

    Args:
        path: The configuration.
        job: File of the job, where the configuration is its schema alone.
        application: The application, where the user gave it.

    Raises:
        InputError: A file cannot be read, a part of its text is lost, or it holds no configuration.
    """
    given = None if job is None else read_value(job)
    found = configuration_in(read_file(path), path, job=given, application=application)
    if found is None:
        raise no_configuration(path)
    return found


def configuration_in(
    data: bytes, name: str, *, job: Any = None, application: str = ""
) -> ConfigurationUnit | None:
    """The configuration of a text; None where it holds none.

    Args:
        data: The text.
        name: How messages call it; its suffix tells YAML from JSON.
        job: The job, where the configuration is its schema alone.
        application: The application, where the user gave it.

    Raises:
        InputError: A part of the text is lost.
    """
    from provlint.model import read_document
    from provlint.semantics.configuration import ConfigurationUnit

    value = _value_of(data, name)
    document = read_document(value if job is None else _with_job(value, job))
    if document.shape == "unrecognised" or not (document.schemas or document.jobs):
        return None
    return ConfigurationUnit(document, application=application)


def no_configuration(name: str) -> InputError:
    """That a file, which the user named, holds no configuration."""
    return refuse(
        "unrecognised-file",
        name,
        f"{quote(name)} holds no provisioning configuration",
        "give an exported schema, job or template, or a part of one",
    )


def read_value(path: str) -> Any:
    """The value of a JSON or YAML file.

    Raises:
        InputError: The file cannot be read, or a part of its text is lost.
    """
    return _value_of(read_file(path), path)


def read_file(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises:
        InputError: It cannot be read.
    """
    problem = next((each.problem for each in discover([path])), None)
    if problem is not None:
        raise of_source(problem, path)
    data = read_bytes(path)
    if not isinstance(data, bytes):
        raise of_source(data, path)
    return data


def _value_of(data: bytes, name: str) -> Any:
    from provlint.source.source_file import read_source

    file = read_source(data, name)
    for problem in file.problems:
        if problem.code in LOSSES or not file.reading.found:
            line, column = file.lines.position(problem.start)
            raise refuse(problem.code, f"{name}:{line}:{column}", problem.message, problem.help)
    return file.reading.value


def _with_job(schema: Any, job: Any) -> Any:
    """A job with its schema, as Graph answers when the schema is expanded."""
    if isinstance(job, dict) and isinstance(job.get("value"), list) and job["value"]:
        job = job["value"][0]
    if not isinstance(job, dict) or not isinstance(schema, dict) or "schema" in schema:
        return schema
    return {**job, "schema": schema}

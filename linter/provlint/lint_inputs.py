"""The inputs of a run of the linter beside configurations, with errors that end the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.request import LintError
from provlint.simulate.evidence.source import EvidenceSource
from provlint.simulate.inputs.problem import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.model.tree import Document
    from provlint.semantics.configuration import ConfigurationUnit
    from provlint.semantics.evidence import Evidence, Question
    from provlint.simulate.evidence.source import EvidenceFiles


class LintInputs:
    """What `provlint.lint.Inputs` asks for, from files."""

    def __init__(self, files: EvidenceFiles) -> None:
        """Read what is small.

        Raises:
            LintError: A file is missing or not what it should be.
        """
        try:
            self._source = EvidenceSource(files)
        except InputError as error:
            raise _lint_error(error) from None

    def with_job(self, document: Document) -> Document:
        """The document with the job that was given, where it has none of its own."""
        return self._source.with_job(document)

    def gather(
        self, configuration: ConfigurationUnit, questions: Iterable[Question[Any]], file: str
    ) -> Evidence:
        """The answers to what rules ask.

        Raises:
            LintError: Users cannot be read.
        """
        try:
            return self._source.gather(configuration, questions, file)
        except InputError as error:
            raise _lint_error(error) from None

    def told(self) -> list[str]:
        """What the user should know of the inputs."""
        return list(self._source.told)


def _lint_error(error: InputError) -> LintError:
    problem = error.problem
    place = "" if problem.place in problem.message else problem.place
    return LintError(problem.message, problem.help, place)

"""What is wrong with an input, and what happens then: stop, or leave it out and count it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provlint.wording import counted, quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.source.problem import SourceProblem

OnError = Literal["stop", "skip"]

FIRST_PLACES = 20
"""So many problems are kept with their places; the others are counted."""

LARGEST_RECORD = 16 * 1024 * 1024
"""Characters of the largest record that is read."""


class InputProblem(NamedTuple):
    """One thing that is wrong with an input.

    Attributes:
        code: Kebab-case kind, such as `bad-json` or `field-count`.
        place: `file:line`, `file#/pointer`, or the file.
        message: What was found and what was expected.
        help: What to do.
    """

    code: str
    place: str
    message: str
    help: str

    @property
    def text(self) -> str:
        """Place and message on one line."""
        return f"{self.place}: {self.message}"


class InputError(Exception):
    """An input cannot be used; `problem` says why."""

    def __init__(self, problem: InputProblem) -> None:
        super().__init__(problem.text)
        self.problem = problem


class Ledger:
    """What was left out of one input, and what is worth saying about it.

    Attributes:
        on_error: `stop` raises at the first problem, `skip` leaves the record out and counts it.
        left_out: Number of records that were left out.
        first: The first problems, at most `FIRST_PLACES`.
        notes: Remarks on the files, such as a guessed encoding.
        pages: Number of pages of Microsoft Graph or SCIM that were read.
        continued: Number of pages that say that another one follows.
    """

    __slots__ = ("continued", "first", "left_out", "notes", "on_error", "pages")

    def __init__(self, on_error: OnError = "stop") -> None:
        self.on_error = on_error
        self.left_out = 0
        self.first: list[InputProblem] = []
        self.notes: list[InputProblem] = []
        self.pages = 0
        self.continued = 0

    def leave_out(self, problem: InputProblem) -> None:
        """Count a record that is left out.

        Raises:
            InputError: The first problem, when `on_error` is `stop`.
        """
        if self.on_error == "stop":
            raise InputError(problem)
        self.left_out += 1
        if len(self.first) < FIRST_PLACES:
            self.first.append(problem)

    def note(self, problem: InputProblem) -> None:
        """Keep a remark, once."""
        if problem not in self.notes and len(self.notes) < FIRST_PLACES:
            self.notes.append(problem)

    @property
    def summary(self) -> str:
        """What was left out, in one sentence; empty when nothing was."""
        if not self.left_out:
            return ""
        places = ", ".join(problem.place for problem in self.first[:3])
        more = ", …" if self.left_out > 3 else ""
        return f"{counted(self.left_out, 'record')} left out: {places}{more}"


def refuse(code: str, place: str, message: str, advice: str) -> InputError:
    """The error of an input that cannot be used at all."""
    return InputError(InputProblem(code, place, message, advice))


def of_source(problem: SourceProblem, path: str) -> InputError:
    """A problem of finding or reading a file, as an error of an input."""
    return refuse(problem.code, path, problem.message, problem.help)


def not_an_object(place: str, value: object) -> InputProblem:
    """The problem of a record that is no JSON object."""
    import json

    found = quote(json.dumps(value, ensure_ascii=False)[:200])
    return InputProblem(
        "not-an-object",
        place,
        f"a record is {found}, expected an object with attributes",
        "give one JSON object for each user",
    )

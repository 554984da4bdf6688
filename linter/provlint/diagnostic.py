"""What provlint reports: one frozen type that feeds every output format.

Rules speak of *symbolic* places: a JSON pointer and a part of what it denotes. The engine makes
them concrete (lines and columns) only for diagnostics that are shown.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from provlint_grammar.named_tuple import NamedTuple

Part = Literal["value", "key", "text", "member"]
Applicability = Literal["safe", "unsafe", "display-only"]


class Severity(StrEnum):
    """How bad a finding is. Compares by gravity and prints as `error`, `warning` or `note`."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return _RANKS[self.value]

    def __lt__(self, other: str) -> bool:
        return self.rank < _RANKS[other]

    def __le__(self, other: str) -> bool:
        return self.rank <= _RANKS[other]

    def __gt__(self, other: str) -> bool:
        return self.rank > _RANKS[other]

    def __ge__(self, other: str) -> bool:
        return self.rank >= _RANKS[other]

    __hash__ = str.__hash__


_RANKS = {"note": 0, "warning": 1, "error": 2}

NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR


class Place(NamedTuple):
    """A symbolic place in a document.

    Attributes:
        pointer: RFC 6901 pointer in the file as it stands; the empty string is the whole document.
        part: The value, the key of the member that holds it, or a range of characters of the
            decoded string. A `member` is the value or, where the file leaves it out, what names
            the object that lacks it.
        start: First character, where `part` is `text`.
        end: One past the last character, where `part` is `text`.
    """

    pointer: str
    part: Part = "value"
    start: int = 0
    end: int = 0


class Position(NamedTuple):
    """A place in a file: 1-based line, 1-based column in Unicode code points."""

    line: int
    column: int


class Range(NamedTuple):
    """From the first character to one past the last."""

    start: Position
    end: Position


class Related(NamedTuple):
    """Another place that explains the finding."""

    message: str
    place: Place
    range: Range | None = None


class TextEdit(NamedTuple):
    """Put `text` where `place` is; inside a JSON string the engine escapes it."""

    place: Place
    text: str
    range: Range | None = None


class Fix(NamedTuple):
    """A change that removes the finding.

    Attributes:
        title: What the change does, as an imperative.
        edits: Places and their new text.
        applicability: `safe` keeps the meaning, `unsafe` may change it, `display-only` is advice.
    """

    title: str
    edits: tuple[TextEdit, ...]
    applicability: Applicability = "safe"


class Subject(NamedTuple):
    """The thing a finding is about, in the administrator's words; suppressions name it."""

    application: str = ""
    mapping: str = ""
    target: str = ""
    filter_group: str = ""


class Diagnostic(NamedTuple):
    """One finding.

    Attributes:
        rule: Stable id, such as `PL301`.
        name: Kebab-case name, an equal alias of the id.
        severity: After the configuration had its say.
        message: Stands alone; lower case, without a final period.
        help: What to do, as an imperative.
        file: The file as the user named it.
        place: Symbolic place of the finding.
        range: Concrete place; None when the finding is about the file as a whole.
        related: Other places that explain it.
        fix: A change that removes it, if there is one.
        documentation: Address of the rule's page.
        contested: Name of the open reading that the finding rests on, if any.
        subject: What the finding is about, for suppressions.
        fingerprint: What it is known by from run to run, where that was asked for.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    help: str
    file: str
    place: Place
    range: Range | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    documentation: str = ""
    contested: str | None = None
    subject: Subject = Subject()
    fingerprint: str = ""

"""What a parser of ours has to say about a text that is not well-formed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint_grammar.span import Span


class Edit(NamedTuple):
    """Replace the characters of `span` by `text`."""

    span: Span
    text: str


class SyntaxProblem(NamedTuple):
    """One thing that is wrong with a text.

    Attributes:
        code: Kebab-case kind of the problem; rules map it to their ids.
        message: What was found and what was expected.
        help: What to do.
        span: The characters at fault.
        edits: A repair that keeps the meaning, where one is certain.
    """

    code: str
    message: str
    help: str
    span: Span
    edits: tuple[Edit, ...] = ()

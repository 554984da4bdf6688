"""The outcome of reading a text as JSON or YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.source.node import Node
    from provlint.source.problem import SourceProblem


class Reading(NamedTuple):
    """A value, as far as it is certain, and what is wrong with its text.

    Attributes:
        value: Dictionaries, lists, strings, numbers, booleans and `None`.
        problems: Defects of the text in the order of their places; none means valid.
        duplicates: One `duplicate-key` problem for each repeated key; the last value counts.
        root: Recorded places, or `None` when the text can be scanned for them.
        found: Whether the text holds a value at all.
    """

    value: Any
    problems: tuple[SourceProblem, ...] = ()
    duplicates: tuple[SourceProblem, ...] = ()
    root: Node | None = None
    found: bool = True

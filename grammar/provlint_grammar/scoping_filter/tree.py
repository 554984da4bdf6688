"""The tree of a scoping filter: a disjunction of groups, each a conjunction of clauses."""

from __future__ import annotations

from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.span import Span

NOWHERE = Span(0, 0)
"""The span of a node that was not read from a text."""


class Clause(NamedTuple):
    """One test of one attribute.

    Attributes:
        attribute: Name of the source attribute, `sourceOperandName` in Graph.
        operator: Canonical spelling of a known operator, or the text as found.
        values: The operand, `targetOperand.values` in Graph; empty for unary operators.
        span: The whole clause in the text that was parsed.
        attribute_span: The attribute as written, with its brackets or quotes.
        operator_span: The operator as written.
        value_spans: Each value as written, with its quotes.
    """

    attribute: str
    operator: str
    values: tuple[str, ...] = ()
    span: Span = NOWHERE
    attribute_span: Span = NOWHERE
    operator_span: Span = NOWHERE
    value_spans: tuple[Span, ...] = ()


class Group(NamedTuple):
    """Clauses that must all hold; the portal calls it a scoping filter.

    Attributes:
        name: The scoping filter title; empty when there is none.
        clauses: The tests, joined by AND.
        span: The whole group, with its title, in the text that was parsed.
    """

    name: str
    clauses: tuple[Clause, ...]
    span: Span = NOWHERE


class Filter(NamedTuple):
    """Groups of which one must hold; without any group everybody passes.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-filter
    """

    groups: tuple[Group, ...]


EVERYBODY = Filter(())
"""The filter without groups, which every object passes."""


def without_spans(tree: Filter) -> Filter:
    """The same filter with every span at `NOWHERE`, so that `==` compares meaning alone."""
    return Filter(
        tuple(
            Group(
                group.name,
                tuple(Clause(*clause[:3]) for clause in group.clauses),
            )
            for group in tree.groups
        )
    )

"""Operators of scoping filters, explained from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NEVER_OPERATORS = "-0123456789"
"""Characters that no spelling of an operator has."""


def explain(word: str) -> Iterator[str]:
    """The card of the operator of that spelling, or what to write in place of one."""
    if any(character in NEVER_OPERATORS for character in word):
        return
    from provlint_grammar.scoping_filter.explain import explain_operator
    from provlint_grammar.scoping_filter.operators import find_instead, find_operator

    operator = find_operator(word)
    if operator is not None:
        facts = explain_operator(operator)
        rows = "".join(f"| {heading} | {_shown(heading, text)} |\n" for heading, text in facts)
        yield f"# {operator.name} (operator of scoping filters)\n\n| | |\n| --- | --- |\n{rows}"
        return
    instead = find_instead(word)
    if instead is not None:
        yield f"# {word} (no operator of scoping filters)\n\nThere is no such operator:" + (
            f" {instead.advice}.\n"
        )
        if instead.operator is not None:
            yield from explain(instead.operator.name)


def _shown(heading: str, text: str) -> str:
    return f"`{text}`" if heading == "example" else text


def known() -> Iterator[str]:
    """Names of all operators."""
    from provlint_grammar.scoping_filter.operators import OPERATORS

    yield from OPERATORS

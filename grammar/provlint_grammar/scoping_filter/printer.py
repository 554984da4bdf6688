"""A scoping filter as one line of text, from which the parser reads exactly the same filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.scoping_filter.notation import write_attribute, write_operator, write_text

if TYPE_CHECKING:
    from provlint_grammar.scoping_filter.tree import Clause, Filter, Group


def print_filter(tree: Filter) -> str:
    """The text form, of printable characters only.

    Groups are joined by `OR`, the clauses of a group by `AND`. A title stands before its group:
    `"Nordic sales": department EQUALS "Sales"`. A group without clauses is `()`; a filter without
    groups is `everybody`.
    """
    return " OR ".join(map(print_group, tree.groups)) or "everybody"


def print_group(group: Group) -> str:
    """One group in the text form, with its title."""
    title = f"{write_text(group.name)}: " if group.name else ""
    return title + (" AND ".join(map(print_clause, group.clauses)) or "()")


def print_clause(clause: Clause) -> str:
    """One clause in the text form."""
    test = f"{write_attribute(clause.attribute)} {write_operator(clause.operator)}"
    return f"{test} {', '.join(map(write_text, clause.values))}" if clause.values else test

"""One spelling for what means the same, so that layout, order of keys and encoding are silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.semantics.expressions import parse_once
from provlint_grammar.catalogue import find_function
from provlint_grammar.printer import print_expression, print_text
from provlint_grammar.scoping_filter.graph import SETS
from provlint_grammar.scoping_filter.operators import find_operator
from provlint_grammar.scoping_filter.printer import print_clause
from provlint_grammar.scoping_filter.tree import Clause
from provlint_grammar.syntax import LENIENT_CODES, Call, Comparison

if TYPE_CHECKING:
    from provlint.model.tree import FilterClause, FilterGroup, MappingSource, Scope
    from provlint_grammar.syntax import Expression

NOTHING = "nothing"
"""Stands for a mapping without a source."""


def canonical_source(source: MappingSource | None) -> str:
    """What an attribute mapping writes, as an expression in the spelling of the service.

    An expression that is no expression stays as it is, but for blanks around it.
    """
    if source is None:
        return NOTHING
    text = source.expression
    if text is None or not text.strip():
        return _stored(source)
    bare = text.strip()
    if source.type == "Constant" and (bare.startswith('"') or not bare.endswith(")")):
        quoted = len(bare) > 1 and bare[0] == bare[-1] == '"'
        return canonical_expression(bare) if quoted else print_text(text)
    return canonical_expression(bare)


def canonical_expression(text: str) -> str:
    """An expression in the spelling of the service."""
    parsed = parse_once(text)
    faults = [problem for problem in parsed.problems if problem.code not in LENIENT_CODES]
    if parsed.tree is None or faults:
        return text.strip()
    return print_expression(_named(parsed.tree))


def _named(node: Expression) -> Expression:
    """The tree with the names of functions in the catalogue's spelling."""
    if isinstance(node, Call):
        known = find_function(node.name)
        arguments = tuple(map(_named, node.arguments))
        return node._replace(name=known.name if known else node.name, arguments=arguments)
    if isinstance(node, Comparison):
        return node._replace(left=_named(node.left), right=_named(node.right))
    return node


def _stored(source: MappingSource) -> str:
    """What a source says where it has no text: its name, or the stored form of a call."""
    name = source.name or ""
    if source.type == "Attribute":
        return f"[{name}]" if name else NOTHING
    if source.type == "Constant":
        return print_text(name)
    inner = ", ".join(canonical_source(value) for _, value in source.parameters)
    return canonical_expression(f"{name}({inner})") if name else NOTHING


def canonical_clause(clause: FilterClause) -> str:
    """A clause in the text form of filters."""
    known = find_operator(clause.operator_name)
    operator = known.name if known is not None else clause.operator_name
    unary = known is not None and known.arity == "unary"
    values = () if unary else clause.values or ()
    return print_clause(Clause(clause.source_operand_name, operator, tuple(values)))


def canonical_group(group: FilterGroup) -> str:
    """A group without its title; its clauses sorted, each once."""
    return " AND ".join(sorted({canonical_clause(clause) for clause in group.clauses})) or "()"


Groups = dict[str, dict[str, str]]
"""By filter set: the canonical spelling of each group, and the group in the order of the file."""


def canonical_groups(scope: Scope | None) -> Groups:
    """The groups of each filter set, each once; sets without groups are left out."""
    if scope is None:
        return {}
    sets = (scope.groups, scope.input_filter_groups, scope.category_filter_groups)
    found: Groups = {}
    for name, groups in zip(SETS, sets, strict=True):
        for group in groups:
            shown = " AND ".join(dict.fromkeys(map(canonical_clause, group.clauses))) or "()"
            found.setdefault(name, {}).setdefault(canonical_group(group), shown)
    return found


def same_groups(one: Groups, other: Groups) -> bool:
    """Whether two filters are the same but for order and titles."""
    return {n: set(g) for n, g in one.items()} == {n: set(g) for n, g in other.items()}

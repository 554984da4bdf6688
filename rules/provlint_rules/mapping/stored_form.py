"""The two forms of a mapping's source: its text, and the parsed form that is stored beside it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from provlint.diagnostic import WARNING, Related
from provlint.rule import Finding, Rule, RuleInfo
from provlint.wording import quote
from provlint_grammar.syntax import (
    Attribute,
    BareLiteral,
    Call,
    Enumeration,
    Keyword,
    Number,
    Text,
    walk,
)
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.model.tree import MappingSource
    from provlint.semantics.configuration import AttributeMappingUnit
    from provlint_grammar.syntax import Expression

STALE = RuleInfo(
    "PL428", "stale-stored-form", "The text of an expression and its stored form differ", WARNING,
    sources.ATTRIBUTE_MAPPING_SOURCE, confidence="medium",
)  # fmt: skip

COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">=", ""})
"""What the stored form keeps as constants, and the text does not; empty texts may be left out."""


def stale_form(unit: AttributeMappingUnit) -> Iterator[Finding]:
    """Somebody edited the one and not the other; which of them counts is documented nowhere."""
    source, expression = unit.mapping.source, unit.expression
    if source is None or expression is None or expression.parsed.problems:
        return
    tree = expression.tree
    if tree is None or "${" in expression.text:
        return
    if source.type == "Attribute":
        if isinstance(tree, Attribute) and source.name and source.name != tree.name:
            yield _finding(unit, tree.name, source.name)
        return
    stored = list(_stored(source)) if source.parameters else [None]
    if None in stored:
        return
    # In no order: a file may have been sorted. What the stored form lacks may have been left out.
    spelt = {_folded(each): each for each in (*_written(tree), *stored) if each is not None}
    written = Counter(map(_folded, _written(tree)))
    kept = Counter(_folded(each) for each in stored if each is not None)
    extra, lacking = min(kept - written, default=None), min(written - kept, default=None)
    if extra is not None:
        yield _finding(unit, None if lacking is None else spelt[lacking], spelt[extra])


def _finding(unit: AttributeMappingUnit, written: str | None, stored: str) -> Finding:
    source = unit.mapping.source
    member = "name" if source is not None and source.type == "Attribute" else "parameters"
    return Finding(
        f"the expression does not say {quote(stored)}, as its stored form does"
        if written is None
        else f"the expression says {quote(written)} where its stored form says {quote(stored)}",
        f"bring {quote(member)} in line with the expression, or save the mapping in the portal,"
        " which writes both",
        unit.source_place,
        related=(Related("the stored form", unit.place(f"source/{member}")._replace(part="key")),),
    )


def _written(tree: Expression) -> Iterator[str]:
    """Functions, attributes and constants in the order of the text."""
    for node in walk(tree):
        if isinstance(node, (Call, Attribute, BareLiteral, Enumeration, Keyword)):
            yield node.name
        elif isinstance(node, Number):
            yield node.text
        elif isinstance(node, Text) and node.value not in COMPARISONS:
            yield node.value


def _stored(source: MappingSource) -> Iterator[str | None]:
    """The same of the stored form; None where an export has cut it off."""
    stack = [source]
    while stack:
        node = stack.pop()
        if not node.name and node.type != "Constant":
            yield None
        name = node.name or ""
        macro = name.startswith("%") and name.endswith("%")
        if name not in COMPARISONS and not macro:
            yield name
        if node.type == "Function" and not node.parameters and "()" not in (node.expression or ""):
            yield None
        stack.extend(value for _, value in reversed(node.parameters))


def _folded(text: str) -> str:
    """Capitals of function names, and how a backslash is written, are told by other rules."""
    return " ".join(text.replace("\\", "").split()).strip('"').casefold()


RULES = (Rule(STALE, "attribute-mapping", stale_form),)

"""The strict syntax tree of a mapping expression.

Every node has a `span` in the text of the expression. Nodes are tuples; two nodes compare with
their spans, `provlint_grammar.printer.equal` compares without.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#syntax-overview
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint_grammar.problem import SyntaxProblem
    from provlint_grammar.span import Span


class Call(NamedTuple):
    """A function call. `span` runs from the name to `)`, `name_span` is the name alone."""

    name: str
    arguments: tuple[Expression, ...]
    span: Span
    name_span: Span


class Attribute(NamedTuple):
    """An attribute reference; `name` is what stands between the brackets, blanks included."""

    name: str
    span: Span


class Text(NamedTuple):
    """A text constant; `value` is decoded, `span` includes the quotation marks."""

    value: str
    span: Span


class Number(NamedTuple):
    """A number as it is written: `7`, `-10`, `1.5`, `&H1F`."""

    text: str
    span: Span


class Enumeration(NamedTuple):
    """`vbTextCompare` or `vbBinaryCompare`."""

    name: str
    span: Span


class Keyword(NamedTuple):
    """`IgnoreAttributeFlow` or `IgnoreObjectFlow`."""

    name: str
    span: Span


class BareLiteral(NamedTuple):
    """`True`, `False` or `NULL` without quotation marks, in any case."""

    name: str
    span: Span


class Macro(NamedTuple):
    """A job variable such as `%DomainFQDN%`; `name` is without the percent signs."""

    name: str
    span: Span


class Comparison(NamedTuple):
    """Two operands compared; `operator` is one of `=` `<>` `<` `<=` `>` `>=`."""

    operator: str
    left: Expression
    right: Expression
    span: Span
    operator_span: Span


class Omitted(NamedTuple):
    """An empty argument place; `span` is the blanks in it, or zero-width."""

    span: Span


class Invalid(NamedTuple):
    """A place with a syntax error; a problem says what is wrong there."""

    span: Span


Expression: TypeAlias = (
    Call
    | Attribute
    | Text
    | Number
    | Enumeration
    | Keyword
    | BareLiteral
    | Macro
    | Comparison
    | Omitted
    | Invalid
)


class ParsedExpression(NamedTuple):
    """What a text means, and what is wrong with it.

    Attributes:
        text: The expression.
        tree: None only where the text is empty or blank. Holds `Invalid` nodes only where
            `problems` has an error.
        problems: In the order of the text. Those with a code in `LENIENT_CODES` are warnings:
            the tree is complete and can be evaluated. The others are errors.
    """

    text: str
    tree: Expression | None
    problems: tuple[SyntaxProblem, ...]


LENIENT_CODES = frozenset(
    {
        "bare-literal",
        "comma-in-attribute",
        "comment",
        "line-break-in-string",
        "misplaced-comparison",
        "too-many-warnings",
        "unknown-backslash",
        "unusual-space",
        "wrong-case-word",
    }
)


def children(node: Expression) -> tuple[Expression, ...]:
    """The nodes directly below."""
    if type(node) is Call:
        return node.arguments
    if type(node) is Comparison:
        return (node.left, node.right)
    return ()


def walk(node: Expression) -> Iterator[Expression]:
    """The node and all below it, in the order of the text."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def attributes(node: Expression) -> Iterator[Attribute]:
    """All attribute references, in the order of the text."""
    return (found for found in walk(node) if type(found) is Attribute)


def calls(node: Expression) -> Iterator[Call]:
    """All calls, an outer one before those in it."""
    return (found for found in walk(node) if type(found) is Call)


def text_offset(node: Text, source: str, index: int) -> int:
    """The offset in the expression of one character of a text constant.

    Args:
        node: The text constant.
        source: The expression that it stands in.
        index: A position in `node.value`, 0 to its length.
    """
    offset = node.span.start + 1
    for _ in range(index):
        offset += 2 if source[offset] == "\\" and source[offset + 1] in '"\\' else 1
    return offset

"""The strict syntax tree of a mapping expression.

Every node has a `span` in the text of the expression. Nodes are tuples; two nodes compare with
their spans, `provlint_grammar.printer.equal` compares without.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#syntax-overview
"""

# Annotations are values here: NamedTuple compiles every annotation that is text, which would take
# half the time of importing this module.
from typing import TYPE_CHECKING, TypeAlias

from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.problem import SyntaxProblem
from provlint_grammar.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


class Call(NamedTuple):
    """A function call. `span` runs from the name to `)`, `name_span` is the name alone."""

    name: str
    arguments: "tuple[Expression, ...]"
    span: Span
    name_span: Span


# Creating a NamedTuple costs more than all else in this module: nodes of one shape share one.
class Named(NamedTuple):
    """The shape of a node that is a name."""

    name: str
    span: Span


class Placed(NamedTuple):
    """The shape of a node that is a place only."""

    span: Span


class Attribute(Named):
    """An attribute reference; `name` is what stands between the brackets, blanks included."""

    __slots__ = ()


class Text(NamedTuple):
    """A text constant; `value` is decoded, `span` includes the quotation marks."""

    value: str
    span: Span


class Number(NamedTuple):
    """A number as it is written: `7`, `-10`, `1.5`, `&H1F`."""

    text: str
    span: Span


class Enumeration(Named):
    """`vbTextCompare` or `vbBinaryCompare`."""

    __slots__ = ()


class Keyword(Named):
    """`IgnoreAttributeFlow` or `IgnoreObjectFlow`."""

    __slots__ = ()


class BareLiteral(Named):
    """`True`, `False` or `NULL` without quotation marks, in any case."""

    __slots__ = ()


class Macro(Named):
    """A job variable such as `%DomainFQDN%`; `name` is without the percent signs."""

    __slots__ = ()


class Comparison(NamedTuple):
    """Two operands compared; `operator` is one of `=` `<>` `<` `<=` `>` `>=`."""

    operator: str
    left: "Expression"
    right: "Expression"
    span: Span
    operator_span: Span


class Omitted(Placed):
    """An empty argument place; `span` is the blanks in it, or zero-width."""

    __slots__ = ()


class Invalid(Placed):
    """A place with a syntax error; a problem says what is wrong there."""

    __slots__ = ()


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


def walk(node: Expression) -> "Iterator[Expression]":
    """The node and all below it, in the order of the text."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def attributes(node: Expression) -> "Iterator[Attribute]":
    """All attribute references, in the order of the text."""
    return (found for found in walk(node) if type(found) is Attribute)


def calls(node: Expression) -> "Iterator[Call]":
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

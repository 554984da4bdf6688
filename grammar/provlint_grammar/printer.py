"""Print syntax trees in the form in which the service prints them: `Name(arg, arg, , arg)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint_grammar.span import Span
from provlint_grammar.syntax import (
    Attribute,
    BareLiteral,
    Call,
    Comparison,
    Enumeration,
    Invalid,
    Keyword,
    Macro,
    Number,
    Omitted,
    Text,
)

if TYPE_CHECKING:
    from typing import Any

    from provlint_grammar.syntax import Expression


def print_expression(tree: Expression) -> str:
    """The canonical text of a tree; parsing it gives an equal tree.

    Raises:
        ValueError: The tree has an `Invalid` node, which has no text.
    """
    match tree:
        case Call(name, arguments):
            return f"{name}({', '.join(map(print_expression, arguments))})"
        case Comparison(operator, left, right):
            return f"{_operand(left)} {operator} {_operand(right)}"
        case Text(value):
            return print_text(value)
        case Attribute(name):
            return f"[{name}]"
        case Number(text):
            return text
        case Enumeration(name) | Keyword(name) | BareLiteral(name):
            return name
        case Macro(name):
            return f"%{name}%"
        case Omitted():
            return ""
        case Invalid(span):
            raise ValueError(f"the place from {span.start} to {span.end} is not well-formed")


def print_text(value: str) -> str:
    """A text constant with its quotation marks and escapes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _operand(node: Expression) -> str:
    text = print_expression(node)
    return f"({text})" if type(node) is Comparison else text


def equal(left: Expression | None, right: Expression | None) -> bool:
    """Whether two trees are the same but for the places of their nodes."""
    stack: list[tuple[Any, Any]] = [(left, right)]
    while stack:
        one, other = stack.pop()
        if type(one) is not type(other):
            return False
        if type(one) is Span:
            continue
        if isinstance(one, tuple):
            if len(one) != len(other):
                return False
            stack.extend(zip(one, other, strict=True))
        elif one != other:
            return False
    return True

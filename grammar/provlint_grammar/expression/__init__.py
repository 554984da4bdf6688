"""Parse mapping expressions.

Well-formed texts, which are nearly all, take the short way here. Every other text is read again
by `recovery`, which says what is wrong and makes of the rest what it can.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from __future__ import annotations

from re import Match
from typing import TYPE_CHECKING, Any

from provlint_grammar import expression_tables
from provlint_grammar.automaton import Automaton
from provlint_grammar.expression.words import CONDITIONAL, CONSTANTS, ODD_CHARACTERS
from provlint_grammar.span import Span
from provlint_grammar.syntax import (
    Attribute,
    Call,
    Comparison,
    Macro,
    Number,
    Omitted,
    ParsedExpression,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from provlint_grammar.automaton import Token
    from provlint_grammar.syntax import Expression

DEPTH_LIMIT = 100
"""Calls and parentheses may be nested so deep; Microsoft states no limit."""

_CLOSE = expression_tables.TERMINALS.index("CLOSE")
_COMPARISON = expression_tables.TERMINALS.index("COMPARISON")

# Making a tuple this way takes a third of the time of the class's own constructor.
_new = tuple.__new__
_automaton: Automaton | None = None


class _IrregularError(Exception):
    """The text is not well-formed, or deserves a warning."""


def _attribute(token: Token) -> Attribute:
    index = token.lastindex
    assert index
    name = token[index][1:-1]
    if "," in name or not name.strip():
        raise _IrregularError
    return _new(Attribute, (name, _new(Span, token.span(index))))


def _text(token: Token) -> Text:
    index = token.lastindex
    assert index
    value = token[index][1:-1]
    if "\\" in value:
        # What is left of it once the two escapes are taken out is unknown.
        if "\\" in value.replace("\\\\", "").replace('\\"', ""):
            raise _IrregularError
        value = "\\".join(part.replace('\\"', '"') for part in value.split("\\\\"))
    if "\n" in value or "\r" in value:
        raise _IrregularError
    return _new(Text, (value, _new(Span, token.span(index))))


def _number(token: Token) -> Number:
    index = token.lastindex
    assert index
    return _new(Number, (token[index], _new(Span, token.span(index))))


def _name(token: Token) -> Expression:
    index = token.lastindex
    assert index
    name = token[index]
    span = _new(Span, token.span(index))
    if name[0] == "%":
        return Macro(name[1:-1], span)
    constant = CONSTANTS.get(name)
    if constant is None:
        raise _IrregularError
    return constant(name, span)


def _irregular(_: Token) -> Expression:
    raise _IrregularError


_OPERANDS: list[Callable[[Token], Expression]] = [
    {"ATTRIBUTE": _attribute, "TEXT": _text, "NUMBER": _number, "NAME": _name}.get(name, _irregular)
    for name in expression_tables.TERMINALS
]


def _node(element: Any) -> Expression:
    if type(element) is Match:
        return _OPERANDS[element.lastindex or 0](element)
    node: Expression = element
    return node


def _argument(elements: list[Any]) -> Expression:
    if len(elements) == 1:
        return _node(elements[0])
    if len(elements) != 3:
        raise _IrregularError
    left, operator, right = elements
    if type(operator) is not Match or operator.lastindex != _COMPARISON:
        raise _IrregularError
    left, right = _node(left), _node(right)
    if type(left) is Comparison or type(right) is Comparison:
        raise _IrregularError
    return Comparison(
        operator[_COMPARISON],
        left,
        right,
        Span(left.span.start, right.span.end),
        Span(*operator.span(_COMPARISON)),
    )


def _call(children: list[Any]) -> Call:
    function, opening, arguments, closing = children
    index = function.lastindex
    name_span = _new(Span, function.span(index))
    name = function[index]
    nodes: list[Expression] = []
    position = 0
    for elements in arguments[::2]:
        if len(elements) == 1:
            element = elements[0]
            if type(element) is Match:
                element = _OPERANDS[element.lastindex or 0](element)
            elif type(element) is Comparison:
                raise _IrregularError
            nodes.append(element)
        elif elements:
            if position or name not in CONDITIONAL:
                raise _IrregularError
            nodes.append(_argument(elements))
        elif len(arguments) > 1:
            before = arguments[position - 1] if position else opening
            after = arguments[position + 1] if position + 1 < len(arguments) else closing
            nodes.append(Omitted(Span(before.end(before.lastindex), after.start(after.lastindex))))
        position += 2
    span = _new(Span, (name_span[0], closing.end(_CLOSE)))
    return _new(Call, (name, tuple(nodes), span, name_span))


def _group(children: list[Any]) -> Expression:
    arguments = children[1]
    if len(arguments) != 1:
        raise _IrregularError
    return _argument(arguments[0])


def _odd(_: list[Any]) -> Expression:
    raise _IrregularError


def _start(children: list[Any]) -> Expression:
    elements = children[0]
    if len(elements) != 1:
        raise _IrregularError
    node = _node(elements[0])
    if type(node) is Comparison:
        raise _IrregularError
    return node


def _refuse(_: Token, __: tuple[int, ...]) -> int:
    raise _IrregularError


def parse_expression(text: str) -> ParsedExpression:
    """Read a mapping expression; never raises.

    Several mistakes in one text give several problems, each with its own place. Where the meaning
    is plain in spite of a mistake (`;` for a comma, wrong quotation marks) the tree holds what was
    meant; elsewhere it holds `Invalid`, so that the rest can still be looked at.

    Args:
        text: The expression, without the quotation marks and escapes of a JSON string.
    """
    global _automaton
    if _automaton is None:
        _automaton = Automaton(
            expression_tables,
            {"start": _start, "call": _call, "group": _group, "separator": _odd, "odd": _odd},
            expression_tables.QUICK_PATTERN,
        )
    if text.count("(") <= DEPTH_LIMIT and (text.isascii() or ODD_CHARACTERS.isdisjoint(text)):
        try:
            return ParsedExpression(text, _automaton.parse(text, _refuse), ())
        except _IrregularError:
            pass
    from provlint_grammar.expression.recovery import recover_expression

    return recover_expression(text)

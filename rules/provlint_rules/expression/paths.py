"""Distinguished names that an expression puts together; imported when a mapping gives one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provlint.rule import Finding
from provlint.semantics.distinguished_names import PATH, UNKNOWN, fault, unknown_values
from provlint.wording import quote
from provlint_grammar.syntax import Call, Omitted, Text, attributes, calls, text_offset
from provlint_rules.expression.inferred import of, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provlint.semantics.configuration import ExpressionUnit
    from provlint_grammar.syntax import Expression


def broken(unit: ExpressionUnit, node: Expression) -> Iterator[Finding]:
    """A comma in the name of a container, or one too many, wherever the text is put together."""
    pieces = list(pieces_of(node))
    name = "".join(text for _, text in pieces)
    found = fault(name) if len(pieces) > 1 or re.match(PATH, name) else None
    if found is None:
        return
    at = 0
    for piece, text in pieces:
        if isinstance(piece, Text) and at <= found.start < at + len(text):
            start = text_offset(piece, unit.text, found.start - at)
            end = text_offset(piece, unit.text, min(found.end - at, len(text)))
            place = unit.place(start, end)
            yield Finding(found.message, found.advice(doubled=True), place)
            return
        at += len(text)


def named_by_attribute(unit: ExpressionUnit, node: Expression) -> Iterator[Finding]:
    """Attributes that are the whole name of a container, whose commas nothing escapes."""
    pieces = list(pieces_of(node))
    names = set(unknown_values("".join(text for _, text in pieces)))
    at = 0
    for piece, text in pieces:
        if at in names and _may_hold_comma(unit, piece):
            shown = written(unit, piece)
            yield Finding(
                f"a comma in {quote(shown)} ends the name of the container, as nothing escapes it",
                f'escape it: `Replace({shown}, ",", , , "\\\\,", , )`',
                unit.place(*piece.span),
            )
        at += len(text)


def _may_hold_comma(unit: ExpressionUnit, node: Expression) -> bool:
    """Whether a part is up to the data, and nothing looks after its commas."""
    replaced = any(call.name.lower() == "replace" for call in calls(node))
    return not replaced and any(attributes(node)) and of(unit, node).values is None


def pieces_of(node: Expression) -> Iterator[tuple[Expression, str]]:
    """The texts that a result is put together from; what is not constant is `UNKNOWN`."""
    stack = [node]
    while stack:
        part = stack.pop()
        name = part.name.lower() if isinstance(part, Call) else ""
        arguments = part.arguments if isinstance(part, Call) else ()
        if name == "append" and len(arguments) == 2:
            stack.extend(reversed(arguments))
        elif name == "join" and len(arguments) > 1:
            joined = [each for source in arguments[1:] for each in (arguments[0], source)]
            stack.extend(reversed(joined[1:]))
        elif not isinstance(part, Omitted):
            yield part, part.value if isinstance(part, Text) else UNKNOWN

"""Read an expression that is not well-formed: say what is wrong, keep what can be kept.

The concrete tree comes from the same tables as for good texts. A missing `)` at the end is
supposed; everything else that is wrong stands as an element in the row of some argument, and
`arguments` looks at one row at a time.
"""

from __future__ import annotations

import re
from re import Match
from typing import TYPE_CHECKING, Any

from provlint_grammar import expression_tables
from provlint_grammar.automaton import Automaton
from provlint_grammar.expression import DEPTH_LIMIT
from provlint_grammar.expression.arguments import ArgumentReader
from provlint_grammar.expression.elements import (
    ATTRIBUTE,
    CLOSE,
    COMMA,
    COMPARISON,
    NAME,
    NUMBER,
    OPEN,
    SEPARATOR,
    TEXT,
)
from provlint_grammar.expression.literals import QUOTES
from provlint_grammar.expression.operators import help_for
from provlint_grammar.expression.report import Report, clip, place
from provlint_grammar.expression.words import CONDITIONAL, SPACES, WIDE, is_function_name
from provlint_grammar.problem import Edit
from provlint_grammar.span import Span
from provlint_grammar.syntax import LENIENT_CODES, Call, Comparison, Invalid, ParsedExpression

if TYPE_CHECKING:
    from provlint_grammar.automaton import Token
    from provlint_grammar.problem import SyntaxProblem
    from provlint_grammar.syntax import Expression

_CONDITIONAL = {name.lower() for name in CONDITIONAL}
_DELIMITERS = (CLOSE, COMMA, SEPARATOR)
_QUOTED_EXPRESSION = rf'(?s)\s*(["{QUOTES}])\s*[^\W\d]\w*\s*\(.*\)\s*(["{QUOTES}])\s*'


def recover_expression(text: str) -> ParsedExpression:
    """Like `parse_expression`, for a text with something odd in it."""
    if not text.strip():
        report = Report()
        report.add(
            "empty-expression",
            "the expression is empty; expected a function call such as `ToLower([mail])`",
            "write a function call, or map the attribute directly",
            0,
            len(text),
        )
        return ParsedExpression(text, None, tuple(report.problems))
    recovery = Recovery(text)
    tree = recovery.tree()
    problems = recovery.report.in_order()
    if recovery.report.quotes_unbalanced:
        problems = _without_echoes(text, problems)
    return ParsedExpression(text, tree, problems)


def _without_echoes(text: str, problems: tuple[SyntaxProblem, ...]) -> tuple[SyntaxProblem, ...]:
    """Without the errors that a missing opening quotation mark gives in the text it left open."""
    torn = [problem for problem in problems if problem.code == "unclosed-string"]
    ranges = [(text.rfind(",", 0, each.span.start) + 1, each.span.start) for each in torn]
    return tuple(
        problem
        for problem in problems
        if problem in torn
        or problem.code in LENIENT_CODES
        or not any(start <= problem.span.start < end for start, end in ranges)
    )


class Recovery:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = len(text.rstrip())
        self.report = Report()
        self._masked = self._without_quotes()
        self._arguments = ArgumentReader(text, self.report)
        self._unclosed: list[tuple[str, int]] = []
        self._automaton = Automaton(
            expression_tables,
            {
                "start": self._start,
                "call": self._call,
                "group": self._group,
                "separator": lambda children: children[0],
                "odd": lambda children: children[0],
            },
        )
        self._too_deep = self._scan()

    def tree(self) -> Expression:
        """The tree; the problems are in `report` afterwards."""
        tree: Expression = self._automaton.parse(self._masked, lambda _token, _expected: CLOSE)
        self._report_unclosed()
        return tree

    def _scan(self) -> set[int]:
        """Look at the tokens alone: nesting, and characters that only look like ours."""
        depth = 0
        too_deep: set[int] = set()
        for token in self._automaton.tokens(self._masked):
            kind = token.lastindex
            start, end = place(token)
            if kind in (OPEN, CLOSE, SEPARATOR, COMMA):
                if kind == OPEN:
                    depth += 1
                    if depth > DEPTH_LIMIT:
                        too_deep.add(start)
                elif kind == CLOSE:
                    depth = max(depth - 1, 0)
                if self.text[start] in WIDE and kind != SEPARATOR:
                    self._report_wide(start, end)
            before = self.text[token.start() : start]
            if not SPACES.isdisjoint(before):
                at = next(i for i, character in enumerate(before) if character in SPACES)
                self._report_space(token.start() + at)
        if too_deep:
            start = min(too_deep)
            self.report.add(
                "too-deep",
                f"calls are nested more than {DEPTH_LIMIT} deep here; that is as far as they are"
                " read",
                "use a table of keys and values by `Switch`, or split the mapping",
                start,
                start + 1,
            )
        return too_deep

    def _report_wide(self, start: int, end: int) -> None:
        sign = self.text[start]
        self.report.add(
            "full-width-sign",
            f"`{sign}` is a full-width sign; expected `{WIDE[sign]}`",
            f"write `{WIDE[sign]}`",
            start,
            end,
            Edit(Span(start, end), WIDE[sign]),
        )

    def _report_space(self, start: int) -> None:
        if self.report.has("unusual-space"):
            return
        self.report.add(
            "unusual-space",
            f"there is an unusual blank here (U+{ord(self.text[start]):04X}); expected a plain"
            " blank",
            "replace it by a plain blank; it often comes with text copied from a web page",
            start,
            start + 1,
            Edit(Span(start, start + 1), " "),
        )

    # ------------------------------------------------------------------ calls and groups

    def _call(self, children: list[Any]) -> Expression:
        function, opening, rows, closing = children
        start, name_end = place(function)
        name = self.text[start:name_end]
        self._close(name, opening, closing)
        end = closing.end(CLOSE) if closing.lastindex == CLOSE else self.end
        arguments = self._read_rows(name, rows, place(opening)[1], place(closing)[0])
        if place(opening)[0] in self._too_deep:
            return Invalid(Span(start, end))
        return Call(name, tuple(arguments), Span(start, end), Span(start, name_end))

    def _group(self, children: list[Any]) -> Expression:
        opening, rows, closing = children
        start, after = place(opening)
        self._close("", opening, closing)
        end = closing.end(CLOSE) if closing.lastindex == CLOSE else self.end
        arguments = self._read_rows("", rows, after, place(closing)[0], condition=True)
        if start in self._too_deep:
            return Invalid(Span(start, end))
        if len(arguments) == 1:
            return arguments[0]
        self._arguments.groups[start] = end
        return Invalid(Span(start, end))

    def _close(self, name: str, opening: Token, closing: Token) -> None:
        if closing.lastindex != CLOSE:
            self._unclosed.append((name, place(opening)[0]))

    def _read_rows(
        self, name: str, rows: list[Any], start: int, end: int, condition: bool = False
    ) -> list[Expression]:
        """The nodes of all arguments.

        Args:
            name: The function; "" for parentheses without one.
            rows: Elements of an argument and delimiters in turn.
            start: Where the first argument begins.
            end: Where the last one ends.
            condition: A comparison is at its place here.
        """
        nodes: list[Expression] = []
        if len(rows) == 1 and not rows[0]:
            return nodes
        for index in range(0, len(rows), 2):
            delimiter = rows[index + 1] if index + 1 < len(rows) else None
            until = place(delimiter)[0] if delimiter is not None else end
            read = self._arguments.read(rows[index], start, until)
            nodes.extend(read)
            if not condition and (index or name.lower() not in _CONDITIONAL):
                for node in read:
                    if type(node) is Comparison:
                        self._report_misplaced(node, name)
            if delimiter is not None:
                start = place(delimiter)[1]
                if delimiter.lastindex == SEPARATOR:
                    self._report_separator(*place(delimiter))
        return nodes

    def _report_misplaced(self, node: Comparison, name: str) -> None:
        if (name and not is_function_name(name)) or Invalid in map(type, node[1:3]):
            return
        where = f"an argument of `{name}`" if name else "the whole expression"
        self.report.add(
            "misplaced-comparison",
            f"`{clip(self.text, *node.span)}` is a comparison, but {where} is expected to be a"
            " value; only the first argument of `IIF` and `CBool` is a condition",
            "write `IIF(condition, valueIfTrue, valueIfFalse)` or `CBool(condition)`",
            *node.span,
        )

    def _report_separator(self, start: int, end: int) -> None:
        self.report.add(
            "wrong-separator",
            f"`{self.text[start:end]}` does not separate arguments; expected `,`",
            "separate arguments by commas",
            start,
            end,
            Edit(Span(start, end), ","),
        )

    # ------------------------------------------------------------------ outside of any call

    def _start(self, children: list[Any]) -> Expression:
        elements = self._without_frame(self._arguments.without_comments(children[0]))
        call = self._call_without_parenthesis(elements)
        if call is not None:
            return call
        cut = self._end_of_expression(elements)
        head, tail = elements[:cut], elements[cut:]
        nodes = self._arguments.read(head, 0, self.end, outside=True) if head else []
        if len(nodes) > 1 and type(nodes[0]) is Invalid:
            # A stray word before the call was told of.
            nodes = [next((node for node in nodes if type(node) is Call), nodes[0])]
        tree = nodes[0] if nodes else Invalid(Span(0, self.end))
        if type(tree) is Comparison:
            self._report_misplaced(tree, "")
        if len(nodes) > 1:
            self._report_trailing(nodes[1].span.start)
        elif tail:
            self._report_tail(tail)
        if type(tree) is Invalid and not self.report.has_error():
            self._report_nothing()
        return tree

    def _end_of_expression(self, elements: list[Any]) -> int:
        """How many elements belong to it; a delimiter, or a second value, is too much."""
        if len(elements) > 1 and self._is_value(elements[0]):
            calculates = self._is_sign(elements[1]) and len(elements) > 2
            if not calculates or not self._is_value(elements[2], NAME, NUMBER, TEXT):
                return 1
        for index, element in enumerate(elements):
            if type(element) is Match and element.lastindex in _DELIMITERS:
                return index
        return len(elements)

    def _is_value(self, element: Any, *more: int) -> bool:
        return type(element) is not Match or element.lastindex in (ATTRIBUTE, *more)

    def _is_sign(self, element: Any) -> bool:
        if type(element) is not Match:
            return False
        source = element[element.lastindex or 0]
        return element.lastindex == COMPARISON or help_for(source) is not None

    def _without_quotes(self) -> str:
        """The text, with blanks for quotation marks about the whole expression."""
        if self.text.lstrip()[0] not in f'"{QUOTES}':
            return self.text
        framed = re.fullmatch(_QUOTED_EXPRESSION, self.text)
        if framed is None:
            return self.text
        first, last = framed.start(1), framed.start(2)
        self.report.add(
            "quoted-expression",
            "the whole expression stands in quotation marks; expected a function call alone",
            "remove the outer quotation marks",
            first,
            last + 1,
            Edit(Span(first, first + 1), ""),
            Edit(Span(last, last + 1), ""),
        )
        text = self.text
        return f"{text[:first]} {text[first + 1 : last]} {text[last + 1 :]}"

    def _report_nothing(self) -> None:
        self.report.add(
            "empty-expression",
            "there is no function call here; expected one such as `ToLower([mail])`",
            "write a function call, or map the attribute directly",
            0,
            self.end,
        )

    def _without_frame(self, elements: list[Any]) -> list[Any]:
        """Take off what people put round an expression: `=` before it, braces about it."""
        elements = list(elements)
        if elements and self._is(elements[0], "=", "=="):
            start, end = place(elements.pop(0))
            self.report.add(
                "leading-equals",
                "the expression begins with `=`; expected the name of a function",
                "remove the `=`",
                start,
                end,
                Edit(Span(start, end), ""),
            )
        if len(elements) > 1 and self._is(elements[0], "{") and self._is(elements[-1], "}"):
            first, last = place(elements[0]), place(elements[-1])
            elements = elements[1:-1]
            self.report.add(
                "braces",
                "the expression stands in `{` and `}`; expected a function call alone",
                "remove the braces",
                first[0],
                last[1],
                Edit(Span(*first), ""),
                Edit(Span(*last), ""),
            )
        return elements

    def _is(self, element: Any, *signs: str) -> bool:
        return type(element) is Match and element[element.lastindex or 0] in signs

    def _call_without_parenthesis(self, elements: list[Any]) -> Expression | None:
        """`ToLower [mail])`: a name, something, and a `)` that nothing opens."""
        if not elements or type(elements[0]) is not Match or elements[0].lastindex != NAME:
            return None
        closing = next(
            (i for i, e in enumerate(elements) if type(e) is Match and e.lastindex == CLOSE), 0
        )
        if closing < 2 and not (closing == 1 and len(elements) == 2):
            return None
        start, name_end = place(elements[0])
        if closing == 1:
            following = elements[1]
            if self._arguments.is_constant(elements[0]):
                return None
            self._arguments.report_no_parenthesis(start, name_end, place(following)[0])
            return Call(
                self.text[start:name_end],
                (),
                Span(start, place(following)[1]),
                Span(start, name_end),
            )
        rows: list[Any] = [[]]
        for element in elements[1:closing]:
            if type(element) is Match and element.lastindex in (COMMA, SEPARATOR):
                rows += [element, []]
            else:
                rows[-1].append(element)
        if not rows[0]:
            return None
        self._arguments.report_no_parenthesis(start, name_end, place(rows[0][0])[0])
        name = self.text[start:name_end]
        arguments = self._read_rows(name, rows, name_end, place(elements[closing])[0])
        if elements[closing + 1 :]:
            self._report_tail(elements[closing + 1 :])
        span = Span(start, place(elements[closing])[1])
        return Call(name, tuple(arguments), span, Span(start, name_end))

    def _report_tail(self, tail: list[Any]) -> None:
        if self.report.has("unopened-parenthesis"):
            return
        start = place(tail[0])[0]
        if any(type(element) is Match and element.lastindex == CLOSE for element in tail):
            if self._is(tail[0], ",", ";"):
                # The `)` before the comma is the one too many, or the last one is.
                start = max(self.text.rfind(")", 0, start), 0)
            several = len(tail) > 1 and all(self._is(element, ")") for element in tail)
            found = clip(self.text, start, place(tail[-1])[1])
            self.report.add(
                "unexpected-parenthesis",
                f"`{found}` {'close' if several else 'closes'} nothing: there are more `)` than"
                " `(`",
                "remove the `)` that is too many, or add the `(` that it belongs to",
                start,
                place(tail[-1])[1],
            )
            return
        self._report_trailing(start)

    def _report_trailing(self, start: int) -> None:
        end = max(self.end, start)
        if self.report.has_error_in(start, end):
            return
        sign = self.text[start:end]
        shown = f"`{clip(self.text, start, end)}`"
        if len(sign) == 1 and not sign.isprintable():
            shown = f"an invisible character (U+{ord(sign):04X})"
        self.report.add(
            "trailing-text",
            f"{shown} stands after the end of the expression",
            "remove it" if sign in (";", ",") else "remove it, or make it an argument of the call",
            start,
            end,
            *((Edit(Span(start, end), ""),) if sign in (";", ",") else ()),
        )

    # ------------------------------------------------------------------ the end

    def _report_unclosed(self) -> None:
        if not self._unclosed or self.report.quotes_unbalanced:
            return
        if self.report.has_stray_closing_at(self.end):
            return
        names = [f"`{name}(`" for name, _ in reversed(self._unclosed)]
        start = min(start for _, start in self._unclosed)
        missing = ")" * len(names)
        what = "is missing" if len(names) == 1 else "are missing"
        closed = "is never closed" if len(names) == 1 else "are never closed"
        self.report.add(
            "unclosed-parenthesis",
            f"`{missing}` {what} at the end: {' and '.join(names[:3])}"
            f"{' and others' if len(names) > 3 else ''} {closed}",
            f"add `{missing}`",
            start,
            self.end,
            # Where several are missing, where each belongs is a guess.
            *((Edit(Span(self.end, self.end), missing),) if len(names) == 1 else ()),
        )

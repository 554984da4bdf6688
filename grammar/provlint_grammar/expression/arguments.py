"""What one argument means, given as a row of operands, operators and odd things."""

from __future__ import annotations

from re import Match
from typing import TYPE_CHECKING, Any

from provlint_grammar.expression.elements import (
    ATTRIBUTE,
    COMPARISON,
    NAME,
    NUMBER,
    ODD,
    TEXT,
)
from provlint_grammar.expression.literals import LiteralReader
from provlint_grammar.expression.operators import CALCULATIONS, comparison, help_for
from provlint_grammar.expression.quotes import find_quote_problem
from provlint_grammar.expression.report import clip, place
from provlint_grammar.expression.words import ANY_CASE, bare_word_help, is_function_name
from provlint_grammar.named_tuple import NamedTuple
from provlint_grammar.problem import Edit
from provlint_grammar.span import Span
from provlint_grammar.syntax import (
    Attribute,
    BareLiteral,
    Call,
    Comparison,
    Invalid,
    Macro,
    Number,
    Omitted,
)

if TYPE_CHECKING:
    from provlint_grammar.automaton import Token
    from provlint_grammar.expression.report import Report
    from provlint_grammar.syntax import Expression

_DATE_SIGNS = "#/-:. 0123456789"


class Piece(NamedTuple):
    """A part of a row: a value, a comparison sign, another operator, a bare word, or a `]`."""

    kind: str
    node: Expression
    start: int
    end: int


class ArgumentReader:
    """Reads the rows of one text; what is wrong goes into the report."""

    def __init__(self, text: str, report: Report) -> None:
        self.text = text
        self.report = report
        self.groups: dict[int, int] = {}
        """Parentheses without a function that do not hold one value: start to end."""
        self._literals = LiteralReader(text, report)

    def read(
        self, elements: list[Any], start: int, end: int, outside: bool = False
    ) -> list[Expression]:
        """The nodes of a row: one, or several where a comma is missing.

        Args:
            elements: Tokens, and nodes of calls.
            start: Where the place of the argument begins.
            end: Where it ends.
            outside: The row stands outside of any call, where no comma can be missing.
        """
        elements = self.without_comments(elements)
        if not elements:
            return [Omitted(Span(start, end))]
        if find_quote_problem(self.text, elements, self.report):
            return [Invalid(Span(place(elements[0])[0], place(elements[-1])[1]))]
        told = len(self.report.problems)
        pieces = self._words(self._pieces(elements))
        disturbed = any(
            problem.code in ("unexpected-character", "full-width-sign", "braces")
            for problem in self.report.problems[told:]
        )
        if not pieces:
            return [Invalid(Span(start, end))]
        operator = next((piece for piece in pieces if piece.kind == "operator"), None)
        if operator is not None:
            self._report_operator(pieces, operator)
            return [Invalid(Span(pieces[0].start, pieces[-1].end))]
        self._report_groups(pieces)
        return self._comparisons(pieces, silent=outside or disturbed)

    def is_constant(self, token: Token) -> bool:
        """Whether a bare name is one of the few words with a meaning."""
        name = token[token.lastindex or 0]
        return name.lower() in ANY_CASE or name[0] == "%"

    def without_comments(self, elements: list[Any]) -> list[Any]:
        """The row without what reads as a comment."""
        kept = []
        for element in elements:
            if type(element) is Match and element.lastindex == ODD:
                start, end = place(element)
                if self.text.startswith(("//", "/*"), start):
                    self.report.add(
                        "comment",
                        f"`{clip(self.text, start, end)}` reads as a comment; the language has"
                        " none",
                        "remove it",
                        start,
                        end,
                        Edit(Span(start, end), ""),
                    )
                    continue
            kept.append(element)
        return kept

    # ------------------------------------------------------------------ elements to pieces

    def _pieces(self, elements: list[Any]) -> list[Piece]:
        pieces: list[Piece] = []
        for index, element in enumerate(elements):
            following = elements[index + 1] if index + 1 < len(elements) else None
            if type(element) is not Match:
                self._add_node(pieces, element)
            elif element.lastindex == NAME:
                self._add_name(pieces, element, following)
            elif element.lastindex == ODD:
                self._add_odd(pieces, element)
            else:
                self._add_token(pieces, element)
        return pieces

    def _add_node(self, pieces: list[Piece], node: Expression) -> None:
        if type(node) is Call and pieces and help_for(node.name) and pieces[-1].kind == "value":
            # `[a]="x" AND ([b]="y")` reads like a call of AND.
            pieces.append(Piece("operator", node, *node.name_span))
            return
        pieces.append(Piece("value", node, *node.span))

    def _add_token(self, pieces: list[Piece], token: Token) -> None:
        start, end = place(token)
        span = Span(start, end)
        source = self.text[start:end]
        if token.lastindex == COMPARISON:
            pieces.append(Piece("compare", Invalid(span), start, end))
        elif token.lastindex == ATTRIBUTE:
            pieces.append(Piece("value", self._literals.attribute(start, end), start, end))
        elif token.lastindex == TEXT:
            pieces.append(Piece("value", self._literals.text(start, end), start, end))
        elif token.lastindex == NUMBER:
            if source[0] == "-" and pieces and pieces[-1].kind == "value":
                sign = Span(start, start + 1)
                pieces.append(Piece("operator", Invalid(sign), *sign))
            pieces.append(Piece("value", Number(source, span), start, end))

    def _add_name(self, pieces: list[Piece], token: Token, following: Any) -> None:
        start, end = place(token)
        name = self.text[start:end]
        word = name.lower()
        span = Span(start, end)
        if name[0] == "%":
            pieces.append(Piece("value", Macro(name[1:-1], span), start, end))
            return
        names_follow = type(following) is Match and following.lastindex == NAME
        if help_for(word) and (pieces or word == "not"):
            before = pieces[-1].kind if pieces else ""
            is_operator = (
                following is not None and not names_follow
                if word == "not" or before == "word"
                else before == "value"
            )
            if is_operator:
                self._add_sign(pieces, start, end)
                return
        if word in ANY_CASE:
            spelling, kind = ANY_CASE[word]
            if kind is BareLiteral:
                self._report_literal(name, spelling, start, end)
            elif name != spelling:
                self._report_case(name, spelling, start, end)
            node = kind(name if kind is BareLiteral else spelling, span)
            pieces.append(Piece("value", node, start, end))
            return
        pieces.append(Piece("word", Invalid(span), start, end))

    def _report_literal(self, name: str, spelling: str, start: int, end: int) -> None:
        null = spelling == "NULL"
        expected = "an empty place" if null else f'the text `"{spelling}"`'
        self.report.add(
            "bare-literal",
            f"`{name}` without quotation marks is a constant of Connect sync rules only;"
            f" expected {expected}",
            "leave the place empty" if null else f'write `"{spelling}"`',
            start,
            end,
            *(() if null else (Edit(Span(start, end), f'"{spelling}"'),)),
        )

    def _report_case(self, name: str, spelling: str, start: int, end: int) -> None:
        self.report.add(
            "wrong-case-word",
            f"`{name}` is written `{spelling}`; expected the same capitals",
            f"write `{spelling}`",
            start,
            end,
            Edit(Span(start, end), spelling),
        )

    def _add_odd(self, pieces: list[Piece], token: Token) -> None:
        start, end = place(token)
        source = self.text[start:end]
        if source == "]":
            pieces.append(Piece("bracket", Invalid(Span(start, end)), start, end))
        elif source[0] in "@#" and end - start > 1 and source.strip(_DATE_SIGNS):
            pieces.append(Piece("word", Invalid(Span(start, end)), start, end))
        elif help_for(source):
            self._add_sign(pieces, start, end)
        else:
            node = self._literals.odd(start, end)
            if node is not None:
                pieces.append(Piece("value", node, start, end))

    def _add_sign(self, pieces: list[Piece], start: int, end: int) -> None:
        sign = self.text[start:end]
        right = comparison(sign)
        if right is None:
            pieces.append(Piece("operator", Invalid(Span(start, end)), start, end))
            return
        self.report.add(
            "unsupported-operator",
            f"`{sign}` is not an operator of the language; expected `{right}`",
            f"write `{right}`",
            start,
            end,
            Edit(Span(start, end), right),
        )
        pieces.append(Piece("compare", Invalid(Span(start, end)), start, end))

    # ------------------------------------------------------------------ words

    def _words(self, pieces: list[Piece]) -> list[Piece]:
        """Join words that stand together, and say what is wrong with them."""
        result: list[Piece] = []
        index = 0
        while index < len(pieces):
            first = pieces[index]
            if first.kind not in ("word", "bracket"):
                result.append(first)
                index += 1
                continue
            while index < len(pieces) and pieces[index].kind == "word":
                index += 1
            last = pieces[index - 1] if first.kind == "word" else first
            if index < len(pieces) and pieces[index].kind == "bracket":
                bracket = pieces[index]
                index += 1
                node = self._unopened(first.start, bracket.end)
                if node is not None:
                    result.append(Piece("value", node, first.start, bracket.end))
                continue
            if self._is_colon(pieces, index):
                self._report_named(first.start, pieces[index].end)
                index += 1
                continue
            name = self.text[first.start : last.end]
            if index < len(pieces) and pieces[index].kind == "value" and is_function_name(name):
                end = pieces[index].end
                self.report_no_parenthesis(first.start, last.end, pieces[index].start)
                index += 1
                result.append(Piece("value", Invalid(Span(first.start, end)), first.start, end))
                continue
            self._report_bare(first.start, last.end)
            node = Invalid(Span(first.start, last.end))
            result.append(Piece("value", node, first.start, last.end))
        return result

    def _is_colon(self, pieces: list[Piece], index: int) -> bool:
        return index < len(pieces) and self.text[pieces[index].start : pieces[index].end] == ":"

    def _report_named(self, start: int, end: int) -> None:
        self.report.add(
            "named-argument",
            f"`{clip(self.text, start, end)}` names an argument; arguments are known by their"
            " places",
            "remove the name, and leave the places of omitted arguments empty",
            start,
            end,
        )

    def _unopened(self, start: int, end: int) -> Expression | None:
        name = self.text[start : end - 1].strip()
        if not name:
            if not self.report.has_error_in(start - 1, end):
                self.report.add(
                    "unopened-attribute",
                    "`]` closes nothing; expected a comma or `)`",
                    "remove it, or open the attribute name with `[`",
                    start,
                    end,
                )
            return None
        self.report.add(
            "unopened-attribute",
            f"`[` is missing before `{clip(self.text, start, end)}`",
            f"write `[{name}]`",
            start,
            end,
            Edit(Span(start, start), "["),
        )
        return Attribute(name, Span(start, end))

    def _report_bare(self, start: int, end: int) -> None:
        if start and self.report.has_error_in(start - 1, start):
            return
        self.report.add(
            "bare-identifier",
            f"`{clip(self.text, start, end)}` is neither an attribute in `[` `]` nor a text in"
            " quotation marks",
            bare_word_help(" ".join(self.text[start:end].split())),
            start,
            end,
        )

    def report_no_parenthesis(self, start: int, end: int, before: int) -> None:
        """Tell that a function name is not followed by `(`."""
        name = self.text[start:end]
        self.report.add(
            "unopened-parenthesis",
            f"`(` is missing after `{name}`",
            f"write the arguments in parentheses: `{name}(...)`",
            start,
            end,
            Edit(Span(end, before), "("),
        )

    # ------------------------------------------------------------------ operators

    def _report_operator(self, pieces: list[Piece], operator: Piece) -> None:
        sign = self.text[operator.start : operator.end]
        index = pieces.index(operator)
        around = [p.node for p in pieces[max(index - 1, 0) : index + 2] if p.kind == "value"]
        calculates = sign.lower() in CALCULATIONS or (
            sign == "+" and any(type(node) is Number for node in around)
        )
        self.report.add(
            "arithmetic" if calculates else "unsupported-operator",
            f"`{sign}` is not an operator of the language; expected a comma or `)`",
            help_for("-" if calculates else sign) or "use a function",
            operator.start,
            operator.end,
        )

    def _report_groups(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            if type(piece.node) is Invalid and self.groups.pop(piece.start, 0):
                self.report.add(
                    "missing-function",
                    f"`{clip(self.text, piece.start, piece.end)}` has no function name before `(`",
                    "write the name of the function, such as `Join(...)`",
                    piece.start,
                    piece.end,
                )

    def _comparisons(self, pieces: list[Piece], silent: bool) -> list[Expression]:
        """Values compared, or values side by side."""
        nodes: list[Expression] = []
        index = 0
        while index < len(pieces):
            if nodes and not silent:
                self._report_comma(pieces[index])
            node: Expression
            if pieces[index].kind == "value":
                node = pieces[index].node
                index += 1
            else:
                node = Invalid(Span(pieces[index].start, pieces[index].start))
            if index < len(pieces) and pieces[index].kind == "compare":
                node, index = self._comparison(pieces, index, node)
            nodes.append(node)
        return nodes

    def _comparison(
        self, pieces: list[Piece], index: int, left: Expression
    ) -> tuple[Expression, int]:
        sign = pieces[index]
        operator = self.text[sign.start : sign.end]
        operator = comparison(operator) or operator
        has_left = left.span.end > left.span.start
        index += 1
        right: Expression = Invalid(Span(sign.end, sign.end))
        has_right = index < len(pieces) and pieces[index].kind == "value"
        if has_right:
            right = pieces[index].node
            index += 1
        if not has_left or not has_right:
            sides = [] if has_left else ["left"]
            sides += [] if has_right else ["right"]
            self.report.add(
                "missing-operand",
                f"a value is missing on the {' and on the '.join(sides)} of"
                f" `{self.text[sign.start : sign.end]}`",
                'compare with an attribute, a call, a number or a text such as `""`',
                sign.start,
                sign.end,
            )
        begin = left.span.start
        if index < len(pieces) and pieces[index].kind == "compare":
            second = pieces[index]
            while index < len(pieces) and (
                pieces[index].kind == "compare" or pieces[index - 1].kind == "compare"
            ):
                index += 1
            self.report.add(
                "chained-comparison",
                f"`{self.text[second.start : second.end]}` compares the result of a comparison;"
                " expected one comparison",
                "nest a second `IIF`",
                second.start,
                second.end,
            )
            return Invalid(Span(begin, pieces[index - 1].end)), index
        span = Span(begin, max(right.span.end, sign.end))
        return Comparison(operator, left, right, span, Span(sign.start, sign.end)), index

    def _report_comma(self, piece: Piece) -> None:
        self.report.add(
            "missing-comma",
            f"a comma or `)` is missing before `{clip(self.text, piece.start, piece.end)}`",
            "separate arguments by commas",
            piece.start,
            piece.end,
        )

"""Quotation marks that do not come in pairs, or that end a text too early."""

from __future__ import annotations

import re
from itertools import pairwise
from re import Match
from typing import TYPE_CHECKING, Any

from provlint_grammar.expression.elements import COMPARISON, NAME, NUMBER, ODD, TEXT
from provlint_grammar.expression.operators import help_for
from provlint_grammar.expression.report import clip, place
from provlint_grammar.problem import Edit
from provlint_grammar.span import Span

if TYPE_CHECKING:
    from provlint_grammar.automaton import Token
    from provlint_grammar.expression.report import Report

# Compiled when first asked for: most texts with a problem have all their quotation marks.
_ESCAPED_END = r'\\"(?=\s*(?:[,)]|\Z))'
_TYPOGRAPHIC_END = "[\u201c\u201d\u201e\u201f\u2033\uff02]"


def find_quote_problem(text: str, elements: list[Any], report: Report) -> bool:
    """Report what is wrong with the quotation marks of one argument, and whether anything is.

    A quotation mark too few turns texts and what is between them inside out, so that one mistake
    gives a row of nonsense: it is told once, and nothing else of the argument.
    """
    tokens = [element if type(element) is Match else None for element in elements]
    for index, token in enumerate(tokens):
        if token and token.lastindex == ODD and text[place(token)[0]] == '"':
            report.quotes_unbalanced = True
            _report_unbalanced(text, tokens, index, report)
            return True
    early = _early_end(text, elements)
    if early is None:
        return False
    report_early_end(text, *early, report)
    return True


def _report_unbalanced(
    text: str, tokens: list[Token | None], unclosed: int, report: Report
) -> None:
    """`tokens[unclosed]` begins with the quotation mark that has no partner."""
    last = tokens[unclosed]
    assert last
    start, end = place(last)
    # The first text that something other than a comparison follows has swallowed its end.
    for index, token in enumerate(tokens[:unclosed]):
        following = tokens[index + 1]
        if token and token.lastindex == TEXT:
            if following and following.lastindex == COMPARISON:
                continue
            if _has_no_opening(text, tokens, index, report):
                return
            if following and "," not in token[TEXT] and place(token)[1] == place(following)[0]:
                report_early_end(text, place(token)[0], start + 1, report)
                return
            _report_unclosed(text, *place(token), report, certain=False)
            return
    if not _has_no_opening(text, tokens, unclosed, report):
        _report_unclosed(text, start, end, report, certain=True)


def _has_no_opening(text: str, tokens: list[Token | None], index: int, report: Report) -> bool:
    """Whether `tokens[index]` begins with the closing quotation mark of the word before it."""
    token, before = tokens[index], tokens[index - 1] if index else None
    if not token or not before or before.lastindex != NAME:
        return False
    begin, end = place(before)
    start = place(token)[0]
    if end != start:
        return False
    report.add(
        "unopened-string",
        f"`{clip(text, begin, start + 1)}` has no opening quotation mark",
        f'write `"{text[begin:start]}"`',
        begin,
        start + 1,
        Edit(Span(begin, begin), '"'),
    )
    return True


def report_early_end(text: str, start: int, end: int, report: Report) -> None:
    """Tell that a text has quotation marks inside; a text cut by a comma is told of once."""
    last = report.problems[-1] if report.problems else None
    if last and last.code == "unescaped-quote":
        between = text[last.span.end : start]
        if between.strip() == ",":
            report.problems.pop()
            start = last.span.start
    report.add(
        "unescaped-quote",
        f"`{clip(text, start, end)}`: a quotation mark inside a text ends it; expected"
        ' `\\"` for it',
        'write `\\"` for each quotation mark inside the text',
        start,
        end,
    )


def _report_unclosed(text: str, start: int, end: int, report: Report, certain: bool) -> None:
    source = text[start:end]
    escaped = re.search(_ESCAPED_END, source)
    if escaped:
        at = start + escaped.start()
        report.add(
            "unclosed-string",
            f'`{clip(text, start, at + 2)}` is not closed: `\\"` is a quotation mark inside the'
            " text, not its end",
            'write `\\\\"` where a text ends with a backslash',
            start,
            at + 2,
        )
        return
    typographic = re.search(_TYPOGRAPHIC_END, source)
    if typographic:
        at = start + typographic.start()
        report.add(
            "wrong-quotes",
            f'`{clip(text, start, at + 1)}` opens with `"` and ends with `{typographic[0]}`',
            'close the text with `"`',
            start,
            at + 1,
            Edit(Span(at, at + 1), '"'),
        )
        return
    edits = (Edit(Span(end, end), '"'),) if certain and "," not in source else ()
    report.add(
        "unclosed-string",
        f"the text that begins with `{clip(text, start, end)}` has no closing quotation mark",
        'add `"` where the text ends',
        start,
        end,
        *edits,
    )


def _early_end(text: str, elements: list[Any]) -> tuple[int, int] | None:
    """The range from the first to the last text of a run that was meant as one text."""
    run: list[Token] = []
    for element in [*elements, None]:
        if type(element) is Match and not _separates(text, element):
            run.append(element)
            continue
        found = _early_end_of_run(run)
        if found:
            return found
        run = []
    return None


def _separates(text: str, token: Token) -> bool:
    """Whether the token is an operator or an attribute: texts about it are texts of their own."""
    if token.lastindex in (TEXT, NUMBER):
        return False
    return token.lastindex not in (NAME, ODD) or help_for(token[token.lastindex]) is not None


def _early_end_of_run(run: list[Token]) -> tuple[int, int] | None:
    texts = [index for index, token in enumerate(run) if token.lastindex == TEXT]
    if not texts or len(run) == 1:
        return None
    touches = any(
        place(left)[1] == place(right)[0]
        for left, right in pairwise(run)
        if TEXT in (left.lastindex, right.lastindex)
        and ODD not in (left.lastindex, right.lastindex)
    )
    between = any(token.lastindex == NAME for token in run[texts[0] : texts[-1]])
    if not touches and not between:
        return None
    first, last = texts[0], texts[-1]
    if touches and first == last:
        first, last = 0, len(run) - 1
    return place(run[first])[0], place(run[last])[1]

"""What the parser found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.diagnostic import ERROR, WARNING, Fix, TextEdit
from provlint.rule import Finding, Rule, RuleInfo
from provlint_grammar.syntax import LENIENT_CODES
from provlint_rules import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provlint.semantics.configuration import ExpressionUnit

SYNTAX = RuleInfo(
    "PL301", "syntax-error", "An expression is not well-formed", ERROR, sources.FUNCTIONS,
    fixable=True,
)  # fmt: skip
UNBALANCED = RuleInfo(
    "PL302", "unbalanced-delimiter", "A parenthesis, a bracket or a quotation mark is missing",
    ERROR, sources.FUNCTIONS, fixable=True,
)  # fmt: skip
SEPARATOR = RuleInfo(
    "PL303", "missing-separator", "Two arguments are not separated by a comma", ERROR,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip
OPERATOR = RuleInfo(
    "PL304", "unsupported-expression-operator", "An expression uses an operator that is not there",
    ERROR, sources.FUNCTIONS, fixable=True,
)  # fmt: skip
BARE = RuleInfo(
    "PL305", "bare-word", "A name or a value stands without brackets or quotation marks", ERROR,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip
QUOTES = RuleInfo(
    "PL306", "quotation-marks", "A text constant has the wrong quotation marks", ERROR,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip
BACKSLASH = RuleInfo(
    "PL307", "undoubled-backslash", "A backslash in a text constant is not doubled", WARNING,
    sources.FUNCTIONS, fixable=True,
)  # fmt: skip
NUMBER = RuleInfo(
    "PL308", "malformed-number", "A number is not well-formed", ERROR, sources.FUNCTIONS,
)  # fmt: skip

_BY_CODE: dict[str, RuleInfo] = {
    "unclosed-parenthesis": UNBALANCED,
    "unexpected-parenthesis": UNBALANCED,
    "missing-parenthesis": UNBALANCED,
    "unopened-parenthesis": UNBALANCED,
    "unclosed-attribute": UNBALANCED,
    "unopened-attribute": UNBALANCED,
    "unclosed-string": UNBALANCED,
    "unopened-string": UNBALANCED,
    "missing-comma": SEPARATOR,
    "wrong-separator": SEPARATOR,
    "unsupported-operator": OPERATOR,
    "arithmetic": OPERATOR,
    "chained-comparison": OPERATOR,
    "misplaced-comparison": OPERATOR,
    "bare-identifier": BARE,
    "bare-literal": BARE,
    "wrong-case-word": BARE,
    "unescaped-quote": QUOTES,
    "wrong-quotes": QUOTES,
    "unknown-backslash": BACKSLASH,
    "line-break-in-string": BACKSLASH,
    "bad-hexadecimal": NUMBER,
    "bad-number": NUMBER,
}
"""Code of a problem to the rule that reports it; any other code belongs to `syntax-error`."""


def _reporter(info: RuleInfo) -> Callable[[ExpressionUnit], Iterator[Finding]]:
    def report(unit: ExpressionUnit) -> Iterator[Finding]:
        for problem in unit.parsed.problems:
            if _BY_CODE.get(problem.code, SYNTAX) is not info:
                continue
            fix = None
            if problem.edits:
                edits = tuple(TextEdit(unit.place(*edit.span), edit.text) for edit in problem.edits)
                fix = Fix("correct the expression", edits)
            start, end = problem.span
            yield Finding(
                problem.message,
                problem.help,
                unit.place(start, max(end, start + 1)),
                fix=fix,
                severity=WARNING if problem.code in LENIENT_CODES else ERROR,
            )

    return report


RULES = tuple(
    Rule(info, "expression", _reporter(info))
    for info in (SYNTAX, UNBALANCED, SEPARATOR, OPERATOR, BARE, QUOTES, BACKSLASH, NUMBER)
)

"""The languages of Microsoft Entra provisioning: mapping expressions and scoping filters.

The names below are imported from their modules when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provlint_grammar.catalogue import FUNCTIONS as FUNCTIONS
    from provlint_grammar.catalogue import Function as Function
    from provlint_grammar.catalogue import find_function as find_function
    from provlint_grammar.catalogue import suggest as suggest
    from provlint_grammar.expression import parse_expression as parse_expression
    from provlint_grammar.printer import equal as equal
    from provlint_grammar.printer import print_expression as print_expression
    from provlint_grammar.problem import Edit as Edit
    from provlint_grammar.problem import SyntaxProblem as SyntaxProblem
    from provlint_grammar.span import Span as Span
    from provlint_grammar.syntax import LENIENT_CODES as LENIENT_CODES
    from provlint_grammar.syntax import ParsedExpression as ParsedExpression

_MODULES = {
    "FUNCTIONS": "catalogue",
    "Function": "catalogue",
    "find_function": "catalogue",
    "suggest": "catalogue",
    "parse_expression": "expression",
    "equal": "printer",
    "print_expression": "printer",
    "Edit": "problem",
    "SyntaxProblem": "problem",
    "Span": "span",
    "LENIENT_CODES": "syntax",
    "ParsedExpression": "syntax",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value

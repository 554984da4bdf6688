"""Operators of other languages, and what to write instead.

The language has six comparisons and nothing else.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#known-limitations
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPARISONS: Mapping[str, str] = {
    "==": "=",
    "===": "=",
    "eq": "=",
    "-eq": "=",
    "-ceq": "=",
    "-ieq": "=",
    "is": "=",
    "equals": "=",
    "!=": "<>",
    "!==": "<>",
    "><": "<>",
    "\u2260": "<>",
    "ne": "<>",
    "-ne": "<>",
    "-cne": "<>",
    "-ine": "<>",
    "=<": "<=",
    "\u2264": "<=",
    "le": "<=",
    "-le": "<=",
    "=>": ">=",
    "\u2265": ">=",
    "ge": ">=",
    "-ge": ">=",
    "lt": "<",
    "-lt": "<",
    "gt": ">",
    "-gt": ">",
}
"""Other spellings of a comparison, in lower case."""

AND = "nest the second condition in the first: `IIF(first, IIF(second, yes, no), no)`"
OR = "nest the second condition in the other branch: `IIF(first, yes, IIF(second, yes, no))`"
NOT = "turn the comparison round, as in `<>` for `=`, or negate one value with `Not(...)`"
JOIN = 'put texts together with a function: `Join("", first, second)` or `Append(text, suffix)`'
ARITHMETIC = "the language cannot calculate; only dates have `DateAdd` and `DateDiff`"
IN = 'compare with several values by `Switch(source, default, "key", "value", ...)`'
SEARCH = "look for a text in another one by `InStr(text, part) > 0`"
PATTERN = "match a pattern by `Replace` with its `regexPattern` place"
TERNARY = "write `IIF(condition, valueIfTrue, valueIfFalse)`"
COALESCE = "take the first value that is present by `Coalesce(first, second)`"
PRESENT = "ask for a value by `IsPresent([attribute])`"
METHOD = "a function takes the value as its argument: `ToLower([mail])`"
REMOVE = "remove it; an expression is made of function calls only"

UNSUPPORTED: Mapping[str, str] = {
    "and": AND,
    "-and": AND,
    "andalso": AND,
    "&&": AND,
    "between": AND,
    "or": OR,
    "-or": OR,
    "orelse": OR,
    "xor": OR,
    "-xor": OR,
    "|": OR,
    "||": OR,
    "not": NOT,
    "-not": NOT,
    "!": NOT,
    "in": IN,
    "-in": IN,
    "-notin": IN,
    "like": SEARCH,
    "-like": SEARCH,
    "-notlike": SEARCH,
    "contains": SEARCH,
    "-contains": SEARCH,
    "-notcontains": SEARCH,
    "startswith": SEARCH,
    "endswith": SEARCH,
    "co": SEARCH,
    "sw": SEARCH,
    "ew": SEARCH,
    "matches": PATTERN,
    "-match": PATTERN,
    "-notmatch": PATTERN,
    "-replace": PATTERN,
    "=~": PATTERN,
    "pr": PRESENT,
    "&": JOIN,
    "+": JOIN,
    "-join": JOIN,
    "-split": "split a text by `Split(text, delimiter)`",
    "?": TERNARY,
    ":": TERNARY,
    "then": TERNARY,
    "else": TERNARY,
    "??": COALESCE,
    ".": METHOD,
    "->": REMOVE,
    ":=": REMOVE,
    "<=>": REMOVE,
    "<<": REMOVE,
    ">>": REMOVE,
    "~": REMOVE,
}
"""Words and signs in lower case, and what to do."""

CALCULATIONS = frozenset({"-", "*", "/", "^", "**", "mod", "div", "\u00d7", "\u00f7"})
"""Signs that can only mean arithmetic."""

_SIGNS = "-+*/^~!?:|&<>=."


def comparison(sign: str) -> str | None:
    """The comparison that another spelling stands for."""
    return "=" if len(sign) > 1 and not sign.strip("=") else COMPARISONS.get(sign.lower())


def help_for(operator: str) -> str | None:
    """What to write instead of an unsupported operator; None where the word is no operator."""
    word = operator.lower()
    right = comparison(word)
    if right:
        return f"write `{right}`"
    if word in CALCULATIONS:
        return ARITHMETIC
    unknown = len(word) > 1 and (not word.strip(_SIGNS) or (word[0] == "-" and word[1:].isalpha()))
    return UNSUPPORTED.get(word) or (REMOVE if unknown else None)

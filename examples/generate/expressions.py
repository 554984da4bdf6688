"""Turns the text of a mapping expression into the parsed form that Graph stores beside it."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

# The parameter names of Append, Join, Mid, Not, Replace, Split, StripSpaces and Switch are those of
# Graph's own `functions` answer; the newer ones are seen in exports or follow the reference page.
# The last name repeats where more arguments follow.
PARAMETERS: dict[str, tuple[str, ...]] = {
    "Append": ("source", "suffix"),
    "AppRoleAssignmentsComplex": ("source",),
    "AssertiveAppRoleAssignmentsComplex": ("source",),
    "BitAnd": ("left", "right"),
    "DateAdd": ("interval", "value", "dateTime"),
    "DateDiff": ("interval", "date1", "date2"),
    "FormatDateTime": ("source", "dateTimeStyle", "inputFormat", "outputFormat"),
    "IIF": ("one", "four", "five"),
    "InStr": ("value1", "value2", "start", "compareType"),
    "Item": ("source", "index"),
    "Join": ("separator", "source"),
    "Left": ("source", "length"),
    "Mid": ("source", "start", "length"),
    "PCase": ("source", "wordSeparators"),
    "Replace": (
        "source",
        "Find",
        "RegularExpression",
        "RegularExpressionGroupName",
        "Replacement",
        "ReplacementPropertyName",
        "Template",
    ),
    "Split": ("source", "delimiter"),
    "Switch": ("source", "defaultValue", "switchValue"),
    "ToLower": ("source", "culture"),
    "ToUpper": ("source", "culture"),
    "Word": ("source", "wordNumber", "delimiters"),
}
COMPARISONS = ("<>", "<=", ">=", "=", "<", ">")


def source_of(text: str) -> Json:
    """Return the `source` object of an attribute mapping for a well-formed expression."""
    if text.startswith("[") and _closing(text, 0) == len(text) - 1:
        return _node(text, text[1:-1], "Attribute", [])
    if text.startswith('"'):
        plain = text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        return _node(text, plain, "Constant", [])
    if text.startswith("%"):
        return _node(text, text, "Constant", [])
    if "(" not in text:
        return _node(f'"{text}"', text, "Constant", [])
    name, _, rest = text.partition("(")
    arguments = _split(rest[: rest.rindex(")")], ",")
    return _node(text, name.strip(), "Function", _parameters(name.strip(), arguments))


def damaged(text: str, name: str, kind: str = "Function") -> Json:
    """Return a `source` object whose text was typed by hand and never parsed by the service."""
    return _node(text, name, kind, [])


def _node(expression: str, name: str, kind: str, parameters: list[Json]) -> Json:
    return {"expression": expression, "name": name, "type": kind, "parameters": parameters}


def _parameters(function: str, arguments: list[str]) -> list[Json]:
    names = PARAMETERS.get(function, ("source",))
    pairs: list[Json] = []
    for position, argument in enumerate(arguments):
        if not argument:
            continue
        key = names[min(position, len(names) - 1)]
        condition = _comparison(argument) if function == "IIF" and position == 0 else None
        if condition is None:
            pairs.append({"key": key, "value": source_of(argument)})
            continue
        left, operator, right = condition
        pairs.append({"key": "one", "value": source_of(left)})
        pairs.append({"key": "two", "value": source_of(f'"{operator}"')})
        pairs.append({"key": "three", "value": source_of(right)})
    return pairs


def _comparison(text: str) -> tuple[str, str, str] | None:
    for operator in COMPARISONS:
        sides = _split(text, operator)
        if len(sides) == 2:
            return sides[0], operator, sides[1]
    return None


def _split(text: str, separator: str) -> list[str]:
    """Split at separators that stand outside of quotes, brackets and parentheses."""
    parts: list[str] = []
    start = position = 0
    while position < len(text):
        if text[position] in '"[(':
            position = _closing(text, position) + 1
        elif text.startswith(separator, position):
            parts.append(text[start:position].strip())
            position += len(separator)
            start = position
        else:
            position += 1
    parts.append(text[start:].strip())
    return parts if parts != [""] else []


def _closing(text: str, opener: int) -> int:
    """Return the position of what closes the quote, bracket or parenthesis at `opener`."""
    if text[opener] == '"':
        position = opener + 1
        while position < len(text) and text[position] != '"':
            position += 2 if text[position] == "\\" else 1
        return position
    closer = "]" if text[opener] == "[" else ")"
    position = opener + 1
    while position < len(text) and text[position] != closer:
        inside = text[position] in '"[' if closer == "]" else text[position] in '"[('
        position = _closing(text, position) + 1 if inside else position + 1
    return position

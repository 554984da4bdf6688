"""Says what is wrong in a configuration file, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provlint.config.places import Path, line_of
from provlint.config.settings import Application, Settings, Suppression
from provlint.wording import alternatives, did_you_mean, quote

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

_TABLES: dict[str, type[BaseModel]] = {"application": Application, "suppress": Suppression}

_EXPECTED = {
    "string_type": "a text in quotation marks",
    "string_too_short": "a text that is not empty",
    "tuple_type": 'an array, such as `["a", "b"]`',
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a date, such as `2027-01-31`",
    "date_parsing": "a date, such as `2027-01-31`",
    "date_from_datetime_parsing": "a date, such as `2027-01-31`",
    "date_from_datetime_inexact": "a date without a time, such as `2027-01-31`",
}
"""Kind of pydantic's error to what was expected."""


def explain(error: ValidationError, text: str, prefix: tuple[str, ...]) -> tuple[int, str, str]:
    """The line (0 if unknown), the message and the hint for the first fault."""
    first = error.errors(include_url=False)[0]
    path: Path = first["loc"]
    line = line_of(text, (*prefix, *path))
    if path[:1] == ("facts",) and len(path) > 1:
        return (line, *_fact(path))
    key = str(next((part for part in reversed(path) if isinstance(part, str)), "provlint"))
    if first["type"] == "extra_forbidden":
        known = _known(path[:-1])
        hint = did_you_mean(key, known) or f"known keys are {alternatives(known, 'and')}"
        return line, f"unknown key {quote(key)}", hint
    if first["type"] == "missing":
        owner = path[0] if len(path) > 1 else "provlint"
        return (
            line,
            f"`[[{owner}]]` has no `{key}`",
            f'add `{key} = "..."`: {_description(path)}',
        )
    value = first["input"]
    found = quote(str(value)) if isinstance(value, str | int | float) else _kind(value)
    if isinstance(value, bool):
        found = f"`{str(value).lower()}`"
    if first["type"] == "literal_error":
        allowed = [word.strip("'") for word in _words(first["ctx"]["expected"])]
        hint = did_you_mean(str(value), allowed) or _description(path)
        return line, f"{quote(key)} is {found}; expected {alternatives(allowed)}", hint
    if key in _TABLES and isinstance(value, dict):
        return line, f"`{key}` is one table; expected several", f"write `[[{key}]]`"
    expected = _EXPECTED.get(first["type"], first["msg"][:1].lower() + first["msg"][1:])
    return line, f"{quote(key)} is {found}; expected {expected}", _description(path)


def _fact(path: Path) -> tuple[str, str]:
    """What is wrong with a fact, and what to do."""
    name = quote(str(path[1]))
    if "[key]" in path:
        hint = "write small letters, digits and hyphens, such as `verified-domains`"
        return f"{name} is no name of a fact", hint
    hint = 'write a text, a number, `true` or `false`, or an array of them, such as `["a", "b"]`'
    return f"the fact {name} is neither a value nor an array of values", hint


def _words(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "an array"
    return "a table" if isinstance(value, dict) else "a value of another kind"


def _table(path: Path) -> type[BaseModel]:
    return _TABLES.get(str(path[0]), Settings) if path else Settings


def _known(path: Path) -> list[str]:
    return sorted(field.alias or name for name, field in _table(path).model_fields.items())


def _description(path: Path) -> str:
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    owner = path[:-1] if len(path) > 1 and path[0] in _TABLES else ()
    for name, field in _table(owner).model_fields.items():
        if key in (field.alias, name) or (path and path[0] in (field.alias, name) and not owner):
            description = field.description or ""
            return description[:1].lower() + description[1:].rstrip(".")
    return "see docs/configuration.md"

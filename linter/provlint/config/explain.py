"""Says what is wrong in a configuration file, and where."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pydantic import BaseModel

from provlint.config.settings import Settings

if TYPE_CHECKING:
    from pydantic import ValidationError

Path = tuple[str | int, ...]


def explain(error: ValidationError, text: str, prefix: tuple[str, ...]) -> tuple[int, str, str]:
    """The line (0 if unknown), the message and the hint for the first fault."""
    first = error.errors(include_url=False)[0]
    path: Path = first["loc"]
    line = line_of(text, (*prefix, *path))
    key = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
    if first["type"] == "extra_forbidden":
        known = _known(path[:-1])
        near = get_close_matches(key, known, n=1, cutoff=0.6)
        hint = f"did you mean `{near[0]}`?" if near else "known keys: " + ", ".join(known)
        return line, f"unknown key `{key}`", hint
    if first["type"] == "missing":
        return line, f"the key `{key}` is missing", f"add `{key} = ...`; {_description(path)}"
    message = first["msg"][:1].lower() + first["msg"][1:]
    return line, f"`{key}`: {message}", _description(path)


def _table(path: Path) -> type[BaseModel]:
    model: type[BaseModel] = Settings
    tables = {"application": "Application", "suppress": "Suppression"}
    for part in path:
        if isinstance(part, str) and part in tables:
            from provlint.config import settings

            model = getattr(settings, tables[part])
    return model


def _known(path: Path) -> list[str]:
    return sorted(field.alias or name for name, field in _table(path).model_fields.items())


def _description(path: Path) -> str:
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    for name, field in _table(path[:-1]).model_fields.items():
        if key in (field.alias, name):
            description = field.description or ""
            return description[:1].lower() + description[1:].rstrip(".")
    return "see docs/configuration.md"


def line_of(text: str, path: Path) -> int:
    """The 1-based line where the value at `path` is set; 0 if it is not found.

    A key in an inline table or array is found at the line of the key that holds it.
    """
    lines = text.splitlines()
    best = 0
    start = 0
    names: list[str] = []
    for part in path:
        if isinstance(part, int):
            header = re.compile(r"\s*\[\[\s*" + re.escape(".".join(names)) + r"\s*\]\]")
            places = [number for number, line in enumerate(lines) if header.match(line)]
            if part < len(places):
                start = places[part]
                best = start + 1
                names = []
            continue
        names.append(part)
        dotted = re.escape(".".join(names))
        header = re.compile(r"\s*\[\[?\s*" + dotted + r"\s*\]?\]")
        assignment = re.compile(r"\s*[\"']?" + re.escape(part) + r"[\"']?\s*[.=]")
        for number in range(start, len(lines)):
            if header.match(lines[number]):
                start = number
                best = number + 1
                break
            if assignment.match(lines[number]):
                best = number + 1
                break
    return best


def line_of_suppression(path: str, index: int) -> int:
    """The 1-based line of a `[[suppress]]` table of the configuration file; 0 if unknown."""
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    in_tool = path.endswith("pyproject.toml")
    return line_of(text, (*(("tool", "provlint") if in_tool else ()), "suppress", index))

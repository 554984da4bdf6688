"""Finds the cases in files: our own shapes, and those of HRProvisioningTests."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ValidationError

from provlint.cases.shapes import BY_KEYS, HRProvisioningCase
from provlint.source.discovery import STDIN, discover, read_bytes
from provlint.source.problem import SourceProblem
from provlint.source.source_file import read_source
from provlint.wording import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CASES = 1_000_000


class Read(NamedTuple):
    """A case, or why there is none at this place.

    Attributes:
        id: Name of the case in reports.
        where: File and line.
        case: The case; None when it cannot be used.
        problem: Why it cannot be used.
        config: The configuration that the file names, as a path.
    """

    id: str
    where: str
    case: BaseModel | None
    problem: str = ""
    config: str | None = None


def read_cases(paths: tuple[str, ...]) -> Iterator[Read]:
    """The cases of files, folders and globs, in a stable order.

    A file of a walk that holds no case is passed over; one that was named is a problem.
    """
    for found in discover(paths):
        if found.problem is not None:
            if found.problem.code == "no-candidates":
                continue
            yield Read(found.path, found.path, None, found.problem.message)
            continue
        name = "<stdin>" if found.path == STDIN else found.path
        data = read_bytes(found.path)
        if isinstance(data, SourceProblem):
            yield Read(name, name, None, data.message)
            continue
        yield from _file(name, data, explicit=found.explicit)
    for path in paths:
        if os.path.isdir(path):
            yield from _json_lines_below(path)


def _json_lines_below(folder: str) -> Iterator[Read]:
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if file.endswith((".jsonl", ".ndjson")):
                path = os.path.join(parent, file)
                data = read_bytes(path)
                if not isinstance(data, SourceProblem):
                    yield from _json_lines(path, data.decode("utf-8-sig", "replace"), False)


def _file(name: str, data: bytes, *, explicit: bool) -> Iterator[Read]:
    if name.endswith((".jsonl", ".ndjson")):
        yield from _json_lines(name, data.decode("utf-8-sig", "replace"), explicit)
        return
    source = read_source(data, name)
    value = source.reading.value
    if not explicit and not _holds_cases(value):
        return
    for problem in source.problems:
        if problem.level == "error":
            line, column = source.lines.position(problem.start)
            yield Read(name, f"{name}:{line}:{column}", None, problem.message)
    config = None
    prefix = ""
    if isinstance(value, dict) and isinstance(value.get("cases"), list):
        config = value.get("config")
        if config is not None:
            config = os.path.join(os.path.dirname(name), str(config))
        prefix, value = "/cases", value["cases"]
    if isinstance(value, dict):
        items = [("", value)]
    elif isinstance(value, list):
        items = [(f"{prefix}/{index}", item) for index, item in enumerate(value)]
    else:
        yield Read(name, name, None, "the file holds no test case")
        return
    source.positions.locate([pointer for pointer, _ in items])
    for index, (pointer, item) in enumerate(items):
        line, _ = source.lines.position(source.positions.value(pointer).start)
        read = case_of(item, f"{name}:{line}", f"{os.path.basename(name)}[{index}]")
        yield read._replace(config=config)


def _json_lines(name: str, text: str, explicit: bool) -> Iterator[Read]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for number, line in lines[:MOST_CASES]:
        where = f"{name}:{number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Read(where, where, None, f"the line is not JSON: {error}")
            continue
        if not explicit and number == lines[0][0] and not _holds_cases(value):
            return
        yield case_of(value, where, where)
    if len(lines) > MOST_CASES:
        yield Read(name, name, None, f"only the first {MOST_CASES:,} cases of the file were run")


def _holds_cases(value: Any) -> bool:
    if isinstance(value, dict) and isinstance(value.get("cases"), list):
        value = value["cases"]
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and any(keys <= first.keys() for keys, _ in BY_KEYS)


def case_of(value: Any, where: str, default_id: str) -> Read:
    """A JSON value as a case."""
    if not isinstance(value, dict):
        return Read(default_id, where, None, "a case is an object, and this is none")
    identity = str(value.get("id") or default_id)
    for keys, shape in BY_KEYS:
        if not keys <= value.keys():
            continue
        try:
            case = shape.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path = ".".join(str(part) for part in first["loc"])
            return Read(identity, where, None, f"{quote(path)}: {first['msg'].lower()}")
        if isinstance(case, HRProvisioningCase):
            identity = " ".join(filter(None, (case.TargetAttributeName, case.Description)))
        return Read(identity, where, case)
    found = ", ".join(quote(str(key)) for key in list(value)[:6])
    return Read(
        identity,
        where,
        None,
        f"no shape of a case has the keys {found}; expected `expression` and `output`, `expression`"
        " and `severity`, `target`"
        " and `output`, `filter`, `user` and `in_scope`, or `TargetAttributeName` and `Expression`",
    )

"""Maps recorded regular expression cases onto `provlint.dotnet.regex`."""

from __future__ import annotations

from typing import Any

from provlint.dotnet import regex

OPERATIONS = ("match", "replace", "valid")


def answer_regex(case: dict[str, Any]) -> dict[str, Any]:
    """Return our answer in the shape of `expect`, or `{"refused": reason}`."""
    try:
        return _answer(case)
    except regex.RegexSyntaxError as error:
        return {"error": "parse", "code": error.code, "offset": error.offset}
    except regex.RegexTimeout:
        return {"refused": "step limit"}
    except regex.RegexUnsupported as error:
        return {"refused": error.construct}


def _answer(case: dict[str, Any]) -> dict[str, Any]:
    operation = case["op"]
    if operation == "valid":
        pattern = regex.parse(case["pattern"])
        groups = [[number, name] for name, number in pattern.group_numbers.items()]
        return {"valid": True, "groups": groups}
    compiled = regex.compile(case["pattern"])
    if operation == "replace":
        return {"value": compiled.replace(case["input"], case["replacement"])}
    match = compiled.match(case["input"])
    if match is None:
        if compiled.is_match(case["input"]):
            return {"disagree": "is_match finds what match does not"}
        return {"success": False}
    if not compiled.is_match(case["input"]):
        return {"disagree": "is_match does not find what match finds"}
    return {
        "success": True,
        "index": match.start,
        "length": match.end - match.start,
        "value": match.value,
        "groups": {name: _group(captures) for name, captures in match.groups.items()},
    }


def _group(captures: tuple[Any, ...]) -> dict[str, Any] | None:
    if not captures:
        return None
    last = captures[-1]
    return {
        "index": last.start,
        "length": last.end - last.start,
        "value": last.value,
        "captures": [[each.start, each.end - each.start] for each in captures],
    }

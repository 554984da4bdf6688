"""Compares what an expression gave with what a case expects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from provlint.dotnet import numbers

if TYPE_CHECKING:
    from provlint.evaluation import Evaluation

NOTHING = "nothing flows (null)"
LONGEST_PATTERN = 1_000


def difference(expected: Any, got: Evaluation) -> str | None:
    """How the outcome differs from the expectation, in words; None when it agrees."""
    if agrees(expected, got):
        return None
    wanted, have = describe_expected(expected), describe(got)
    lines = [f"expected: {wanted}", f"     got: {have}"]
    if isinstance(expected, str) and got.outcome == "value":
        lines += _first_difference(expected, got.texts[0])
    if got.problem is not None:
        lines.append(f"          {got.problem.message}")
    return "\n".join(lines)


def agrees(expected: Any, got: Evaluation) -> bool:
    """Whether an outcome is what a case expects; see `docs/testing.md` for the forms."""
    if isinstance(expected, dict):
        return _agrees_with_form(expected, got)
    if expected is None:
        return got.outcome == "null"
    if isinstance(expected, list):
        flows = got.texts if got.outcome in ("list", "value") else None
        return flows is not None and [text_of(item) for item in expected] == list(flows)
    return got.outcome == "value" and got.texts == (text_of(expected),)


def _agrees_with_form(expected: dict[str, Any], got: Evaluation) -> bool:
    if "$flow" in expected:
        wanted = {"ignore-attribute": "dropped", "ignore-object": "object-skipped"}
        return got.outcome == wanted.get(expected["$flow"])
    if "$error" in expected:
        return got.outcome == ("escrow" if expected.get("$escrow") else "error") or (
            got.outcome == "escrow" and expected["$error"] == "escrow"
        )
    if "$escrow" in expected:
        return got.outcome == "escrow"
    if "$pattern" in expected:
        pattern = str(expected["$pattern"])
        if len(pattern) > LONGEST_PATTERN or got.outcome != "value":
            return False
        return re.fullmatch(pattern, got.texts[0]) is not None
    if "$one_of" in expected:
        return any(agrees(choice, got) for choice in expected["$one_of"])
    if "$roles" in expected:
        return sorted(text_of(role) for role in expected["$roles"]) == sorted(got.texts)
    return False


def text_of(value: Any) -> str:
    """A JSON value as the text that flows."""
    if isinstance(value, bool):
        return numbers.format_boolean(value)
    if isinstance(value, dict):
        return str(value.get("value") or value.get("displayName") or value)
    return str(value)


def describe(got: Evaluation) -> str:
    """An outcome in words."""
    if got.outcome == "value":
        return f'"{got.texts[0]}"'
    if got.outcome == "list":
        return "[" + ", ".join(f'"{text}"' for text in got.texts) + "]"
    return {
        "null": NOTHING,
        "dropped": "the attribute is left as it is",
        "object-skipped": "the object is skipped",
        "error": "an evaluation error",
        "escrow": "no free value is left (escrow)",
    }[got.outcome]


def describe_expected(expected: Any) -> str:
    """An expectation in words."""
    if expected is None:
        return NOTHING
    if isinstance(expected, list):
        return "[" + ", ".join(f'"{text_of(item)}"' for item in expected) + "]"
    if not isinstance(expected, dict):
        return f'"{text_of(expected)}"'
    if "$flow" in expected:
        words = {
            "ignore-attribute": "the attribute is left as it is",
            "ignore-object": "the object is skipped",
        }
        return words.get(expected["$flow"], str(expected["$flow"]))
    if "$error" in expected or "$escrow" in expected:
        escrow = expected.get("$escrow")
        return "no free value is left (escrow)" if escrow else "an evaluation error"
    if "$pattern" in expected:
        return f"a text that matches {expected['$pattern']}"
    if "$one_of" in expected:
        return " or ".join(describe_expected(choice) for choice in expected["$one_of"])
    return str(expected)


def _first_difference(expected: str, got: str) -> list[str]:
    if expected.casefold() == got.casefold():
        return ["          the two differ in letter case only"]
    at = next(
        (i for i, (a, b) in enumerate(zip(expected, got, strict=False)) if a != b),
        min(len(expected), len(got)),
    )
    return [" " * (11 + at) + "^ first difference"] if at < 60 else []

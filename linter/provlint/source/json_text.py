"""JSON as it should be, and the way to the tolerant reader when it is not."""

from __future__ import annotations

import json
from typing import Any

from provlint.source.limits import MAXIMUM_DEPTH
from provlint.source.reading import Reading


def read_json(text: str, *, dialect: str = "json") -> Reading:
    """Read a JSON text; never raises.

    A valid text costs what `json.loads` costs and a check of keys and depth. Any other text is
    read again by the tolerant reader, which reports each defect and goes on.

    Args:
        text: The decoded text, without byte order mark.
        dialect: `json`; `jsonc` accepts comments and trailing commas; `template` accepts
            Terraform directives outside strings, whose places `find_directives` gives.
    """
    reading = read_valid_json(text)
    if reading is not None:
        return reading
    from provlint.source.tolerant import read_tolerantly

    return read_tolerantly(text, dialect=dialect)


def read_valid_json(text: str) -> Reading | None:
    """Read a text that is valid JSON without repeated keys within the limits, or return nothing."""
    repeated = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        made = dict(pairs)
        if len(made) != len(pairs):
            repeated = True
        return made

    try:
        value = json.JSONDecoder(object_pairs_hook=members, parse_constant=_refuse).decode(text)
    except (ValueError, RecursionError):
        return None
    if repeated or _has_lone_surrogate(text) or not _is_shallow(value):
        return None
    return Reading(value)


def _refuse(name: str) -> None:
    raise ValueError(name)


def _is_shallow(value: Any) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAXIMUM_DEPTH + 1):
        if not level:
            return True
        children: list[Any] = []
        for container in level:
            held = container.values() if type(container) is dict else container
            children += [item for item in held if type(item) is dict or type(item) is list]
        level = children
    return False


def _has_lone_surrogate(text: str) -> bool:
    if "\\ud" not in text and "\\uD" not in text:
        return False
    import re

    pair = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    before = rf"(?:[^\\]++|\\[^u]|\\u(?![dD][89a-fA-F])|{pair})*+"
    return re.match(rf"{before}\\u", text) is not None

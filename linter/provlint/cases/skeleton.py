"""A first case for a target attribute, to be filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provlint.cases.configuration import Found

FILL_IN = "fill in"


def skeleton(target: str, found: Found, config: str) -> str:
    """A case file in JSON with every attribute that the expression reads.

    Args:
        target: Name of the target attribute.
        found: Its expression.
        config: The configuration, relative to where the file will stand.
    """
    case = {
        "id": f"{target} of a usual user",
        "target": target,
        "inputs": dict.fromkeys(found.attributes, FILL_IN),
        "output": FILL_IN,
    }
    document = {"version": 1, "config": config, "cases": [case]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

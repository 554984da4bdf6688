"""Whether an evaluation is what a conformance case expects; shapes as in `tests/conformance`."""

import re


def agrees(found, expected):
    if isinstance(expected, dict):
        if "$flow" in expected:
            flows = {"ignore-attribute": "dropped", "ignore-object": "object-skipped"}
            return found.outcome == flows[expected["$flow"]]
        if "$error" in expected:
            return found.outcome == ("escrow" if "$escrow" in expected else "error")
        if "$pattern" in expected:
            return (
                found.outcome == "value"
                and re.search(expected["$pattern"], found.value) is not None
                and found.redacted == (expected.get("$log") == "[Redact]")
            )
        if "$one_of" in expected:
            return found.outcome == "value" and found.value in expected["$one_of"]
        roles = [role._asdict() for role in found.value]
        return roles == expected["$roles"] and found.patch == expected.get("$patch", "add")
    if expected is None:
        return found.outcome == "null"
    if isinstance(expected, list):
        return found.outcome == "list" and list(found.value) == expected
    return (
        found.outcome == "value" and type(found.value) is type(expected) and found.value == expected
    )

"""Writes `changes/`: a configuration before and after an edit, for `provlint compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import scim_outbound
from files import write_json
from pieces import clause, mapping

Json = dict[str, Any]


def edited() -> Json:
    """Return Harbour CRM after an edit that should have taken in the branch in Denmark.

    The new clause went into the group of the others, where nobody passes both; a department is
    upper-cased in passing.
    """
    value = scim_outbound.build()
    users = value["synchronizationRules"][0]["objectMappings"][0]
    users["scope"]["groups"][0]["clauses"].append(clause("country", "EQUALS", "DK"))
    mappings = users["attributeMappings"]
    at = next(
        number
        for number, each in enumerate(mappings)
        if each["targetAttributeName"].endswith(":department")
    )
    target = mappings[at]["targetAttributeName"]
    mappings[at] = mapping(target, "ToUpper([department], )")
    return value


def write(examples: Path) -> None:
    """Write the files; the second is indented otherwise, which changes nothing."""
    folder = examples / "changes"
    write_json(folder / "old.json", scim_outbound.build())
    write_json(folder / "new.json", edited(), indent="\t")

"""Reading a schema into the canonical tree, as a ratio to `json.loads` of its text.

Run it with `python benchmarks/model_reading.py`; it prints medians of one run.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from provlint.model import read_document

BUDGET = 3.0
ROUNDS = 15


def attribute(number: int) -> dict[str, Any]:
    return {
        "anchor": number == 0,
        "caseExact": False,
        "defaultValue": None,
        "flowNullValues": False,
        "multivalued": number % 9 == 0,
        "mutability": "ReadWrite",
        "name": f"urn:ietf:params:scim:schemas:extension:example:2.0:User:attribute{number}",
        "required": number % 20 == 0,
        "type": "Reference" if number % 8 == 0 else "String",
        "apiExpressions": [],
        "metadata": [{"key": "MaximumLength", "value": "64"}] if number % 5 == 0 else [],
        "referencedObjects": [{"referencedObjectName": "User", "referencedProperty": None}]
        if number % 8 == 0
        else [],
    }


def source(name: str, parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "expression": f"{name}([attribute1])" if parameters else f"[{name}]",
        "name": name,
        "parameters": parameters or [],
        "type": "Function" if parameters else "Attribute",
    }


def mapping(number: int) -> dict[str, Any]:
    inner = source(f"attribute{number}")
    if number % 3:
        inner = source("Trim", [{"key": "source", "value": inner}])
    return {
        "defaultValue": "",
        "exportMissingReferences": False,
        "flowBehavior": "FlowWhenChanged",
        "flowType": "Always",
        "matchingPriority": 1 if number == 0 else 0,
        "source": inner,
        "targetAttributeName": f"target{number}",
    }


def schema(attributes: int, mappings: int) -> dict[str, Any]:
    half = attributes // 2
    return {
        "id": "scim.1.2",
        "version": "1",
        "synchronizationRules": [
            {
                "id": "1",
                "name": "USER_OUTBOUND_USER",
                "sourceDirectoryName": "one",
                "targetDirectoryName": "two",
                "objectMappings": [
                    {
                        "enabled": True,
                        "flowTypes": "Add,Update,Delete",
                        "sourceObjectName": "User",
                        "targetObjectName": "User",
                        "scope": None,
                        "attributeMappings": [mapping(number) for number in range(mappings)],
                    }
                ],
            }
        ],
        "directories": [
            {"name": name, "objects": [{"name": "User", "attributes": definitions}]}
            for name, definitions in (
                ("one", [attribute(number) for number in range(half)]),
                ("two", [attribute(number) for number in range(half)]),
            )
        ],
    }


def pascal(value: Any) -> Any:
    if isinstance(value, list):
        return [pascal(item) for item in value]
    if isinstance(value, dict):
        renamed = {key[:1].upper() + key[1:]: pascal(member) for key, member in value.items()}
        return {"AdditionalProperties": {}, **renamed}
    return value


def median(work: Callable[[], object]) -> float:
    """Seconds of one call, the median of several."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    print(f"{'schema':<28}{'size':>9}{'json.loads':>12}{'reading':>11}{'ratio':>8}")
    ratios = []
    forms = (
        ("1,250 attributes", schema(1250, 430)),
        ("2,500 attributes", schema(2500, 860)),
        ("1,250, PowerShell SDK", pascal(schema(1250, 430))),
    )
    for title, value in forms:
        text = json.dumps(value, indent=2)
        assert not read_document(value).defects
        loading = median(lambda text=text: json.loads(text))  # type: ignore[misc]
        reading = median(lambda value=value: read_document(value))  # type: ignore[misc]
        ratios.append(reading / loading)
        print(
            f"{title:<28}{len(text) / 1e6:>6.2f} MB{loading * 1e3:>9.1f} ms"
            f"{reading * 1e3:>8.1f} ms{ratios[-1]:>7.2f}x"
        )
    print(f"budget of the first line: {BUDGET}x of json.loads")
    return 0 if ratios[0] <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())

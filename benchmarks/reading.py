"""Reading a text against `json.loads` of it."""

import json
import random

from benchmarks.figures import from_times, in_turns

from provlint.source import Positions, decode, read_json
from provlint.source.tolerant import read_tolerantly

LOADS = "json.loads"


def attribute_mapping(number):
    expression = f'Switch([IsSoftDeleted], , "False", "True", "{number}")'
    parameters = [
        {"key": "source", "value": {"expression": "[department]", "name": "department",
                                    "parameters": [], "type": "Attribute"}}
    ]  # fmt: skip
    return {
        "defaultValue": "",
        "exportMissingReferences": False,
        "flowBehavior": "FlowWhenChanged",
        "flowType": "Always",
        "matchingPriority": 0,
        "source": {
            "expression": expression, "name": "Switch",
            "parameters": parameters, "type": "Function",
        },
        "targetAttributeName": f"attribute{number}",
    }  # fmt: skip


def attribute(number):
    return {
        "anchor": False, "apiExpressions": [], "caseExact": False, "defaultValue": None,
        "flowNullValues": False, "metadata": [], "multivalued": False, "mutability": "ReadWrite",
        "name": f"attribute{number}", "referencedObjects": [], "required": False, "type": "String",
    }  # fmt: skip


def schema(mappings=700, attributes=800):
    objects = [{"name": "User", "attributes": [attribute(n) for n in range(attributes)]}]
    mapped = [attribute_mapping(n) for n in range(mappings)]
    rule = {"id": "1", "objectMappings": [{"name": "Users", "attributeMappings": mapped}]}
    return {"directories": [{"name": "d", "objects": objects}], "synchronizationRules": [rule]}


def figures(rounds):
    """What it costs to read JSON, to find places in it, and to read what is broken."""
    text = json.dumps(schema(), indent=2)
    data = text.encode()
    broken = text[:-1] + ",}"
    base = "/synchronizationRules/0/objectMappings/0/attributeMappings"
    pointers = [f"{base}/{number}/source/expression" for number in range(700)]
    chosen = {count: random.Random(1).sample(pointers, count) for count in (1, 10, 50)}
    tasks = {
        LOADS: lambda: json.loads(text),
        "decoding bytes": lambda: decode(data),
        "reading JSON": lambda: read_json(text),
    }
    for count, some in chosen.items():
        tasks[f"finding {count} places"] = lambda some=some: Positions(text, unique=True).locate(
            some
        )
    tasks["reading damaged JSON"] = lambda: read_tolerantly(broken)
    times = in_turns(tasks, rounds)
    return [from_times(name, row, times[LOADS], LOADS) for name, row in times.items()]

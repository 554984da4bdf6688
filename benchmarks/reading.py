"""Reading against `json.loads`, as ratios: python benchmarks/reading.py"""

import json
import random
import statistics
import time

from provlint.source import Positions, decode, read_json
from provlint.source.tolerant import read_tolerantly

REPEATS = 15


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


def medians(tasks):
    """Median seconds of each task; the tasks take turns, so that noise falls on all alike."""
    times = {name: [] for name in tasks}
    for _ in range(REPEATS):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main():
    text = json.dumps(schema(), indent=2)
    data = text.encode()
    broken = text[:-1] + ",}"
    base = "/synchronizationRules/0/objectMappings/0/attributeMappings"
    pointers = [f"{base}/{number}/source/expression" for number in range(700)]
    chosen = {count: random.Random(1).sample(pointers, count) for count in (1, 10, 50)}
    tasks = {
        "json.loads": lambda: json.loads(text),
        "decode": lambda: decode(data),
        "read_json": lambda: read_json(text),
    }
    for count, some in chosen.items():
        tasks[f"Positions, {count} places"] = lambda some=some: Positions(text, unique=True).locate(
            some
        )
    tasks["read_tolerantly"] = lambda: read_tolerantly(broken)
    results = medians(tasks)
    print(f"{len(data) / 1e6:.2f} MB, {REPEATS} runs, medians")
    for name, seconds in results.items():
        ratio = seconds / results["json.loads"]
        speed = len(data) / 1e6 / seconds
        print(f"{name:24} {seconds * 1e3:8.2f} ms {ratio:8.2f} x json.loads {speed:8.0f} MB/s")


if __name__ == "__main__":
    main()

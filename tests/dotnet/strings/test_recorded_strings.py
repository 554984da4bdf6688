"""The recorded answers of .NET 10 about texts and numbers."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

CONFORMANCE = Path(__file__).parents[2] / "conformance"
MOST_REFUSED = 0.03


def load(name):
    specification = importlib.util.spec_from_file_location(name, CONFORMANCE / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_every_answer_that_is_given_agrees_with_dotnet(capsys):
    answer = load("dotnet_strings").answer_strings
    lines = (CONFORMANCE / "dotnet" / "strings.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    refused, wrong = Counter(), []
    for case in cases:
        found = answer(case)
        if "refused" in found:
            refused[found["refused"]] += 1
        elif found != case["expect"]:
            wrong.append((case["id"], case["expect"], found))
    decided = len(cases) - refused.total()
    with capsys.disabled():
        print(
            f"\nstrings: {decided - len(wrong)} of {decided} agree,"
            f" {refused.total()} of {len(cases)} refused"
        )
    assert len(cases) > 1000
    assert wrong == []
    assert refused.total() < MOST_REFUSED * len(cases), refused

"""The documented behaviour, as cases; open ones are marked as contested."""

import json
from pathlib import Path

import pytest
from agreement import agrees

from provlint.evaluation import evaluate

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "conformance" / "expressions.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def run(case, **options):
    return evaluate(
        case["expression"],
        case["inputs"],
        now=case.get("now"),
        taken=case.get("taken", ()),
        macros=case.get("vars"),
        **options,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.parametrize("trace", [False, True], ids=["plain", "traced"])
def test_case(case, trace):
    found = run(case, trace=trace)
    assert agrees(found, case["output"]), (found.outcome, found.value, found.problem)
    assert bool(found.contested) == (not case["certain"]), found.contested


def test_there_are_cases_of_both_kinds():
    assert len(CASES) == 200
    assert sum(case["certain"] for case in CASES) > 100
    assert sum(not case["certain"] for case in CASES) > 40


def test_a_wrong_expectation_does_not_agree():
    wrong = [
        {"$flow": "ignore-object"},
        {"$error": "evaluation"},
        {"$pattern": "^$"},
        None,
        ["x"],
        1,
    ]
    found = evaluate('Append("a", "b")', {})
    assert not any(agrees(found, expected) for expected in wrong)
    assert not agrees(evaluate("CBool(1)", {}), 1)

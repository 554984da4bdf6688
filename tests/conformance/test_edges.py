"""The edges that the given cases leave out: every operator, row, function and form of the syntax.

The answers were derived from Microsoft's pages alone, apart from the program.
"""

import json
from pathlib import Path

import pytest
from lint_expressions import lint

from provlint.cases.configuration import Expressions
from provlint.cases.read import read_cases
from provlint.cases.run import run
from provlint.evaluation import evaluate

EDGES = Path(__file__).parent / "edges"
EXPRESSIONS = Expressions()


def lines(name):
    text = (EDGES / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("expressions", 450),
        ("scope", 304),
        ("ambiguous", 60),
        ("match-action", 184),
        ("invalid-expressions", 305),
    ],
)
def test_cases(name, count):
    results = [run(read, EXPRESSIONS) for read in read_cases((str(EDGES / f"{name}.jsonl"),))]
    assert len(results) == count
    assert [result for result in results if result.status != "passed"] == []


def test_what_the_pages_settle_is_not_contested():
    contested = [
        case["id"]
        for case in lines("expressions")
        if case["certain"]
        and evaluate(
            case["expression"],
            case["inputs"],
            now=case.get("now"),
            taken=case.get("taken", ()),
            macros=case.get("vars"),
            dialect=case.get("dialect", "cloud-sync" if "vars" in case else "app-provisioning"),
        ).contested
    ]
    assert contested == []


@pytest.mark.parametrize("case", lines("invalid-expressions"), ids=lambda case: case["id"])
def test_the_gravest_finding(case):
    found = {str(each.severity) for each in lint(case)}
    gravest = next((each for each in ("error", "warning", "note") if each in found), None)
    assert gravest == case["severity"], case["kind"]

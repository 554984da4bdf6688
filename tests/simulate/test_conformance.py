"""The conformance cases of scope, matching and action; rates are printed (`-s`)."""

import json
from pathlib import Path

import pytest

from provlint.simulate.cases import decide_scope, run_match_action
from provlint.simulate.scope import in_scope

FOLDER = Path(__file__).parents[1] / "conformance"


def cases(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def identified(name):
    return [pytest.param(case, id=case["id"]) for case in cases(name)]


def matching_facts(name):
    from provlint_rules.applications import named

    return next((app.users_matching for app in named(name) if app.users_matching), None)


def scope_disagreement(case):
    decision, step = decide_scope(case)
    if step.in_scope is not case["in_scope"]:
        return f"in scope: {step.in_scope}"
    if "skip" in case and step.code != case["skip"]:
        return f"code: {step.code}"
    if "context" not in case and decision.in_scope is not case["in_scope"]:
        return f"filter: {decision.in_scope}"
    if case.get("contested") and not decision.contested:
        return "not marked as contested"
    return ""


def match_disagreement(case):
    found = run_match_action(case, matching_facts=matching_facts, now="2026-11-22T00:00:00Z")
    for key, expected in case["outcome"].items():
        got = found.get(key)
        if key == "values":
            got = {name: got.get(name) for name in expected}
        if key == "step":
            got = expected if got in expected.split(" / ") else got
        if got != expected:
            return f"{key}: {got!r}, expected {expected!r}"
    return ""


def ambiguity_disagreement(case):
    decision = in_scope(case["filter"], case["user"])
    if not decision.contested:
        return "not marked as contested"
    readings = {case["reading_1"]["in_scope"], case["reading_2"]["in_scope"]}
    if not readings <= {alternative.in_scope for alternative in decision.alternatives}:
        return f"outcomes: {decision.alternatives}"
    if decision.in_scope is not case["reading_1"]["in_scope"]:
        return f"taken: {decision.in_scope}"
    if not all(": " in alternative.explanation for alternative in decision.alternatives):
        return "not explained"
    return ""


FILES = {
    "scope.jsonl": scope_disagreement,
    "match-action.jsonl": match_disagreement,
    "ambiguous.jsonl": ambiguity_disagreement,
}


@pytest.mark.parametrize("case", identified("scope.jsonl"))
def test_scope(case):
    assert scope_disagreement(case) == "", case["fact"]


@pytest.mark.parametrize("case", identified("match-action.jsonl"))
def test_match_and_action(case):
    assert match_disagreement(case) == "", case["fact"]


@pytest.mark.parametrize("case", identified("ambiguous.jsonl"))
def test_ambiguous(case):
    assert ambiguity_disagreement(case) == "", case["why"]


@pytest.mark.parametrize("name", FILES)
def test_rate(name):
    found = cases(name)
    disagreements = [case["id"] for case in found if FILES[name](case)]
    print(f"\n{name}: {len(found) - len(disagreements)} of {len(found)} agree")
    assert len(found) >= {"scope.jsonl": 78, "match-action.jsonl": 39, "ambiguous.jsonl": 20}[name]
    assert disagreements == []

"""No rule reasons in exponential time; counted in steps, not in seconds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.configurations import schema

from provlint import analyze_scope, lint_text
from provlint.analysis.budget import Budget
from provlint_rules.scope import groups


def with_groups(count, clauses_of):
    """A schema with so many filter groups, and the clauses of each by its number."""
    value = schema(1, 50)
    mapping = value["synchronizationRules"][0]["objectMappings"][0]
    mapping["scope"]["groups"] = [
        {
            "name": f"Group {number}",
            "clauses": [
                {
                    "sourceOperandName": attribute,
                    "operatorName": operator,
                    "targetOperand": {"values": [text]},
                }
                for attribute, operator, text in clauses_of(number)
            ],
        }
        for number in range(count)
    ]
    return json.dumps(value)


@pytest.fixture
def steps(monkeypatch):
    counted = []
    original = Budget.spend

    def spend(budget, steps=1):
        counted.extend([None] * steps)
        original(budget, steps)

    monkeypatch.setattr(Budget, "spend", spend)
    return counted


def reasoned(text):
    """Findings that rest on reasoning about groups."""
    found = lint_text(text)
    return [each for each in found if each.rule in ("PL110", "PL111", "PL121", "PL125")]


def test_many_groups_that_only_admit(steps):
    def clauses_of(number):
        return [(f"attribute{n}", "EQUALS", f"value {number}.{n}") for n in range(3)]

    assert lint_text(with_groups(60, clauses_of)) == []
    assert steps == []


def test_steps_grow_with_the_groups(steps):
    def clauses_of(number):
        return [("attribute0", "EQUALS", f"value {number}"), ("attribute1", "Includes", "a")]

    def needed(count):
        steps.clear()
        analysis = analyze_scope(
            json.loads(with_groups(count, clauses_of))["synchronizationRules"][0]["objectMappings"][
                0
            ]["scope"]
        )
        assert analysis.verdict == "sometimes"
        assert analysis.beyond == ()
        return len(steps)

    assert needed(400) < 2.2 * needed(200)


def test_groups_that_admit_everybody_in_many_ways(steps):
    def clauses_of(number):
        return [(f"attribute{n}", "NOT EQUALS", f"value {number}.{n}") for n in range(4)]

    (finding,) = reasoned(with_groups(30, clauses_of))
    assert (finding.rule, finding.severity) == ("PL111", "error")
    assert finding.message.count(" or ") == 4
    assert len(steps) <= groups.STEP_LIMIT


def test_too_many_groups_that_exclude_are_said_to_be(steps):
    def clauses_of(number):
        return [(f"attribute{n}", "NOT EQUALS", f"value {number}.{n}") for n in range(12)]

    found = reasoned(with_groups(30, clauses_of))
    assert {each.message for each in found} == {
        "the filter was not looked through: the limit of 100,000 steps is reached"
    }
    assert {each.severity for each in found} == {"note"}
    assert len(steps) < 2 * groups.STEP_LIMIT


def test_groups_that_exclude_are_found_among_many():
    def clauses_of(number):
        if number in (20, 40):
            return [("attribute1", "NOT EQUALS", f"value {number}")]
        return [("attribute2", "EQUALS", f"value {number}")]

    findings = [each for each in lint_text(with_groups(60, clauses_of)) if each.rule == "PL111"]
    assert [each.place.pointer.split("/")[-2] for each in findings] == ["40"]

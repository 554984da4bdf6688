"""No rule reasons in exponential time; counted in steps, not in seconds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.configurations import schema

from provlint import lint_text
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
    original = groups.conflict

    def conflict(left, right):
        counted.append(None)
        return original(left, right)

    monkeypatch.setattr(groups, "conflict", conflict)
    return counted


def test_many_groups_that_only_admit(steps):
    def clauses_of(number):
        return [(f"attribute{n}", "EQUALS", f"value {number}.{n}") for n in range(3)]

    assert lint_text(with_groups(60, clauses_of)) == []
    assert len(steps) < 6_000


def test_too_many_groups_that_exclude_are_said_to_be(steps):
    def clauses_of(number):
        return [(f"attribute{n}", "NOT EQUALS", f"value {number}.{n}") for n in range(4)]

    (finding,) = [each for each in lint_text(with_groups(30, clauses_of)) if each.rule == "PL111"]
    assert finding.severity == "note"
    assert finding.message == (
        "30 groups exclude what others admit, too many to tell whether they admit everybody"
        " together"
    )
    assert len(steps) < 200_000


def test_groups_that_exclude_are_found_among_many():
    def clauses_of(number):
        if number in (20, 40):
            return [("attribute1", "NOT EQUALS", f"value {number}")]
        return [("attribute2", "EQUALS", f"value {number}")]

    findings = [each for each in lint_text(with_groups(60, clauses_of)) if each.rule == "PL111"]
    assert [each.place.pointer.split("/")[-2] for each in findings] == ["40"]

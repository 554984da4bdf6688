"""Every expression that is wrong is found at its culprit, and none that is right is an error."""

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location(
    "lint_expressions", Path(__file__).with_name("lint_expressions.py")
)
cases = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(cases)


@pytest.mark.parametrize(
    "case", cases.cases("invalid-expressions.jsonl"), ids=lambda case: case["id"]
)
def test_a_mistake_is_found_at_its_culprit(case):
    assert cases.fault(case) == "", case["why"]


@pytest.mark.parametrize("case", cases.cases("expressions.jsonl"), ids=lambda case: case["id"])
def test_what_is_right_is_no_error(case):
    assert cases.false_alarms(case) == []

"""Every expression that is wrong is found at its culprit, and none that is right is an error."""

import lint_expressions as cases
import pytest


@pytest.mark.parametrize(
    "case", cases.cases("invalid-expressions.jsonl"), ids=lambda case: case["id"]
)
def test_a_mistake_is_found_at_its_culprit(case):
    assert cases.fault(case) == "", case["why"]


@pytest.mark.parametrize("case", cases.cases("expressions.jsonl"), ids=lambda case: case["id"])
def test_what_is_right_is_no_error(case):
    assert cases.false_alarms(case) == []

"""Quarantine and the deletion threshold."""

import pytest

from provlint.simulate.cycle.quarantine import deletions, quarantine


@pytest.mark.parametrize(
    ("failures", "successes", "references", "action"),
    [
        (45_000, 1_000_000, 0, "quarantine"),
        (30_000, 5_000, 0, "quarantine"),
        (20_000, 100_000, 0, "proceed"),
        (40_000, 1_000_000, 21_000, "quarantine"),
        (40_000, 1_000_000, 0, "proceed"),
        (4_000, 0, 0, "proceed"),
        (5_000, 0, 0, "quarantine"),
    ],
)
def test_quarantine(failures, successes, references, action):
    found = quarantine(failures, successes, references)
    assert found.action == action
    assert found.code == ("escrow threshold" if action == "quarantine" else None)


@pytest.mark.parametrize(
    ("count", "threshold", "action", "contested"),
    [
        (499, 500, "proceed", ()),
        (500, 500, "proceed", ("delete-threshold",)),
        (501, 500, "quarantine", ()),
        (10**6, None, "proceed", ()),
    ],
)
def test_deletions(count, threshold, action, contested):
    found = deletions(count, threshold)
    assert (found.action, found.contested) == (action, contested)

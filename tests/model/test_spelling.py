"""Misspelt names, within a bounded distance."""

import pytest

from provlint.model.spelling import edit_distance, nearest

NAMES = ("flowType", "flowTypes", "source", "name", "sourceObjectName", "targetObjectName")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sourceObjectNmae", "sourceObjectName"),
        ("SourceObjectname", "sourceObjectName"),
        ("soruce", "source"),
        ("nam", "name"),
        ("nm", None),
        ("flowTypes", "flowTypes"),
        ("flowTyp", "flowType"),
        ("objectName", None),
        ("x" * 500, None),
        ("", None),
    ],
)
def test_nearest(text, found):
    assert nearest(text, NAMES) == found


def test_two_equally_near_names_are_none():
    assert nearest("cats", ("bats", "rats")) is None


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("a", "a", 0), ("ab", "ba", 1), ("abc", "ac", 1), ("abc", "abxc", 1), ("abc", "xyz", 3)],
)
def test_distance(left, right, distance):
    assert edit_distance(left, right, 9) == distance
    assert edit_distance(right, left, 9) == distance
    assert edit_distance(left, right, 1) == min(distance, 1)

"""The table of open readings: complete, and every entry reached by some expression."""

import re

import pytest
import test_conformance
import test_functions

from provlint.evaluation import READINGS, evaluate, readings

EXAMPLES = {
    "chained-comparison": ('IIF([a] = "x" = "y", "1", "2")', {}),
    "flow-keywords": ('IIF([a] = "x", "1", IgnoreAttributeFlow)', {"a": "y"}),
    "random-length": ("RandomString(5, 3, 0, 0, 3)", {}),
    "not-a-date": ("CDate([a])", {"a": "x"}),
    "item-index": ("Item([a], 0)", {"a": ["x"]}),
    "null-number": ("Left([a], [b])", {"a": "x"}),
}
DOCUMENTED_ENOUGH = {"switch-empty-key"}
"""Readings that the pages settle, so that no outcome is called contested for them."""


def reached():
    found = set()
    for case in test_conformance.CASES:
        found.update(test_conformance.run(case).contested)
    for table in (test_functions.VALUES, test_functions.LISTS, test_functions.ENDINGS):
        for case in table:
            found.update(case[3])
    for text, inputs in EXAMPLES.values():
        found.update(evaluate(text, inputs).contested)
    return found


def test_every_reading_is_reached():
    assert reached() == set(READINGS) - DOCUMENTED_ENOUGH


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_example(name):
    text, inputs = EXAMPLES[name]
    assert name in evaluate(text, inputs).contested


def test_the_36_ambiguities_of_the_language_are_all_there():
    numbers = {reading.number for reading in READINGS.values()}
    assert numbers == set(range(37))


@pytest.mark.parametrize("reading", READINGS.values(), ids=list(READINGS))
def test_entry(reading):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", reading.name)
    assert reading.name in vars(readings).values()
    for prose in (reading.does, reading.alternatives):
        assert prose
        assert not prose.endswith(".")
    assert reading.source.startswith("https://learn.microsoft.com/")
    assert "#" in reading.source


def test_every_entry_has_a_constant():
    constants = {
        value for name, value in vars(readings).items() if name.isupper() and type(value) is str
    }
    assert {value for value in constants if not value.startswith("https:")} == set(READINGS)
    assert set(READINGS) >= readings.NULL_OR_EMPTY

"""Every open reading that the simulation names has words, and its name means one thing."""

from importlib import import_module

import pytest

from provlint.evaluation import READINGS as EXPRESSION_READINGS
from provlint.simulate.action import TABLE
from provlint.simulate.readings import DEFAULTS, READINGS
from provlint.simulate.words import FLOW_READINGS, reading_in_words

MODULES = ("action", "cycle.quarantine", "entitlement", "matching", "writing")


def constants():
    for name in MODULES:
        module = import_module(f"provlint.simulate.{name}")
        for key, value in vars(module).items():
            if key.endswith("_READING"):
                yield value


def test_readings_of_the_flow_are_all_described():
    assert set(constants()) == set(FLOW_READINGS)
    assert {name for row in TABLE for name in row.contested} <= set(FLOW_READINGS)


@pytest.mark.parametrize("name", sorted({each.name for each in READINGS.values()}))
def test_readings_of_filters_are_described(name):
    assert reading_in_words(name)


def test_names_are_told_apart():
    filters = {each.name for each in READINGS.values()}
    assert filters & set(FLOW_READINGS) == set()
    assert filters & set(EXPRESSION_READINGS) == set()
    assert set(FLOW_READINGS) & set(EXPRESSION_READINGS) == set()


def test_options_are_sentences_without_a_period():
    for key, reading in READINGS.items():
        assert DEFAULTS[key] == reading.options[0].word
        assert len({option.word for option in reading.options}) == len(reading.options) > 1
        for option in reading.options:
            assert not option.meaning.endswith(".")


def test_an_unknown_name_has_no_words():
    assert reading_in_words("nonsense") == ""
    assert reading_in_words("join-null").startswith("passes over")

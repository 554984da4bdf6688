"""Integers by their digits and by their bits, against counting."""

import random
from itertools import islice

import pytest

from provlint.analysis.bits import Bits, integers_with
from provlint.analysis.budget import Budget, OutOfSteps
from provlint.analysis.languages.numbers import GREATEST, LEAST, Integers, written_number
from provlint.analysis.languages.search import texts_in

SPAN = range(-40, 41)


def accepts(language, text):
    state = language.start
    for character in text:
        state = language.step(state, ord(character))
    return language.accepts(state)


def test_bounds_by_digits():
    chance = random.Random(1)
    for _ in range(60):
        low, high = chance.randint(-1200, 1200), chance.randint(-1200, 1200)
        language = Integers(low, high)
        for number in range(-1300, 1301, 7):
            assert accepts(language, str(number)) is (low <= number <= high), (low, high, number)


@pytest.mark.parametrize(
    "text", ["", "-", "-0", "00", "007", "+5", "5 ", "1-", "--1", str(GREATEST + 1)]
)
def test_what_is_no_writing_of_an_integer(text):
    assert not accepts(Integers(), text)
    assert written_number(text) is None


@pytest.mark.parametrize("number", [0, 7, -7, LEAST, GREATEST, GREATEST - 1, LEAST + 1])
def test_the_ends_of_64_bits(number):
    assert accepts(Integers(), str(number))
    assert accepts(Integers(number, number), str(number))
    assert list(texts_in([(Integers(number, number), True)], Budget())) == [str(number)]


def test_bits_against_counting():
    chance = random.Random(2)
    masks = (0, 1, 2, 3, 6, 8, 12, 33, -8, -1)
    for _ in range(400):
        low, high = sorted((chance.choice(SPAN), chance.choice(SPAN)))
        clear = chance.choice(masks)
        shared = tuple(chance.choice(masks) for _ in range(chance.randint(0, 3)))
        expected = [
            number
            for number in range(low, high + 1)
            if not number & clear and all(number & mask for mask in shared)
        ]
        found = list(integers_with(Bits(low, high, clear, shared), Budget()))
        assert sorted(found) == expected, (low, high, clear, shared)
        assert found == sorted(found, key=lambda number: (number < 0, number))


def test_bits_over_the_whole_width():
    asked = Bits(LEAST, GREATEST, 0x21C07000, (1 << 40, 1 << 62))
    found = list(islice(integers_with(asked, Budget()), 3))
    assert found[0] == (1 << 40) | (1 << 62)
    assert all(not number & 0x21C07000 for number in found)


def test_bits_that_contradict_each_other_need_no_search():
    budget = Budget()
    assert list(integers_with(Bits(LEAST, GREATEST, 6, (2, 8)), budget)) == []
    assert budget.steps == 0


def test_the_budget_is_kept():
    with pytest.raises(OutOfSteps):
        list(integers_with(Bits(LEAST, GREATEST, 0, ()), Budget(100)))

"""Traces in words; a test of dates in words means what the evaluation gives."""

import re
from datetime import datetime, timedelta

import pytest

from provlint.evaluation import evaluate
from provlint.evaluation.words import lines

HIRE = datetime(2026, 3, 10, 8, 0)
SECONDS = {"day": 86400, "hour": 3600, "minute": 60, "second": 1}


def words(text, inputs, **options):
    return list(lines(evaluate(text, inputs, **options).trace))


def moment(phrase):
    """The time that "5 days before [hire]" means."""
    if phrase == "[hire]":
        return HIRE
    number, unit, side = re.fullmatch(r"(\d+) (\w+?)s? (before|after) \[hire\]", phrase).groups()
    distance = timedelta(seconds=int(number) * SECONDS[unit])
    return HIRE - distance if side == "before" else HIRE + distance


def holds(sentence, now):
    """Whether a sentence is true at a time other than the moments that it names."""
    until = re.fullmatch(r"true until (.*)", sentence)
    if until:
        return now < moment(until[1])
    since = re.fullmatch(r"true from (.*) on", sentence)
    if since:
        return now > moment(since[1])
    kind, first, last = re.fullmatch(r"true (except )?from (.*) until (.*)", sentence).groups()
    return (moment(first) < now < moment(last)) != bool(kind)


@pytest.mark.parametrize("unit", ["d", "h", "n", "s"])
@pytest.mark.parametrize("operator", [">", ">=", "<", "<=", "=", "<>"])
@pytest.mark.parametrize("bound", [-3, -1, 0, 1, 5])
@pytest.mark.parametrize("order", ["Now(), CDate([hire])", "CDate([hire]), Now()"])
def test_a_test_against_the_present_means_what_it_says(unit, operator, bound, order):
    text = f'CBool(DateDiff("{unit}", {order}) {operator} {bound})'
    step = {"d": 86400, "h": 3600, "n": 60, "s": 1}[unit]
    inputs = {"hire": HIRE.isoformat() + "Z"}
    sentence = words(text, inputs)[2].strip()
    for eighths in range(-61, 62, 6):
        now = HIRE + timedelta(seconds=eighths * step / 8)
        assert evaluate(text, inputs, now=now, trace=False).value == holds(sentence, now), (
            sentence,
            now,
        )


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        ('DateDiff("d", Now(), CDate([hire])) < 5', "true from 5 days before [hire] on"),
        ('DateDiff("d", Now(), CDate([hire])) > 5', "true until 6 days before [hire]"),
        ('DateDiff("d", Now(), CDate([hire])) <= 0', "true from 1 day before [hire] on"),
        ('5 > DateDiff("d", Now(), CDate([hire]))', "true from 5 days before [hire] on"),
        (
            'DateDiff("d", Now(), CDate(Switch([hire], [hire], "", "9999-12-31"))) < 0',
            "true from 1 day after [hire] on",
        ),
        (
            'DateDiff("d", CDate([a]), CDate([hire])) >= 2',
            "true when [hire] is 2 whole days or more after [a]",
        ),
        (
            'DateDiff("d", CDate([a]), CDate([hire])) <= 0',
            "true when [hire] is less than 1 day after [a], or earlier",
        ),
        (
            'DateDiff("d", CDate([a]), CDate([hire])) >= -1',
            "true when [hire] is less than 2 days before [a], or later",
        ),
        (
            'DateDiff("m", Now(), CDate([hire])) <= 0',
            "true when the calendar month of [hire] is the present one or earlier",
        ),
        (
            'DateDiff("yyyy", CDate([a]), CDate([hire])) > 1',
            "true when the calendar year of [hire] is 2 calendar years or more after that of [a]",
        ),
        (
            'DateDiff("ww", Now(), CDate([hire])) = -1',
            "true when the week (from Sunday) of [hire] is 1 week (from Sunday) before the"
            " present one",
        ),
    ],
)
def test_sentence(test, sentence):
    inputs = {"hire": "2026-03-10Z", "a": "2026-03-01Z"}
    assert f"    {sentence}" in words(f'IIF({test}, "x", "y")', inputs)


def test_comparisons_of_other_things_have_no_sentence():
    text = 'IIF(DateDiff("d", CDate([a]), Now()) > [b], "x", "y")'
    assert not any("true " in line for line in words(text, {"a": "2026-03-01Z", "b": "1"}))


def test_every_call_is_shown_with_its_arguments_and_result():
    assert words(
        'IIF([dept] = "Lab", ToUpper([city]), Join(" ", [a], [b]))',
        {"dept": "Lab", "city": "Oslo"},
    ) == [
        'IIF -> "OSLO"',
        '  condition: [dept] = "Lab" -> True',
        '    [dept] -> "Lab"',
        '  valueIfTrue: ToUpper -> "OSLO"',
        '    source: [city] -> "Oslo"',
        '  valueIfFalse: Join(" ", [a], [b]) (not taken)',
    ]


def test_the_seven_places_of_replace_are_named():
    assert words('Replace([tel], , "[ -]", , "", , )', {"tel": "1-2 3"}) == [
        'Replace -> "123"',
        "  (every match of regexPattern in source becomes replacementValue)",
        '  source: [tel] -> "1-2 3"',
        "  oldValue: (left empty)",
        '  regexPattern: "[ -]"',
        "  regexGroupName: (left empty)",
        '  replacementValue: ""',
        "  replacementAttributeName: (left empty)",
        "  template: (left empty)",
    ]


def test_places_that_are_left_out_are_named_too():
    assert words('Replace([a], "x", , , "y")', {"a": "x"})[-2:] == [
        "  replacementAttributeName: (left out)",
        "  template: (left out)",
    ]


def test_repeated_places_are_numbered():
    found = words('Switch([a], "d", "k", "1", "l", [b])', {"a": "l", "b": None})
    assert found == [
        "Switch -> null",
        '  source: [a] -> "l"',
        '  defaultValue: "d" (not taken)',
        '  key1: "k"',
        '  value1: "1" (not taken)',
        '  key2: "l"',
        "  value2: [b] -> null",
    ]


def test_a_failure_is_shown_where_it_happens():
    found = words('Append("x", Item([a], 3))', {"a": ["1", "2"]})
    failure = "failed: there is no value number 3: the list has 2"
    assert found == [
        f"Append {failure}",
        '  source: "x"',
        f"  suffix: Item {failure}",
        '    attribute: [a] -> ["1", "2"]',
        "    index: 3",
    ]


def test_a_flow_that_ends_is_shown():
    assert words("IgnoreFlowIfNullOrEmpty([a])", {}) == [
        "IgnoreFlowIfNullOrEmpty drops the attribute",
        "  expression: [a] -> null",
    ]
    skipped = words('IIF([a] = "x", "1", IgnoreObjectFlow)', {"a": "y"})
    assert skipped[0] == "IIF skips the object"


def test_long_values_are_cut():
    found = words("ToLower([a])", {"a": "A" * 500})
    assert all(len(line) < 140 for line in found)
    assert found[0].endswith('…"')

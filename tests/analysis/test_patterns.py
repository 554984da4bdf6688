"""The automaton of a pattern accepts the texts in which .NET finds it."""

import json
import random
from pathlib import Path

import pytest
import random_filters

from provlint.analysis.budget import Budget
from provlint.analysis.languages import search
from provlint.analysis.languages.patterns.formulas import TooDeep
from provlint.analysis.predicates import language_of

RECORDED = Path(__file__).parents[1] / "conformance" / "dotnet"
UNITS = ("a", "b", "1", "7", "S", "sales", "Sales", ".", "@", " ", "É", "-", "\n", "x", "😀")


def language(pattern):
    return language_of("REGEX MATCH", (pattern,), False)


def accepts(found, text):
    return search.accepts(found.automaton(Budget(1_000_000)), text)


def recorded():
    for path in sorted(RECORDED.glob("regex*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            if case["op"] == "match" and "success" in case["expect"]:
                yield case


def test_recorded_answers_of_dotnet():
    exact = wider = 0
    for case in recorded():
        found = language(case["pattern"])
        if found is None:
            continue
        accepted, expected = accepts(found, case["input"]), case["expect"]["success"]
        if found.exact:
            exact += 1
            assert accepted is expected, case
        else:
            wider += 1
            assert accepted or not expected, case
    assert exact > 2000
    assert wider > 100


def test_random_patterns():
    chance = random.Random(20)
    exact = 0
    for _ in range(800):
        pattern = random_filters.pattern(chance)
        found = language(pattern)
        if found is None:
            continue
        for _ in range(25):
            text = "".join(chance.choice(UNITS) for _ in range(chance.randint(0, 6)))
            expected = found.contains(text)
            if expected is None:
                continue
            accepted = accepts(found, text)
            exact += found.exact
            assert accepted is expected or (accepted and not found.exact), (pattern, text)
    assert exact > 15_000


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        (r"^E\d{4}$", "E1234\n", "E12345"),
        (r"^E\d{4}\z", "E1234", "E1234\n"),
        ("(?i)^é$", "É", "e"),
        (r"\bSales\b", "North Sales", "Presales"),
        (r"(?m)^b", "a\nb", "ab"),
        ("(?<=Pre)Sales", "PreSales", "Sales"),
        ("(?<!Pre)Sales", "Sales", "PreSales"),
        ("(?<=^a*)b", "aab", "cb"),
        ("^(?!.*test).*@", "a@b", "test@b"),
        ("^(?:(?=a)..)+$", "abac", "abca"),
        ("^.$", "x", "😀"),
        (r"^\p{Lu}[^\W\d_]*$", "Émile", "émile"),
    ],
)
def test_examples(pattern, inside, outside):
    found = language(pattern)
    assert found.exact
    assert accepts(found, inside)
    assert not accepts(found, outside)


def test_a_loop_is_not_unrolled_before_it_is_walked():
    found = language(r"^(?:[^\W\d]{0,30000}\.){1,30000}$")
    assert accepts(found, "ab.c.")
    assert not accepts(found, "ab.c")


def test_a_pattern_that_is_too_deep_is_told_and_never_a_crash():
    assert accepts(language("a?" * 3000), "b")
    found = language("^" + "(?=.*a|.*b|.*c|.*d)" * 9)
    with pytest.raises(TooDeep):
        accepts(found, "xyz")

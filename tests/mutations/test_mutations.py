"""Every catalogued mistake, planted into every clean configuration, is found where it stands."""

import tomllib
from collections import defaultdict
from functools import cache

import pytest
from evidence_mutations import MUTATIONS as EVIDENCE
from filter_mutations import MUTATIONS as FILTERS
from mapping_mutations import MUTATIONS as MAPPINGS
from mutated_sample import EXAMPLES, SYSTEMS, Sample
from secret_mutations import MUTATIONS as SECRETS

from provlint.diagnostic import NOTE
from provlint.lint import lint_text

MUTATIONS = FILTERS + MAPPINGS
CATALOGUE = tomllib.loads((EXAMPLES / "mistake-catalogue.toml").read_text("utf-8"))

STRICT = {
    "default_on_update": "applications ship with such defaults, and most are meant",
    "empty_text_into_active_directory": "many inbound attributes are never empty",
    "regex_for_one_value": "it does what it says",
    "one_letter_of_a_name": "few names have one letter, and Microsoft's own sample cuts so",
    "day_of_another_zone": "Microsoft's own sample does it, and is right west of Greenwich",
    "container_by_an_attribute": "many attributes never hold a comma",
}
"""Mutations that only the strict profile reports, and why."""

TWO_EXPORTS = {"M01", "M55"}
"""Mistakes that only a comparison of two exports shows: `provlint compare`."""

NOT_YET: dict[str, str] = {}
"""Mutations that no rule finds, and why; the test fails when one of them is found."""

CASES = [
    pytest.param(mistake, mutate, rules, name, id=f"{mistake}-{mutate.__name__}-{name}")
    for mistake, mutate, rules in MUTATIONS
    for name in SYSTEMS
    if mutate(Sample(name)) is not None
]


@cache
def told(mutate, name, profile):
    """Findings on a mutated sample, and the places that were changed."""
    sample = Sample(name)
    changed = mutate(sample)
    places = (changed,) if isinstance(changed, str) else tuple(changed)
    return [(each.rule, each.place.pointer) for each in lint(sample, profile)], places


def lint(sample, profile="default"):
    return lint_text(sample.text(), application=sample.application, profile=profile)


def found(mutate, rules, name, profile="default"):
    """Findings of the wanted rules at the place that was changed."""
    findings, places = told(mutate, name, profile)
    return [
        (rule, pointer)
        for rule, pointer in findings
        if rule in rules and any(f"{pointer}/".startswith(f"{place}/") for place in places)
    ]


@pytest.mark.parametrize(("mistake", "mutate", "rules", "name"), CASES)
def test_a_planted_mistake_is_found_where_it_stands(mistake, mutate, rules, name):
    if mutate.__name__ in NOT_YET:
        assert not found(mutate, rules, name, "strict"), "found: take it out of NOT_YET"
        return
    if mutate.__name__ in STRICT:
        assert not found(mutate, rules, name), "found by default: take it out of STRICT"
        assert found(mutate, rules, name, "strict")
        return
    assert found(mutate, rules, name), f"{mistake}: none of {sorted(rules)}"


@pytest.mark.parametrize("name", SYSTEMS)
def test_without_a_mutation_nothing_is_found(name):
    assert [(each.rule, each.message) for each in lint(Sample(name)) if each.severity > NOTE] == []


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_a_sample_gets_beside_a_mistake_is_no_finding(name):
    sample = Sample(name)
    sample.set("qaBranch", f"[{sample.define('qaBranch')}]")
    sample.clause("qaBranch", "EQUALS", "Oslo")
    assert [(each.rule, each.message) for each in lint(sample) if each.severity > NOTE] == []


def test_the_catalogue_is_covered():
    mutated = {mistake for mistake, _, _ in (*MUTATIONS, *SECRETS, *EVIDENCE)}
    listed = {mistake for mistake in CATALOGUE["configuration"] if mistake.startswith("M")}
    assert listed == {f"M{number:02}" for number in range(1, 98)}
    assert listed - mutated == TWO_EXPORTS


def test_every_mutation_is_tried():
    tried = {case.values[1] for case in CASES}
    assert {mutate for _, mutate, _ in MUTATIONS} == tried
    names = [mutate.__name__ for _, mutate, _ in MUTATIONS]
    assert len(names) == len(set(names))
    assert (STRICT.keys() | NOT_YET.keys()) <= set(names)


def test_score(capsys):
    scores = defaultdict(lambda: [0, 0])
    for case in CASES:
        mistake, mutate, rules, name = case.values
        profile = "strict" if mutate.__name__ in STRICT else "default"
        scores[mistake][0] += bool(found(mutate, rules, name, profile))
        scores[mistake][1] += 1
    with capsys.disabled():
        print()
        for mistake, (hits, tried) in sorted(scores.items()):
            print(f"{mistake:>12}  {hits}/{tried}")
    missed = {mistake for mistake, (hits, tried) in scores.items() if hits < tried}
    assert missed == {mistake for mistake, mutate, _ in MUTATIONS if mutate.__name__ in NOT_YET}

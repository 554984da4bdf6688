"""Every catalogued mistake, planted into every clean configuration, is found where it stands."""

import tomllib
from collections import defaultdict

import pytest
from filter_mutations import MUTATIONS as FILTERS
from mapping_mutations import MUTATIONS as MAPPINGS
from mutated_sample import EXAMPLES, SYSTEMS, Sample

from provlint.diagnostic import NOTE
from provlint.lint import lint_text

MUTATIONS = FILTERS + MAPPINGS
CATALOGUE = tomllib.loads((EXAMPLES / "mistake-catalogue.toml").read_text("utf-8"))

STRICT = {
    "default_on_update": "applications ship with such defaults, and most are meant",
    "empty_text_into_active_directory": "many inbound attributes are never empty",
}
"""Mutations that only the strict profile reports, and why."""

NOT_YET: dict[str, str] = {}
"""Mutations that no rule finds, and why; the test fails when one of them is found."""

WITHOUT_MUTATION = {
    "M13": "SyncAll stands in the secrets",
    "M16": "SkipOutOfScopeDeletions stands in the secrets",
    "M17": "SkipOutOfScopeDeletions stands in the secrets",
    "M44": "SyncAll stands in the secrets",
    "M47": "SkipOutOfScopeDeletions stands in the secrets",
    "M89": "the tenant URL stands in the secrets",
    "M90": "the tenant URL stands in the secrets",
    "M91": "the notification address stands in the secrets",
}
"""Mistakes of the catalogue that a configuration and its job do not show."""

CASES = [
    pytest.param(mistake, mutate, rules, name, id=f"{mistake}-{mutate.__name__}-{name}")
    for mistake, mutate, rules in MUTATIONS
    for name in SYSTEMS
    if mutate(Sample(name)) is not None
]


def lint(sample, profile="default"):
    return lint_text(sample.text(), application=sample.application, profile=profile)


def found(mutate, rules, name, profile="default"):
    """Findings of the wanted rules at the place that was changed."""
    sample = Sample(name)
    changed = mutate(sample)
    places = (changed,) if isinstance(changed, str) else changed
    return [
        each
        for each in lint(sample, profile)
        if each.rule in rules
        and any(f"{each.place.pointer}/".startswith(f"{place}/") for place in places)
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
    mutated = {mistake for mistake, _, _ in MUTATIONS}
    listed = {mistake for mistake in CATALOGUE["configuration"] if mistake.startswith("M")}
    assert listed - mutated - WITHOUT_MUTATION.keys() == set()
    assert WITHOUT_MUTATION.keys() & mutated == set()


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

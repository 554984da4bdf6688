"""Mistakes that other inputs show, planted into every clean configuration, are found."""

from collections import defaultdict
from functools import cache

import pytest
from evidence_mutations import MUTATIONS as EVIDENCE
from given_inputs import Given, lint_with
from mutated_sample import SYSTEMS, Sample
from secret_mutations import MUTATIONS as SECRETS

from provlint.diagnostic import NOTE

MUTATIONS = SECRETS + EVIDENCE


def planted(mutate, name):
    """The sample and its inputs with the mistake, and where it is; None where it is not meant."""
    sample = Sample(name)
    given = Given(sample)
    return sample, given, mutate(sample, given)


CASES = [
    pytest.param(mistake, mutate, rules, name, id=f"{mistake}-{mutate.__name__}-{name}")
    for mistake, mutate, rules in MUTATIONS
    for name in SYSTEMS
    if planted(mutate, name)[2] is not None
]


@cache
def told(mutate, name):
    """Rules and places of all findings on a mutated sample, and the place that was changed."""
    sample, given, place = planted(mutate, name)
    return [(each.rule, each.place.pointer) for each in lint_with(sample, given)], place


def found(mutate, rules, name):
    """Findings of the wanted rules at the place that was changed."""
    findings, place = told(mutate, name)
    return [
        (rule, pointer)
        for rule, pointer in findings
        if rule in rules and f"{pointer}/".startswith(f"{place}/")
    ]


@pytest.mark.parametrize(("mistake", "mutate", "rules", "name"), CASES)
def test_a_planted_mistake_is_found_where_it_stands(mistake, mutate, rules, name):
    assert found(mutate, rules, name), f"{mistake}: none of {sorted(rules)}"


@pytest.mark.parametrize("name", SYSTEMS)
def test_with_inputs_that_fit_nothing_is_found(name):
    sample = Sample(name)
    findings = lint_with(sample, Given(sample))
    assert [(each.rule, each.message) for each in findings if each.severity > NOTE] == []


def test_every_mutation_is_tried():
    tried = {case.values[1] for case in CASES}
    assert {mutate for _, mutate, _ in MUTATIONS} == tried
    names = [mutate.__name__ for _, mutate, _ in MUTATIONS]
    assert len(names) == len(set(names))


def test_score(capsys):
    scores = defaultdict(lambda: [0, 0])
    for case in CASES:
        mistake, mutate, rules, name = case.values
        scores[mistake][0] += bool(found(mutate, rules, name))
        scores[mistake][1] += 1
    with capsys.disabled():
        print()
        for mistake, (hits, tried) in sorted(scores.items()):
            print(f"{mistake:>12}  {hits}/{tried}")
    assert all(hits == tried for hits, tried in scores.values())

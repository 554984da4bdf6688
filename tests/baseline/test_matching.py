"""What a baseline accepts, and what it must not."""

from collections import Counter

import pytest

from provlint.baseline.fingerprint import Fingerprint
from provlint.baseline.matching import match


def mappings(configuration):
    return configuration["synchronizationRules"][0]["objectMappings"][0]["attributeMappings"]


def expression(configuration, index, text):
    mappings(configuration)[index]["source"]["expression"] = text


def test_all_old_findings_are_accepted(folder):
    folder.accept()
    result = folder.against()
    assert (result.status, result.new()) == (0, [])
    assert result.accepted() == ["PL310", "PL310", "PL310", "PL110"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jion(Jion([a]), [b])", id="one more of the same"),
        pytest.param('Trm([a], "x")', id="another word"),
        pytest.param("Join(Jion([a], [b]))", id="the same word elsewhere"),
    ],
)
def test_another_finding_of_the_rule_on_the_thing_is_new(folder, configuration, text):
    folder.accept()
    expression(configuration, 0, text)
    folder.write("apps/box.json", configuration)
    result = folder.against()
    assert result.status == 1
    assert [rule for rule in result.new() if rule != "PL022"] == ["PL310"]


def test_the_same_mistake_in_another_mapping_is_new(folder, configuration):
    folder.accept()
    mappings(configuration).append({**mappings(configuration)[0], "targetAttributeName": "city"})
    folder.write("apps/box.json", configuration)
    assert folder.against().new() == ["PL310"]


def test_a_contradiction_with_another_clause_is_new(folder, configuration):
    folder.accept()
    group = configuration["synchronizationRules"][0]["objectMappings"][0]["scope"]["groups"][0]
    group["clauses"][1]["targetOperand"]["values"] = ["Finance"]
    folder.write("apps/box.json", configuration)
    result = folder.against()
    assert result.new() == ["PL110", "PL022"]


def test_another_missing_thing_is_new(folder, configuration):
    del configuration["synchronizationRules"][0]["objectMappings"][0]["sourceObjectName"]
    folder.rules = "PL017"
    folder.write("apps/box.json", configuration)
    folder.accept()
    mapping = configuration["synchronizationRules"][0]["objectMappings"][0]
    mapping["sourceObjectName"] = "User"
    del mapping["targetObjectName"]
    folder.write("apps/box.json", configuration)
    assert folder.against().new() == ["PL017"]


def test_equal_findings_are_counted(folder, configuration):
    expression(configuration, 0, "Join(Jion([a]), Jion([b]))")
    expression(configuration, 1, "[mailNickname]")
    folder.write("apps/box.json", configuration)
    folder.rules = "PL310"
    folder.accept()
    assert sum(entry.get("count", 1) for entry in folder.read()["files"]["apps/box.json"]) == 3
    expression(configuration, 0, "Join(Jion([a]), Jion([b]), Jion([c]))")
    folder.write("apps/box.json", configuration)
    result = folder.against()
    assert (len(result.new()), len(result.accepted())) == (1, 3)


def three_equal_priorities(configuration, order):
    found = [mappings(configuration)[index] for index in order]
    for each in found:
        each["matchingPriority"] = 1
    configuration["synchronizationRules"][0]["objectMappings"][0]["attributeMappings"] = found
    return configuration


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (2, 0, 1)])
def test_three_equal_things_make_other_pairs_in_another_order(folder, configuration, order):
    folder.rules = "equal-matching-priorities,PL022"
    folder.write("apps/box.json", three_equal_priorities(configuration, (0, 1, 2)))
    accepted = len(folder.accept().accepted())
    assert accepted
    folder.write("apps/box.json", three_equal_priorities(configuration, order))
    result = folder.against()
    assert (result.new(), len(result.accepted())) == ([], accepted)


A, B, C = "a", "b", "c"


@pytest.mark.parametrize(
    ("found", "accepted", "same", "known"),
    [
        ([("R", (A,))], {("R", (A,)): 1}, True, [True]),
        ([("R", (A,))] * 2, {("R", (A,)): 1}, True, [True, False]),
        ([("R", (A,))], {("S", (A,)): 1}, True, [False]),
        ([("R", (A,), ("x",))], {("R", (A,), ("y",)): 1}, True, [False]),
        ([("R", (A,), ("x",))], {("R", (A,), ("y",)): 1}, False, [True]),
        ([("R", (A,), ("x",))] * 2, {("R", (A,), ("y",)): 1}, False, [True, False]),
        ([("R", (B, C))], {("R", (A, B)): 1, ("R", (A, C)): 1}, True, [True]),
        ([("R", (B, C))] * 3, {("R", (A, B)): 1, ("R", (A, C)): 1}, True, [True, True, False]),
        ([("R", (B, "d"))], {("R", (A, B)): 1, ("R", (A, C)): 1}, True, [False]),
        ([("R", (A, B), ("x",))], {("R", (A, B), ("y",)): 1}, True, [False]),
        ([("S", (B, C))], {("R", (A, B)): 1, ("R", (A, C)): 1}, True, [False]),
        ([("R", ())], {("R", (A,)): 1}, True, [False]),
        ([("R", (B,))], {("R", (A, B)): 1, ("R", (A, C)): 1}, True, [False]),
    ],
)
def test_matching(found, accepted, same, known):
    entries = Counter({Fingerprint(*each): count for each, count in accepted.items()})
    outcome = match([Fingerprint(*each) for each in found], entries, same_version=same)
    assert outcome.known == known
    assert outcome.left.total() == entries.total() - sum(known)

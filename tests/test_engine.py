"""The walk: which unit reaches which rule, and what happens to findings."""

import json

import pytest

from provlint.diagnostic import ERROR, NOTE, WARNING, Fix, Place, Related, Severity, TextEdit
from provlint.engine import check, concrete, ruleset, with_severities
from provlint.lint import Options, lint_file
from provlint.locator import DocumentLocator
from provlint.model import read_document
from provlint.rule import Finding, Rule, RuleInfo
from provlint.semantics.configuration import ConfigurationUnit
from provlint.source.source_file import SourceFile, read_text

UNITS = (
    "document", "schema", "synchronization-rule", "object-mapping", "scope", "filter-group",
    "clause", "attribute-mapping", "expression", "call",
)  # fmt: skip


def mapping(target, expression):
    return {
        "targetAttributeName": target,
        "source": {"type": "Function", "name": "x", "expression": expression},
    }


SCHEMA = {
    "id": "x",
    "directories": [],
    "synchronizationRules": [
        {
            "name": "rule",
            "objectMappings": [
                {
                    "name": "users",
                    "scope": {
                        "groups": [
                            {"name": "a", "clauses": [
                                {"sourceOperandName": "x", "operatorName": "EQUALS",
                                 "targetOperand": {"values": ["1"]}},
                                {"sourceOperandName": "y", "operatorName": "EQUALS",
                                 "targetOperand": {"values": ["1"]}},
                            ]},
                            {"name": "b", "clauses": []},
                        ]
                    },
                    "attributeMappings": [
                        mapping("displayName", 'Join(" ", ToLower([a]), [b])'),
                        mapping("title", "[jobTitle]"),
                    ],
                }
            ],
        }
    ],
}  # fmt: skip


def rule(identity, unit, check, **more):
    info = RuleInfo(identity, f"name-{identity.lower()}", "Summary", ERROR, "https://example.com")
    return Rule(info, unit, check, **more)


def lint(rules, text=None, **options):
    text = json.dumps(SCHEMA, indent=1) if text is None else text
    source = SourceFile("s.json", text, read_text(text, "s.json"))
    return lint_file(source, Options(ruleset(rules), **options))


def collector(seen, name):
    def check(unit):
        seen.append((name, unit))
        return iter(())

    return check


def test_every_unit_is_visited_once():
    seen = []
    lint([rule(f"PL00{n}", unit, collector(seen, unit)) for n, unit in enumerate(UNITS)])
    counted = {unit: [name for name, _ in seen].count(unit) for unit in UNITS}
    assert counted == {
        "document": 1, "schema": 1, "synchronization-rule": 1, "object-mapping": 1, "scope": 1,
        "filter-group": 2, "clause": 2, "attribute-mapping": 2, "expression": 2, "call": 2,
    }  # fmt: skip


def test_calls_reach_the_rules_of_their_function():
    seen = []
    lint(
        [
            rule("PL001", "call", collector(seen, "join"), functions=frozenset({"Join"})),
            rule("PL002", "call", collector(seen, "none"), functions=frozenset({"Mid"})),
            rule("PL003", "call", collector(seen, "any")),
        ]
    )
    assert sorted((name, unit.call.name) for name, unit in seen) == [
        ("any", "Join"), ("any", "ToLower"), ("join", "Join"),
    ]  # fmt: skip


def at(pointer, message="m", **more):
    return lambda _: iter([Finding(message, "h", Place(pointer), **more)])


def test_findings_are_sorted_by_place_and_told_once():
    late, early = "/synchronizationRules/0", "/id"
    found = lint(
        [
            rule("PL002", "clause", at(late)),
            rule("PL001", "schema", at(late)),
            rule("PL003", "schema", at(early)),
        ]
    ).diagnostics
    assert [(each.rule, each.place.pointer) for each in found] == [
        ("PL003", early), ("PL001", late), ("PL002", late),
    ]  # fmt: skip
    assert found[0].range.start < found[1].range.start


def test_the_subject_is_that_of_the_unit():
    def first(unit):
        return at("/id")(unit) if unit.subject.filter_group == "a" else []

    (found,) = lint([rule("PL001", "filter-group", first)]).diagnostics
    assert (found.subject.mapping, found.subject.filter_group) == ("users", "a")


def test_severities_of_findings_and_of_the_user():
    rules = [
        rule("PL001", "schema", at("/id", severity=NOTE)),
        rule("PL002", "schema", at("/id", "n")),
    ]
    found = lint(rules).diagnostics
    assert [each.severity for each in found] == [NOTE, ERROR]
    found = lint(rules, severities={"PL001": WARNING}).diagnostics
    assert [each.severity for each in found] == [WARNING, ERROR]
    assert list(with_severities(found, {})) == list(found)


def test_hidden_findings_are_counted():
    rules = [rule("PL001", "schema", at("/id")), rule("PL002", "clause", at("/id"))]
    linted = lint(rules, hidden=frozenset({"PL002"}))
    assert [each.rule for each in linted.diagnostics] == ["PL001"]
    assert linted.hidden == 1


def test_related_places_and_edits_become_concrete():
    fix = Fix("rename", (TextEdit(Place("/id", "text", 0, 1), 'a"b'),))
    related = (Related("see", Place("/synchronizationRules/0/name")),)
    text = '{\n "id": "x",\n "directories": [],\n "synchronizationRules": [{"name": "r"}]\n}'
    (found,) = lint(
        [rule("PL001", "schema", at("/id", related=related, fix=fix))], text
    ).diagnostics
    assert found.range == ((2, 8), (2, 11))
    assert found.related[0].range == ((4, 36), (4, 39))
    (edit,) = found.fix.edits
    assert (edit.text, edit.range) == ('a\\"b', ((2, 9), (2, 10)))


def test_a_crash_names_the_rule_and_spares_the_others():
    def crash(unit):
        yield Finding("first", "h", Place("/id"))
        raise KeyError("boom")

    found = lint([rule("PL001", "schema", crash), rule("PL002", "clause", at("/id"))]).diagnostics
    assert [each.rule for each in found] == ["PL901", "PL001", "PL002", "PL002"][: len(found)]
    crashed = found[0]
    assert crashed.message == "rule `PL001` (`name-pl001`) failed with KeyError: 'boom'"
    assert crashed.severity == ERROR
    assert "test_engine` line " in crashed.help
    assert crashed.range is None


@pytest.mark.parametrize("identity", ["PL001", "PL310", "PL999"])
def test_rules_run_in_the_order_of_their_ids(identity):
    rules = ruleset([rule("PL999", "schema", at("")), rule("PL310", "schema", at("")),
                     rule("PL001", "schema", at(""))])  # fmt: skip
    assert [each.info.id for each in rules.rules] == ["PL001", "PL310", "PL999"]
    assert identity in {each.info.id for each in rules.by_unit["schema"]}


def test_concrete_of_nothing_reads_nothing():
    source = SourceFile("s.json", "{}", read_text("{}", "s.json"))
    assert concrete([], DocumentLocator(source)) == []


def test_check_is_lazy_and_symbolic():
    document = read_document(SCHEMA)
    found = check(ConfigurationUnit(document), ruleset([rule("PL001", "schema", at("/id"))]), "f")
    diagnostic = next(found)
    assert diagnostic.range is None
    assert isinstance(diagnostic.severity, Severity)

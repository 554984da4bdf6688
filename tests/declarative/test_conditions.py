"""Conditions on things, and where their findings stand."""

import pytest

NESTED = 'IIF([a]="1", "x", IIF([b]="2", "y", ""))'


@pytest.mark.parametrize(
    ("noun", "sample", "require", "expected"),
    [
        ("clause", {"operatorName": "EQUALS"}, {"field": "operatorName", "equals": "equals"}, True),
        ("clause", {"value": "x"}, {"field": "targetOperand.values", "contains": "X"}, True),
        ("clause", {"values": ["x", "y"]}, {"field": "values", "count": 2}, True),
        ("clause", {"values": ["x", "y"]}, {"field": "value", "equals": "x"}, True),
        ("clause", {"targetOperand": {"values": ["x"]}}, {"field": "value", "equals": "x"}, True),
        (
            "clause",
            {"sourceOperandName": "a", "operatorName": "EQUALS", "value": "x"},
            {"field": "text", "equals": 'a EQUALS "x"'},
            True,
        ),
        ("clause", {}, {"field": "value", "exists": False}, True),
        ("clause", {"scopingGroup": "A"}, {"field": "scopingGroup", "equals": "a"}, True),
        (
            "attributeMapping",
            {"flowType": "Always"},
            {"not": {"field": "flowType", "in": ["x"]}},
            True,
        ),
        ("attributeMapping", {}, {"field": "matchingPriority", "equals": 0}, True),
        ("attributeMapping", {}, {"field": "source", "exists": False}, True),
        (
            "attributeMapping",
            {"source.type": "Constant", "source.name": "x"},
            {"field": "constant", "equals": "x"},
            True,
        ),
        ("attributeMapping", {"constant": "x"}, {"field": "source", "equals": "x"}, True),
        (
            "attributeMapping",
            {"expression": 'Join(" ", [a], [b])'},
            {"field": "sourceAttributes", "in": ["a", "b"]},
            True,
        ),
        (
            "attributeMapping",
            {"expression": "[mail]"},
            {"field": "sourceAttribute", "exists": True},
            False,
        ),
        ("attributeMapping", {"expression": "[mail]"}, {"usesAttribute": "MAIL"}, True),
        ("attributeMapping", {"sourceAttribute": "mail"}, {"usesAttribute": ["x", "mail"]}, True),
        ("attributeMapping", {"constant": "x"}, {"usesAttribute": "mail"}, False),
        ("expression", NESTED, {"nested": "iif", "equals": 2}, True),
        ("expression", NESTED, {"nested": "Switch", "equals": 0}, True),
        ("expression", NESTED, {"field": "depth", "equals": 2}, True),
        ("expression", NESTED, {"field": "functions", "count": 1}, True),
        ("expression", NESTED, {"field": "constants", "contains": "y"}, True),
        ("expression", NESTED, {"field": "outerFunction", "equals": "IIF"}, True),
        ("expression", NESTED, {"field": "sourceAttributes", "count": 2}, True),
        ("expression", "[a]", {"field": "depth", "equals": 0}, True),
        ("expression", "[a]", {"field": "expression", "length": {"lessOrEquals": 3}}, True),
        ("expression", NESTED, {"calls": {"function": "iif", "count": 2}}, True),
        ("expression", NESTED, {"calls": {"function": ["Switch", "Join"]}}, False),
        ("expression", NESTED, {"calls": {"function": "I*", "argument": 2, "equals": "Y"}}, True),
        ("expression", NESTED, {"calls": {"argument": 4, "exists": True}}, False),
        (
            "expression",
            NESTED,
            {"calls": {"where": {"field": "inside", "contains": "IIF"}, "count": 1}},
            True,
        ),
        ("objectMapping", {"flowTypes": "Add, Update"}, {"field": "flowTypes", "count": 2}, True),
        ("objectMapping", {"flowTypes": ["Add"]}, {"field": "flowTypes", "in": ["Add"]}, True),
        (
            "objectMapping",
            {"metadata": [{"key": "Disposition", "value": '"Normal"'}]},
            {"field": "metadata.Disposition", "equals": '"Normal"'},
            True,
        ),
        (
            "objectMapping",
            {"attributeMappings": [{"targetAttributeName": "a"}, {"targetAttributeName": "b"}]},
            {
                "attributeMappings": {
                    "where": {"field": "targetAttributeName", "in": ["a", "b"]},
                    "count": 2,
                }
            },
            True,
        ),
        (
            "objectMapping",
            {"attributeMappings": [{"targetAttributeName": "a"}]},
            {"field": "attributeMappings", "contains": "A"},
            True,
        ),
        (
            "objectMapping",
            {"scope": {"groups": [{"clauses": [{"sourceOperandName": "a"}]}]}},
            {"allOf": [{"clauses": {"count": 1}}, {"field": "filterAttributes", "contains": "a"}]},
            True,
        ),
        ("objectMapping", {"name": "x"}, {"scopingGroups": {}}, False),
        ("objectMapping", {"name": "x"}, {"scopingGroups": {"count": 0}}, True),
        (
            "schema",
            {
                "synchronizationRules": [
                    {"name": "r", "objectMappings": [{"sourceObjectName": "User"}]}
                ]
            },
            {"objectMappings": {"where": {"field": "sourceObjectName", "equals": "User"}}},
            True,
        ),
        (
            "schema",
            {"directories": [{"name": "d"}]},
            {"field": "directoryNames", "contains": "d"},
            True,
        ),
        (
            "synchronizationRule",
            {"containerFilter": {"includedContainers": ["OU=A"]}},
            {"field": "containerFilter.includedContainers", "count": 1},
            True,
        ),
        (
            "synchronizationRule",
            {"targetDirectoryName": "Active Directory"},
            {"field": "targetSystem", "equals": "active-directory"},
            True,
        ),
        (
            "directory",
            {"objects": [{"name": "User", "attributes": [{"name": "a", "caseExact": True}]}]},
            {"attributeDefinitions": {"where": {"field": "caseExact", "equals": True}}},
            True,
        ),
        (
            "attributeDefinition",
            {"type": "Reference"},
            {"field": "type", "equals": "reference"},
            True,
        ),
        (
            "job",
            {
                "synchronizationJobSettings": [
                    {"name": "QuarantineTooManyDeletesThreshold", "value": "5"}
                ]
            },
            {"field": "accidentalDeletionThreshold", "lessOrEquals": 5},
            True,
        ),
        (
            "job",
            {"schedule": {"state": "Active"}},
            {"field": "schedule.state", "equals": "Active"},
            True,
        ),
        ("job", {"status.code": "Paused"}, {"field": "status", "equals": "paused"}, True),
        ("job", {"status": "Paused"}, {"field": "status", "equals": "paused"}, True),
        (
            "job",
            {"synchronizationJobSettings": [{"name": "A", "value": "b"}]},
            {"field": "synchronizationJobSettings.A", "equals": "b"},
            True,
        ),
        (
            "job",
            {"schema": {"synchronizationRules": [{"name": "r"}]}},
            {"synchronizationRules": {}},
            True,
        ),
    ],
)
def test_a_condition_holds(judge, noun, sample, require, expected):
    assert judge(noun, sample, require) == [expected]


def test_a_rule_on_calls_sees_each_of_them(judge):
    require = {"field": "depth", "equals": 1}
    assert judge("functionCall", NESTED, require) == [True, False]
    assert judge("functionCall", NESTED, {"calls": {}}) == [True, False]
    assert judge("functionCall", NESTED, {"usesAttribute": "a"}) == [True, False]
    assert judge("functionCall", NESTED, {"field": "argumentKind.3", "equals": "call"}) == [
        True, False,
    ]  # fmt: skip
    assert judge("functionCall", "Join(, [a])", {"field": "argument.1", "exists": False}) == [True]
    assert judge("functionCall", "Join(, [a])", {"field": "argument.2", "equals": "[a]"}) == [True]
    assert judge("functionCall", "Join([a])", {"field": "argument.9", "exists": True}) == [False]


@pytest.mark.parametrize(
    ("facts", "operator", "expected"),
    [
        ({"d": ("contoso.com", "fabrikam.com")}, {"in": {"fact": "d"}}, True),
        ({"d": "contoso.com"}, {"in": {"fact": "d"}}, True),
        ({"d": "contoso.com"}, {"equals": {"fact": "d"}}, True),
        ({"d": ("example.org",)}, {"notIn": {"fact": "d"}}, True),
        ({"d": ("oso.com",)}, {"endsWith": {"fact": "d"}}, True),
        ({"d": ("oso.com",)}, {"endsWith": {"fact": "d", "prefix": "."}}, False),
        ({"d": 5}, {"less": {"fact": "d"}}, False),
    ],
)
def test_facts_stand_for_values(judge, facts, operator, expected):
    require = {"field": "value", **operator}
    assert judge("clause", {"value": "contoso.com"}, require, facts) == [expected]


CONFIGURATION = """\
{
  "synchronizationRules": [{
    "name": "R", "id": "1", "sourceDirectoryName": "A", "targetDirectoryName": "B",
    "objectMappings": [{
      "name": "Users", "sourceObjectName": "User", "targetObjectName": "User",
      "flowTypes": "Add,Delete",
      "attributeMappings": [
        {
          "targetAttributeName": "title",
          "source": {"type": "Function", "name": "Switch",
            "expression": "Switch([country], \\"\\", \\"Norge\\", Trim([mail]))"}
        },
        {"targetAttributeName": "city", "source": {"type": "Attribute", "name": "city"}},
        {"targetAttributeName": "zip"}
      ],
      "scope": {"groups": [{"name": "Sales", "clauses": [
        {"sourceOperandName": "department", "operatorName": "EQUALS",
         "targetOperand": {"values": ["Sales"]}}]}]}
    }]
  }],
  "directories": []
}
"""


@pytest.mark.parametrize(
    ("noun", "require", "underlined"),
    [
        ("objectMapping", {"field": "flowTypes", "contains": "Update"}, ['"Add,Delete"']),
        ("objectMapping", {"field": "enabled", "equals": False}, ['"Users"']),
        ("objectMapping", {"field": "targetAttributes", "contains": "mail"}, ['"Users"']),
        ("objectMapping", {"attributeMappings": {"count": {"less": 3}}}, ['"zip"']),
        ("objectMapping", {"clauses": {"count": 0}}, ['"department"']),
        ("scopingGroup", {"field": "clauses", "count": 2}, ['"Sales"']),
        ("clause", {"field": "operatorName", "notEquals": "equals"}, ['"EQUALS"']),
        ("clause", {"field": "value", "notEquals": "Sales"}, ['"Sales"']),
        (
            "attributeMapping",
            {"field": "matchingPriority", "greater": 0},
            ['"title"', '"city"', '"zip"'],
        ),
        ("attributeMapping", {"field": "source", "exists": True}, ['"zip"']),
        (
            "attributeMapping",
            {"field": "sourceAttribute", "equals": "x"},
            ['Switch([country], \\"\\", \\"Norge\\", Trim([mail]))', '"city"', '"zip"'],
        ),
        ("attributeMapping", {"not": {"usesAttribute": "mail"}}, ["[mail]"]),
        ("attributeMapping", {"not": {"calls": {"function": "Trim"}}}, ["Trim([mail])"]),
        (
            "attributeMapping",
            {"not": {"calls": {"function": "Switch", "argument": 2, "equals": ""}}},
            ['\\"\\"'],
        ),
        ("expression", {"nested": "Trim", "less": 1}, ["Trim"]),
        ("functionCall", {"field": "argument.4", "exists": True}, ["Trim"]),
        ("functionCall", {"field": "function", "equals": "Switch"}, ["Trim([mail])"]),
        ("synchronizationRule", {"field": "editable", "equals": False}, ['"R"']),
    ],
)
def test_a_finding_stands_at_the_field_or_at_the_name_of_the_thing(
    folder, noun, require, underlined
):
    from provlint.declarative.own_rule import ready
    from provlint.declarative.published import OwnRule
    from provlint.engine import ruleset
    from provlint.lint import Options, lint_file
    from provlint.source.source_file import SourceFile, read_text

    text = OwnRule.model_validate(
        {
            "id": "OWN001", "name": "x", "for": noun, "require": require, "message": "m",
            "tests": [{"good": {}}, {"bad": {}}],
        }
    )  # fmt: skip
    rules = ruleset([ready(text, "rules.yaml", {}).rule])
    source = SourceFile("a.json", CONFIGURATION, read_text(CONFIGURATION, "a.json"))
    found = lint_file(source, Options(rules)).diagnostics
    lines = source.lines
    assert [
        CONFIGURATION[lines.offset(*each.range.start) : lines.offset(*each.range.end)]
        for each in found
    ] == underlined

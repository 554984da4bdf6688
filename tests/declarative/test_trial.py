"""What rules do with real files: what they look at, and fields that real files call otherwise."""

import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLEAN = ROOT / "examples" / "clean"

OUTBOUND = {
    "id": "SalesforceOutDelta.1.2",
    "synchronizationRules": [
        {
            "name": "R", "sourceDirectoryName": "Microsoft Entra ID",
            "targetDirectoryName": "salesforce.com",
            "objectMappings": [
                {"name": "U", "sourceObjectName": name, "targetObjectName": "User",
                 "flowTypes": "Delete,Add",
                 "attributeMappings": [{"targetAttributeName": "a", "source": {
                     "type": "Function", "name": "x",
                     "expression": 'Switch([b], "no", "Sales", "1", "Finance", "2", "", "")',
                 }}]}
                for name in ("User", "group", "urn:ietf:params:scim:schemas:core:2.0:User", "Role")
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def on(folder):
    """What a rule chooses and finds in a configuration."""

    def run(*, configuration=OUTBOUND, rule=None, **more):
        folder.write("export.json", configuration)
        folder.rules({"where": None, "tests": SAMPLES[more["for"]], "message": "m", **more})
        result = folder.run("rules", "test", "rules.yaml", "--on", "export.json", "--no-config")
        assert result.status == 0, result
        return result.out.splitlines()[1].strip()

    return run


SAMPLES = {
    "objectMapping": [
        {"good": {"name": "g", "sourceObjectName": "User", "application": "A", "flowTypes": "Add"}},
        {"bad": {"name": "b", "sourceObjectName": "Role", "application": "B",
                 "flowTypes": "Delete"}},
    ],
    "functionCall": [{"good": 'Switch([x], "", "Sales", "1")'}, {"bad": 'Trim("")'}],
    "job": [{"good": {"id": "a"}}, {"bad": {"id": "b"}}],
}  # fmt: skip


def test_what_a_rule_chooses_and_finds(on, folder):
    rule = {"for": "objectMapping", "where": {"field": "provisions", "in": ["users", "other"]}}
    require = {"field": "flowTypes", "notContains": "Delete"}
    assert on(**rule, require=require) == (
        "4 of `objectMapping` in 1 configuration: 3 chosen, 3 found"
    )
    result = folder.run("rules", "test", "rules.yaml", "--on", "export.json", "--no-config")
    assert result.out.splitlines()[2:5] == ["  export.json: m"] * 3
    del rule["where"]
    require = {"field": "provisions", "equals": "users"}
    assert on(**rule, require=require) == "4 of `objectMapping` in 1 configuration: 2 found"


def test_a_rule_that_looks_at_nothing_says_so(on):
    require = {"field": "id", "equals": "a"}
    assert on(**{"for": "job"}, require=require) == (
        "no `job` in 1 configuration: the rule looked at nothing"
    )
    where = {"anyOf": [{"field": "name", "in": ["g", "b"]}]}
    require = {"field": "name", "equals": "g"}
    assert on(**{"for": "objectMapping"}, where=where, require=require) == (
        "4 of `objectMapping` in 1 configuration, none chosen by `where`: the rule looked at"
        " nothing"
    )


def test_the_application_is_called_as_in_the_catalogue(on):
    require = {"field": "application", "in": ["A", "salesforce"]}
    found = on(**{"for": "objectMapping"}, require=require)
    assert found == "4 of `objectMapping` in 1 configuration: 0 found"


@pytest.mark.parametrize(
    ("sample", "field", "value"),
    [
        ({"sourceObjectName": "Worker"}, "provisions", "users"),
        ({"sourceObjectName": "group"}, "provisions", "groups"),
        ({"sourceObjectName": "Role"}, "provisions", "other"),
        ({"flowTypes": "Delete,Add,Update"}, "flowTypes", "Add, Update, Delete"),
    ],
)
def test_fields_of_object_mappings(judge, sample, field, value):
    if field == "flowTypes":
        value = value.split(", ")
        require = {"allOf": [{"field": field, "contains": each} for each in value]}
    else:
        require = {"field": field, "equals": value}
    assert judge("objectMapping", sample, require) == [True]
    assert judge("objectMapping", {"name": "x"}, {"field": "provisions", "exists": False}) == [True]


@pytest.mark.parametrize("noun", ["attributeMapping", "scopingGroup", "clause", "expression"])
def test_what_stands_around_a_sample_follows_from_what_it_gives(judge, noun):
    sample = {"sourceObjectName": "Worker", "objectMapping": "W"}
    sample |= {"expression": "Trim([a])"} if noun == "expression" else {}
    require = {
        "allOf": [{"field": "provisions", "equals": "users"},
                  {"field": "objectMapping", "equals": "W"}]
    }  # fmt: skip
    assert judge(noun, sample, require) == [True]


SWITCH = 'Switch([b], "no", "Sales", "1", "Finance", "2")'


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ({"argument": "any", "equals": "finance"}, True),
        ({"argument": "any", "equals": "Legal"}, False),
        ({"argument": "last", "equals": "2"}, True),
        ({"argument": "last", "equals": "1"}, False),
        ({"argument": [3, 5], "equals": "Finance"}, True),
        ({"argument": [2, 4], "equals": "Finance"}, False),
        ({"argument": [9], "exists": False}, True),
        ({"where": {"field": "switchKeys", "contains": "Sales"}}, True),
        ({"where": {"field": "switchKeys", "contains": "1"}}, False),
        ({"where": {"field": "switchValues", "in": ["1", "2"]}}, True),
        ({"where": {"field": "switchValues", "in": ["1"]}}, False),
        ({"where": {"field": "arguments", "count": 6}}, True),
    ],
)
def test_arguments_of_any_number(judge, calls, expected):
    require = {"calls": {"function": "Switch", **calls}}
    assert judge("expression", SWITCH, require) == [expected]


def test_only_a_switch_has_keys(judge):
    require = {"field": "switchKeys", "exists": False}
    assert judge("functionCall", 'Join("", [a], [b])', require) == [True]
    assert judge("functionCall", 'switch([a], "", "k", "v")', require) == [False]


@pytest.mark.parametrize(
    ("operand", "value", "expected"),
    [
        ({"fact": "d", "prefix": "@", "suffix": "$"}, "a@contoso.com", True),
        ({"fact": "d", "prefix": "@", "suffix": "$"}, "a@contosoxcom", False),
        ({"fact": "d", "prefix": "@", "suffix": "$"}, "a@contoso.com.example", False),
        ({"fact": "d", "suffix": "!"}, "contoso.com!", True),
    ],
)
def test_a_pattern_finds_a_fact_as_it_is(judge, operand, value, expected):
    require = {"field": "value", "match": operand}
    assert judge("clause", {"value": value}, require, facts={"d": ("contoso.com",)}) == [expected]


def test_what_a_prefix_makes_of_a_fact_must_be_a_pattern(folder):
    folder.rules({"require": {"field": "source", "match": {"fact": "d", "prefix": "("}}})
    message, hint = folder.fault(facts={"d": "a.b"})
    assert "`(a\\.b` is no regular expression of .NET" in message
    assert hint == "correct the pattern; `like` takes `*` and `?`"


MAPPINGS = [
    {"targetAttributeName": "displayName", "sourceAttribute": "displayName",
     "matchingPriority": 1},
    {"targetAttributeName": "title", "constant": "Consultant"},
]  # fmt: skip
CLAUSES = [{"sourceOperandName": "userType", "operatorName": "EQUALS", "value": "Member"}]


@pytest.mark.parametrize(
    ("noun", "sample", "require"),
    [
        ("objectMapping", {"attributeMappings": MAPPINGS},
         {"field": "matchingAttributes", "contains": "displayName"}),
        ("objectMapping", {"attributeMappings": MAPPINGS},
         {"attributeMappings": {"where": {"field": "constant", "equals": "Consultant"}}}),
        ("objectMapping", {"clauses": CLAUSES}, {"field": "filterAttributes", "count": 1}),
        ("objectMapping", {"scopingGroups": [{"name": "g", "clauses": CLAUSES}]},
         {"clauses": {"where": {"field": "value", "equals": "member"}}}),
        ("objectMapping", {"scope": {"groups": [{"name": "g", "clauses": CLAUSES}]}},
         {"clauses": {"where": {"field": "value", "equals": "member"}}}),
        ("synchronizationRule", {"objectMappings": [{"name": "U", "attributeMappings": MAPPINGS}]},
         {"attributeMappings": {"count": 2}}),
        ("synchronizationRule", {"attributeMappings": MAPPINGS},
         {"objectMappings": {"count": 1}}),
        ("schema", {"clauses": CLAUSES}, {"scopingGroups": {"count": 1}}),
        ("schema", {"objectMappings": [{"name": "U"}]},
         {"synchronizationRules": {"count": 1}}),
        ("job", {"objectMappings": [{"name": "U", "attributeMappings": MAPPINGS}]},
         {"attributeMappings": {"where": {"field": "sourceAttribute", "equals": "displayName"}}}),
        ("job", {"schema": {"synchronizationRules": [{"objectMappings": [
            {"attributeMappings": MAPPINGS}]}]}}, {"attributeMappings": {"count": 2}}),
        ("directory", {"attributeDefinitions": [{"name": "a", "required": True}]},
         {"attributeDefinitions": {"where": {"field": "required", "equals": True}}}),
    ],
)  # fmt: skip
def test_samples_hold_things_in_the_words_of_rules(judge, noun, sample, require):
    assert judge(noun, sample, require) == [True]


@pytest.mark.parametrize(
    ("noun", "sample", "place", "message", "hint"),
    [
        ("objectMapping", {"attributeMappings": [{"targetAtributeName": "a"}]},
         "targetAtributeName",
         "`attributeMapping` has no field `targetAtributeName`",
         "did you mean `targetAttributeName`?"),
        ("objectMapping", {"attributeMappings": [{"application": "Box"}]}, "application",
         "`application` cannot be given for a thing inside the sample",
         "write what it follows from, or give it for the sample itself"),
        ("expression", "ToLower([a]", "ToLower",
         "the sample is no expression: ", ""),
    ],
)  # fmt: skip
def test_a_sample_with_a_slip_is_told(folder, noun, sample, place, message, hint):
    field = "expression" if noun == "expression" else "name"
    rule = {"for": noun, "require": {"field": field, "equals": "q"}, "message": "m",
            "tests": [{"good": sample}, {"bad": sample}]}  # fmt: skip
    path = folder.rules({"where": None, **rule})
    found, told = folder.fault()
    line = int(found.split(":")[0])
    assert place in (folder.path / path).read_text().splitlines()[line - 1]
    assert message in found
    assert hint in told


POLICIES = sorted((Path(__file__).parent / "policies").glob("*.yaml"))


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_policies_that_were_written_from_the_page_alone(folder, path):
    """As an administrator wrote them, who had read docs/rules-of-your-own.md and nothing else."""
    shutil.copytree(CLEAN, folder.path / "clean")
    shutil.copy(path, folder.path)
    result = folder.run("rules", "test", path.name, "--on", "clean", "--no-config")
    assert result.status == 0, result
    first, second, *_ = result.out.splitlines()
    assert set(first.rpartition(" ")[2]) == {"."}
    assert "configurations" in second


def test_a_configuration_that_is_not_there(folder):
    folder.rules({})
    result = folder.run("rules", "test", "rules.yaml", "--on", "nowhere.json", "--no-config")
    assert result.status == 2
    assert "nowhere.json" in result.err


def test_the_configuration_file_says_which_application(folder):
    folder.write("apps/a.json", json.loads(json.dumps(OUTBOUND).replace("Salesforce", "unheard")
                                           .replace("salesforce.com", "customappsso")))  # fmt: skip
    rule = {"for": "objectMapping", "where": None,
            "require": {"field": "application", "in": ["Fjord", "A"]},
            "tests": SAMPLES["objectMapping"], "message": "m"}  # fmt: skip
    folder.rules(rule)
    folder.write("provlint.toml", '[[application]]\nfiles = "apps/*"\nname = "Fjord"\n')
    out = folder.run("rules", "test", "rules.yaml", "--on", "apps").out
    assert "4 of `objectMapping` in 1 configuration: 0 found" in out


SYNC_ALL = {
    "for": "job",
    "require": {"field": "syncAll", "equals": False},
    "message": "the whole tenant",
    "tests": [{"good": {"syncAll": False}}, {"bad": {"syncAll": True}}],
}


def test_secrets_and_a_job_may_stand_beside_the_configuration(folder):
    folder.write("export.json", OUTBOUND)
    folder.write("job.json", {"id": "SalesforceOutDelta.1.2", "templateId": "SalesforceOutDelta"})
    folder.write("secrets.json", {"value": [{"key": "SyncAll", "value": "True"}]})
    folder.rules({"where": None, **SYNC_ALL})
    words = ("rules", "test", "rules.yaml", "--on", "export.json", "--no-config")
    told = {
        (): "no `job` in 1 configuration: the rule looked at nothing",
        ("--job", "job.json"): "1 of `job` in 1 configuration: 1 found",
        (
            "--job",
            "job.json",
            "--secrets",
            "secrets.json",
        ): "1 of `job` in 1 configuration: 1 found",
    }
    for more, expected in told.items():
        result = folder.run(*words, *more)
        assert (result.status, result.out.splitlines()[1].strip()) == (0, expected), result
    folder.write("secrets.json", {"value": [{"key": "SyncAll", "value": "False"}]})
    result = folder.run(*words, "--job", "job.json", "--secrets", "secrets.json")
    assert result.out.splitlines()[1].strip() == "1 of `job` in 1 configuration: 0 found"


def test_secrets_need_a_configuration(folder):
    folder.rules({"where": None, **SYNC_ALL})
    folder.write("secrets.json", {"value": []})
    result = folder.run("rules", "test", "rules.yaml", "--secrets", "secrets.json")
    assert result.status == 2
    assert "belong to the configurations of --on" in result.err
    result = folder.run("rules", "test", "rules.yaml", "--on", ".", "--secrets", "none.json")
    assert result.status == 2
    assert "none.json" in result.err

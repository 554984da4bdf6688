"""`provlint analyze`."""

import json
from pathlib import Path

import jsonschema
import pytest

from provlint.report.analysis.generate import TARGET, content

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
CONTRADICTION = 'department EQUALS "Sales" AND department EQUALS "Marketing"'


def clause(attribute, operator, value=None):
    operand = None if value is None else {"values": [value]}
    return {"sourceOperandName": attribute, "operatorName": operator, "targetOperand": operand}


def configuration(*groups, attributes=("department", "level")):
    types = {"level": "Integer", "accountEnabled": "Boolean"}
    return json.dumps(
        {
            "synchronizationRules": [
                {
                    "name": "USER_TO_APP",
                    "sourceDirectoryName": "Azure Active Directory",
                    "targetDirectoryName": "App",
                    "objectMappings": [
                        {
                            "name": "Users",
                            "enabled": True,
                            "sourceObjectName": "User",
                            "targetObjectName": "User",
                            "attributeMappings": [
                                {
                                    "targetAttributeName": "userName",
                                    "source": {"type": "Attribute", "name": "department"},
                                }
                            ],
                            "scope": {
                                "groups": [
                                    {"name": f"G{at}", "clauses": each}
                                    for at, each in enumerate(groups)
                                ]
                            },
                        }
                    ],
                }
            ],
            "directories": [
                {
                    "name": "Azure Active Directory",
                    "objects": [
                        {
                            "name": "User",
                            "attributes": [
                                {"name": name, "type": types.get(name, "String")}
                                for name in attributes
                            ],
                        }
                    ],
                }
            ],
        }
    )


@pytest.mark.parametrize(
    ("text", "status", "shown"),
    [
        (CONTRADICTION, 1, "contradiction: "),
        ('department NOT EQUALS "A" OR department NOT EQUALS "B"', 1, "admits-everybody: "),
        ('department EQUALS "A" OR department Includes "A"', 0, "idle-group: group 2 already"),
        ('department EQUALS "A" AND department Includes "A"', 0, "idle-clause: "),
        ('department EQUALS "A"', 0, 'out  {department: "Other"}'),
        ("department IS NOT NULL", 0, "admits everybody who has a value of `department`"),
        ("everybody", 0, "the filter: admits everybody"),
        ("()", 0, "the filter: admits everybody"),
        ('department REGEX MATCH "(ab|cd)\\1" AND department REGEX MATCH "^[a-d]{4}$"'
         ' AND department NOT REGEX MATCH "abab|cdcd"', 0, "not decided"),
        ('department REGEX MATCH "^A$" AND department NOT EQUALS "A"', 1,
         r'but for values with control characters: {department: E"A\n"}'),
    ],
)  # fmt: skip
def test_a_filter_that_is_typed(provlint, text, status, shown):
    result = provlint("analyze", "--filter", text)
    assert shown in result.out
    assert result.status == status
    assert result.err == ""


def test_what_is_beyond_automata_is_named(provlint):
    result = provlint(
        "analyze", "--filter", r'a REGEX MATCH "^(.+)\1$" AND a REGEX MATCH "^[ab]+c$"'
    )
    assert r"`^(.+)\1$` holds a back-reference" in result.out


def test_the_types_of_a_configuration_count(provlint, files):
    files({"schema.json": configuration([clause("level", "EQUALS", "x")])})
    result = provlint("analyze", "schema.json")
    assert '`level EQUALS "x"` can never hold' in result.out
    assert result.status == 1
    typed = provlint("analyze", "schema.json", "--filter", 'level Greater_Than "3"')
    assert "in   {level: 4}" in typed.out


def test_everybody_has_a_name(provlint, files):
    files({"schema.json": configuration(
        [clause("department", "EQUALS", "Sales")], [clause("userPrincipalName", "IS NOT NULL")]
    )})  # fmt: skip
    result = provlint("analyze", "schema.json")
    assert "Users -> App: admits everybody\n" in result.out
    assert "idle-group: group 2 already admits everybody whom this group admits" in result.out
    assert result.status == 1


def test_a_filter_alone_is_a_file(provlint, files):
    group = {"name": "G", "clauses": [clause("department", "EQUALS", "A")] * 2}
    files({"scope.json": json.dumps({"groups": [group]}), "group.json": json.dumps(group)})
    for name in ("scope.json", "group.json"):
        assert "stands twice in this group" in provlint("analyze", name).out


def test_an_open_reading_is_named(provlint):
    text = 'department IS NULL AND department NOT EQUALS "A"'
    result = provlint("analyze", "--filter", text)
    assert "    contested: null-and-negation" in result.out
    assert result.status == 1
    other = provlint("analyze", "--filter", text, "--null-policy", "negatives-true")
    assert "in   {department: empty}" in other.out
    assert other.status == 0


def test_the_step_limit_is_told(provlint):
    result = provlint("analyze", "--filter", 'a REGEX MATCH "^.{9}x"', "--step-limit", "1")
    assert "the limit of 1 step is reached" in result.out


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ((), 2, "error: CONFIG: there is nothing to analyze"),
        (("--filter", 'a EQALS "b"'), 2, "--filter, column 3: `EQALS` is not an operator"),
        (("missing.json",), 2, "error: `missing.json` does not exist"),
        (("empty.json",), 2, "`empty.json` holds no provisioning configuration"),
        (("job.json",), 2, "error: job.json: the file holds no object mapping"),
        (("plain.json",), 3, "plain.json: the file holds no scoping filter, so everybody passes"),
        (("plain.json", "--mapping", "Usrs"), 2, "no object mapping is called `Usrs`"),
    ],
)
def test_what_cannot_be_analyzed(provlint, files, words, status, message):
    job = '{"id": "x", "templateId": "scim", "schedule": {"state": "Active"}}'
    files({"empty.json": "{}", "job.json": job, "plain.json": configuration()})
    result = provlint("analyze", *words)
    assert message in result.err
    assert result.out == ""
    assert result.status == status


def test_an_invalid_filter(provlint, files):
    files({"schema.json": configuration([clause("department", "REGEX MATCH", "(")])})
    result = provlint("analyze", "schema.json")
    assert "Users -> App: the filter is invalid" in result.out
    assert "is not valid in .NET" in result.out
    assert result.status == 1


def test_json_is_as_published(provlint):
    schema = json.loads(content())
    for words in (
        ("--filter", CONTRADICTION),
        (EXAMPLES / "mistakes" / "filters.json",),
        (EXAMPLES / "clean" / "cloud-sync" / "schema.json",),
    ):
        result = provlint("analyze", *words, "--format", "json")
        jsonschema.validate(json.loads(result.out), schema)
    (shown,) = json.loads(provlint("analyze", "--filter", CONTRADICTION, "--format", "json").out)[
        "filters"
    ]
    assert shown["verdict"] == "never"
    assert shown["groups"][0]["conflicts"][0]["clauses"] == [0, 1]
    assert shown["findings"][0]["kind"] == "contradiction"


def test_the_published_schema_is_that_of_the_models():
    assert TARGET.read_text("utf-8") == content()


def test_clean_examples_have_nothing_grave(provlint):
    paths = sorted((EXAMPLES / "clean").glob("*/schema.json"))
    assert len(paths) > 4
    for path in paths:
        assert provlint("analyze", path).status in (0, 3), path


def test_a_terminal_sees_no_control_characters(provlint):
    result = provlint("analyze", "--filter", 'department EQUALS E"a\\u001bb"')
    assert "\x1b" not in result.out

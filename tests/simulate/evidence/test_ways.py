"""Rows and columns give the same answers, whatever the files are."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provlint.semantics import evidence as asked

EXAMPLES = Path(__file__).parents[3] / "examples"
sys.path.insert(0, str(EXAMPLES.parent))
BASE = "/synchronizationRules/0/objectMappings/0"
SIDES = {
    "targets": (str(EXAMPLES / "users" / "target-users.json"),),
    "assignments": (
        str(EXAMPLES / "users" / "assignments.json"),
        str(EXAMPLES / "users" / "service-principal.json"),
    ),
    "groups": (str(EXAMPLES / "users" / "groups.json"),),
}


@pytest.mark.parametrize(
    ("name", "sides"), [("users.json", SIDES), ("users.jsonl", {}), ("users.csv", {})]
)
def test_the_people_of_the_examples(both, example, name, sides):
    schema = example("clean/scim-outbound/schema.json")
    answers = both(schema, users=(str(EXAMPLES / "users" / name),), **sides)
    if name != "users.csv":
        assert answers[asked.ScopeOf(BASE)].users == 20


def test_many_people(both, example, tmp_path):
    from benchmarks.population import people, targets, write_jsonl

    users, accounts = tmp_path / "users.jsonl", tmp_path / "targets.jsonl"
    write_jsonl(users, people(700))
    write_jsonl(accounts, targets(700))
    answers = both(
        example("clean/scim-outbound/schema.json"), users=(str(users),), targets=(str(accounts),)
    )
    scope = answers[asked.ScopeOf(BASE)]
    assert scope.users == 700
    assert 0 < scope.in_scope < 700
    assert answers[asked.MatchesOf(BASE)].found > 0


VALUES = st.sampled_from(
    [None, "", " ", "Sales", "sales", "SALES ", "Pre Sales", "Førde", "\u0130stanbul", "a#b", "x'y",
     "\x01odd", True, False, 7, ["Sales", "IT"], [], ["One"], "a_b.example#EXT#@t.example"]
)  # fmt: skip
PERSON = st.fixed_dictionaries(
    {"userPrincipalName": VALUES, "department": VALUES, "mail": VALUES, "manager": VALUES},
    optional={"employeeId": VALUES, "accountEnabled": st.sampled_from([True, False, None])},
)
CLAUSES = st.lists(
    st.tuples(
        st.sampled_from(["department", "mail", "userPrincipalName"]),
        st.sampled_from(
            [("EQUALS", "Sales"), ("NOT EQUALS", "Sales"), ("REGEX MATCH", "Sales"),
             ("IS NULL", None), ("IS NOT NULL", None), ("IS FALSE", None), ("Includes", "a"),
             ("EQUALS", "førde"), ("ENDS_WITH", ".EXAMPLE")]
        ),
    ),
    min_size=1,
    max_size=3,
)  # fmt: skip


def schema(groups):
    return {
        "sourceDirectoryName": "Microsoft Entra ID",
        "targetDirectoryName": "Harbour CRM",
        "objectMappings": [
            {
                "sourceObjectName": "User",
                "targetObjectName": "User",
                "scope": {
                    "groups": [
                        {
                            "name": str(number),
                            "clauses": [
                                {
                                    "sourceOperandName": name,
                                    "operatorName": operator,
                                    "targetOperand": {"values": [value]} if value else None,
                                }
                                for name, (operator, value) in clauses
                            ],
                        }
                        for number, clauses in enumerate(groups)
                    ]
                },
                "attributeMappings": [
                    mapping("userName", "mail", 1),
                    mapping("externalId", "ToLower([userPrincipalName])", 2),
                    mapping("title", "department"),
                    mapping("boss", "manager"),
                ],
            }
        ],
    }


def mapping(target, source, priority=0):
    kind = "Function" if "(" in source else "Attribute"
    value = {"type": kind, "name": source.partition("(")[0]}
    if kind == "Function":
        value["expression"] = source
    return {"targetAttributeName": target, "matchingPriority": priority, "source": value}


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    people=st.lists(PERSON, min_size=1, max_size=12),
    groups=st.lists(CLAUSES, min_size=1, max_size=3),
)
def test_odd_people_and_filters(both, tmp_path_factory, people, groups):
    path = tmp_path_factory.mktemp("people") / "users.jsonl"
    lines = [
        json.dumps({"objectId": f"id-{number}", **person}) for number, person in enumerate(people)
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    answers = both(schema(groups), users=(str(path),))
    pointer = next(question.at for question in answers if type(question) is asked.ScopeOf)
    assert answers[asked.ScopeOf(pointer)].users == len(people)

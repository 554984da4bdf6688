"""What rules say with users beside the configuration, and what they must not say."""

import json

import pytest

from provlint.diagnostic import NOTE
from provlint.engine import ruleset
from provlint.lint import Options, all_rules, lint_file
from provlint.lint_inputs import LintInputs
from provlint.selection import Selection, choose
from provlint.simulate.evidence.source import EvidenceFiles
from provlint.source.source_file import read_source


@pytest.fixture
def told(tmp_path):
    """Findings of groups 1 to 7 as rule, severity and message, with these inputs."""

    def lint(text, *, prefix="PL", examples=True, **inputs):
        files = {}
        for name, value in inputs.items():
            path = tmp_path / f"{name}.json"
            path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
            files[name] = (str(path),)
        given = EvidenceFiles(**files, show_examples=examples)
        needs = {"configuration", "job", *given.given}
        rules = [
            rule for rule in choose(all_rules(), Selection()) if needs.issuperset(rule.info.needs)
        ]
        options = Options(ruleset(rules), inputs=LintInputs(given) if given.given else None)
        found = lint_file(read_source(text.encode(), "schema.json"), options).diagnostics
        return [
            f"{each.rule} {each.severity}: {each.message}" for each in found if prefix in each.rule
        ]

    return lint


def users(*values, name="department"):
    return [
        {"objectId": f"id{number}", "userPrincipalName": f"u{number}@contoso.example", name: value}
        for number, value in enumerate(values)
    ]


def clause(name, operator, *values):
    operand = {"values": list(values)} if values else None
    return {"sourceOperandName": name, "operatorName": operator, "targetOperand": operand}


def scope(*groups):
    return {
        "groups": [
            {"name": f"G{number}", "clauses": list(clauses)}
            for number, clauses in enumerate(groups, 1)
        ]
    }


@pytest.fixture
def filtered(schema):
    """A schema with a filter of these groups."""

    def make(*groups, mappings=(("userName", "userPrincipalName", 1),), **members):
        return schema(mappings=mappings, scope=scope(*groups), **members)

    return make


# Clauses


def test_the_spelling_of_the_users_is_offered(told, filtered):
    text = filtered([clause("department", "EQUALS", "sales")])
    assert told(text, prefix="PL7", users=users("Sales", "Sales ", "IT")) == [
        'PL701 error: `department EQUALS "sales"` matches 0 of 3 users; 2 users have `Sales` or'
        " `Sales `"
    ]


@pytest.mark.parametrize(
    ("operator", "value", "verb"),
    [
        ("REGEX MATCH", "^(?:Sales|IT)$", "leaves out"),
        ("NOT REGEX MATCH", "^Sales$", "lets in"),
        ("Includes", "Sale", "leaves out"),
        ("ENDS_WITH", "Sales", "leaves out"),
    ],
)
def test_parts_of_values_in_other_capitals(told, filtered, operator, value, verb):
    text = filtered([clause("department", operator, value)])
    people = users("Sales", "sales", "IT", "sales", "Board")
    assert told(text, prefix="PL703", users=people) == [
        f'PL703 warning: `department {operator} "{value}"` {verb} 2 users who have `sales`'
    ]
    assert told(text, prefix="PL703", users=users("Sales", "IT", "Board")) == []


@pytest.mark.parametrize(
    ("pattern", "values"),
    [
        # The pattern means capitals, or none.
        ("^[A-Z]{2}-", ("NO-1", "no-2")),
        (r"^\p{Lu}+$", ("NO", "no")),
        ("(?i)^sales$", ("Sales", "sales")),
    ],
)
def test_patterns_that_mean_their_capitals(told, filtered, pattern, values):
    text = filtered([clause("department", "REGEX MATCH", pattern)])
    assert told(text, prefix="PL703", users=users(*values)) == []


def test_a_spelling_that_another_pattern_speaks_of(told, filtered):
    text = filtered(
        [clause("department", "REGEX MATCH", "^Sales$")],
        [clause("department", "REGEX MATCH", "^sa.*$")],
    )
    assert told(text, prefix="PL703", users=users("Sales", "sales")) == []


def test_a_pattern_that_nobody_meets(told, filtered):
    text = filtered([clause("department", "REGEX MATCH", "^sales$")])
    assert told(text, prefix="PL701", users=users("Sales", "IT")) == [
        'PL701 error: `department REGEX MATCH "^sales$"` matches 0 of 2 users; 1 user has `Sales`'
    ]
    assert told(text, prefix="PL701", examples=False, users=users("Sales", "IT")) == [
        'PL701 error: `department REGEX MATCH "^sales$"` matches 0 of 2 users; 1 user has it in'
        " other capitals or blanks"
    ]


def test_names_of_very_many_people_are_not_compared(told, filtered):
    text = filtered([clause("department", "REGEX MATCH", "^A")])
    people = users("a", *(f"A{number}" for number in range(300)))
    assert told(text, prefix="PL703", users=people) == []


def test_numbers_only_where_examples_are_not_wanted(told, filtered):
    text = filtered([clause("department", "EQUALS", "sales")])
    assert told(text, prefix="PL7", examples=False, users=users("Sales", "IT")) == [
        'PL701 error: `department EQUALS "sales"` matches 0 of 2 users; 1 user has it in other'
        " capitals or blanks"
    ]


def test_a_slip_of_the_pen_is_no_error_while_others_are_admitted(told, filtered):
    text = filtered(
        [clause("department", "EQUALS", "Sales")], [clause("department", "EQUALS", "Finanace")]
    )
    assert told(text, prefix="PL7", users=users("Sales", "Finance")) == [
        'PL701 warning: `department EQUALS "Finanace"` matches 0 of 2 users'
    ]


def test_what_the_export_lacks_is_not_empty(told, filtered):
    text = filtered([clause("department", "EQUALS", "Sales")])
    assert told(text, prefix="PL7", users=users("x", name="country")) == []


def test_an_empty_attribute_is_told_as_such(told, filtered):
    text = filtered([clause("department", "IS NOT NULL")])
    assert told(text, prefix="PL7", users=users(None, None)) == [
        "PL701 error: `department` is empty for all 2 users, so `department IS NOT NULL` matches"
        " nobody"
    ]


def test_a_literal_that_users_have_is_what_was_meant(told, filtered):
    text = filtered([clause("department", "EQUALS", "R&D*")])
    assert told(text, users=users("Sales", "IT")) == [
        "PL114 warning: `EQUALS` compares `R&D*` as it stands: the wildcard in it is plain text;"
        " 0 of 2 users have it"
    ]
    assert told(text, users=users("R&D*")) == []


def test_an_exclusion_that_users_have_is_what_was_meant(told, filtered):
    text = filtered([clause("department", "NOT EQUALS", "A;B")])
    assert [each[:5] for each in told(text, users=users("C"))] == ["PL114"]
    assert told(text, users=users("A;B", "C")) == []


def test_search_is_a_note_where_nobody_is_found_inside(told, filtered):
    text = filtered([clause("department", "REGEX MATCH", "Sales")])
    assert told(text, users=users("Sales")) == [
        "PL113 note: `Sales` also matches inside longer values, because the service searches,"
        " though none of 1 user has one"
    ]
    assert told(text, users=users("Sales", "Salesforce")) == [
        "PL113 warning: `Sales` also matches inside longer values, because the service searches: 1"
        " of 2 users has one, such as `Salesforce`"
    ]


def test_negation_is_no_topic_where_everybody_has_a_value(told, filtered):
    text = filtered([clause("department", "NOT EQUALS", "Sales")])
    assert [each[:5] for each in told(text)] == ["PL122"]
    assert told(text, users=users("IT", "Sales")) == []


def test_spellings_that_another_clause_takes_are_not_left_out(told, filtered):
    groups = [clause("department", "EQUALS", "Sales")], [clause("department", "EQUALS", "sales")]
    assert told(filtered(*groups), prefix="PL7", users=users("Sales", "sales")) == []


def test_users_of_another_system_say_nothing(told, schema):
    text = schema(source="workday", target="ad", mappings=[("employeeID", "WorkerID", 1)],
                  attributes={"WorkerID": {"type": "String", "anchor": True}})  # fmt: skip
    assert told(text, prefix="PL7", users=users("Sales")) == []


# The false alarms that the catalogue of mistakes warns of


def test_users_out_of_scope_are_normal(told, filtered):
    text = filtered([clause("department", "EQUALS", "Sales")])
    assert told(text, users=users("Sales", "IT", "Legal", None)) == []


def test_lower_case_is_fine_if_the_users_have_it(told, filtered):
    text = filtered([clause("department", "EQUALS", "sales")])
    assert told(text, users=users("sales", "IT")) == []


def test_presence_alone_is_a_documented_filter(told, filtered):
    text = filtered([clause("employeeId", "IS NOT NULL")])
    secrets = {"SyncAll": "True", "SyncNotificationSettings": NOTIFY}
    assert told(text, users=users("1", "2", None, name="employeeId"), secrets=secrets) == []


def test_applications_that_are_only_updated_are_a_documented_pattern(told, filtered):
    text = filtered([clause("employeeId", "IS NOT NULL")], flowTypes="Update")
    found = told(text, users=users("1", name="employeeId"))
    assert [each[:10] for each in found] == ["PL412 note"]


def test_sources_of_human_resources_set_the_flag(told, schema):
    text = schema(source="workday", target="ad", mappings=[("employeeID", "WorkerID", 1)],
                  attributes={"WorkerID": {"type": "String", "anchor": True}})  # fmt: skip
    secrets = {"SkipOutOfScopeDeletions": "True", "SyncNotificationSettings": NOTIFY}
    assert told(text, prefix="PL6", secrets=secrets) == []


def test_filters_of_the_service_itself_are_not_judged_by_users(told, schema):
    text = schema(
        source="ad",
        target="entra",
        template="AD2AADProvisioning",
        attributes={"objectGUID": {"anchor": True}, "sAMAccountName": {}},
        mappings=[("onPremisesObjectIdentifier", "objectGUID", 1)],
        scope={
            "inputFilterGroups": [
                {
                    "name": "DefaultUserExclusions.0.UX-OrganizationalGroup-Scope",
                    "clauses": [
                        clause("sAMAccountName", "IS NOT NULL"),
                        clause("sAMAccountName", "NOT REGEX MATCH", "^AAD_"),
                    ],
                }
            ]
        },
    )
    people = [{"userPrincipalName": "a@b", "objectGUID": "1", "sAMAccountName": None}]
    assert told(text, prefix="PL70", users=people) == []


NOTIFY = json.dumps({"Enabled": True, "Recipients": "a@contoso.example"})


# Matching and values


def test_a_second_matching_attribute_helps_those_without_the_first(told, filtered):
    mappings = (("userName", "department", 1), ("externalId", "objectId", 2))
    text = filtered([clause("userPrincipalName", "IS NOT NULL")], mappings=mappings)
    assert [each for each in told(text, users=users("a", None)) if "PL711" in each] == []


@pytest.mark.parametrize(
    ("target", "attribute", "expression", "expected"),
    [
        ("ad", "sAMAccountName", "ToLower([Name])", ["`ada`"]),
        ("ad", "sAMAccountName", "SelectUniqueValue([Name], [WorkerID])", []),
        ("ad", "displayName", "ToLower([Name])", []),
        ("entra", "userPrincipalName", 'Join("@", [Name], "b.example")', ["`Ada@b.example`"]),
    ],
)
def test_what_the_target_takes_once(told, schema, target, attribute, expression, expected):
    text = schema(
        source="workday",
        target=target,
        attributes={"WorkerID": {"anchor": True}, "Name": {}},
        mappings=[("employeeId", "WorkerID", 1), (attribute, expression, 0)],
    )
    people = [{"WorkerID": "1", "Name": "Ada"}, {"WorkerID": "2", "Name": "ada"}]
    assert told(text, prefix="PL712", users=people) == [
        f"PL712 error: 1 value of `{attribute}` is shared by 2 users in scope, and the target takes"
        f" it once, such as {value}"
        for value in expected
    ]


@pytest.mark.parametrize(
    ("target", "attribute", "takes", "fit", "unfit"),
    [
        (
            "ad",
            "sAMAccountName",
            'names without `" / \\ [ ] : ; | = , + * ? < > @` and without a dot at the end',
            ["ada.berg", "o'neil", "ærlig"],
            ["a/b", "ada.", "x@y"],
        ),
        (
            "ad",
            "c",
            "a country code of two letters",
            ["NO", "no"],
            ["47", "N", "NOR"],
        ),
        (
            "entra",
            "mailNickname",
            'ASCII without blanks and without `@ ( ) \\ [ ] " ; : < > ,`',
            ["ada.berg", "o'neil"],
            ["a@b", "ada berg", "bjørn"],
        ),
        (
            "entra",
            "userPrincipalName",
            "letters from A to Z, digits and `' . - _ ! # ^ ~`",
            ["ada@b.example", "o'neil_x#EXT#@b.example"],
            ["a b@b.example", "bjørn@b.example", "x/y@b.example"],
        ),
    ],
)
def test_what_a_directory_refuses(told, schema, target, attribute, takes, fit, unfit):
    text = schema(
        source="workday",
        target=target,
        attributes={"WorkerID": {"anchor": True}, "Value": {}},
        mappings=[("employeeId", "WorkerID", 1), (attribute, "Value", 0)],
    )
    people = [
        {"WorkerID": str(number), "Value": value} for number, value in enumerate([*fit, *unfit])
    ]
    one, two, three = (f"`{value}`" for value in unfit)
    assert told(text, prefix="PL722", users=people) == [
        f"PL722 warning: `{attribute}` takes {takes}, and 3 users in scope have another value, such"
        f" as {one}, {two} and {three}"
    ]
    assert told(text, prefix="PL722", users=people[: len(fit)]) == []


def test_who_is_out_of_scope_shares_no_value(told, filtered):
    mappings = (("userName", "country", 1),)
    text = filtered([clause("department", "EQUALS", "Sales")], mappings=mappings)
    people = users("Sales", "IT")
    for each in people:
        each["country"] = "same"
    assert told(text, prefix="PL712", users=people) == []


def test_between_tenants_the_address_decides(told, schema):
    text = schema(
        target="entra",
        attributes={"alternativeSecurityIdentifier": {}, "mail": {}, "objectId": {"anchor": True}},
        mappings=[("alternativeSecurityIdentifier", "objectId", 1), ("mail", "mail")],
    )
    people = users("one@contoso.example", "one@contoso.example", name="mail")
    assert told(text, prefix="PL712", users=people) == [
        "PL712 error: 1 value of `mail` is shared by 2 users in scope, who are linked to one guest,"
        " such as `one@contoso.example`"
    ]


def test_a_few_people_of_one_name_are_no_reason_to_doubt_matching(told, filtered):
    text = filtered([clause("userPrincipalName", "IS NOT NULL")])
    people = users("a", "b", "c")
    for each in people:
        each["displayName"] = "Ada Berg"
    accounts = [{"id": "1", "userName": people[0]["userPrincipalName"], "displayName": "Ada Berg"}]
    assert told(text, prefix="PL715", users=people, targets=accounts) == []
    accounts = [{"id": "1", "userName": "somebody", "displayName": "Ada Berg"}]
    assert len(told(text, prefix="PL715", users=people, targets=accounts)) == 1


def test_lookups_without_names_say_nothing(told, filtered):
    text = filtered(
        [clause("userPrincipalName", "IS NOT NULL")],
        mappings=(("user_name", "userPrincipalName", 1), ("department", "department")),
    ).replace("Harbour CRM", "ServiceNow")
    accounts = [{"id": "1", "user_name": "x", "userName": "x", "department": "5f1a"}]
    assert told(text, prefix="PL726", users=users("Sales"), targets=accounts) == []
    accounts.append({"sys_id": "1", "name": "Legal"})
    assert len(told(text, prefix="PL726", users=users("Sales"), targets=accounts)) == 1


@pytest.mark.parametrize("name", ["users", "secrets"])
def test_clean_inputs_find_nothing(told, filtered, name):
    text = filtered([clause("department", "EQUALS", "Sales")])
    inputs = {
        "users": users("Sales", "IT"),
        "secrets": {"SyncAll": "False", "SyncNotificationSettings": NOTIFY},
    }
    assert told(text, **{name: inputs[name]}) == []


def test_severities_of_clean_inputs_are_notes_at_most(told, filtered):
    text = filtered([clause("department", "EQUALS", "Sales")])
    found = told(text, users=users("Sales"), secrets={"SyncAll": "False"})
    assert {each.split()[1] for each in found} <= {f"{NOTE}:"}
